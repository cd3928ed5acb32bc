"""Events by the day, and how many fall into a window."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date
from itertools import accumulate

from headstamp.incidents.windows import Window


class DailyCounts:
    """Events of each day on which there were any.

    Parameters
    ----------
    numbers : mapping
        Events by day.
    """

    def __init__(self, numbers: Mapping[date, int]) -> None:
        self._days = sorted(numbers)
        self._before = [0, *accumulate(numbers[day] for day in self._days)]

    def within(self, one: Window) -> int:
        """How many fall into a window."""
        first, after = bisect_left(self._days, one.first), bisect_right(self._days, one.last)
        return self._before[after] - self._before[first]
