"""A pose: how one scan lies on another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Pose:
    """Rigid transform p_B = R(rotation) p_A + shift about the centres of the two canvases.

    Points are (y, x) in metres from the canvas centre. R turns the x axis towards the y axis,
    which is clockwise on a screen whose rows run downwards.

    Parameters
    ----------
    rotation : float
        Radians.
    shift : tuple of float
        (y, x), metres.
    """

    rotation: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)

    @property
    def rotation_deg(self) -> float:
        """Rotation in degrees, -180 to 180."""
        return float((np.degrees(self.rotation) + 180.0) % 360.0 - 180.0)

    @property
    def matrix(self) -> NDArray[np.float64]:
        """R: float64 (2, 2), acting on (y, x) column vectors."""
        cosine, sine = np.cos(self.rotation), np.sin(self.rotation)
        return np.array([[cosine, sine], [-sine, cosine]])

    def apply(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Carry points (..., 2) of A, (y, x) metres, onto B."""
        moved: NDArray[np.float64] = points @ self.matrix.T + np.asarray(self.shift)
        return moved

    def inverse(self) -> Pose:
        """The pose of B on A."""
        y, x = -(self.matrix.T @ np.asarray(self.shift))
        return Pose(-self.rotation, (float(y), float(x)))

    def after(self, first: Pose) -> Pose:
        """The pose that does ``first`` and then this one."""
        y, x = self.matrix @ np.asarray(first.shift) + np.asarray(self.shift)
        return Pose(self.rotation + first.rotation, (float(y), float(x)))
