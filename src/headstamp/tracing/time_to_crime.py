"""Time-to-crime: from the first retail sale of a gun to its recovery."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import nan
from statistics import fmean, median
from typing import Final, Literal

from headstamp.tracing.bases import Base, Share

Flag = Literal["exact", "partial_date", "negative", "no_sale_date"]
Measured = Literal["calendar", "days"]

BUCKETS: Final = (
    "under 3 months",
    "3 to under 7 months",
    "7 months to under 1 year",
    "1 to under 2 years",
    "2 to under 3 years",
    "3 years and over",
)
MONTHS: Final = (3, 7, 12, 24, 36)
"""Where each bucket but the last ends, by the calendar."""

DAYS: Final = (91, 213, 365, 730, 1095)
"""The same in days."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, or all the days of a month or a year of which no more is known."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError(f"a date cannot lie between {self.earliest} and {self.latest}")

    @classmethod
    def of(cls, text: str) -> PartialDate:
        """Read ``2015``, ``2015-06`` or ``2015-06-17``.

        Raises
        ------
        ValueError
            If it is none of these, or there is no such day.
        """
        parts = text.split("-")
        if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3:
            raise ValueError(f"{text!r} is no date; write 2015, 2015-06 or 2015-06-17")
        year, month, day = (*map(int, parts), 0, 0)[:3]
        if not 1 <= year <= 9999 or (len(parts) > 1 and not 1 <= month <= 12):
            raise ValueError(f"{text!r} is no date; write 2015, 2015-06 or 2015-06-17")
        if len(parts) == 3:
            return cls(date(year, month, day), date(year, month, day))
        last_month = month or 12
        last_day = calendar.monthrange(year, last_month)[1]
        return cls(date(year, month or 1, 1), date(year, last_month, last_day))

    @property
    def is_exact(self) -> bool:
        """Whether the day is known."""
        return self.earliest == self.latest


@dataclass(frozen=True, slots=True)
class TimeToCrime:
    """Days from sale to recovery, as far as they are known.

    Parameters
    ----------
    flag : str
    low, high : int or None
        Days; the same when exact; below zero when the sale follows the recovery, which is an error
        to resolve; None without a date of sale.
    first_bucket, last_bucket : int or None
        Positions in ``BUCKETS``; None where it is in none.
    """

    flag: Flag
    low: int | None = None
    high: int | None = None
    first_bucket: int | None = None
    last_bucket: int | None = None

    @property
    def bucket(self) -> str:
        """Its name; empty where the dates leave it open, or there is none."""
        if self.first_bucket is None or self.first_bucket != self.last_bucket:
            return ""
        return BUCKETS[self.first_bucket]

    @property
    def is_short(self) -> bool | None:
        """Whether it is under three years; None where the dates leave it open."""
        if self.first_bucket is None or self.last_bucket is None:
            return None
        if self.first_bucket == len(BUCKETS) - 1:
            return False
        return True if self.last_bucket < len(BUCKETS) - 1 else None


def time_to_crime(
    sale: PartialDate | None, recovery: PartialDate, measured: Measured = "calendar"
) -> TimeToCrime:
    """How long it took, from what is known of both dates.

    Parameters
    ----------
    sale : PartialDate or None
        Of the last known retail sale.
    recovery : PartialDate
        Where it is blank, ATF takes the day the trace was entered.
    measured : str
        Whether buckets end on the same day of a later month and year (a sale of 31 January: after
        three months on 30 April) or after a number of days (three years: 1,095).
    """
    if sale is None:
        return TimeToCrime("no_sale_date")
    low = (recovery.earliest - sale.latest).days
    high = (recovery.latest - sale.earliest).days
    if high < 0:
        return TimeToCrime("negative", low, high)
    flag: Flag = "exact" if sale.is_exact and recovery.is_exact else "partial_date"
    # No gun is recovered before it is sold: of a range only the days after the sale are possible.
    soonest_sale = min(sale.latest, recovery.latest)
    soonest_recovery = max(recovery.earliest, soonest_sale)
    return TimeToCrime(
        flag,
        max(low, 0),
        high,
        _bucket(soonest_sale, soonest_recovery, measured),
        _bucket(sale.earliest, recovery.latest, measured),
    )


def _bucket(sale: date, recovery: date, measured: Measured) -> int:
    if measured == "days":
        return sum((recovery - sale).days >= days for days in DAYS)
    return sum(recovery >= months_later(sale, months) for months in MONTHS)


def months_later(day: date, months: int) -> date:
    """The same day of a later month; its last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Summary:
    """Times-to-crime of many guns.

    Parameters
    ----------
    flags : dict
        Guns by flag; every gun is in one.
    buckets : dict
        The share of each bucket among the dated; those that the dates leave open are in none.
    open_between_buckets : Share
    mean, median : float
        Days, of the exact ones alone; NaN without any.
    """

    flags: dict[Flag, int]
    buckets: dict[str, Share]
    open_between_buckets: Share
    mean: float
    median: float


def summary(times: Iterable[TimeToCrime]) -> Summary:
    """What can be said of many; errors and missing dates are counted and never averaged."""
    found = list(times)
    flags = Counter(one.flag for one in found)
    dated = Base("dated", flags["exact"] + flags["partial_date"])
    named = Counter(one.bucket for one in found if one.bucket)
    days = [one.low for one in found if one.flag == "exact" and one.low is not None]
    return Summary(
        {name: flags[name] for name in ("exact", "partial_date", "negative", "no_sale_date")},
        {name: Share(named[name], dated) for name in BUCKETS},
        Share(dated.count - named.total(), dated),
        fmean(days) if days else nan,
        float(median(days)) if days else nan,
    )
