"""Errors at a threshold fixed beforehand, with their intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headstamp.evaluation.intervals import Interval, bootstrap_over_firearms, clopper_pearson
from headstamp.evaluation.roc import error_rates_at
from headstamp.evaluation.scored_pairs import ScoredPairs


@dataclass(frozen=True, slots=True)
class Rate:
    """So many errors in so many pairs.

    Parameters
    ----------
    errors, trials : int
    interval : tuple of float
        95 %, Clopper-Pearson, pairs taken as independent.
    bootstrap : tuple of float
        95 %, drawing firearms; zero width where there is no error.
    """

    errors: int
    trials: int
    interval: Interval
    bootstrap: Interval

    @property
    def rate(self) -> float:
        """Share of the trials; NaN without any."""
        return self.errors / self.trials if self.trials else float("nan")


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """Errors of one score at one threshold.

    Parameters
    ----------
    score : str
    threshold : float
        Pairs with a score of at least this count as linked.
    missed : Rate
        Same-source pairs not linked.
    false : Rate
        Different-source pairs linked.
    """

    score: str
    threshold: float
    missed: Rate
    false: Rate


def error_rates(pairs: ScoredPairs, score: str, threshold: float) -> ErrorRates:
    """Count the errors of a score at a threshold, and how well the counts are known.

    Parameters
    ----------
    pairs : ScoredPairs
    score : str
        Its name in ``pairs.scores``; a NaN is never linked.
    threshold : float
    """
    values, same = pairs.scores[score], pairs.same
    linked = np.where(np.isnan(values), -np.inf, values) >= threshold

    def bootstrap(which: int) -> Interval:
        def statistic(weights: NDArray[np.float64]) -> float:
            return error_rates_at(threshold, values, same, weights)[which]

        return bootstrap_over_firearms(statistic, pairs.firearm_first, pairs.firearm_second)

    return ErrorRates(
        score,
        threshold,
        missed=_rate(~linked[same], bootstrap(0)),
        false=_rate(linked[~same], bootstrap(1)),
    )


def _rate(wrong: NDArray[np.bool_], bootstrap: Interval) -> Rate:
    errors, trials = int(np.count_nonzero(wrong)), len(wrong)
    return Rate(errors, trials, clopper_pearson(errors, trials), bootstrap)
