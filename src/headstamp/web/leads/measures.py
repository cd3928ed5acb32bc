"""How long leads take, and what they come to. Pure: no Django, no clock.

Times are from the recovery. Each figure says of how many leads it is: a median of three says
little, and a 90th percentile of fewer than ten is not given at all.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LEAST_FOR_90: Final = 10


@dataclass(frozen=True, slots=True)
class MeasuredLead:
    """What is counted of one lead."""

    recovered_at: datetime
    made_at: datetime
    noticed_at: datetime | None
    notice_limit_at: datetime
    closed_at: datetime | None
    outcome: str
    rating: str
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and 90th percentile, hours, of so many leads; None where there are too few."""

    label: str
    count: int
    median: float | None
    ninetieth: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """So many of a base."""

    label: str
    count: int
    base: int

    @property
    def percent(self) -> float | None:
        """None where the base is empty."""
        return 100 * self.count / self.base if self.base else None


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything about the leads that were made in one period."""

    count: int
    times: tuple[Spread, ...]
    overdue: Share
    ratings: tuple[Share, ...]
    outcomes: tuple[Share, ...]


def measure(
    leads: Iterable[MeasuredLead],
    *,
    now: datetime,
    ratings: dict[str, str],
    outcomes: dict[str, str],
) -> Measures:
    """Count leads.

    Parameters
    ----------
    leads : iterable of MeasuredLead
    now : datetime
    ratings, outcomes : dict
        Name and label of each that is shown, also of those that there is none of.
    """
    found = list(leads)
    closed = [one for one in found if one.closed_at]
    return Measures(
        count=len(found),
        times=(
            spread("Recovery to entry", found, lambda one: one.entered_at),
            spread("Recovery to lead", found, lambda one: one.made_at),
            spread("Recovery to notice of all", found, lambda one: one.noticed_at),
            spread("Recovery to outcome", found, lambda one: one.closed_at),
        ),
        overdue=overdue(found, now),
        ratings=shares((one.rating for one in closed), {**ratings, "": "Not rated"}),
        outcomes=shares((one.outcome for one in closed), outcomes),
    )


def spread(
    label: str, leads: Iterable[MeasuredLead], until: Callable[[MeasuredLead], datetime | None]
) -> Spread:
    """Hours from the recovery, of the leads that have come so far."""
    hours = sorted(
        (end - one.recovered_at) / timedelta(hours=1) for one in leads if (end := until(one))
    )
    return Spread(
        label,
        len(hours),
        statistics.median(hours) if hours else None,
        percentile(hours, 0.9) if len(hours) >= LEAST_FOR_90 else None,
    )


def percentile(ordered: list[float], share: float) -> float:
    """Between the two nearest values, in proportion (Hyndman and Fan, type 7)."""
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def overdue(leads: Iterable[MeasuredLead], now: datetime) -> Share:
    """Of the leads whose 48 hours are over, those of which somebody had no notice by then."""
    over = [one for one in leads if one.notice_limit_at <= now]
    late = sum((one.noticed_at or now) >= one.notice_limit_at for one in over)
    return Share("Notice not given within 48 h", late, len(over))


def shares(values: Iterable[str], labels: dict[str, str]) -> tuple[Share, ...]:
    """How many there are of each, of all of them."""
    counts = Counter(values)
    base = counts.total()
    return tuple(Share(label, counts[name], base) for name, label in labels.items())
