"""Counts of a jurisdiction by month and by year, as far back as its lists reach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from headstamp.formats.incident_lists.choosing import Applied
from headstamp.formats.incident_lists.counting import Question
from headstamp.formats.incident_lists.delayed import Lateness
from headstamp.incidents.daily import DailyCounts
from headstamp.incidents.poisson import mid_p
from headstamp.incidents.reach import is_settled
from headstamp.incidents.records import Vintage
from headstamp.incidents.rule_sql import days_sql
from headstamp.incidents.windows import Window, months, window, years, years_earlier

YEARS_BACK: Final = 20
"""Calendar years before the one that is asked about."""


def trend(
    database: Any, data: Path, applied: Applied, asked: Question, there: Sequence[Vintage]
) -> dict[str, Any]:
    """Months and years of one rule.

    Parameters
    ----------
    database : connection of DuckDB
    data : Path
    applied : Applied
    asked : Question
        Its last day is that of the last month, which may not be whole.
    there : sequence of Vintage
        Of the jurisdiction.

    Returns
    -------
    dict
        ``rule``, ``months``, ``years``. What the lists do not reach over is left out.
    """
    series = _Series(database, data, applied, asked, there)
    first = max(date(asked.to.year - YEARS_BACK, 1, 1), date.fromisoformat(applied.counted.first))
    first = first.replace(day=1)
    return {
        "rule": f"{applied.rule.name} v{applied.rule.version}",
        "months": [series.month(one) for one in months(first, asked.to) if series.has(one)],
        "years": list(
            filter(None, (series.year(one) for one in years(first.replace(month=1), asked.to)))
        ),
    }


class _Series:
    def __init__(
        self, database: Any, data: Path, applied: Applied, asked: Question, there: Sequence[Vintage]
    ) -> None:
        self.applied, self.asked = applied, asked
        self.known_on = asked.known_on or applied.counted.day
        sql = days_sql(applied.rule, applied.relations(data), self.known_on)
        rows = database.execute(sql).fetchall()
        self.days = DailyCounts({day: number for _, day, number in rows})
        self.lateness = Lateness.of(database, data, applied, there, self.known_on)

    def has(self, one: Window) -> bool:
        """Whether the lists reach over all of a window."""
        return not self.applied.why_out_of_reach(one, self.known_on)

    def month(self, one: Window) -> dict[str, Any]:
        is_whole = (one.last + timedelta(days=1)).day == 1
        return {"month": f"{one.first:%Y-%m}", "days": one.days, **self._count(one, is_whole)}

    def year(self, one: Window) -> dict[str, Any] | None:
        """None where the lists reach over neither the year nor its part until the same date."""
        now = window("year_to_date", self.asked.to)
        to_date = years_earlier("year_to_date", now, now.last.year - one.last.year)
        if not self.has(to_date) and not self.has(one):
            return None
        return {
            "year": one.first.year,
            **self._count(one, (one.last.month, one.last.day) == (12, 31)),
            "to_date": self.days.within(to_date) if self.has(to_date) else None,
        }

    def _count(self, one: Window, is_whole: bool) -> dict[str, Any]:
        if not self.has(one):
            return {"count": None, "low": None, "high": None, "complete": False}
        number = self.days.within(one)
        low, high = mid_p(number)
        listed = self.lateness.of_window(one)
        settled = is_settled(one, self.applied.counted, self.known_on, listed)
        return {"count": number, "low": low, "high": high, "complete": is_whole and settled}
