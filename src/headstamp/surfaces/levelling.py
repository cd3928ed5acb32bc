"""Removal of form: a robust plane or quadratic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headstamp.surfaces.topography import Mask


def form(
    values: NDArray[np.float32], valid: Mask, degree: int = 1, rounds: int = 4
) -> NDArray[np.float32]:
    """Robust least-squares plane (degree 1) or quadratic (degree 2) through the measured points.

    Iteratively reweighted with Tukey's biweight at 4.685 robust standard deviations, so that a
    crater or a raised rim hardly bends the result.

    Parameters
    ----------
    values : float32 (H, W)
    valid : bool (H, W)
    degree : 1 or 2
    rounds : int
        Reweightings after the plain fit.

    Returns
    -------
    float32 (H, W)
        The form at every grid point; zeros when nothing is valid.
    """
    if not valid.any():
        return np.zeros_like(values)
    basis = _basis(values.shape, degree)
    terms = basis[:, valid].astype(np.float64)
    heights = values[valid].astype(np.float64)
    coefficients = np.zeros(len(terms))
    coefficients[0] = np.median(heights)
    weight = np.ones_like(heights)
    for _ in range(rounds + 1):
        coefficients = _solve(terms, heights, weight, coefficients)
        residual = heights - coefficients @ terms
        scale = 4.685 * 1.4826 * float(np.median(np.abs(residual))) + 1e-15
        weight = np.square(np.clip(1.0 - np.square(residual / scale), 0.0, None))
    fitted: NDArray[np.float32] = np.tensordot(coefficients, basis, axes=1).astype(np.float32)
    return fitted


def _solve(
    terms: NDArray[np.float64],
    heights: NDArray[np.float64],
    weight: NDArray[np.float64],
    previous: NDArray[np.float64],
) -> NDArray[np.float64]:
    normal = (terms * weight) @ terms.T
    right = (terms * weight) @ heights
    try:
        return np.linalg.solve(normal + 1e-9 * np.eye(len(terms)) * np.trace(normal), right)
    except np.linalg.LinAlgError:
        return previous


def _basis(shape: tuple[int, ...], degree: int) -> NDArray[np.float32]:
    y, x = np.meshgrid(
        np.linspace(-1, 1, shape[0], dtype=np.float32) if shape[0] > 1 else np.zeros(1, "f4"),
        np.linspace(-1, 1, shape[1], dtype=np.float32) if shape[1] > 1 else np.zeros(1, "f4"),
        indexing="ij",
    )
    terms = [np.ones_like(x), x, y]
    if degree == 2:
        terms += [x * x, x * y, y * y]
    return np.stack(terms)
