"""Partial marks: a sector of a scan."""

from __future__ import annotations

import numpy as np

from headstamp.errors import UnsuitableScanError
from headstamp.surfaces.topography import Topography


def sector(topography: Topography, area: float, random: np.random.Generator) -> Topography:
    """Keep one angular sector about the canvas centre that holds an area of measured points.

    Parameters
    ----------
    topography : Topography
    area : float
        Square metres.
    random : Generator
        Draws where the sector begins.

    Returns
    -------
    Topography
        The same canvas, everything outside the sector not measured.

    Raises
    ------
    UnsuitableScanError
        If less than that was measured.
    """
    count = round(area / topography.spacing**2)
    valid = topography.valid
    if np.count_nonzero(valid) < count:
        raise UnsuitableScanError(
            f"only {topography.measured_area * 1e6:.2f} mm2 were measured, not {area * 1e6:.2f}"
        )
    rows, columns = (np.arange(n) - (n - 1) / 2 for n in topography.heights.shape)
    begin = random.uniform(0, 2 * np.pi)
    angle = (np.arctan2(rows[:, None], columns[None, :]) - begin) % (2 * np.pi)
    last = np.partition(angle[valid], count - 1)[count - 1]
    kept = valid & (angle <= last)
    return topography.with_heights(np.where(kept, topography.heights, np.float32(np.nan)))
