"""Answer what claims ask, from a folder of vintages and the years of cities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from headstamp.claims.answers import Fact, Looked
from headstamp.claims.answers import Window as Asked
from headstamp.claims.claim import Measure
from headstamp.formats.counting_rules.loading import rules_of
from headstamp.formats.incident_lists.choosing import Applied, choose
from headstamp.formats.incident_lists.database import connection
from headstamp.formats.incident_lists.vintages import vintages
from headstamp.incidents.cities import CityYear
from headstamp.incidents.daily import DailyCounts
from headstamp.incidents.records import Vintage
from headstamp.incidents.rule_sql import days_sql
from headstamp.incidents.rules import CountingRule
from headstamp.incidents.windows import Window

CITIES: Final = "city-years"
"""Stands in place of a rule for what a source states of a city's year."""

NEAREST: Final = 5
"""Years that a population may be away from the one that is asked for."""


@contextmanager
def answers_from(
    data: Path | None,
    cities: Sequence[CityYear],
    own_rules: Path | None = None,
    released_to: Mapping[str, date] | None = None,
) -> Iterator[ListedAnswers]:
    """Answers over one connection, closed at the end.

    Parameters
    ----------
    data : Path or None
        A folder of vintages; None for the years of cities alone.
    cities : sequence of CityYear
    own_rules : Path, optional
        A folder of further rules.
    released_to : mapping, optional
        By jurisdiction, the last day of which lists are counted; all days where it is not named.

    Raises
    ------
    UnreadableTableError
        If there is no such folder, or it is damaged.
    """
    there = tuple(vintages(data)) if data is not None else ()
    with connection() as database:
        yield ListedAnswers(
            database, data or Path(), there, tuple(cities), own_rules, released_to or {}
        )


@dataclass(slots=True)
class ListedAnswers:
    """Figures for claims; each list is scanned once for each rule and day of knowledge.

    Parameters
    ----------
    database : connection of DuckDB
    data : Path
    there : tuple of Vintage
        Oldest first.
    years : tuple of CityYear
    own_rules : Path or None
    released_to : mapping
        By jurisdiction, the last day of which lists are counted.
    """

    database: Any
    data: Path
    there: tuple[Vintage, ...]
    years: tuple[CityYear, ...]
    own_rules: Path | None = None
    released_to: Mapping[str, date] = field(default_factory=dict)
    _daily: dict[tuple[str, ...], DailyCounts] = field(default_factory=dict)
    _rules: dict[str, list[CountingRule]] = field(default_factory=dict)

    @property
    def places(self) -> list[str]:
        """Those that have a list."""
        return sorted({one.jurisdiction for one in self.there})

    def figures(self, measure: Measure, place: str, window: Asked) -> Looked:
        """By every rule for a measure, as known on a day, or in the first later list."""
        facts: list[Fact] = []
        reasons: list[str] = []
        for rule in self._rules_of(place):
            if rule.measure == measure:
                found = self._by_rule(rule, Window(window.first, window.last), window.known_on)
                facts += [found] if isinstance(found, Fact) else []
                reasons += [found] if isinstance(found, str) else []
        if measure == "murders":
            facts += self._stated(place, window)
        return Looked(tuple(facts), tuple(reasons))

    def population(self, place: str, year: int) -> Fact | None:
        """Of the year, or else of the nearest one at hand."""
        known = [
            one
            for one in self.years
            if one.city == place and one.population and abs(one.year - year) <= NEAREST
        ]
        if not known:
            return None
        one = min(known, key=lambda each: (abs(each.year - year), each.part_of_year))
        return Fact(
            "population", "people", place, date(one.year, 1, 1), date(one.year, 12, 31),
            one.population or 0, CITIES, one.source.split("; ")[-1],
        )  # fmt: skip

    def cities(self, year: int) -> Sequence[CityYear]:
        """Years of cities, whole and in part."""
        return [one for one in self.years if one.year == year]

    def name(self, place: str) -> str:
        """How a place is written; several places are joined by ``+``."""
        names = {one.city: one.name for one in self.years}
        return " and ".join(
            names.get(one, one.replace("-", " ").title()) for one in place.split("+")
        )

    def why_unknown(self, place: str) -> str:
        """Why nothing can be said of a place; empty where it is known."""
        if self._of(place) or any(one.city == place for one in self.years):
            return ""
        return f"No figures of {self.name(place)} are at hand."

    def _of(self, place: str) -> list[Vintage]:
        return [one for one in self.there if one.jurisdiction == place]

    def _rules_of(self, place: str) -> list[CountingRule]:
        if place not in self._rules:
            lists = self._of(place)
            self._rules[place] = rules_of(place, lists, self.own_rules) if lists else []
        return self._rules[place]

    def _by_rule(self, rule: CountingRule, one: Window, known_on: date) -> Fact | str:
        last = self.released_to.get(rule.jurisdiction, date.max)
        if one.last > last:
            return f"figures after {last} are not released"
        lists = self._of(rule.jurisdiction)
        chosen, day = choose(rule, lists, known_on.isoformat()), known_on.isoformat()
        later = not isinstance(chosen, Applied)
        if later:
            day = _first_day(rule, lists, day)
            chosen = choose(rule, lists, day)
        if not isinstance(chosen, Applied):
            return chosen.reason
        if reason := chosen.why_out_of_reach(one, day):
            return reason
        number = self._days(chosen, day).within(one)
        return Fact(
            rule.measure, rule.unit, rule.jurisdiction, one.first, one.last, number,
            f"{rule.name} v{rule.version}", rule.title, chosen.counted.id, day, later,
        )  # fmt: skip

    def _days(self, applied: Applied, known_on: str) -> DailyCounts:
        """What a day of knowledge leaves out beyond its own day is cut off by the window."""
        ids = [one.id for one in applied.vintages.values()]
        rule = applied.rule
        asked = known_on if rule.known_by else date.max.replace(year=9998).isoformat()
        key = (rule.name, str(rule.version), asked, *ids)
        if key not in self._daily:
            sql = days_sql(rule, applied.relations(self.data), asked)
            rows = self.database.execute(sql).fetchall()
            self._daily[key] = DailyCounts({day: number for _, day, number in rows})
        return self._daily[key]

    def _stated(self, place: str, asked: Asked) -> list[Fact]:
        """What a source says of exactly these days."""
        return [
            Fact(
                "murders",
                "victims",
                place,
                one.first,
                one.last,
                one.murders,
                CITIES,
                one.source.split("; ")[0].removeprefix("murders: "),
            )
            for one in self.years
            if one.city == place
            and (one.first, one.last) == (asked.first, asked.last)
            and one.murders is not None
        ]


def _first_day(rule: CountingRule, lists: Sequence[Vintage], known_on: str) -> str:
    """The first later day by which every list that a rule needs had been retrieved."""
    days = [
        min((one.day for one in lists if one.schema == name), default=known_on)
        for name in rule.needs
    ]
    return max([*days, (date.fromisoformat(known_on) + timedelta(days=1)).isoformat()])
