"""Flows between states."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.incidents.poisson import mid_p
from headstamp.tracing.flows import (
    SourceRecoveryMatrix,
    destinations_of,
    net_import,
    out_of_state,
    sources_of,
)
from headstamp.tracing.states import NAMES, code_of, name_of

MATRIX = SourceRecoveryMatrix(
    2020, ("IL", "IN", "CAN"), ("IL", "IN"), np.array([[40, 10], [30, 60], [2, 0]])
)


def test_sources_are_shares_of_the_guns_recovered_there() -> None:
    found = [(one.source, one.share.part, one.share.base.count) for one in sources_of(MATRIX, "IL")]
    assert found == [("IL", 40, 72), ("IN", 30, 72), ("CAN", 2, 72)]


def test_destinations_are_shares_of_the_guns_sold_there() -> None:
    found = [(one.recovery, one.share.part) for one in destinations_of(MATRIX, "IN")]
    assert found == [("IN", 60), ("IL", 30)]


def test_what_was_sold_elsewhere_is_out_of_state() -> None:
    assert str(out_of_state(MATRIX, "IL")).startswith("44.4 % of 72 ")


def test_net_import_is_what_came_in_less_what_left() -> None:
    found = net_import(MATRIX, "IL")
    assert (found.imported, found.exported, found.net) == (32, 10, 22)
    (low_in, high_in), (low_out, high_out) = mid_p(32), mid_p(10)
    assert found.interval[0] == pytest.approx(22 - np.hypot(32 - low_in, high_out - 10))
    assert found.interval[1] == pytest.approx(22 + np.hypot(high_in - 32, 10 - low_out))


def test_a_state_that_is_not_there_has_no_guns() -> None:
    assert sources_of(MATRIX, "WY") == ()
    assert destinations_of(MATRIX, "WY") == ()
    assert out_of_state(MATRIX, "WY").base.count == 0
    assert destinations_of(MATRIX, "CAN")[0].share.part == 2


@pytest.mark.parametrize(
    ("sources", "counts", "why"),
    [
        (("IL",), [[1, 2], [3, 4]], "a row for each"),
        (("IL", "IL"), [[1, 2], [3, 4]], "twice"),
        (("IL", "IN"), [[1, -2], [3, 4]], "negative"),
    ],
)
def test_what_is_no_matrix_is_refused(
    sources: tuple[str, ...], counts: list[list[int]], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        SourceRecoveryMatrix(2020, sources, ("IL", "IN"), np.array(counts))


@given(st.lists(st.lists(st.integers(0, 1000), min_size=4, max_size=4), min_size=4, max_size=4))
def test_what_leaves_the_states_comes_into_the_states(rows: list[list[int]]) -> None:
    states = ("IL", "IN", "WI", "MO")
    matrix = SourceRecoveryMatrix(2020, states, states, np.array(rows))
    assert sum(net_import(matrix, one).net for one in states) == 0
    assert (
        sum(one.share.part for s in states for one in sources_of(matrix, s)) == matrix.counts.sum()
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ILLINOIS", "IL"), ("il", "IL"), ("US VIRGIN  ISLANDS", "VI"),
        ("U.S. Virgin Islands", "VI"),
        ("GUAM", "GU"), ("GUAM & NORTHERN MARIANA ISLANDS", "GU"), ("District of Columbia", "DC"),
        ("Canada", "CAN"), ("Atlantis", ""), ("", ""),
    ],
)  # fmt: skip
def test_states_are_known_by_name_and_code(text: str, code: str) -> None:
    assert code_of(text) == code


def test_every_name_leads_to_its_code() -> None:
    assert {code_of(name) for name in NAMES.values()} == set(NAMES)
    assert name_of("IL") == "Illinois"
    assert name_of("ATLANTIS") == "ATLANTIS"
