"""From a topography to a prepared scan."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from headstamp.errors import UnsuitableScanError
from headstamp.surfaces.filters import SIGMA_PER_CUTOFF, divide_by_local_rms, high_pass, smooth
from headstamp.surfaces.levelling import form
from headstamp.surfaces.masking import automatic_mask
from headstamp.surfaces.prepared import (
    CODES_PER_UNIT,
    MISSING,
    Level,
    PreparationParameters,
    PreparedScan,
)
from headstamp.surfaces.quality import assess
from headstamp.surfaces.resampling import resample
from headstamp.surfaces.topography import Mask, Topography

FINE_SPACING: Final = 12.5e-6
COARSE_SPACING: Final = 25e-6
POSE_SPACING: Final = 50e-6
LEAST_AREA: Final = 0.1e-6
"""Square metres of usable surface below which a scan cannot be compared (0.1 mm2)."""

LARGEST_EXTENT: Final = 12e-3
"""Metres: a canvas wider than this is no breech face of a cartridge case."""


def prepare(
    topography: Topography,
    parameters: PreparationParameters | None = None,
    mask: Mask | None = None,
) -> PreparedScan:
    """Mask, level, filter and scale a topography to the three levels comparison works on.

    1. Usable surface: the given mask, or the automatic one.
    2. Outliers beyond 6 MAD are dropped.
    3. Mean heights on a 12.5 um grid about the canvas centre.
    4. A robust quadratic is taken away, the rim is eroded.
    5. Gaussian regression band-pass (ISO 16610-61), one band for cells, one for poses.
    6. Mean values on 25 and 50 um, each divided by its local RMS.

    Parameters
    ----------
    topography : Topography
    parameters : PreparationParameters, optional
    mask : bool (H, W), optional
        True = may be used; replaces the automatic mask.

    Raises
    ------
    UnsuitableScanError
        If too little surface is left, the surface has no relief, or the grid is too coarse.
    """
    parameters = parameters or PreparationParameters()
    heights, valid, centre = _levelled(topography, parameters, mask)
    band = high_pass(heights, valid, parameters.cutoff_long, FINE_SPACING)
    wide = high_pass(heights, valid, parameters.pose_cutoff_long, FINE_SPACING)
    fine = _scaled(band, valid, FINE_SPACING, parameters)
    if not np.any(np.abs(fine.values) > 0):
        raise UnsuitableScanError("the surface has no relief: every height is the same")
    quality = assess(topography, float(np.count_nonzero(valid)) * FINE_SPACING**2)
    return PreparedScan(
        pose=_reduced(wide, valid, POSE_SPACING, parameters),
        coarse=_reduced(band, valid, COARSE_SPACING, parameters),
        fine=fine,
        centre=centre,
        quality=quality,
        parameters=parameters,
        region=topography.region,
    )


def levelled(
    topography: Topography,
    parameters: PreparationParameters | None = None,
    mask: Mask | None = None,
) -> Topography:
    """The usable surface in metres, form taken away, on the canvas of the prepared fine level.

    For looking at: what a comparison says of places on a prepared scan holds for this surface.

    Raises
    ------
    UnsuitableScanError
        As ``prepare``.
    """
    heights, valid, _ = _levelled(topography, parameters or PreparationParameters(), mask)
    shown = np.where(valid, heights, np.float32(np.nan)).astype(np.float32)
    return Topography(shown, FINE_SPACING, topography.region)


def _levelled(
    topography: Topography, parameters: PreparationParameters, mask: Mask | None
) -> tuple[NDArray[np.float32], Mask, tuple[float, float]]:
    """Heights without form, where they are usable, and the centre: steps 1 to 4 of ``prepare``."""
    refuse_impossible(topography)
    usable = _usable(topography, mask, parameters.outlier_mad)
    heights, valid = resample(
        np.where(usable, topography.heights, np.float32(0)),
        usable,
        topography.spacing,
        FINE_SPACING,
    )
    heights, valid = _level(heights, valid, parameters)
    _refuse_little(valid, heights)
    return _crop(heights, valid)


def refuse_impossible(topography: Topography) -> None:
    """Refuse what no mask makes a breech face, before anything of its size is computed.

    Raises
    ------
    UnsuitableScanError
    """
    if topography.region == "land_engraved_area":
        raise UnsuitableScanError(
            "this is a land engraved area of a bullet; only breech faces of cartridge cases "
            "can be compared"
        )
    if topography.spacing > 2 * FINE_SPACING:
        raise UnsuitableScanError(
            f"the points are {topography.spacing * 1e6:.3g} um apart; scan again at "
            f"{FINE_SPACING * 1e6:g} um or finer"
        )
    if max(topography.extent) > LARGEST_EXTENT:
        raise UnsuitableScanError(
            f"the scan is {max(topography.extent) * 1e3:.3g} mm wide, a breech face is under "
            f"{LARGEST_EXTENT * 1e3:g} mm; check the spacing in the file or crop the scan"
        )
    if topography.measured_area < LEAST_AREA:
        raise UnsuitableScanError(
            f"only {topography.measured_area * 1e6:.2g} mm2 were measured, at least "
            f"{LEAST_AREA * 1e6:g} mm2 are needed"
        )


def _usable(topography: Topography, mask: Mask | None, outlier_mad: float) -> Mask:
    if mask is not None and mask.shape != topography.heights.shape:
        raise UnsuitableScanError(
            f"the mask has {mask.shape} points, the scan {topography.heights.shape}"
        )
    usable = topography.valid & (mask if mask is not None else automatic_mask(topography))
    if not usable.any():
        return usable
    heights = topography.heights[usable]
    middle = np.median(heights)
    spread = 1.4826 * np.median(np.abs(heights - middle))
    with np.errstate(invalid="ignore"):
        near: Mask = np.abs(topography.heights - middle) <= outlier_mad * spread
    return usable & near


def _level(
    heights: NDArray[np.float32], valid: Mask, parameters: PreparationParameters
) -> tuple[NDArray[np.float32], Mask]:
    heights = np.where(valid, heights - form(heights, valid, degree=2), np.float32(0))
    steps = round(parameters.rim_erosion / FINE_SPACING)
    if steps:
        valid = ndimage.binary_erosion(valid, np.ones((3, 3), bool), iterations=steps)
    if parameters.cutoff_short > 2 * FINE_SPACING:
        sigma = SIGMA_PER_CUTOFF * parameters.cutoff_short / FINE_SPACING
        heights = smooth(heights, valid, sigma)
    return heights, valid


def _refuse_little(valid: Mask, heights: NDArray[np.float32]) -> None:
    area = float(np.count_nonzero(valid)) * FINE_SPACING**2
    if area < LEAST_AREA:
        raise UnsuitableScanError(
            f"only {area * 1e6:.2g} mm2 of usable breech face are left, at least "
            f"{LEAST_AREA * 1e6:g} mm2 are needed; check the scan or mask it by hand"
        )
    if not np.any(np.abs(heights[valid]) > 1e-12):
        raise UnsuitableScanError("the surface has no relief: every height is the same")


def _crop(
    heights: NDArray[np.float32], valid: Mask
) -> tuple[NDArray[np.float32], Mask, tuple[float, float]]:
    """Cut to the usable surface; sizes are multiples of four so that all levels share a centre."""
    centre = []
    slices = []
    for axis in (0, 1):
        used = np.flatnonzero(valid.any(axis=1 - axis))
        low, high = int(used[0]), int(used[-1]) + 1
        high += -(high - low) % 4
        slices.append((low, high))
        centre.append(((low + high) / 2.0 - valid.shape[axis] / 2.0) * FINE_SPACING)
    padding = [
        (0, max(0, high - size)) for (_, high), size in zip(slices, valid.shape, strict=True)
    ]
    window = tuple(slice(low, high) for low, high in slices)
    return (
        np.pad(heights, padding)[window],
        np.pad(valid, padding)[window],
        (float(centre[0]), float(centre[1])),
    )


def _reduced(
    band: NDArray[np.float32], valid: Mask, spacing: float, parameters: PreparationParameters
) -> Level:
    values, reduced_valid = resample(band, valid, FINE_SPACING, spacing)
    return _scaled(values, reduced_valid, spacing, parameters)


def _scaled(
    values: NDArray[np.float32], valid: Mask, spacing: float, parameters: PreparationParameters
) -> Level:
    scaled = divide_by_local_rms(values, valid, parameters.rms_window / spacing)
    codes = np.clip(np.rint(scaled * CODES_PER_UNIT), -127, 127).astype(np.int8)
    return Level(np.where(valid, codes, np.int8(MISSING)), spacing)
