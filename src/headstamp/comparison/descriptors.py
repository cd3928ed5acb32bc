"""Descriptors: a kilobyte a scan, against which a query is tried at every pose at once.

A descriptor is the pose level averaged to 100 um within a disc. The query is turned and moved
through all poses in reach; its likeness to an item is the best cosine, one matrix product for
many items.
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
from headstamp.surfaces.prepared import CODES_PER_UNIT, Level, PreparedScan

DESCRIPTOR_VERSION: Final = 1
SPACING: Final = 100e-6
RADIUS: Final = 18
"""Of the disc, points of 100 um."""

REACH: Final = 7
"""Largest shift tried, points of 50 um."""

STEP_DEG: Final = 2.0
_BLOCK: Final = 256


def _disc() -> NDArray[np.bool_]:
    axis = np.arange(2 * RADIUS) - RADIUS + 0.5
    return np.asarray(np.hypot(axis[:, None], axis[None, :]) <= RADIUS)


_DISC: Final = _disc()
DESCRIPTOR_SIZE: Final = int(_DISC.sum())


def describe(scan: PreparedScan) -> NDArray[np.int8]:
    """The descriptor of a scan: int8 (DESCRIPTOR_SIZE,), 0 where not measured."""
    means = _pair_means(*_centred(scan.pose.values, scan.pose.valid))
    values = means[REACH::2, REACH::2][: 2 * RADIUS, : 2 * RADIUS][_DISC]
    codes: NDArray[np.int8] = np.clip(np.rint(values * CODES_PER_UNIT), -127, 127).astype(np.int8)
    return codes


@dataclass(frozen=True, slots=True, eq=False)
class QueryDescriptors:
    """The descriptors a query has at all poses in reach.

    Parameters
    ----------
    poses : float32 (P, DESCRIPTOR_SIZE)
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
        found = [_at_shifts(source, angle) for angle in _angles(parameters)]
        vectors = np.concatenate(found)
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
            block = np.asarray(descriptors[start : start + _BLOCK]).astype(np.float32)
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


def _at_shifts(source: Source, angle: float) -> NDArray[np.float32]:
    """Descriptors at one angle and all shifts: float32 (S, DESCRIPTOR_SIZE)."""
    values, valid = source.carried(Pose(angle), source.shape)
    means = _pair_means(*_centred(values, valid))
    return np.stack(
        [
            means[row::2, column::2][: 2 * RADIUS, : 2 * RADIUS][_DISC]
            for row in range(2 * REACH + 1)
            for column in range(2 * REACH + 1)
            if np.hypot(row - REACH, column - REACH) <= REACH
        ]
    )


def _centred(
    values: NDArray[np.float32], valid: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Values and mask, cut or padded to a canvas that holds the disc at every shift."""
    side = 4 * RADIUS + 2 * REACH
    source, target = zip(*(_overlap(n, side) for n in values.shape), strict=True)
    canvas = np.zeros((2, side, side), dtype=np.float32)
    canvas[0][target] = values[source]
    canvas[1][target] = valid[source]
    return canvas[0], canvas[1]


def _overlap(size: int, side: int) -> tuple[slice, slice]:
    start = (side - size) // 2
    low, high = max(0, start), min(side, start + size)
    return slice(low - start, high - start), slice(low, high)


def _pair_means(values: NDArray[np.float32], valid: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean of the measured points in every 2 x 2 block, 0 where there are fewer than two."""
    total = _blocks(values)
    count = _blocks(valid)
    return np.where(count >= 2, total / np.maximum(count, 1), np.float32(0))


def _blocks(layer: NDArray[np.float32]) -> NDArray[np.float32]:
    total: NDArray[np.float32] = layer[:-1, :-1] + layer[1:, :-1] + layer[:-1, 1:] + layer[1:, 1:]
    return total
