"""A figure with everything that must be said beside it."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Any, Final

from headstamp.incidents.comparison import NO_CHANGE, CountComparison, compare_counts
from headstamp.incidents.poisson import Interval, mid_p
from headstamp.incidents.rates import Rate
from headstamp.incidents.records import Vintage
from headstamp.incidents.rules import CountingRule
from headstamp.incidents.windows import Name, Window

YEARS: Final = {"last_year": 1, "mean_of_3_years": 3, "mean_of_5_years": 5}
"""What a count is set against: the same window of so many earlier years."""

NOT_YET: Final = " so far; the period is not complete"
"""After a fall that late reports may undo."""


@dataclass(frozen=True, slots=True)
class Against:
    """A figure set against the same window of earlier years.

    Parameters
    ----------
    name : str
        ``last_year``, ``mean_of_3_years`` or ``mean_of_5_years``.
    windows : tuple of Window
    comparison : CountComparison or None
        Of the counts as they stand, a window counting as a window; None where it cannot be made.
    per_day : CountComparison or None
        The same with days as the exposure: a leap day makes a window longer.
    reason : str
        Why there is none.
    is_open : bool
        Whether much of the window may still be to come: a fall is then called incomplete.
    """

    name: str
    windows: tuple[Window, ...]
    comparison: CountComparison | None
    per_day: CountComparison | None
    reason: str = ""
    is_open: bool = False

    @property
    def wording(self) -> str:
        """What may be said; a change only where it is one by window and by day."""
        if self.comparison is None or self.per_day is None:
            return self.reason
        if not self.per_day.is_change:
            return NO_CHANGE
        is_fall = self.comparison.interval[1] < 1
        return self.comparison.wording + (NOT_YET if is_fall and self.is_open else "")


def against(name: str, now: Window, count: int, earlier: dict[Window, int]) -> Against:
    """A count set against earlier ones.

    Parameters
    ----------
    name : str
        Of ``YEARS``.
    now : Window
    count : int
    earlier : dict
        Counts by window, the latest window first.
    """
    counts = list(earlier.values())
    return Against(
        name,
        tuple(earlier),
        compare_counts(count, counts),
        compare_counts(count, counts, now.days, [one.days for one in earlier]),
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """One count by one rule in one window.

    Parameters
    ----------
    rule : CountingRule
    period : str
    window : Window
    count : int or None
        None where the list does not reach over the whole window.
    against : tuple of Against
    known_on : str
        ISO 8601 day; nothing that was not known then is counted.
    vintage : Vintage
        Of the list that was counted in.
    area : str
        Empty for the whole jurisdiction.
    rate : Rate or None
    remarks : tuple of str
        What a reader must know.
    """

    rule: CountingRule
    period: Name
    window: Window
    count: int | None
    against: tuple[Against, ...]
    known_on: str
    vintage: Vintage
    area: str = ""
    rate: Rate | None = None
    remarks: tuple[str, ...] = ()

    @property
    def interval(self) -> Interval:
        """The 95 % mid-P interval of the count, as one of a Poisson process."""
        return (nan, nan) if self.count is None else mid_p(self.count)

    def rows(self) -> list[dict[str, Any]]:
        """For scripts: one object for each comparison."""
        return [self._row(one) for one in self.against]

    def _row(self, one: Against) -> dict[str, Any]:
        found, per_day, rate = one.comparison, one.per_day, self.rate
        earlier = len(one.windows)
        return {
            "measure": self.rule.measure,
            "period": self.period,
            "from": self.window.first.isoformat(),
            "to": self.window.last.isoformat(),
            "count": self.count,
            "comparison_count": _whole(found.then / earlier) if found else None,
            "ratio": found.ratio if found else None,
            "interval": list(found.interval) if found else None,
            "p_value": found.p_value if found else None,
            "wording": one.wording,
            "rule": f"{self.rule.name} v{self.rule.version}",
            "as_known_on": self.known_on,
            "vintage": self.vintage.id,
            "jurisdiction": self.rule.jurisdiction,
            "area": self.area,
            "unit": self.rule.unit,
            "against": one.name,
            "count_interval": None if self.count is None else list(self.interval),
            "days": self.window.days,
            "comparison_days": _whole(sum(w.days for w in one.windows) / earlier),
            "ratio_per_day": per_day.ratio if per_day else None,
            "interval_per_day": list(per_day.interval) if per_day else None,
            "p_value_per_day": per_day.p_value if per_day else None,
            "per_100000": rate.value if rate else None,
            "per_100000_interval": list(rate.interval) if rate else None,
            "population": rate.population if rate else None,
            "source": self.vintage.file_name,
            "source_sha256": self.vintage.sha256,
            "remarks": list(self.remarks),
        }


def _whole(number: float) -> float:
    """The same as an integer where it is one, for readers."""
    return int(number) if number == int(number) else number
