"""Two counts compared: how much they differ, how sure that is, and how it may be worded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from headstamp.incidents.poisson import LEVEL, Interval, e_test, ratio_interval

NO_CHANGE: Final = "no detectable change"


@dataclass(frozen=True, slots=True)
class CountComparison:
    """A count against an earlier one.

    Parameters
    ----------
    now, then : int
        ``then`` is a sum where several earlier windows are taken together.
    exposure_now, exposure_then : float
        Days of the windows.
    ratio : float
        Of the rates; NaN where ``then`` is 0.
    interval : (float, float)
        Of the ratio.
    p_value : float
        Of equal rates.
    """

    now: int
    then: int
    exposure_now: float
    exposure_then: float
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
    def expected(self) -> float:
        """What the earlier rate would give over the days of now."""
        return self.then * self.exposure_now / self.exposure_then

    @property
    def is_change(self) -> bool:
        """Whether the interval leaves 1 out."""
        low, high = self.interval
        return not low <= 1 <= high and low == low  # noqa: PLR0124 - NaN is no change

    @property
    def wording(self) -> str:
        """What may be said: a rise or a fall only where the interval leaves 1 out."""
        if not self.is_change:
            return NO_CHANGE
        if self.ratio != self.ratio:
            return "up from none"
        word = "up" if self.ratio > 1 else "down"
        return f"{word} {abs(self.percent_change):.0f} %"


def compare_counts(
    now: int,
    then: int | Sequence[int],
    exposure_now: float = 1.0,
    exposure_then: float | Sequence[float] = 1.0,
    level: float = LEVEL,
) -> CountComparison:
    """Compare a count with one earlier count, or with the mean of several.

    Parameters
    ----------
    now : int
    then : int or sequence of int
    exposure_now : float
        Days; over zero.
    exposure_then : float or sequence of float
        One for each earlier count.
    level : float
        Coverage of the interval.
    """
    earlier = sum(then) if isinstance(then, Sequence) else then
    exposure = sum(exposure_then) if isinstance(exposure_then, Sequence) else exposure_then
    if exposure_now <= 0 or exposure <= 0:
        raise ValueError("a window has at least one day")
    ratio = (now / exposure_now) / (earlier / exposure) if earlier else float("nan")
    return CountComparison(
        now=now,
        then=earlier,
        exposure_now=exposure_now,
        exposure_then=exposure,
        ratio=ratio,
        interval=ratio_interval(now, earlier, exposure_now, exposure, level),
        p_value=e_test(now, earlier, exposure_now, exposure),
    )
