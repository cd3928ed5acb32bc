"""Intervals for one count, and for the ratio of two."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy import optimize, stats

LEVEL: Final = 0.95

Interval = tuple[float, float]


def byar(count: int, level: float = LEVEL) -> Interval:
    """Byar's interval for the mean of a Poisson count; close to the exact one from 5 upwards.

    What health departments print; it covers too often below about 25. Figures use ``mid_p``.

    References
    ----------
    Breslow and Day 1987, Statistical Methods in Cancer Research II, p. 69.
    """
    _require_count(count)
    z = float(stats.norm.ppf(0.5 + level / 2))
    above = count + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3 if count else 0.0
    return max(0.0, float(low)), float(
        above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    )


def mid_p(count: int, level: float = LEVEL) -> Interval:
    """Mid-P interval for the mean of a Poisson count: covers as often as it says, on average.

    The exact interval covers too often, most of all for small counts; this one does for means
    below about 3, as any must whose lower end for no event is 0.

    Parameters
    ----------
    count : int
    level : float
        Coverage, 0 to 1.

    Raises
    ------
    ValueError
        If the count is negative.

    References
    ----------
    Garwood 1936, doi:10.1093/biomet/28.3-4.437; Cohen and Yang 1994,
    doi:10.1002/sim.4780132112.
    """
    _require_count(count)
    tail = (1 - level) / 2
    low, high = _garwood(count, tail)

    def above(mean: float) -> float:
        return float(stats.poisson.sf(count, mean) + stats.poisson.pmf(count, mean) / 2) - tail

    def below(mean: float) -> float:
        return float(stats.poisson.cdf(count, mean) - stats.poisson.pmf(count, mean) / 2) - tail

    within = max(float(count), 1e-9)
    lowest = optimize.brentq(above, max(low, 1e-12), within) if count else 0.0
    return float(lowest), float(optimize.brentq(below, within, high))


def _garwood(count: int, tail: float) -> Interval:
    """The exact interval."""
    low = float(stats.gamma.ppf(tail, count)) if count else 0.0
    return low, float(stats.gamma.ppf(1 - tail, count + 1))


def ratio_interval(
    now: int,
    then: int,
    exposure_now: float = 1.0,
    exposure_then: float = 1.0,
    level: float = LEVEL,
) -> Interval:
    """Conditional (binomial) mid-P interval for the ratio of two rates.

    Given their sum, the first of two Poisson counts is binomial.

    Parameters
    ----------
    now, then : int
    exposure_now, exposure_then : float
        Days, person-years: anything the counts are proportional to; over zero.
    level : float
        Coverage, 0 to 1.

    Returns
    -------
    low, high : float
        ``high`` is infinite where ``then`` is 0; NaN, NaN where both are.

    References
    ----------
    Przyborowski and Wilenski 1940, doi:10.1093/biomet/31.3-4.313; mid-P: Berry and Armitage 1995,
    doi:10.2307/2348891.
    """
    _require_count(now, then)
    total = now + then
    if total == 0:
        return float("nan"), float("nan")
    tail = (1 - level) / 2

    def above(share: float) -> float:
        half = stats.binom.pmf(now, total, share) / 2
        return float(stats.binom.sf(now, total, share) + half) - tail

    def below(share: float) -> float:
        half = stats.binom.pmf(now, total, share) / 2
        return float(stats.binom.cdf(now, total, share) - half) - tail

    low = float(optimize.brentq(above, 0.0, now / total)) if now else 0.0
    high = float(optimize.brentq(below, now / total, 1.0)) if then else 1.0
    scale = exposure_then / exposure_now
    return _odds(low) * scale, _odds(high) * scale


def e_test(now: int, then: int, exposure_now: float = 1.0, exposure_then: float = 1.0) -> float:
    """Two-sided p-value of equal rates: the E-test, which is not conservative as exact tests are.

    Parameters
    ----------
    now, then : int
    exposure_now, exposure_then : float
        Over zero.

    Returns
    -------
    float
        1 where both counts are 0.

    References
    ----------
    Krishnamoorthy and Thomson 2004, doi:10.1016/S0378-3758(02)00408-1.
    """
    _require_count(now, then)
    if now + then == 0:
        return 1.0
    found = stats.poisson_means_test(now, exposure_now, then, exposure_then)
    return min(1.0, float(found.pvalue))


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")


def _require_count(*counts: int) -> None:
    if any(count < 0 for count in counts):
        raise ValueError("a count is not negative; check what was counted")
