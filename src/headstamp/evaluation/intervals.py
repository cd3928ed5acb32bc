"""Intervals for rates, and for statistics of pairs that share firearms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

LEVEL: Final = 0.95
REPLICATES: Final = 500
_SEED: Final = 0

Interval = tuple[float, float]


def clopper_pearson(errors: int, trials: int, level: float = LEVEL) -> Interval:
    """Exact binomial interval for a rate.

    It takes the trials as independent. Pairs are not (one bad scan spoils all its pairs), so for
    pairs it is a lower limit of the width.

    Parameters
    ----------
    errors, trials : int
    level : float
        Coverage, 0 to 1.

    Returns
    -------
    low, high : float
        NaN, NaN without trials.

    References
    ----------
    Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404.
    """
    if trials == 0:
        return float("nan"), float("nan")
    tail = (1.0 - level) / 2.0
    low = special.betaincinv(errors, trials - errors + 1, tail) if errors else 0.0
    high = special.betaincinv(errors + 1, trials - errors, 1.0 - tail) if errors < trials else 1.0
    return float(low), float(high)


def wilson(errors: int, trials: int, level: float = LEVEL) -> Interval:
    """Score interval for a rate; narrower than Clopper-Pearson, right on average.

    References
    ----------
    Wilson 1927, doi:10.1080/01621459.1927.10502953.
    """
    if trials == 0:
        return float("nan"), float("nan")
    z = float(special.ndtri(0.5 + level / 2.0))
    rate = errors / trials
    middle = rate + z * z / (2 * trials)
    half = z * np.sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, float((middle - half) / scale)), min(1.0, float((middle + half) / scale))


def bootstrap_over_firearms(
    statistic: Callable[[NDArray[np.float64]], float],
    firearm_first: NDArray[np.int64],
    firearm_second: NDArray[np.int64],
    level: float = LEVEL,
    replicates: int = REPLICATES,
) -> Interval:
    """Percentile interval of a statistic of pairs, drawing firearms and not pairs.

    Pairs that share a firearm are not independent; firearms are. A firearm drawn c times brings
    its own pairs c times, and its pairs with a firearm drawn d times c d times. A statistic that
    is undefined in a draw leaves that draw out.

    Parameters
    ----------
    statistic : callable
        Takes how often each pair counts, float64 (n,), and returns a number.
    firearm_first, firearm_second : int64 (n,)
    level : float
        Coverage, 0 to 1.
    replicates : int

    Returns
    -------
    low, high : float
        NaN, NaN when there are fewer than three firearms or no draw is defined. Where the
        collection shows no error at all, both are zero: then read the Clopper-Pearson interval.

    References
    ----------
    Bolle, Ratha and Pankanti 2004 (subsets bootstrap), doi:10.1016/j.cviu.2003.08.002.
    """
    firearms = np.unique(np.concatenate([firearm_first, firearm_second]))
    if len(firearms) < 3:
        return float("nan"), float("nan")
    first = np.searchsorted(firearms, firearm_first)
    second = np.searchsorted(firearms, firearm_second)
    same = first == second
    generator = np.random.default_rng(_SEED)
    found = []
    for _ in range(replicates):
        drawn = generator.integers(len(firearms), size=len(firearms))
        times = np.bincount(drawn, minlength=len(firearms)).astype(np.float64)
        found.append(statistic(np.where(same, times[first], times[first] * times[second])))
    values = np.asarray(found)
    values = values[np.isfinite(values)]
    if not len(values):
        return float("nan"), float("nan")
    low, high = np.quantile(values, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return float(low), float(high)
