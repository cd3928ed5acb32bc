"""Carrying a level onto another canvas by a pose."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from headstamp.comparison.pose import Pose
from headstamp.surfaces.topography import Mask


def warp(
    values: NDArray[np.float32],
    valid: Mask,
    pose: Pose,
    spacing: float,
    shape: tuple[int, ...],
) -> tuple[NDArray[np.float32], Mask]:
    """Resample an image at the points of another canvas (bilinear, mask-aware).

    Parameters
    ----------
    values : float32 (h, w)
        0 where not valid.
    valid : bool (h, w)
    pose : Pose
        Carries this image onto the other canvas; about both centres, metres.
    spacing : float
        Metres, of both.
    shape : (H, W)
        Size of the other canvas.

    Returns
    -------
    values : float32 (H, W)
        0 where not valid.
    valid : bool (H, W)
    """
    back = pose.inverse()
    matrix = back.matrix
    centre_out = (np.asarray(shape) - 1) / 2.0
    centre_in = (np.asarray(values.shape) - 1) / 2.0
    offset = centre_in + np.asarray(back.shift) / spacing - matrix @ centre_out
    weight = _affine(valid.astype(np.float32), matrix, offset, shape)
    total = _affine(values, matrix, offset, shape)
    carried = weight > 0.5
    return np.divide(total, weight, out=np.zeros_like(total), where=carried), carried


def _affine(
    values: NDArray[np.float32],
    matrix: NDArray[np.float64],
    offset: NDArray[np.float64],
    shape: tuple[int, ...],
) -> NDArray[np.float32]:
    result: NDArray[np.float32] = ndimage.affine_transform(
        values, matrix, offset, output_shape=shape, order=1, mode="constant", output=np.float32
    )
    return result
