"""Carrying a level onto another canvas by a pose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headstamp.comparison.pose import Pose
from headstamp.surfaces.prepared import Level
from headstamp.surfaces.topography import Mask


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """An image ready to be read between its points: bilinear, mask-aware.

    Values and validity lie in one complex array, real and imaginary part, so that one look-up
    fetches both.

    Parameters
    ----------
    packed : complex64 ((h + 2) * (w + 2),)
        With a border of nothing, row by row.
    shape : (h, w)
    spacing : float
        Metres.
    """

    packed: NDArray[np.complex64]
    shape: tuple[int, ...]
    spacing: float

    @classmethod
    def of(cls, level: Level) -> Source:
        """Make a level ready."""
        packed = np.zeros([n + 2 for n in level.codes.shape], dtype=np.complex64)
        inner = packed[1:-1, 1:-1]
        inner.real = level.values
        inner.imag = level.valid
        return cls(packed.ravel(), level.codes.shape, level.spacing)

    def carried(self, pose: Pose, shape: tuple[int, ...]) -> tuple[NDArray[np.float32], Mask]:
        """The image on a canvas of ``shape`` points, after a pose about both centres (metres).

        Returns
        -------
        values : float32 (H, W)
            0 where not valid.
        valid : bool (H, W)
        """
        rows = np.arange(shape[0], dtype=np.float32)[:, None]
        columns = np.arange(shape[1], dtype=np.float32)[None, :]
        return self.read(pose, shape, rows, columns)

    def read(
        self,
        pose: Pose,
        shape: tuple[int, ...],
        rows: NDArray[np.float32],
        columns: NDArray[np.float32],
    ) -> tuple[NDArray[np.float32], Mask]:
        """As ``carried``, at some points of that canvas only (rows and columns broadcast)."""
        back = pose.inverse()
        (yy, yx), (xy, xx) = back.matrix.astype(np.float32)
        out = (np.asarray(shape) - 1) / 2.0
        centre = (np.asarray(self.shape) - 1) / 2.0 + np.asarray(back.shift) / self.spacing
        offset = (centre - back.matrix @ out + 1.0).astype(np.float32)
        y = np.clip(yy * rows + (yx * columns + offset[0]), 0.0, self.shape[0] + 0.999)
        x = np.clip(xy * rows + (xx * columns + offset[1]), 0.0, self.shape[1] + 0.999)
        top, left = y.astype(np.int32), x.astype(np.int32)
        y -= top
        x -= left
        width = self.shape[1] + 2
        place = top.astype(np.intp) * width + left
        upper = self.packed.take(place) * (1 - x) + self.packed.take(place + 1) * x
        place += width
        lower = self.packed.take(place) * (1 - x) + self.packed.take(place + 1) * x
        total = upper * (1 - y) + lower * y
        valid = total.imag > 0.5
        values = np.zeros(total.shape, dtype=np.float32)
        np.divide(total.real, total.imag, out=values, where=valid)
        return values, valid
