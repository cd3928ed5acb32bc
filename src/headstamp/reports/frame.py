"""One canvas on which aligned scans are drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from headstamp.comparison.pose import Pose
from headstamp.reports.surface import Surface
from headstamp.surfaces.resampling import resample
from headstamp.surfaces.topography import Mask, Topography

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

    def padded(self, margin: float) -> Frame:
        """With a margin on every side, metres."""
        extra = 2 * math.ceil(margin / self.spacing)
        return replace(self, shape=(self.shape[0] + extra, self.shape[1] + extra))

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
        return self._carried(heights, valid, there)

    def _carried(self, heights: NDArray[np.float32], valid: Mask, pose: Pose) -> Topography:
        """Bilinear and mask-aware: missing points lend nothing to their neighbours."""
        back = pose.inverse()
        out, inside = (np.asarray(shape) - 1 for shape in (self.shape, heights.shape))
        offset = inside / 2.0 + np.asarray(back.shift) / self.spacing - back.matrix @ (out / 2.0)
        weight, total = (
            ndimage.affine_transform(
                layer, back.matrix, offset, output_shape=self.shape, order=1, output=np.float32
            )
            for layer in (valid.astype(np.float32), heights)
        )
        values = np.full(self.shape, np.nan, dtype=np.float32)
        np.divide(total, weight, out=values, where=weight > 0.5)
        return Topography(values, self.spacing)
