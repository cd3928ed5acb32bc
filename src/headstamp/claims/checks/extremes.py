"""Check a record, the highest or lowest since a year, and a rank among cities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from headstamp.claims.answers import Answers, Basis, Fact, Unit, Window
from headstamp.claims.checks import wording
from headstamp.claims.checks.gathering import by_rule, facts, windows
from headstamp.claims.checks.levels import reason
from headstamp.claims.claim import Period, Quantity, Reading
from headstamp.claims.finding import Finding
from headstamp.incidents.cities import CityYear

EARLIEST: Final = 1900
FEWEST: Final = 10
"""Cities that must be known for a rank to mean something."""

NEAREST: Final = 5
"""Years that a ranking may be away from the one that is spoken of."""


def check_extreme(reading: Reading, basis: Basis) -> Finding:
    """``a record``, ``the highest since 2001``, ``third-most populous``."""
    said = reading.quantity
    if said is not None and said.unit == "rank" and reading.comparison_period is None:
        return _rank(reading, said, basis)
    if reading.period is None:
        return Finding("not_checkable", "The text names no period for this.")
    asked = windows(reading.period, basis.written_on)
    looked = facts(reading.measure, reading.places, asked, basis)
    if not looked.facts:
        return Finding("not_checkable", reason(reading.measure, looked.reasons))
    counted = [one for one in looked.facts if one.is_count] or list(looked.facts)
    runs = [_Run.of(reading, each[0], basis.answers) for each in by_rule(counted).values()]
    longest = max(runs, key=lambda one: len(one.years))
    return longest.finding(basis.answers)


@dataclass(frozen=True, slots=True)
class _Run:
    """A count and those of the same dates of earlier years, by the same rule.

    Parameters
    ----------
    now : Fact
    years : tuple of Fact
        The latest first, without a gap.
    since : Period or None
        The year that was named.
    lowest : bool
    """

    now: Fact
    years: tuple[Fact, ...]
    since: Period | None
    lowest: bool

    @classmethod
    def of(cls, reading: Reading, now: Fact, answers: Answers) -> _Run:
        """As far back as the lists reach, or as the year that was named."""
        since = reading.comparison_period
        until = since.first.year if since else EARLIEST
        known_on = date.fromisoformat(now.known_on) if now.known_on else now.last
        found = []
        for back in range(1, now.first.year - until + 1):
            window = Window(_back(now.first, back), _back(now.last, back), known_on)
            looked = answers.figures(reading.measure, reading.places[0], window)
            same = [one for one in looked.facts if one.rule == now.rule]
            if not same:
                break
            found.append(same[0])
        return cls(now, tuple(found), since, reading.direction == "down")

    @property
    def later(self) -> tuple[Fact, ...]:
        """The years after the one that was named."""
        since = self.since.first.year if self.since else EARLIEST
        return tuple(one for one in self.years if one.first.year > since)

    @property
    def reaches(self) -> bool:
        """Whether the lists know every year that matters."""
        if self.since is None:
            return False
        return len(self.later) == self.now.first.year - self.since.first.year - 1

    def finding(self, answers: Answers) -> Finding:
        """Contradicted by any year that goes further; confirmed only over the whole reach."""
        said = wording.full(self.now, answers)
        word = "lower" if self.lowest else "higher"
        furthest = self._furthest()
        if furthest is not None and self._beats(furthest):
            more = f"It was {word} {_when(furthest)}: {wording.number(furthest.count)}."
            return Finding("inconsistent", f"{said} {more}", (self.now, furthest))
        next_to = (
            f" The nearest is {wording.number(furthest.count)} {_when(furthest)}."
            if furthest
            else ""
        )
        based_on = (self.now, furthest) if furthest else (self.now,)
        if not self.reaches:
            began = f" from {self.years[-1].first.year} on" if self.years else ""
            why = (
                f"No year{began} that the lists know was {word}, but they do not reach "
                "further back to tell."
            )
            return Finding("not_checkable", f"{said} {why}{next_to}", based_on)
        return Finding("consistent", f"{said} No year since was {word}.{next_to}", based_on)

    def _furthest(self) -> Fact | None:
        if not self.later:
            return None
        ordered = sorted(self.later, key=lambda one: one.count)
        return ordered[0] if self.lowest else ordered[-1]

    def _beats(self, other: Fact) -> bool:
        return other.count < self.now.count if self.lowest else other.count > self.now.count


def _when(fact: Fact) -> str:
    return wording.time(fact.first, fact.last)


def _back(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def _rank(reading: Reading, said: Quantity, basis: Basis) -> Finding:
    """A place among the cities at hand, by murders or people, in the nearest year that is known."""
    if reading.measure not in ("murders", "population"):
        return Finding("not_checkable", "Cities are ranked here by murders and population alone.")
    year = reading.period.last.year if reading.period else basis.written_on.year
    for near in sorted(range(year - NEAREST, year + 1), reverse=True):
        known = _known(reading, basis.answers.cities(near))
        if len(known) >= FEWEST and reading.places[0] in known:
            return _placed(reading, said, known, basis.answers)
    return Finding(
        "not_checkable", f"Too few cities are known within {NEAREST} years of {year} to rank them."
    )


def _known(reading: Reading, cities: Sequence[CityYear]) -> dict[str, CityYear]:
    return {
        one.city: one for one in cities if not one.part_of_year and _value(reading, one) is not None
    }


def _value(reading: Reading, one: CityYear) -> int | None:
    return one.murders if reading.measure == "murders" else one.population


def _placed(
    reading: Reading, said: Quantity, known: dict[str, CityYear], answers: Answers
) -> Finding:
    lowest = reading.direction == "down"
    ordered = sorted(known.values(), key=lambda one: _value(reading, one) or 0, reverse=not lowest)
    place = [one.city for one in ordered].index(reading.places[0]) + 1
    one = known[reading.places[0]]
    number = _value(reading, one) or 0
    unit: Unit = "people" if reading.measure == "population" else "victims"
    fact = Fact(
        reading.measure, unit, one.city, one.first, one.last, number, "city-years", one.source
    )  # fmt: skip
    first = ", ".join(
        f"{each.name} {wording.number(_value(reading, each) or 0)}" for each in ordered[:4]
    )
    explanation = (
        f"{wording.statement(fact, answers)}: number {place} of {len(ordered)} large cities that "
        f"are known here (the first: {first})."
    )
    return Finding("consistent" if place == said.low else "inconsistent", explanation, (fact,))
