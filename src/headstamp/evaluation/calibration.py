"""From the scores of a comparison to a likelihood ratio: bounded logistic calibration."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from headstamp.evaluation.bounds import elub

FEATURES: Final = ("atanh(aligned_correlation)", "log1p(congruent_cells)")
RIDGE: Final = 1.0
"""Weight of the penalty (half the sum of squared slopes) against the log loss of all pairs."""

_LARGEST_CORRELATION: Final = 0.999
_MOST_CELLS: Final = 1e6

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Calibration:
    """log10 LR = intercept + sum of slope x (feature - mean) / scale, held within two bounds.

    Parameters
    ----------
    mean, scale : tuple of float
        Standardisation of ``FEATURES``.
    slope : tuple of float
        log10 LR a standard deviation; never negative, so more agreement is never less support.
    intercept : float
        log10 LR at the mean features.
    lower, upper : float
        log10 of the least and the largest likelihood ratio (ELUB).
    """

    mean: tuple[float, float]
    scale: tuple[float, float]
    slope: tuple[float, float]
    intercept: float
    lower: float
    upper: float

    def log10_lr(self, aligned_correlation: Floats, congruent_cells: Floats) -> Floats:
        """log10 likelihood ratios, never beyond the bounds.

        Parameters
        ----------
        aligned_correlation, congruent_cells : float64 (n,)

        Returns
        -------
        float64 (n,)
            NaN where a score is NaN: no overlap found is no evidence either way.
        """
        return np.clip(self.unbounded(aligned_correlation, congruent_cells), self.lower, self.upper)

    def unbounded(self, aligned_correlation: Floats, congruent_cells: Floats) -> Floats:
        """The same before the bounds are applied; for fitting only."""
        standardised = (features(aligned_correlation, congruent_cells) - self.mean) / self.scale
        result: Floats = self.intercept + standardised @ np.asarray(self.slope)
        return result


def features(aligned_correlation: Floats, congruent_cells: Floats) -> Floats:
    """What the logistic model sees: float64 (n, 2), finite unless a score is NaN.

    Fisher's transform makes the correlation's spread even; the logarithm does so for the count.
    """
    correlation = np.clip(aligned_correlation, -_LARGEST_CORRELATION, _LARGEST_CORRELATION)
    count = np.clip(congruent_cells, 0.0, _MOST_CELLS)
    return np.stack([np.arctanh(correlation), np.log1p(count)], axis=-1)


def can_fit(aligned_correlation: Floats, congruent_cells: Floats, same: Truth) -> bool:
    """Whether there are two usable pairs of either kind, the least a fit is possible with."""
    usable = np.isfinite(features(aligned_correlation, congruent_cells)).all(axis=-1)
    return min(int((usable & same).sum()), int((usable & ~same).sum())) >= 2


def fit(aligned_correlation: Floats, congruent_cells: Floats, same: Truth) -> Calibration:
    """Fit the calibration and its bounds on labelled pairs.

    Both kinds of pairs get the same total weight, so the log odds are log likelihood ratios. The
    slopes are penalised (ridge), which keeps them finite when the pairs are perfectly separated,
    and not negative. The bounds are the ELUB of the fitted pairs.

    Parameters
    ----------
    aligned_correlation, congruent_cells : float64 (n,)
        Pairs with a NaN take no part.
    same : bool (n,)

    Raises
    ------
    ValueError
        With fewer than two usable pairs of either kind.

    References
    ----------
    Morrison and Poh 2018 (shrunk likelihood ratios), doi:10.1016/j.scijus.2017.12.005;
    Vergeer et al. 2016 (bounds), doi:10.1016/j.scijus.2016.06.003.
    """
    if not can_fit(aligned_correlation, congruent_cells, same):
        raise ValueError("a calibration needs two usable pairs of the same and of different source")
    values = features(aligned_correlation, congruent_cells)
    usable = np.isfinite(values).all(axis=-1)
    values, same = values[usable], same[usable]
    mean, scale = values.mean(axis=0), values.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    intercept, *slope = _logistic((values - mean) / scale, same) / np.log(10.0)
    free = Calibration(
        mean=(float(mean[0]), float(mean[1])),
        scale=(float(scale[0]), float(scale[1])),
        slope=(float(slope[0]), float(slope[1])),
        intercept=float(intercept),
        lower=-np.inf,
        upper=np.inf,
    )
    log10_lr = free.unbounded(aligned_correlation[usable], congruent_cells[usable])
    lower, upper = elub(log10_lr, same)
    return replace(free, lower=lower, upper=upper)


def _logistic(standardised: Floats, same: Truth) -> Floats:
    """Intercept and slopes, nats: ridge logistic regression with balanced classes."""
    count = len(same)
    weight = np.where(same, 0.5 * count / same.sum(), 0.5 * count / (~same).sum())
    sign = np.where(same, 1.0, -1.0)
    design = np.column_stack([np.ones(count), standardised])
    penalty = np.array([0.0] + [RIDGE] * standardised.shape[1])

    def loss(parameters: Floats) -> tuple[float, Floats]:
        margin = sign * (design @ parameters)
        value = weight @ np.logaddexp(0.0, -margin) + 0.5 * penalty @ parameters**2
        slope = -(weight * sign * special.expit(-margin)) @ design + penalty * parameters
        return float(value), slope

    found = optimize.minimize(
        loss,
        np.zeros(design.shape[1]),
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None)] + [(0.0, None)] * standardised.shape[1],
        options={"gtol": 1e-9, "ftol": 1e-14, "maxiter": 500},
    )
    parameters: Floats = found.x
    return parameters
