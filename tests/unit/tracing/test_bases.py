"""Shares and what they are shares of."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.tracing.bases import Base, Share


def test_the_same_guns_are_different_shares_of_different_bases() -> None:
    # Chicago's 2017 Gun Trace Report: 997 guns of one kind of dealer.
    traced, recovered = Share(997, Base("traced", 14_880)), Share(997, Base("recovered", 27_500))
    assert str(traced) == "6.7 % of 14,880 guns traced"
    assert str(recovered) == "3.6 % of 27,500 guns recovered"


def test_a_share_cannot_be_made_without_its_base() -> None:
    with pytest.raises(TypeError):
        Share(997)  # type: ignore[call-arg]


@pytest.mark.parametrize(("name", "count"), [("guns", 5), ("traced", -1)])
def test_a_base_has_a_known_name_and_a_number(name: str, count: int) -> None:
    with pytest.raises(ValueError, match="base"):
        Base(name, count)  # type: ignore[arg-type]


@pytest.mark.parametrize("part", [-1, 11])
def test_a_part_is_within_its_base(part: int) -> None:
    with pytest.raises(ValueError, match="no part"):
        Share(part, Base("traced", 10))


def test_of_an_empty_base_nothing_is_known() -> None:
    share = Share(0, Base("dated", 0))
    assert math.isnan(share.value)
    assert all(map(math.isnan, share.interval))


@given(st.integers(1, 100_000), st.data())
def test_the_interval_is_that_of_wilson(count: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, count))
    z = 1.959963984540054
    p = part / count
    middle = (p + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(p * (1 - p) / count + z * z / (4 * count**2))
    low, high = Share(part, Base("traced", count)).interval
    assert low == pytest.approx(max(0.0, middle - half), abs=1e-9)
    assert high == pytest.approx(min(1.0, middle + half), abs=1e-9)
