"""What is left out of a published table cannot be worked out again."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.tracing.small_cells import SMALLEST, hidden, spoken


@pytest.mark.parametrize(
    ("counts", "left_out"),
    [
        ([10, 20, 30], []),
        ([0, 5, 30], []),
        ([4, 20, 30], [0, 1]),
        ([1, 0, 9, 30], [0, 2]),
        ([4, 3, 30], [0, 1]),
        ([1, 1, 30], [0, 1, 2]),
        ([2, 2, 7, 30], [0, 1, 2]),
        ([1, 2, 2, 7, 30], [0, 1, 2, 3]),
    ],
)
def test_small_cells_go_with_as_many_others_as_keep_them_unknown(counts, left_out) -> None:
    assert [place for place, out in enumerate(hidden(counts)) if out] == left_out


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_nobody_who_knows_the_total_can_tell_a_small_cell(counts) -> None:
    total = sum(counts)
    if total < SMALLEST:  # such a table is not published at all
        return
    out = hidden(counts)
    gone = [place for place, is_out in enumerate(out) if is_out]
    assert all(out[place] for place, count in enumerate(counts) if 0 < count < SMALLEST)
    rest = total - sum(count for count, is_out in zip(counts, out, strict=True) if not is_out)
    # Every table of positive numbers that fits what is shown: zeros are never left out.
    fits = [one for one in product(range(1, rest + 1), repeat=len(gone)) if sum(one) == rest]
    is_all = len(gone) == sum(count > 0 for count in counts)
    for cell, place in enumerate(gone):
        if counts[place] < SMALLEST:
            possible = {one[cell] for one in fits}
            assert possible >= {1, 2, 3, 4} or (is_all and len(possible) > 1)


@pytest.mark.parametrize(
    ("count", "public", "internal"),
    [(0, "0", "0"), (1, "fewer than 5", "1"), (4, "fewer than 5", "4"), (5, "5", "5"),
     (12_345, "12,345", "12,345")],
)  # fmt: skip
def test_a_small_number_in_a_sentence_is_said_inside_alone(count, public, internal) -> None:
    assert spoken(count, is_public=True) == public
    assert spoken(count, is_public=False) == internal
