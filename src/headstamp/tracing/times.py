"""Time-to-crime of many traces at once: the rule of ``time_to_crime``, on columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.tracing.columns import Days, Traces, Truths
from headstamp.tracing.time_to_crime import BUCKETS, DAYS, MONTHS, Measured

SHORT: Final = len(BUCKETS) - 1
"""Times in a bucket before this one are short."""


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """Time-to-crime of each trace; in no two of the flags at once.

    Parameters
    ----------
    exact, partial, negative, no_sale_date : bool (traces,)
    days : int64 (traces,)
        From sale to recovery; means something where ``exact``.
    first_bucket, last_bucket : int64 (traces,)
        Mean something where ``exact`` or ``partial``.
    """

    exact: Truths
    partial: Truths
    negative: Truths
    no_sale_date: Truths
    days: NDArray[np.int64]
    first_bucket: NDArray[np.int64]
    last_bucket: NDArray[np.int64]

    @property
    def dated(self) -> Truths:
        """Where a time is known, be it as a range."""
        return self.exact | self.partial

    @property
    def short(self) -> Truths:
        """Where it is certainly under three years."""
        return self.dated & (self.last_bucket < SHORT)


def times(traces: Traces, measured: Measured = "calendar") -> Times:
    """Time-to-crime of every trace.

    Parameters
    ----------
    traces : Traces
    measured : str
        As in :func:`headstamp.tracing.time_to_crime.time_to_crime`.
    """
    there = ~np.isnat(traces.sold_first)
    some_day = np.datetime64("2000-01-01", "D")
    sold_first = np.where(there, traces.sold_first, some_day)
    sold_last = np.where(there, traces.sold_last, some_day)
    first, last = traces.recovered_first, traces.recovered_last
    negative = there & (last < sold_first)
    is_exact = (sold_first == sold_last) & (first == last)
    dated = there & ~negative
    soonest_sale = np.minimum(sold_last, last)
    soonest_recovery = np.maximum(first, soonest_sale)
    return Times(
        exact=dated & is_exact,
        partial=dated & ~is_exact,
        negative=negative,
        no_sale_date=~there,
        days=(first - sold_last).astype(np.int64),
        first_bucket=_buckets(soonest_sale, soonest_recovery, measured),
        last_bucket=_buckets(sold_first, last, measured),
    )


def _buckets(sale: Days, recovery: Days, measured: Measured) -> NDArray[np.int64]:
    found = np.zeros(len(sale), np.int64)
    if measured == "days":
        passed = (recovery - sale).astype(np.int64)
        for days in DAYS:
            found += passed >= days
        return found
    for months in MONTHS:
        found += recovery >= months_later(sale, months)
    return found


def months_later(days: Days, months: int) -> Days:
    """The same day of a later month; its last day where that month is shorter."""
    month = days.astype("datetime64[M]")
    into_month = (days - month.astype("datetime64[D]")).astype(np.int64)
    later = month + np.timedelta64(months, "M")
    last = (later + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    same: Days = later.astype("datetime64[D]") + into_month.astype("timedelta64[D]")
    return np.minimum(same, last)
