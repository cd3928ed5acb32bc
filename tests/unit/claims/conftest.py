"""Figures that are made up, so that every expectation follows from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest

from headstamp.claims.answers import Basis, Fact, Looked, Window
from headstamp.claims.claim import Measure
from headstamp.incidents.cities import CityYear


@dataclass
class MadeUp:
    """Counts by measure, place, first day, last day and rule; population; years of cities."""

    counts: dict[tuple[str, str, date, date, str], int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    years: list[CityYear] = field(default_factory=list)

    def figures(self, measure: Measure, place: str, window: Window) -> Looked:
        found = [
            Fact(
                measure, "victims", place, window.first, window.last, count, rule, f"by {rule}",
                "list", str(window.known_on),
            )
            for (of, where, first, last, rule), count in self.counts.items()
            if (of, where, first, last) == (measure, place, window.first, window.last)
        ]  # fmt: skip
        return Looked(tuple(found), () if found else ("the list begins later",))

    def population(self, place: str, year: int) -> Fact | None:
        if place not in self.people:
            return None
        days = date(year, 1, 1), date(year, 12, 31)
        return Fact("population", "people", place, *days, self.people[place], "r", "a census")

    def cities(self, year: int) -> Sequence[CityYear]:
        return [one for one in self.years if one.year == year]

    def name(self, place: str) -> str:
        return place.title()

    def why_unknown(self, place: str) -> str:
        return "" if place in ("verity", "other", "third") else f"No figures of {place}."


@pytest.fixture
def made_up() -> MadeUp:
    return MadeUp()


@pytest.fixture
def basis(made_up: MadeUp) -> Basis:
    return Basis(made_up, date(2026, 7, 1))


@pytest.fixture
def year(made_up: MadeUp) -> Callable[..., None]:
    """``year("murders", 2025, 100)``: the count of a whole year."""

    def add(measure: str, number: int, count: int, rule: str = "a", place: str = "verity") -> None:
        days = date(number, 1, 1), date(number, 12, 31)
        made_up.counts[measure, place, *days, rule] = count

    return add
