"""One canvas on which two aligned scans are drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from headstamp.comparison.pose import Pose
from headstamp.comparison.warp import warp
from headstamp.surfaces.levelling import form
from headstamp.surfaces.prepared import Level
from headstamp.surfaces.resampling import resample
from headstamp.surfaces.topography import Topography


@dataclass(frozen=True, slots=True)
class Frame:
    """A canvas fixed to scan B.

    Parameters
    ----------
    centre : tuple of float
        Its centre, (y, x) metres from the centre of B's canvas.
    spacing : float
        Metres a pixel.
    shape : tuple of int
        Rows and columns.
    """

    centre: tuple[float, float]
    spacing: float
    shape: tuple[int, int]

    @classmethod
    def around(cls, a: Topography | None, b: Topography, pose: Pose, pixels: int) -> Frame:
        """The smallest frame that shows all of B, and of A carried by the pose.

        Parameters
        ----------
        a, b : Topography
        pose : Pose
            Carries A onto B.
        pixels : int
            Of the longer side; fewer where B was not measured that finely.
        """
        outlines = [_outline(b)] + ([pose.apply(_outline(a))] if a is not None else [])
        points = np.concatenate(outlines)
        low, high = points.min(axis=0), points.max(axis=0)
        size = np.maximum(high - low, 2 * b.spacing) * 1.02
        spacing = max(float(size.max()) / pixels, b.spacing)
        rows, columns = (max(2, int(np.ceil(side / spacing))) for side in size)
        middle = (low + high) / 2.0
        return cls((float(middle[0]), float(middle[1])), spacing, (rows, columns))

    @property
    def width(self) -> float:
        """Metres."""
        return self.shape[1] * self.spacing

    def at(self, spacing: float) -> Frame:
        """The same part of the surface with other pixels."""
        rows, columns = (max(2, round(side * self.spacing / spacing)) for side in self.shape)
        return replace(self, spacing=spacing, shape=(rows, columns))

    def pixels(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points (n, 2) of B's canvas, (y, x) metres, as (row, column) from the upper left edge."""
        middle = np.asarray(self.shape, dtype=np.float64) / 2.0
        return (points - np.asarray(self.centre, dtype=np.float64)) / self.spacing + middle

    def surface(self, scan: Topography, pose: Pose) -> Topography:
        """A scan carried into the frame: levelled (its form taken away) and resampled.

        Parameters
        ----------
        scan : Topography
        pose : Pose
            Carries its canvas onto B's.
        """
        filled = np.where(scan.valid, scan.heights, np.float32(0))
        heights, valid = resample(filled, scan.valid, scan.spacing, self.spacing)
        heights = np.where(valid, heights - form(heights, valid, degree=2), np.float32(0))
        return self._carried(heights, valid, pose)

    def level(self, level: Level, centre: tuple[float, float], pose: Pose) -> Topography:
        """A prepared level carried into the frame, in its own units; NaN where missing.

        Parameters
        ----------
        level : Level
        centre : tuple of float
            ``PreparedScan.centre``.
        pose : Pose
            Carries the canvas of its scan onto B's.
        """
        values, valid = resample(level.values, level.valid, level.spacing, self.spacing)
        return self._carried(values, valid, pose.after(Pose(0.0, centre)))

    def _carried(
        self, values: NDArray[np.float32], valid: NDArray[np.bool_], pose: Pose
    ) -> Topography:
        here = Pose(0.0, (-self.centre[0], -self.centre[1])).after(pose)
        values, valid = warp(values, valid, here, self.spacing, self.shape)
        return Topography(np.where(valid, values, np.float32(np.nan)), self.spacing)


def _outline(scan: Topography) -> NDArray[np.float64]:
    """First and last measured point of every row: float64 (n, 2), (y, x) metres from the centre."""
    valid = scan.valid if scan.valid.any() else np.ones_like(scan.valid)
    rows = np.flatnonzero(valid.any(axis=1))
    first = valid[rows].argmax(axis=1)
    last = valid.shape[1] - 1 - valid[rows, ::-1].argmax(axis=1)
    points = np.stack([np.tile(rows, 2), np.concatenate([first, last])], axis=1)
    middle = (np.asarray(valid.shape, dtype=np.float64) - 1.0) / 2.0
    return (points - middle) * scan.spacing
