"""Figures from a folder of vintages: each rule in each window, against the years before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from headstamp.errors import UnreadableTableError
from headstamp.formats.boundaries.stored import known_areas
from headstamp.formats.counting_rules.loading import rules_of
from headstamp.formats.incident_lists.choosing import Applied, NotApplied, choose
from headstamp.formats.incident_lists.database import connection
from headstamp.formats.incident_lists.delayed import Lateness
from headstamp.formats.incident_lists.vintages import vintages
from headstamp.incidents.areas import NO_AREAS, NOT_STATED, Areas
from headstamp.incidents.daily import DailyCounts
from headstamp.incidents.figures import YEARS, Against, Figure, against
from headstamp.incidents.rates import Rate, rate
from headstamp.incidents.reach import is_open, remarks
from headstamp.incidents.records import Vintage
from headstamp.incidents.rule_sql import days_sql
from headstamp.incidents.windows import Name, Window, window, years_earlier

PERIODS: Final[tuple[Name, ...]] = ("week", "28_days", "year_to_date", "365_days")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a folder of vintages.

    Parameters
    ----------
    jurisdiction : str
    to : date
        Last day of the periods.
    first : date or None
        A first day, of a range; the named periods where there is none.
    known_on : str
        ISO 8601 day; what was retrieved, or became known, later is not counted. Empty: whatever is
        known at the retrieval of the newest vintage.
    by : str
        A field to tell areas apart by; empty for the whole jurisdiction.
    population : int
        Of the whole jurisdiction, for rates; 0 for none. Areas have that of their boundaries.
    periods : tuple of str
        Names of windows; not used where there is a first day.
    """

    jurisdiction: str
    to: date
    first: date | None = None
    known_on: str = ""
    by: str = ""
    population: int = 0
    periods: tuple[Name, ...] = PERIODS

    @property
    def windows(self) -> dict[Name, Window]:
        """By name of the period."""
        names: tuple[Name, ...] = self.periods if self.first is None else ("range",)
        return {name: window(name, self.to, self.first) for name in names}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The vintages of a jurisdiction, and what is counted in which.

    Parameters
    ----------
    there : list of Vintage
    applied : list of Applied
        At least one.
    left_out : list of NotApplied
    """

    there: list[Vintage]
    applied: list[Applied]
    left_out: list[NotApplied]


@dataclass(frozen=True, slots=True)
class Answer:
    """The figures, and the rules that could not be applied."""

    figures: tuple[Figure, ...]
    left_out: tuple[NotApplied, ...]


def count(data: Path, asked: Question, own_rules: Path | None = None) -> Answer:
    """Every rule of a jurisdiction for which there is a list, in every period.

    Parameters
    ----------
    data : Path
    asked : Question
    own_rules : Path, optional
        A folder of further rules.

    Raises
    ------
    UnreadableTableError
        If there is no list, or no rule for those that are there.
    """
    chosen = choose_all(data, asked, own_rules)
    with connection() as database:
        found = tuple(figures_of(database, data, chosen, asked))
    return Answer(found, tuple(chosen.left_out))


def figures_of(database: Any, data: Path, chosen: Chosen, asked: Question) -> Iterator[Figure]:
    """Every rule that was chosen, in every period.

    Parameters
    ----------
    database : connection of DuckDB
    data : Path
    chosen : Chosen
    asked : Question
    """
    areas = known_areas(data, asked.jurisdiction, asked.by)
    for one in chosen.applied:
        yield from _figures(database, data, one, asked, chosen.there, areas=areas)


def choose_all(data: Path, asked: Question, own_rules: Path | None = None) -> Chosen:
    """Which rules can be applied, and to which vintages.

    Raises
    ------
    UnreadableTableError
        If there is no list, or no rule for those that are there.
    """
    there = _vintages(data, asked.jurisdiction)
    rules = rules_of(asked.jurisdiction, there, own_rules)
    chosen = [choose(rule, there, asked.known_on or date.max.isoformat()) for rule in rules]
    applied = [one for one in chosen if isinstance(one, Applied)]
    left_out = [one for one in chosen if isinstance(one, NotApplied)]
    if not applied:
        reasons = "; ".join(f"{one.rule.name}: {one.reason}" for one in left_out)
        raise UnreadableTableError(
            f"{data}: no counting rule of {asked.jurisdiction} can be applied ({reasons}); give a "
            "later --as-known-on, import the list, or give a rule of your own with --rules"
        )
    return Chosen(there, applied, left_out)


def _vintages(data: Path, jurisdiction: str) -> list[Vintage]:
    all_there = vintages(data)
    found = [one for one in all_there if one.jurisdiction == jurisdiction]
    if not found:
        there = ", ".join(sorted({one.jurisdiction for one in all_there})) or "no list at all"
        raise UnreadableTableError(f"{data}: holds no list of {jurisdiction} (it holds: {there})")
    return found


def _figures(
    database: Any,
    data: Path,
    applied: Applied,
    asked: Question,
    there: Sequence[Vintage],
    *,
    areas: Areas,
) -> Iterator[Figure]:
    known_on = asked.known_on or applied.counted.day
    lateness = Lateness.of(database, data, applied, there, known_on)
    people = {one.code: one.population or 0 for one in areas.areas}
    for area, days in daily(database, data, applied, asked, areas).items():
        for name, one in asked.windows.items():
            listed = lateness.of_window(one)
            number = None if applied.why_out_of_reach(one, known_on) else days.within(one)
            told = remarks(applied.rule, one, applied.counted, known_on, listed)
            if so_far := _so_far(applied, one, asked.known_on):
                number = days.within(so_far)
                told = (f"Not ended on {known_on}: only days up to then are counted.", *told)
            yield Figure(
                rule=applied.rule,
                period=name,
                window=one,
                count=number,
                against=tuple(
                    replace(each, is_open=is_open(one, applied.counted, known_on, listed))
                    for each in _against(applied, name, one, known_on, days)
                ),
                known_on=known_on,
                vintage=applied.counted,
                area=area,
                rate=None
                if so_far
                else _rate(number, people.get(area, 0) if area else asked.population),
                remarks=told,
            )


def _so_far(applied: Applied, one: Window, known_on: str) -> Window | None:
    """What had passed of a window that had not ended on the day that was asked for."""
    if not known_on or not one.first.isoformat() <= known_on < one.last.isoformat():
        return None
    passed = Window(one.first, date.fromisoformat(known_on))
    return None if applied.why_out_of_reach(passed, known_on) else passed


def _rate(number: int | None, population: int) -> Rate | None:
    return rate(number, population) if number is not None and population else None


def daily(
    database: Any, data: Path, applied: Applied, asked: Question, areas: Areas = NO_AREAS
) -> dict[str, DailyCounts]:
    """By area, the events of every day that is asked about, and of those of earlier years.

    Parameters
    ----------
    database : connection of DuckDB
    data : Path
    applied : Applied
    asked : Question
    areas : Areas
        Those with boundaries: their codes are taken, and those of the list's that have no event
        are in the answer too.

    Returns
    -------
    dict
        By name of the area; one without a name where no field to count by was given.
    """
    known_on = asked.known_on or applied.counted.day
    wanted = [
        years_earlier(name, one, years)
        for name, one in asked.windows.items()
        for years in range(max(YEARS.values()) + 1)
    ]
    reach = Window(min(one.first for one in wanted), max(one.last for one in wanted))
    relations = applied.relations(data)
    sql = days_sql(applied.rule, relations, known_on, reach=reach, by=asked.by)
    found: dict[str, dict[date, int]] = {} if asked.by else {"": {}}
    for area, day, number in database.execute(sql).fetchall():
        days = found.setdefault(_area(area, areas), {})
        days[day] = days.get(day, 0) + number
    if found and areas.are_those_of(found):
        found |= {code: {} for code in areas.lacking(found)}
    return {area: DailyCounts(days) for area, days in sorted(found.items())}


def _area(written: object, areas: Areas) -> str:
    return NOT_STATED if written is None else areas.code_of(str(written))


def _against(
    applied: Applied, period: Name, now: Window, known_on: str, days: DailyCounts
) -> tuple[Against, ...]:
    """The count of a window set against those of earlier years, as far as the lists reach."""
    made = []
    for name, years in YEARS.items():
        earlier = [years_earlier(period, now, back) for back in range(1, years + 1)]
        reasons = (applied.why_out_of_reach(one, known_on) for one in (now, *earlier))
        if reason := next(filter(None, reasons), ""):
            made.append(Against(name, tuple(earlier), None, None, reason))
        else:
            counts = {one: days.within(one) for one in earlier}
            made.append(against(name, now, days.within(now), counts))
    return tuple(made)
