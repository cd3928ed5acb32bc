"""What a labelled collection says about the method."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.evaluation.calibration import Calibration, can_fit, fit
from headstamp.evaluation.cllr import cllr, cllr_floor, cllr_min
from headstamp.evaluation.cross_validation import log10_lr_firearms_left_out
from headstamp.evaluation.error_rates import ErrorRates, error_rates
from headstamp.evaluation.intervals import Interval, bootstrap_over_firearms
from headstamp.evaluation.roc import auc, equal_error_rate
from headstamp.evaluation.scored_pairs import ScoredPairs
from headstamp.evaluation.thresholds import FIXED
from headstamp.evaluation.tippett import misleading

PRIMARY_SCORE: Final = "aligned_correlation"
"""The score whose ROC area and equal error rate stand at the top of a validation."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Least, middle and largest of a score; NaN without values."""

    minimum: float
    median: float
    maximum: float


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """One score on one collection.

    Parameters
    ----------
    same, different : Spread
        Of the pairs that have the score.
    auc, equal_error_rate : float
        Pairs without the score rank lowest; NaN without pairs of both kinds.
    """

    same: Spread
    different: Spread
    auc: float
    equal_error_rate: float


@dataclass(frozen=True, slots=True, eq=False)
class Validation:
    """The statistics of a validation.

    Parameters
    ----------
    pairs : ScoredPairs
        With ``log10_lr`` (both firearms of a pair left out, bounded) among the scores.
    scores : dict of ScoreSummary
        By the name of the score.
    equal_error_rate_interval, cllr_interval : tuple of float
        95 %, drawing firearms.
    cllr, cllr_min : float
        Of the left-out likelihood ratios, bits.
    cllr_floor : float
        What the bounds of ``calibration`` allow at best, bits.
    misleading_same, misleading_different : float
        Share of pairs whose likelihood ratio points the wrong way.
    error_rates : tuple of ErrorRates
    calibration : Calibration or None
        Fitted on all pairs, for use on other collections.
    without_score_same, without_score_different : int
        Pairs in which no overlap was found: inconclusive, counted as not linked.
    without_lr_same, without_lr_different : int
        Pairs without a likelihood ratio, for want of an overlap or of other firearms to calibrate
        on; Cllr counts them as LR = 1.
    undefined : dict of str
        Why a statistic is NaN, by its name.
    """

    pairs: ScoredPairs
    scores: dict[str, ScoreSummary]
    equal_error_rate_interval: Interval
    cllr: float
    cllr_interval: Interval
    cllr_min: float
    cllr_floor: float
    misleading_same: float
    misleading_different: float
    error_rates: tuple[ErrorRates, ...]
    calibration: Calibration | None
    without_score_same: int
    without_score_different: int
    without_lr_same: int
    without_lr_different: int
    undefined: dict[str, str]

    @property
    def same(self) -> int:
        """Number of same-source pairs."""
        return int(np.count_nonzero(self.pairs.same))

    @property
    def different(self) -> int:
        """Number of different-source pairs."""
        return len(self.pairs) - self.same

    @property
    def auc(self) -> float:
        """ROC area of the primary score."""
        return self.scores[PRIMARY_SCORE].auc

    @property
    def equal_error_rate(self) -> float:
        """Equal error rate of the primary score."""
        return self.scores[PRIMARY_SCORE].equal_error_rate


def validate(pairs: ScoredPairs) -> Validation:
    """Evaluate the scores of a labelled collection.

    1. Likelihood ratios, each from a calibration that saw neither firearm of its pair.
    2. Spread, ROC area and equal error rate of every score.
    3. Cllr, its interval over firearms, Cllr_min.
    4. Error rates at the thresholds fixed beforehand.
    5. The calibration on all pairs, for use elsewhere.

    Parameters
    ----------
    pairs : ScoredPairs
        With at least ``aligned_correlation`` and ``congruent_cells``.
    """
    log10_lr = log10_lr_firearms_left_out(pairs)
    pairs = replace(pairs, scores={**pairs.scores, "log10_lr": log10_lr})
    same, primary = pairs.same, pairs.scores[PRIMARY_SCORE]
    calibration = _calibration(pairs)
    has_lr = all(np.isfinite(log10_lr[kind]).any() for kind in (same, ~same))
    astray = misleading(log10_lr, same) if has_lr else (np.nan, np.nan)
    without = np.isnan(primary)
    return Validation(
        pairs=pairs,
        scores={name: _summary(values, same) for name, values in pairs.scores.items()},
        equal_error_rate_interval=bootstrap_over_firearms(
            lambda weights: equal_error_rate(primary, same, weights),
            pairs.firearm_first,
            pairs.firearm_second,
        ),
        cllr=cllr(log10_lr, same) if has_lr else np.nan,
        cllr_interval=_cllr_interval(pairs, log10_lr) if has_lr else (np.nan, np.nan),
        cllr_min=cllr_min(log10_lr, same) if has_lr else np.nan,
        cllr_floor=cllr_floor(calibration.lower, calibration.upper) if calibration else np.nan,
        misleading_same=astray[0],
        misleading_different=astray[1],
        error_rates=_error_rates(pairs),
        calibration=calibration,
        without_score_same=int(np.count_nonzero(without & same)),
        without_score_different=int(np.count_nonzero(without & ~same)),
        without_lr_same=int(np.count_nonzero(np.isnan(log10_lr) & same)),
        without_lr_different=int(np.count_nonzero(np.isnan(log10_lr) & ~same)),
        undefined=_undefined(pairs, has_lr),
    )


def _calibration(pairs: ScoredPairs) -> Calibration | None:
    training = (
        pairs.scores["aligned_correlation"],
        pairs.scores["congruent_cells"],
        pairs.same,
    )
    return fit(*training) if can_fit(*training) else None


def _cllr_interval(pairs: ScoredPairs, log10_lr: NDArray[np.float64]) -> Interval:
    same = pairs.same
    return bootstrap_over_firearms(
        lambda weights: cllr(log10_lr, same, weights), pairs.firearm_first, pairs.firearm_second
    )


def _error_rates(pairs: ScoredPairs) -> tuple[ErrorRates, ...]:
    return tuple(
        error_rates(pairs, name, FIXED[name])
        for name, values in pairs.scores.items()
        if name in FIXED and np.isfinite(values).any()
    )


def _summary(values: NDArray[np.float64], same: NDArray[np.bool_]) -> ScoreSummary:
    known = bool(np.isfinite(values).any())
    return ScoreSummary(
        same=_spread(values[same]),
        different=_spread(values[~same]),
        auc=auc(values, same) if known else np.nan,
        equal_error_rate=equal_error_rate(values, same) if known else np.nan,
    )


def _spread(values: NDArray[np.float64]) -> Spread:
    known = values[~np.isnan(values)]
    if not len(known):
        return Spread(np.nan, np.nan, np.nan)
    return Spread(float(known.min()), float(np.median(known)), float(known.max()))


def _undefined(pairs: ScoredPairs, has_lr: bool) -> dict[str, str]:
    same = pairs.same
    reasons = {
        name: "no pair has this score"
        for name, values in pairs.scores.items()
        if name != "log10_lr" and not np.isfinite(values).any()
    }
    one_sided = "same-source" if not same.any() else "different-source" if same.all() else ""
    if one_sided:
        why = f"the collection has no {one_sided} pair"
        return reasons | dict.fromkeys(
            ("auc", "equal_error_rate", "cllr", "cllr_min", "log10_lr"), why
        )
    if not has_lr:
        why = (
            f"with {pairs.firearms} firearms too few pairs remain to fit a calibration on once "
            "both firearms of a pair are left out; at least two others with two scans each are "
            "needed"
        )
        reasons |= dict.fromkeys(("cllr", "cllr_min", "log10_lr"), why)
    return reasons
