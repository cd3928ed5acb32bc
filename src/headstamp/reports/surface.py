"""A surface that can be drawn: as measured, or as it was prepared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headstamp.reports.relief import level_surface
from headstamp.surfaces.levelling import form
from headstamp.surfaces.prepared import Level
from headstamp.surfaces.topography import Mask, Topography


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """Heights and where they lie on their scan.

    Parameters
    ----------
    topography : Topography
    centre : tuple of float
        Centre of these heights, (y, x) metres from the centre of the scan's canvas.
    levelled : bool
        Whether the form is already gone.
    """

    topography: Topography
    centre: tuple[float, float] = (0.0, 0.0)
    levelled: bool = False

    @classmethod
    def of_level(cls, level: Level, centre: tuple[float, float]) -> Surface:
        """A level of a prepared scan, which is all that a gallery keeps.

        Parameters
        ----------
        level : Level
        centre : tuple of float
            ``PreparedScan.centre``.
        """
        return cls(level_surface(level), centre, levelled=True)

    @property
    def spacing(self) -> float:
        """Metres."""
        return self.topography.spacing

    def flat(self) -> tuple[NDArray[np.float32], Mask]:
        """Heights without form, 0 where not measured, and where they were measured."""
        valid = self.topography.valid
        heights = np.where(valid, self.topography.heights, np.float32(0))
        if not self.levelled:
            heights = np.where(valid, heights - form(heights, valid, degree=2), np.float32(0))
        return heights, valid

    def outline(self) -> NDArray[np.float64]:
        """First and last measured point of every row: float64 (n, 2), (y, x) metres on the scan."""
        valid = self.topography.valid
        valid = valid if valid.any() else np.ones_like(valid)
        rows = np.flatnonzero(valid.any(axis=1))
        first = valid[rows].argmax(axis=1)
        last = valid.shape[1] - 1 - valid[rows, ::-1].argmax(axis=1)
        points = np.stack([np.tile(rows, 2), np.concatenate([first, last])], axis=1)
        middle = (np.asarray(valid.shape, dtype=np.float64) - 1.0) / 2.0
        return (points - middle) * self.spacing + np.asarray(self.centre, dtype=np.float64)
