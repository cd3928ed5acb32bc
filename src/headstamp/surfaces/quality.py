"""Whether a scan can carry a comparison."""

from __future__ import annotations

from typing import Final

import numpy as np

from headstamp.surfaces.prepared import Quality
from headstamp.surfaces.topography import Topography

LITTLE_AREA: Final = 1.0e-6
"""Square metres: below this a scan is a partial mark, with higher error rates."""

FINEST_NEEDED: Final = 12.5e-6


def assess(topography: Topography, usable_area: float) -> Quality:
    """Usable area and the warnings a user should see before trusting a search.

    Parameters
    ----------
    topography : Topography
    usable_area : float
        Surface left after masking, square metres.
    """
    canvas = topography.extent[0] * topography.extent[1]
    warnings = []
    if usable_area < LITTLE_AREA:
        warnings.append(
            f"only {usable_area * 1e6:.2f} mm2 of usable surface: a partial mark, for which "
            "false and missed links are more likely"
        )
    if topography.spacing > FINEST_NEEDED:
        warnings.append(
            f"points are {topography.spacing * 1e6:.3g} um apart, coarser than the "
            f"{FINEST_NEEDED * 1e6:g} um the finest level needs"
        )
    if _saturated(topography):
        warnings.append("more than 1 % of the points share the highest or lowest height: saturated")
    return Quality(usable_area, usable_area / canvas, tuple(warnings))


def _saturated(topography: Topography) -> bool:
    heights = topography.heights[topography.valid]
    limit = 0.01 * len(heights)
    return bool(
        np.count_nonzero(heights == heights.max()) > limit
        or np.count_nonzero(heights == heights.min()) > limit
    )
