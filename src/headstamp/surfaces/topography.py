"""A topography: measured heights on a regular grid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from headstamp.errors import UnsuitableScanError

Heights: TypeAlias = NDArray[np.float32]
"""float32 (H, W), metres, NaN = not measured; row index grows with y, column index with x."""

Mask: TypeAlias = NDArray[np.bool_]
"""bool (H, W), True = may be used."""

MarkRegion: TypeAlias = Literal[
    "breech_face", "firing_pin", "aperture_shear", "ejector", "land_engraved_area", "unknown"
]


@dataclass(frozen=True, slots=True, eq=False)
class Topography:
    """Heights of one mark on a square grid.

    Parameters
    ----------
    heights : float32 (H, W), metres, NaN = not measured
    spacing : float
        Distance of neighbouring points, metres, the same along rows and columns.
    region : MarkRegion
        The mark that was scanned.

    Raises
    ------
    UnsuitableScanError
        If the array is not two-dimensional or the spacing is not a positive finite number.
    """

    heights: Heights
    spacing: float
    region: MarkRegion = "breech_face"

    def __post_init__(self) -> None:
        if self.heights.ndim != 2 or 0 in self.heights.shape:
            raise UnsuitableScanError(
                f"heights must be a non-empty two-dimensional array, not {self.heights.shape}"
            )
        if not (np.isfinite(self.spacing) and self.spacing > 0):
            raise UnsuitableScanError(f"spacing must be positive, not {self.spacing} m")

    @property
    def valid(self) -> Mask:
        """Where a height was measured: bool (H, W)."""
        return np.isfinite(self.heights)

    @property
    def measured_area(self) -> float:
        """Area with a measured height, square metres."""
        return float(np.count_nonzero(self.valid)) * self.spacing**2

    @property
    def extent(self) -> tuple[float, float]:
        """Height and width of the canvas, metres."""
        rows, columns = self.heights.shape
        return rows * self.spacing, columns * self.spacing

    def with_heights(self, heights: Heights) -> Topography:
        """The same canvas with other heights."""
        return replace(self, heights=np.asarray(heights, dtype=np.float32))
