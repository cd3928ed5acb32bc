"""Intervals for one count and for the ratio of two, and a test of two."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan, sqrt
from typing import Final

import numpy as np
from scipy import optimize, special, stats

LEVEL: Final = 0.95

Interval = tuple[float, float]


def byar(count: int, level: float = LEVEL) -> Interval:
    """Byar's interval for the mean of a Poisson count; close to the exact one from 5 upwards.

    What health departments print. It covers too often below about 25, so figures use ``mid_p``.

    Parameters
    ----------
    count : int
    level : float
        Coverage, 0 to 1.

    References
    ----------
    Breslow and Day 1987, Statistical Methods in Cancer Research II, p. 69.
    """
    _require_counts(count)
    z = float(special.ndtri(0.5 + level / 2))
    above = count + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3 if count else 0.0
    return max(0.0, low), above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3


def mid_p(count: int, level: float = LEVEL) -> Interval:
    """Mid-P interval for the mean of a Poisson count: covers as often as it says, on average.

    The exact interval covers too often, most of all for small counts; this one does for means
    below about 3, as any must whose lower end is 0 when there was no event.

    Parameters
    ----------
    count : int
    level : float
        Coverage, 0 to 1.

    Returns
    -------
    low, high : float

    References
    ----------
    Garwood 1936, doi:10.1093/biomet/28.3-4.437; Cohen and Yang 1994, Statistics in Medicine 13,
    p. 2189.
    """
    _require_counts(count)

    def share_above(mean: float) -> float:
        return (_at_least(count, mean) + _at_least(count + 1, mean)) / 2

    tail = (1 - level) / 2
    # The ends of the exact interval are further out.
    least = float(special.gammaincinv(count, tail)) if count else 0.0
    most = float(special.gammaincinv(count + 1, 1 - tail))
    low = _solve(share_above, tail, least, float(count)) if count else 0.0
    return low, _solve(share_above, 1 - tail, float(count), most)


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
    The Statistician 44, p. 417.
    """
    _require_counts(now, then)
    total = now + then
    if not total:
        return nan, nan

    def share_above(chance: float) -> float:
        return (_successes(now, total, chance) + _successes(now + 1, total, chance)) / 2

    tail = (1 - level) / 2
    low = _solve(share_above, tail, 0.0, now / total) if now else 0.0
    high = _solve(share_above, 1 - tail, now / total, 1.0) if then else 1.0
    scale = exposure_then / exposure_now
    return _odds(low) * scale, _odds(high) * scale


def e_test(now: int, then: int, exposure_now: float = 1.0, exposure_then: float = 1.0) -> float:
    """Two-sided p-value of equal rates: the E-test, which is not conservative as exact tests are.

    The probability, at the pooled rate, of two counts that differ by as many standard errors. For
    each first count the second counts that differ less lie between the roots of a square.

    Parameters
    ----------
    now, then : int
    exposure_now, exposure_then : float
        Over zero.

    Returns
    -------
    float
        0 to 1; 1 where the rates are equal.

    References
    ----------
    Krishnamoorthy and Thomson 2004, doi:10.1016/S0378-3758(02)00408-1.
    """
    _require_counts(now, then)
    if now * exposure_then == then * exposure_now:
        return 1.0
    rate_now, rate_then = now / exposure_now, then / exposure_then
    # What differs just as much counts, whatever the last digit says.
    squared = (
        (1 - 1e-9)
        * (rate_now - rate_then) ** 2
        / (rate_now / exposure_now + rate_then / exposure_then)
    )
    pooled = (now + then) / (exposure_now + exposure_then)
    first = np.arange(
        stats.poisson.ppf(1e-16, pooled * exposure_now),
        stats.poisson.isf(1e-16, pooled * exposure_now) + 1,
    )
    scale = exposure_then / exposure_now
    centre = first * scale + squared / 2
    half = np.sqrt(squared * first * scale * (1 + scale) + squared**2 / 4)
    # Two counts of 0 do not differ, although 0 is a root.
    below = np.where(first == 0, -1.0, np.floor(centre - half))
    mean = pooled * exposure_then
    outside = stats.poisson.cdf(below, mean) + stats.poisson.sf(np.ceil(centre + half) - 1, mean)
    return float(min(1.0, stats.poisson.pmf(first, pooled * exposure_now) @ outside))


def _at_least(count: int, mean: float) -> float:
    """Probability of so many events or more."""
    return float(special.gammainc(count, mean)) if count else 1.0


def _successes(count: int, total: int, chance: float) -> float:
    """Probability of so many successes or more."""
    if count > total:
        return 0.0
    return float(special.betainc(count, total - count + 1, chance)) if count else 1.0


def _solve(function: Callable[[float], float], value: float, low: float, high: float) -> float:
    return float(optimize.brentq(lambda x: function(x) - value, low, high, xtol=1e-14, rtol=1e-13))


def _odds(chance: float) -> float:
    return chance / (1 - chance) if chance < 1 else inf


def _require_counts(*counts: int) -> None:
    if any(count < 0 for count in counts):
        raise ValueError("a count is not negative; check what was counted")
