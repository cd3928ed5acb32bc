"""Shaded relief: a topography as it looks under a lamp."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.surfaces.prepared import CODES_PER_UNIT, Level
from headstamp.surfaces.topography import Topography

MISSING_GREY: Final = 118
"""The grey of points without a height."""

LEVEL_HEIGHT: Final = 1.0e-6
"""Metres drawn for one unit (one local RMS) of a prepared level."""

Image = NDArray[np.uint8]
"""uint8 (H, W), 0 black to 255 white."""


def shaded_relief(
    topography: Topography,
    azimuth: float = 3 * np.pi / 4,
    elevation: float = np.pi / 4,
    exaggeration: float = 1.0,
) -> Image:
    """Lambert shading of a surface lit from one side.

    The brightness of a point is the cosine of the angle between its normal and the light, 0 where
    it faces away.

    Parameters
    ----------
    topography : Topography
    azimuth : float
        Where the light stands, radians: 0 = right, pi / 2 = top of the image, pi = left.
    elevation : float
        How high it stands above the surface, radians.
    exaggeration : float
        Heights are multiplied by this first.

    Returns
    -------
    uint8 (H, W)
        255 * cosine; ``MISSING_GREY`` where there is no height.
    """
    slope_y, slope_x = _slopes(topography.heights, topography.spacing / exaggeration)
    light_x = np.cos(elevation) * np.cos(azimuth)
    light_y = -np.cos(elevation) * np.sin(azimuth)
    towards = np.sin(elevation) - slope_x * light_x - slope_y * light_y
    cosine = towards / np.sqrt(1.0 + slope_x**2 + slope_y**2)
    shade = np.rint(255.0 * np.clip(cosine, 0.0, 1.0))
    return np.where(topography.valid, shade, MISSING_GREY).astype(np.uint8)


def level_surface(level: Level) -> Topography:
    """A prepared level as a surface that can be shaded (``LEVEL_HEIGHT`` a unit)."""
    codes = level.codes.astype(np.float32)
    heights = np.where(level.valid, codes * np.float32(LEVEL_HEIGHT / CODES_PER_UNIT), np.nan)
    return Topography(heights.astype(np.float32), level.spacing)


def natural_exaggeration(topography: Topography, slope: float) -> float:
    """The exaggeration that makes the median slope of a surface ``slope``; 1 for a flat one.

    A median, so that a crater or a rim does not decide how the fine marks are drawn.
    """
    slope_y, slope_x = _slopes(topography.heights, topography.spacing)
    steepness = np.hypot(slope_y, slope_x)[topography.valid]
    typical = float(np.median(steepness)) if steepness.size else 0.0
    typical = typical or float(np.mean(steepness, dtype=float) if steepness.size else 0.0)
    return slope / typical if typical > 0 else 1.0


def _slopes(
    heights: NDArray[np.float32], spacing: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Rise per metre along rows and columns; one-sided beside missing points, 0 where unknown."""
    return _slope(heights, spacing, axis=0), _slope(heights, spacing, axis=1)


def _slope(heights: NDArray[np.float32], spacing: float, axis: int) -> NDArray[np.float32]:
    step = np.diff(heights, axis=axis) / np.float32(spacing)
    edge = np.full_like(np.take(heights, [0], axis=axis), np.nan)
    before = np.concatenate([edge, step], axis=axis)
    after = np.concatenate([step, edge], axis=axis)
    known = np.isfinite(before).astype(np.float32) + np.isfinite(after)
    total = np.nan_to_num(before) + np.nan_to_num(after)
    return np.asarray(total / np.maximum(known, 1), dtype=np.float32)
