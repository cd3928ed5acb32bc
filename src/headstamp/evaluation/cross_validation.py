"""Likelihood ratios of pairs whose firearms the calibration has never seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.evaluation.calibration import Calibration, can_fit, fit
from headstamp.evaluation.scored_pairs import ScoredPairs

MOST_FOLDS: Final = 16
"""Up to this many firearms each is a fold of its own: 136 fits at most."""

Fit = Callable[[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]], Calibration]


def log10_lr_firearms_left_out(
    pairs: ScoredPairs, most_folds: int = MOST_FOLDS, fitting: Fit = fit
) -> NDArray[np.float64]:
    """Each pair's log10 LR from a calibration fitted without either of its firearms.

    Leaving out the pair alone would not do: the firearm would be known from its other pairs. With
    more firearms than ``most_folds`` they are dealt into that many folds and whole folds are
    left out.

    Parameters
    ----------
    pairs : ScoredPairs
        With ``aligned_correlation`` and ``congruent_cells``.
    most_folds : int
    fitting : callable
        Fits a calibration; replaceable for tests.

    Returns
    -------
    float64 (n,)
        Within the bounds of the calibration that made it; NaN where a score is NaN, or where too
        few pairs are left to fit on.
    """
    correlation = pairs.scores["aligned_correlation"]
    cells = pairs.scores["congruent_cells"]
    same = pairs.same
    result = np.full(len(pairs), np.nan)
    for test, train in _splits(pairs, most_folds):
        if can_fit(correlation[train], cells[train], same[train]):
            calibration = fitting(correlation[train], cells[train], same[train])
            result[test] = calibration.log10_lr(correlation[test], cells[test])
    return result


def _splits(
    pairs: ScoredPairs, most_folds: int
) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Pairs of two folds, and the pairs that touch neither."""
    first, second = _folds(pairs, most_folds)
    low, high = np.minimum(first, second), np.maximum(first, second)
    for one, other in np.unique(np.stack([low, high], axis=1), axis=0):
        test = (low == one) & (high == other)
        train = (low != one) & (low != other) & (high != one) & (high != other)
        yield test, train


def _folds(pairs: ScoredPairs, most_folds: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    firearms = np.unique(np.concatenate([pairs.firearm_first, pairs.firearm_second]))
    first = np.searchsorted(firearms, pairs.firearm_first) % most_folds
    second = np.searchsorted(firearms, pairs.firearm_second) % most_folds
    return first.astype(np.int64), second.astype(np.int64)
