"""Descriptors: a kilobyte a scan, against which a query is tried at every pose at once.

A descriptor is the pose level read at 63 um within the ring that a primer's flat leaves, four bits
a point. The query is turned and moved through all poses in reach; its likeness to an item is the
best cosine, one matrix product for many items.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.comparison.backend import backend
from headstamp.comparison.parameters import ComparisonParameters
from headstamp.comparison.pose import Pose
from headstamp.comparison.warp import Source
from headstamp.surfaces.prepared import Level, PreparedScan

DESCRIPTOR_VERSION: Final = 1
SPACING: Final = 63e-6
INNER: Final = 0.55e-3
OUTER: Final = 1.69e-3
"""Radii of the ring, metres; the firing pin leaves nothing to compare inside."""

REACH: Final = 450e-6
"""Largest shift tried, metres; a quincunx of shifts 71 um apart."""

STEP_DEG: Final = 3.0
STEPS_PER_UNIT: Final = 2.5
"""A value of 1 (one local RMS) is 2.5 steps; clipped at +-7 steps."""

_BLOCK: Final = 256


def _ring() -> NDArray[np.float32]:
    """Points of the ring, (y, x) metres from its centre: an even number of them."""
    count = int(np.ceil(OUTER / SPACING))
    axis = SPACING * (np.arange(-count, count) + 0.5)
    y, x = np.meshgrid(axis, axis, indexing="ij")
    radius = np.hypot(y, x)
    inside = (radius >= INNER) & (radius <= OUTER)
    points = np.stack([y[inside], x[inside]], axis=1).astype(np.float32)
    return points[: len(points) // 2 * 2]


def _shifts() -> NDArray[np.float64]:
    """The quincunx of shifts in reach, (y, x) metres."""
    count = int(REACH / 50e-6)
    axis = np.arange(-count, count + 1)
    y, x = (grid.ravel() for grid in np.meshgrid(axis, axis, indexing="ij"))
    kept = ((y + x) % 2 == 0) & (np.hypot(y, x) <= count)
    return np.stack([y[kept], x[kept]], axis=1) * 50e-6


_RING: Final = _ring()
_SHIFTS: Final = _shifts()
DESCRIPTOR_SIZE: Final = len(_RING) // 2
"""Bytes; two points each."""


def describe(scan: PreparedScan) -> NDArray[np.int8]:
    """The descriptor of a scan: int8 (DESCRIPTOR_SIZE,), two points a byte."""
    values = _read(Source.of(scan.pose), Pose())
    steps = np.clip(np.rint(values * STEPS_PER_UNIT), -7, 7).astype(np.int8)
    packed: NDArray[np.int8] = (steps[0::2] << 4) | (steps[1::2] & 0x0F)
    return packed


def unpacked(descriptors: NDArray[np.int8]) -> NDArray[np.float32]:
    """The steps that descriptors hold: int8 (N, DESCRIPTOR_SIZE) to float32 (N, points)."""
    steps = np.empty((len(descriptors), 2 * DESCRIPTOR_SIZE), dtype=np.float32)
    steps[:, 0::2] = descriptors >> 4
    steps[:, 1::2] = (descriptors << 4) >> 4
    return steps


@dataclass(frozen=True, slots=True, eq=False)
class QueryDescriptors:
    """The descriptors a query has at all poses in reach.

    Parameters
    ----------
    poses : float32 (P, points)
        Unit vectors.
    backend_name : str
    """

    poses: NDArray[np.float32]
    backend_name: str = "numpy"

    @classmethod
    def of(
        cls, level: Level, parameters: ComparisonParameters, backend_name: str = "numpy"
    ) -> QueryDescriptors:
        """Turn and move a pose level through every pose in reach."""
        source = Source.of(level)
        vectors = np.stack(
            [
                _read(source, Pose(float(angle), (float(y), float(x))))
                for angle in _angles(parameters)
                for y, x in _SHIFTS
            ]
        )
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        return cls(vectors / np.maximum(length, 1e-6), backend_name)

    def scores(self, descriptors: NDArray[np.int8]) -> NDArray[np.float32]:
        """Best cosine with each descriptor: float32 (N,), rounded to four decimals.

        The rounding keeps the order free of how the work was cut into blocks.
        """
        on = backend(self.backend_name)
        poses = on.to_device(self.poses).T
        scores = np.empty(len(descriptors), dtype=np.float32)
        for start in range(0, len(descriptors), _BLOCK):
            block = unpacked(np.asarray(descriptors[start : start + _BLOCK]))
            length = np.maximum(np.linalg.norm(block, axis=1), 1e-6)
            best = on.to_numpy(on.xp.max(on.to_device(block) @ poses, axis=1))
            scores[start : start + _BLOCK] = best / length
        return np.round(scores, 4)


def _angles(parameters: ComparisonParameters) -> NDArray[np.float64]:
    reach = parameters.rotation_range_deg
    if reach >= 180.0:
        return np.asarray(np.radians(np.arange(-180.0, 180.0, STEP_DEG)))
    count = int(np.ceil(reach / STEP_DEG))
    return np.asarray(np.radians(STEP_DEG * np.arange(-count, count + 1)))


def _read(source: Source, pose: Pose) -> NDArray[np.float32]:
    """The image at the points of the ring after a pose: float32 (points,), 0 where missing."""
    rows, columns = (_RING / np.float32(source.spacing)).T
    values, _ = source.read(pose, (1, 1), rows, columns)
    return values
