"""Two counts compared: how much they differ, how sure that is, and how it may be worded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Final

from headstamp.incidents.poisson import LEVEL, Interval, e_test, ratio_interval

NO_CHANGE: Final = "no detectable change"


@dataclass(frozen=True, slots=True)
class CountComparison:
    """A count against an earlier one.

    Parameters
    ----------
    now, then : int
        ``then`` is the sum where several earlier windows are taken together.
    ratio : float
        Of the rates; NaN where ``then`` is 0.
    interval : (float, float)
        Of the ratio; its upper end is infinite where ``then`` is 0, both are NaN where both counts
        are.
    p_value : float
        Of equal rates.
    """

    now: int
    then: int
    ratio: float
    interval: Interval
    p_value: float

    @property
    def percent_change(self) -> float:
        """Of the rate; NaN where it was 0."""
        return 100 * (self.ratio - 1)

    @property
    def percent_interval(self) -> Interval:
        """Of the percent change."""
        low, high = self.interval
        return 100 * (low - 1), 100 * (high - 1)

    @property
    def is_change(self) -> bool:
        """Whether the interval leaves 1 out."""
        low, high = self.interval
        return low > 1 or high < 1

    @property
    def wording(self) -> str:
        """What may be said: a rise or a fall only where the interval leaves 1 out."""
        if not self.is_change:
            return NO_CHANGE
        if isnan(self.ratio):
            return "up from none"
        word = "up" if self.ratio > 1 else "down"
        return f"{word} {abs(self.percent_change):.0f} %"


def compare_counts(
    now: int,
    then: Sequence[int],
    exposure_now: float = 1.0,
    exposure_then: Sequence[float] = (),
    level: float = LEVEL,
) -> CountComparison:
    """Compare a count with an earlier one, or with the mean of several.

    Parameters
    ----------
    now : int
    then : sequence of int
        One count, or the counts that a mean is taken of.
    exposure_now : float
        What the count is proportional to, such as days; over zero.
    exposure_then : sequence of float
        One for each earlier count; all 1 unless given.
    level : float
        Coverage of the interval, 0 to 1.

    Raises
    ------
    ValueError
        If nothing is compared with, a count is negative or an exposure is not over zero.
    """
    exposure = sum(exposure_then or [1.0] * len(then))
    if exposure_now <= 0 or exposure <= 0:
        raise ValueError("a count is compared over an exposure above zero; a window has a day")
    earlier = sum(then)
    return CountComparison(
        now=now,
        then=earlier,
        ratio=(now / exposure_now) / (earlier / exposure) if earlier else nan,
        interval=ratio_interval(now, earlier, exposure_now, exposure, level),
        p_value=e_test(now, earlier, exposure_now, exposure),
    )
