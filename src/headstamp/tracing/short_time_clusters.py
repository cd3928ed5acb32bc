"""Dealers of whose guns many were recovered soon after the sale, and close together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from headstamp.tracing.columns import Traces
from headstamp.tracing.grouping import groups
from headstamp.tracing.times import Times

LEVEL = 0.999
"""A dealer like the rest has as many short times or fewer this often."""


def dealer_clusters(
    traces: Traces, found: Times, guns: int, within_days: int
) -> Iterator[tuple[NDArray[np.int64], str]]:
    """The short times of one dealer that are many, dense, and more than its dated traces explain.

    A large shop has many short times because it has many traces: its share of short times is set
    against that of all dealers.

    Parameters
    ----------
    traces : Traces
    found : Times
        Of the same traces.
    guns : int
        At least so many.
    within_days : int
        Recovered within so many days.

    Returns
    -------
    iterator of (int64, str)
        Places of the densest of its short times, and why.
    """
    dated = int(found.dated.sum())
    common = float(found.short.sum() / dated) if dated else 0.0
    for places in groups(np.where(found.dated, traces.dealer.codes, -1).astype(np.int32)):
        short = places[found.short[places]]
        dense = densest(traces.recovered_last[short], within_days)
        together = short[dense]
        different = len(np.unique(traces.gun.codes[together]))
        usual = stats.binom.ppf(LEVEL, len(places), common)
        if different >= guns and len(short) > usual:
            yield (
                together,
                f"{different} guns of one dealer recovered within {within_days} days, each under "
                f"three years after its sale ({len(short)} of its {len(places)} dated traces are; "
                f"of all dealers {100 * common:.0f} %)",
            )


def densest(days: NDArray[np.datetime64], within_days: int) -> NDArray[np.int64]:
    """Places of the most days that lie within so many; of equals the earliest.

    Parameters
    ----------
    days : datetime64[D]
    within_days : int
        365: the last is 364 days after the first, or less.
    """
    order = np.argsort(days, kind="stable")
    sorted_days = days[order].astype(np.int64)
    ends = np.searchsorted(sorted_days, sorted_days + within_days)
    if not len(ends):
        return order
    start = int(np.argmax(ends - np.arange(len(ends))))
    return order[start : int(ends[start])]
