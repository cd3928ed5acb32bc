"""What is known of each area in a period, gathered from the rows of its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from headstamp.incidents.rates import rate as rate_of
from headstamp.reports.figure_charts.words import known

PERIOD: Final = "365_days"
"""Areas are drawn over a year: less is mostly chance."""

EARLIER: Final = {
    "mean_of_5_years": "Mean of 5 years before",
    "mean_of_3_years": "Mean of 3 years before",
    "last_year": "Year before",
}


@dataclass(slots=True)
class AreaCount:
    """The figures of an area by one rule in one period.

    Parameters
    ----------
    area, name : str
    count : float or None
        None where it is not known or not shown.
    interval : list of float, or None
    population : int or None
    suppressed : str
        Why a count is not shown, as ``1 to 4``; empty where it is.
    first, last : str
        ISO 8601 days.
    earlier : dict
        Counts of earlier periods by what they are, None where not shown.
    wording : dict
        What may be said of each.
    """

    area: str
    name: str
    count: float | None
    interval: list[float] | None
    population: int | None
    suppressed: str
    first: str
    last: str
    earlier: dict[str, float | None] = field(default_factory=dict)
    wording: dict[str, str] = field(default_factory=dict)

    @property
    def rate(self) -> float | None:
        """Per 100,000, where there are a count and people."""
        if self.count is None or not self.population:
            return None
        return rate_of(int(self.count), self.population).value

    @property
    def rate_interval(self) -> tuple[float, float] | None:
        """Of the rate."""
        if self.count is None or not self.population:
            return None
        return rate_of(int(self.count), self.population).interval


def of_rule(rows: Iterable[Mapping[str, Any]], rule: str, period: str = PERIOD) -> list[AreaCount]:
    """The areas of a rule, by their number, or by their name where they have none.

    Parameters
    ----------
    rows : iterable of mapping
        As in a publication's ``areas``.
    rule : str
        Key of the rule.
    period : str
    """
    found: dict[str, AreaCount] = {}
    for row in rows:
        if row["rule"] != rule or row["period"] != period:
            continue
        area = str(row["area"])
        if area not in found:
            found[area] = _area(row)
        then = row.get("comparison_count")
        found[area].earlier[row["against"]] = then if known(then) else None
        found[area].wording[row["against"]] = str(row["wording"])
    return sorted(found.values(), key=_order)


def _order(one: AreaCount) -> tuple[int, str]:
    return (int(one.area), "") if one.area.isdecimal() else (10**9, one.name)


def _area(row: Mapping[str, Any]) -> AreaCount:
    count = row.get("count")
    return AreaCount(
        area=str(row["area"]),
        name=str(row.get("area_name") or row["area"]),
        count=count if known(count) else None,
        interval=row.get("count_interval"),
        population=row.get("population") or None,
        suppressed=str(row.get("suppressed") or ""),
        first=row["from"],
        last=row["to"],
    )
