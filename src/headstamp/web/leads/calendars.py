"""Which days are working days: federal holidays by their rules, and days an agency adds.

The rules are data (``federal_holidays.csv``), each with the years it holds for. A fixed day that
falls on a Saturday is observed on the Friday before, on a Sunday on the Monday after (5 U.S.C.
6103). Nothing here knows Django.
"""

from __future__ import annotations

import calendar
import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from headstamp.errors import WorkspaceError

WEEKDAYS: Final = tuple(day.lower() for day in calendar.day_name)
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Rule:
    """When one holiday is, and in which years."""

    name: str
    words: tuple[str, ...]
    first: int
    last: int

    def day(self, year: int) -> date:
        """The day it is observed on; that of New Year's Day may lie in the year before."""
        kind, *rest = self.words
        if kind == "fixed":
            return observed(date(year, int(rest[0]), int(rest[1])))
        month = int(rest[-1])
        weekday = WEEKDAYS.index(rest[-2])
        return _last(year, month, weekday) if kind == "last" else _nth(year, month, weekday, rest)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The clocks and the working days of one agency.

    Parameters
    ----------
    zone : ZoneInfo
    own : frozenset of date
        Days off besides weekends and federal holidays.
    """

    zone: ZoneInfo
    own: frozenset[date] = field(default=frozenset())

    def is_working_day(self, day: date) -> bool:
        """Whether it is neither a weekend nor a holiday."""
        return day.weekday() < SATURDAY and day not in self.own and day not in federal(day.year)


def observed(day: date) -> date:
    """The working day on which a fixed holiday is kept."""
    if day.weekday() == SATURDAY:
        return day - timedelta(days=1)
    return day + timedelta(days=1) if day.weekday() == SUNDAY else day


@cache
def federal(year: int) -> frozenset[date]:
    """The federal holidays observed in a year, the next New Year's Day among them if it is."""
    return frozenset(
        day
        for rule in rules()
        for of in (year, min(year + 1, date.max.year))
        if rule.first <= of <= rule.last and (day := rule.day(of)).year == year
    )


@cache
def rules() -> tuple[Rule, ...]:
    """The rules as the package holds them."""
    text = files("headstamp.web.leads").joinpath("federal_holidays.csv").read_text("utf-8")
    return tuple(
        Rule(
            row["name"],
            tuple(row["rule"].split()),
            int(row["from"]),
            int(row["until"] or date.max.year),
        )
        for row in csv.DictReader(text.splitlines())
    )


def _nth(year: int, month: int, weekday: int, words: list[str]) -> date:
    first = date(year, month, 1)
    ahead = (weekday - first.weekday()) % 7
    return first + timedelta(days=ahead + 7 * (int(words[0]) - 1))


def _last(year: int, month: int, weekday: int) -> date:
    end = date(year, month, calendar.monthrange(year, month)[1])
    return end - timedelta(days=(end.weekday() - weekday) % 7)


def own_holidays(entries: Iterable[str]) -> dict[str, frozenset[date]]:
    """Days off by the short name of an agency; those under the empty name are everybody's.

    Parameters
    ----------
    entries : iterable of str
        ``2026-03-02``, or ``PVPD:2026-03-02`` for one agency.

    Raises
    ------
    WorkspaceError
        If one is no day.
    """
    found: dict[str, set[date]] = {"": set()}
    for entry in filter(None, (one.strip() for one in entries)):
        agency, _, day = entry.rpartition(":")
        try:
            found.setdefault(agency, set()).add(date.fromisoformat(day))
        except ValueError as error:
            raise WorkspaceError(
                f"HEADSTAMP_HOLIDAYS: {entry} is no day; write 2026-03-02 or AGENCY:2026-03-02"
            ) from error
    return {agency: frozenset(days) for agency, days in found.items()}


def own_zones(entries: Iterable[str]) -> dict[str, ZoneInfo]:
    """Zones of agencies that are not in the workspace's, by their short names.

    Raises
    ------
    WorkspaceError
        If one is no zone.
    """
    found = {}
    for entry in filter(None, (one.strip() for one in entries)):
        agency, _, zone = entry.partition(":")
        try:
            found[agency] = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise WorkspaceError(
                f"HEADSTAMP_AGENCY_ZONES: {entry} names no zone; write AGENCY:America/New_York"
            ) from error
    return found
