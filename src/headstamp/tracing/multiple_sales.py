"""Sales within five consecutive business days, as dealers report them on ATF Form 3310.4."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.tracing.columns import Days

BUSINESS_DAYS: Final = 5


def business_days(first: date, last: date) -> int:
    """Mondays to Fridays from one day to another, both included.

    Holidays count as business days, since they differ from state to state: a sale after a holiday
    may so be missed, and none is found that is not one.
    """
    return int(np.busday_count(first, last + (date(2000, 1, 2) - date(2000, 1, 1))))


def runs_of_sales(days: Days) -> Iterator[NDArray[np.int64]]:
    """Places of sales that lie within five business days; each run as long as it can be.

    Parameters
    ----------
    days : datetime64[D] (sales,)
        Of one dealer to one purchaser, in any order.

    Returns
    -------
    iterator of int64
        Of two sales and more. Runs may overlap: Monday and Friday are one run, and Friday with the
        Thursday after it another.
    """
    order = np.argsort(days, kind="stable")
    sold = days[order]
    one = np.timedelta64(1, "D")
    within = [
        int(np.sum(np.busday_count(day, sold[place:] + one) <= BUSINESS_DAYS))
        for place, day in enumerate(sold)
    ]
    reached = 0
    for place, count in enumerate(within):
        if count > 1 and place + count > reached:
            yield order[place : place + count]
            reached = place + count
