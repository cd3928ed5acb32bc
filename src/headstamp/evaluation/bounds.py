"""Empirical bounds: how large a likelihood ratio the data can carry."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

STEP: Final = 0.01
"""Accuracy of the bounds, log10."""

_EXTREME: Final = 9.0


def elub(log10_lr: NDArray[np.float64], same: NDArray[np.bool_]) -> tuple[float, float]:
    """Empirical lower and upper bound of the likelihood ratio (ELUB).

    Beyond them a user who acts on the likelihood ratio would do worse than one without it, once
    a single misleading result more is allowed on either side. The definition is that of
    ``lir.algorithms.bayeserror.elub``; counting in sorted order keeps it fit for millions of pairs.

    Parameters
    ----------
    log10_lr : float64 (n,)
        Likelihood ratios of labelled pairs, log10; none may be NaN.
    same : bool (n,)

    Returns
    -------
    lower, upper : float
        log10; lower <= 0 <= upper.

    References
    ----------
    Vergeer et al. 2016, doi:10.1016/j.scijus.2016.06.003.
    """
    values = np.clip(log10_lr, -_EXTREME, _EXTREME)
    threshold = _thresholds(values, same)
    ratio = 10.0**threshold
    neutral = np.where(ratio < 1.0, ratio, 1.0)
    cost = _cost(10.0**values, same, ratio)
    worse = cost > neutral
    lower = np.max(threshold[(threshold <= 0) & worse] + STEP, initial=threshold.min())
    upper = np.min(threshold[(threshold >= 0) & worse] - STEP, initial=threshold.max())
    return min(float(lower), 0.0), max(float(upper), 0.0)


def _thresholds(values: NDArray[np.float64], same: NDArray[np.bool_]) -> NDArray[np.float64]:
    lowest = max(float(values.min()), -float(np.log10(np.count_nonzero(same) + 1)))
    highest = min(float(values.max()), float(np.log10(np.count_nonzero(~same) + 1)))
    first = min(0, int(lowest // STEP))
    last = max(0, int(highest // STEP) + 1)
    return np.linspace(first * STEP, last * STEP, last - first + 1)


def _cost(
    ratios: NDArray[np.float64], same: NDArray[np.bool_], threshold: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Missed share plus threshold times false share, one misleading pair added to each."""
    of_same, of_different = np.sort(ratios[same]), np.sort(ratios[~same])
    missed = np.searchsorted(of_same, threshold, side="right") + 1
    accepted = len(of_different) - np.searchsorted(of_different, threshold, side="right") + 1
    cost: NDArray[np.float64] = missed / (len(of_same) + 1) + threshold * accepted / (
        len(of_different) + 1
    )
    return cost
