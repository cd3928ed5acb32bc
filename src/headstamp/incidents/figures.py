"""A figure with everything that must be said beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from headstamp.incidents.comparison import CountComparison
from headstamp.incidents.poisson import Interval
from headstamp.incidents.rules import CountingRule
from headstamp.incidents.windows import Name, Window

YEARS: Final = {"last_year": 1, "mean_of_3_years": 3, "mean_of_5_years": 5}
"""What a count is set against: the same dates of so many earlier years."""


@dataclass(frozen=True, slots=True)
class Against:
    """A figure set against the same dates of earlier years.

    Parameters
    ----------
    name : str
        ``last_year``, ``mean_of_3_years`` or ``mean_of_5_years``.
    windows : tuple of Window
    comparison : CountComparison or None
        None where it cannot be made.
    reason : str
        Why not.
    """

    name: str
    windows: tuple[Window, ...]
    comparison: CountComparison | None
    reason: str = ""


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
    interval : (float, float)
        Byar's, of the count as one of a Poisson process.
    against : tuple of Against
    known_on : str
        ISO 8601 day; nothing that was not known then is counted.
    vintage : str
    source : str
    remarks : tuple of str
        What a reader must know: gaps, days that are still incomplete.
    """

    rule: CountingRule
    period: Name
    window: Window
    count: int | None
    interval: Interval
    against: tuple[Against, ...]
    known_on: str
    vintage: str
    source: str
    remarks: tuple[str, ...] = ()

    def rows(self) -> list[dict[str, Any]]:
        """For scripts: one object for each comparison."""
        return [self._row(one) for one in self.against]

    def _row(self, one: Against) -> dict[str, Any]:
        found = one.comparison
        years = len(one.windows)
        return {
            "jurisdiction": self.rule.jurisdiction,
            "measure": self.rule.measure,
            "unit": self.rule.unit,
            "period": self.period,
            "from": self.window.first.isoformat(),
            "to": self.window.last.isoformat(),
            "count": self.count,
            "count_interval": list(self.interval),
            "against": one.name,
            "comparison_count": found.then / years if found else None,
            "ratio": found.ratio if found else None,
            "interval": list(found.interval) if found else None,
            "percent_change": found.percent_change if found else None,
            "p_value": found.p_value if found else None,
            "wording": found.wording if found else one.reason,
            "rule": f"{self.rule.name} v{self.rule.version}",
            "as_known_on": self.known_on,
            "vintage": self.vintage,
            "source": self.source,
            "remarks": list(self.remarks),
        }
