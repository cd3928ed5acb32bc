"""Gaussian regression filters that know which points were not measured.

The weighting function is that of ISO 16610-61: a wavelength equal to the cut-off passes with
50 %. Missing points take no part (the regression form of ISO 16610-71, order zero, not
iterated), so the surface does not sag towards holes and edges.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from headstamp.surfaces.topography import Mask

SIGMA_PER_CUTOFF: Final = float(np.sqrt(np.log(2.0) / np.pi) / np.sqrt(2.0 * np.pi))
"""Standard deviation of the ISO 16610-61 Gaussian over its cut-off wavelength (0.1874)."""

_TRUNCATE: Final = 3.0


def smooth(values: NDArray[np.float32], valid: Mask, sigma: float) -> NDArray[np.float32]:
    """Gaussian regression of order zero.

    Parameters
    ----------
    values : float32 (H, W)
        Entries outside ``valid`` are ignored, NaN included.
    valid : bool (H, W)
    sigma : float
        Standard deviation of the weighting function, points.

    Returns
    -------
    float32 (H, W)
        The weighted mean of the measured neighbours; 0 where there is none in reach.
    """
    weight = _blur(valid.astype(np.float32), sigma)
    total = _blur(np.where(valid, values, np.float32(0)), sigma)
    return np.divide(total, weight, out=np.zeros_like(total), where=weight > 1e-6)


def high_pass(
    values: NDArray[np.float32], valid: Mask, cutoff: float, spacing: float
) -> NDArray[np.float32]:
    """What is left when wavelengths longer than ``cutoff`` (metres) are taken away."""
    sigma = SIGMA_PER_CUTOFF * cutoff / spacing
    return np.where(valid, values - smooth(values, valid, sigma), np.float32(0))


def low_pass(
    values: NDArray[np.float32], valid: Mask, cutoff: float, spacing: float
) -> NDArray[np.float32]:
    """What is left when wavelengths shorter than ``cutoff`` (metres) are smoothed away."""
    sigma = SIGMA_PER_CUTOFF * cutoff / spacing
    if sigma < 0.3:
        return np.where(valid, values, np.float32(0))
    return np.where(valid, smooth(values, valid, sigma), np.float32(0))


def divide_by_local_rms(
    values: NDArray[np.float32], valid: Mask, sigma: float, floor: float = 0.3
) -> NDArray[np.float32]:
    """Scale to unit root mean square within a Gaussian window.

    Parameters
    ----------
    values : float32 (H, W)
    valid : bool (H, W)
    sigma : float
        Standard deviation of the window, points.
    floor : float
        Smallest divisor, as a share of the RMS of the whole surface, so that a flat patch is not
        blown up to noise.

    Returns
    -------
    float32 (H, W)
        Without unit; all zeros for a surface without any relief.
    """
    square = np.square(values, dtype=np.float32)
    overall = float(np.sqrt(square[valid].mean())) if valid.any() else 0.0
    if overall <= 0.0:
        return np.zeros_like(values)
    local = np.sqrt(np.maximum(smooth(square, valid, sigma), 0.0))
    return np.where(valid, values / np.maximum(local, floor * overall), np.float32(0))


def _blur(values: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    blurred: NDArray[np.float32] = ndimage.gaussian_filter(
        values, sigma, mode="constant", truncate=_TRUNCATE
    )
    return blurred
