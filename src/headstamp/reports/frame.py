"""One canvas on which aligned scans are drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.comparison.pose import Pose
from headstamp.comparison.warp import warp
from headstamp.reports.surface import Surface
from headstamp.surfaces.resampling import resample
from headstamp.surfaces.topography import Topography

_MARGIN: Final = 1.06


@dataclass(frozen=True, slots=True)
class Frame:
    """A canvas fixed to one scan.

    Parameters
    ----------
    centre : tuple of float
        Its centre, (y, x) metres from the centre of the scan's canvas.
    spacing : float
        Metres a pixel.
    shape : tuple of int
        Rows and columns.
    """

    centre: tuple[float, float]
    spacing: float
    shape: tuple[int, int]

    @classmethod
    def around(cls, scan: Surface, *others: tuple[Surface, Pose], pixels: int) -> Frame:
        """The smallest frame, fixed to a scan, that shows all of it and of others on it.

        Parameters
        ----------
        scan : Surface
        *others : tuple of Surface and Pose
            Surfaces and what carries them onto the scan.
        pixels : int
            Of the longer side; fewer where the scan was not measured that finely.
        """
        outlines = [pose.apply(other.outline()) for other, pose in others]
        points = np.concatenate([scan.outline(), *outlines])
        low, high = points.min(axis=0), points.max(axis=0)
        size = np.maximum(high - low, 2 * scan.spacing) * _MARGIN
        spacing = max(float(size.max()) / pixels, scan.spacing)
        rows, columns = (max(2, int(np.ceil(side / spacing))) for side in size)
        middle = (low + high) / 2.0
        return cls((float(middle[0]), float(middle[1])), spacing, (rows, columns))

    def at(self, spacing: float) -> Frame:
        """The same part of the surface with other pixels."""
        rows, columns = (max(2, round(side * self.spacing / spacing)) for side in self.shape)
        return replace(self, spacing=spacing, shape=(rows, columns))

    def pixels(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points (n, 2) of the scan, (y, x) metres, as (row, column) from the upper left edge."""
        middle = np.asarray(self.shape, dtype=np.float64) / 2.0
        return (points - np.asarray(self.centre, dtype=np.float64)) / self.spacing + middle

    def draw(self, surface: Surface, pose: Pose) -> Topography:
        """A surface without its form, carried into the frame; NaN where there is none.

        Parameters
        ----------
        surface : Surface
        pose : Pose
            Carries the canvas of its scan onto that of the frame's.
        """
        heights, valid = resample(*surface.flat(), surface.spacing, self.spacing)
        here = Pose(0.0, (-self.centre[0], -self.centre[1]))
        there = here.after(pose).after(Pose(0.0, surface.centre))
        heights, valid = warp(heights, valid, there, self.spacing, self.shape)
        return Topography(np.where(valid, heights, np.float32(np.nan)), self.spacing)
