"""The log likelihood ratio cost: what a set of likelihood ratios is worth, in bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from lir.data.models import LLRData

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]


def cllr(log10_lr: Floats, same: Truth, weights: Floats | None = None) -> float:
    """Log likelihood ratio cost.

    0 is perfect; 1 is what a system is worth that always answers LR = 1. A pair without a
    likelihood ratio (NaN) counts as LR = 1, for no information was given.

    Parameters
    ----------
    log10_lr : float64 (n,)
    same : bool (n,)
    weights : float64 (n,), optional
        How often each pair counts; once by default.

    Returns
    -------
    float
        Bits; NaN without pairs of both kinds.

    References
    ----------
    Brümmer and du Preez 2006, doi:10.1016/j.csl.2005.08.001.
    """
    nats = np.log(10.0) * _informative(log10_lr)
    cost = np.logaddexp(0.0, np.where(same, -nats, nats)) / np.log(2.0)
    weight = np.ones(len(cost)) if weights is None else weights
    return 0.5 * (_mean(cost[same], weight[same]) + _mean(cost[~same], weight[~same]))


def cllr_min(log10_lr: Floats, same: Truth) -> float:
    """Cost that is left after the best monotone recalibration (pool adjacent violators).

    It measures discrimination alone; ``cllr - cllr_min`` is what calibration loses. Computed by
    ``lir``.

    Parameters
    ----------
    log10_lr : float64 (n,)
    same : bool (n,)

    Returns
    -------
    float
        Bits; NaN without pairs of both kinds.

    References
    ----------
    Brümmer and du Preez 2006, doi:10.1016/j.csl.2005.08.001.
    """
    if same.all() or not same.any():
        return float("nan")
    from lir.metrics import cllr_min as by_lir

    return float(by_lir(_labelled(log10_lr, same)))


def cllr_floor(lower: float, upper: float) -> float:
    """Least cost that likelihood ratios between two bounds can reach, bits.

    Parameters
    ----------
    lower, upper : float
        log10 of the least and the largest likelihood ratio.
    """
    both = np.array([upper, lower])
    return cllr(both, np.array([True, False]))


def _labelled(log10_lr: Floats, same: Truth) -> LLRData:
    from lir.data.models import LLRData

    return LLRData(features=_informative(log10_lr), labels=same.astype(np.int64))


def _informative(log10_lr: Floats) -> Floats:
    return np.where(np.isnan(log10_lr), 0.0, log10_lr)


def _mean(cost: Floats, weight: Floats) -> float:
    total = float(weight.sum())
    return float((cost * weight).sum()) / total if total else float("nan")
