"""How well a score tells same-source pairs from different-source pairs.

A pair without a score (NaN) is never dropped: no threshold links it, so it ranks below every
number. Optional weights stand for repeated pairs, as a bootstrap draws them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class OperatingPoints:
    """Error rates at every threshold that makes a difference, from lowest to highest.

    Parameters
    ----------
    threshold : float64 (k,)
        Pairs with a score of at least this are linked; the last one, infinity, links none.
    missed : float64 (k,)
        Share of same-source pairs not linked (false non-match rate).
    false : float64 (k,)
        Share of different-source pairs linked (false match rate).
    """

    threshold: Floats
    missed: Floats
    false: Floats


def operating_points(scores: Floats, same: Truth, weights: Floats | None = None) -> OperatingPoints:
    """The points of a ROC or DET curve.

    Parameters
    ----------
    scores : float64 (n,)
        Higher means more alike; NaN ranks below every number.
    same : bool (n,)
    weights : float64 (n,), optional
        How often each pair counts; once by default.

    References
    ----------
    Martin et al., The DET curve in assessment of detection task performance, Eurospeech 1997,
    doi:10.21437/Eurospeech.1997-504.
    """
    values, of_same, of_different = _counted(scores, same, weights)
    below = np.concatenate([[0.0], np.cumsum(of_same)])
    above = np.concatenate([np.cumsum(of_different[::-1])[::-1], [0.0]])
    with np.errstate(invalid="ignore"):
        missed = below / np.sum(of_same)
        false = above / np.sum(of_different)
    return OperatingPoints(np.append(values, np.inf), missed, false)


def auc(scores: Floats, same: Truth, weights: Floats | None = None) -> float:
    """Chance that a same-source pair scores above a different-source pair; ties count half.

    Parameters
    ----------
    scores : float64 (n,)
    same : bool (n,)
    weights : float64 (n,), optional

    Returns
    -------
    float
        0 to 1; NaN without pairs of both kinds.

    References
    ----------
    Hanley and McNeil 1982, doi:10.1148/radiology.143.1.7063747.
    """
    _, of_same, of_different = _counted(scores, same, weights)
    below = np.cumsum(of_different) - of_different / 2.0
    with np.errstate(invalid="ignore"):
        return float(np.float64(of_same @ below) / (of_same.sum() * of_different.sum()))


def equal_error_rate(scores: Floats, same: Truth, weights: Floats | None = None) -> float:
    """The error rate where as large a share is missed as is falsely linked.

    Between two neighbouring thresholds both rates are taken as straight lines.

    Parameters
    ----------
    scores : float64 (n,)
    same : bool (n,)
    weights : float64 (n,), optional

    Returns
    -------
    float
        0 to 1; NaN without pairs of both kinds.
    """
    points = operating_points(scores, same, weights)
    gap = points.missed - points.false
    if np.isnan(gap).any():
        return float("nan")
    after = int(np.argmax(gap >= 0.0))
    step = gap[after] - gap[after - 1]
    share = -gap[after - 1] / step
    missed = points.missed
    return float(missed[after - 1] + share * (missed[after] - missed[after - 1]))


def error_rates_at(
    threshold: float, scores: Floats, same: Truth, weights: Floats | None = None
) -> tuple[float, float]:
    """Share of same-source pairs missed and of different-source pairs falsely linked.

    Parameters
    ----------
    threshold : float
        Pairs with a score of at least this are linked.
    scores : float64 (n,)
    same : bool (n,)
    weights : float64 (n,), optional

    Returns
    -------
    missed, false : float
        NaN where there is no pair of that kind.
    """
    weight = np.ones(len(scores)) if weights is None else weights
    linked = _ranked(scores) >= threshold
    return (
        _share(weight[same], ~linked[same]),
        _share(weight[~same], linked[~same]),
    )


def _share(weight: Floats, chosen: Truth) -> float:
    total = float(weight.sum())
    return float(weight[chosen].sum()) / total if total else float("nan")


def _counted(scores: Floats, same: Truth, weights: Floats | None) -> tuple[Floats, Floats, Floats]:
    """The distinct scores, ascending, and how many pairs of each kind have each."""
    weight = np.ones(len(scores)) if weights is None else weights
    values, position = np.unique(_ranked(scores), return_inverse=True)
    of_same = np.bincount(position, weight * same, len(values)).astype(np.float64)
    of_different = np.bincount(position, weight * ~same, len(values)).astype(np.float64)
    return values, of_same, of_different


def _ranked(scores: Floats) -> Floats:
    return np.where(np.isnan(scores), -np.inf, scores)
