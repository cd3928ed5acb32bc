"""Two whole surfaces at a pose: how well they agree, and the pose where they agree best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.comparison.parameters import ComparisonParameters
from headstamp.comparison.pose import Pose
from headstamp.comparison.warp import Source
from headstamp.surfaces.prepared import Level

_LEAST_POINTS: Final = 50
_LARGEST_TURN: Final = 0.02
"""Radians a single refining step may turn."""


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """The measured points of the scan that stays where it is.

    Parameters
    ----------
    rows, columns : float32 (n,)
    values : float32 (n,)
    down, right : float32 (n,)
        Slope along rows and columns, per point; 0 beside missing points.
    shape : (h, w)
    spacing : float
        Metres.
    """

    rows: NDArray[np.float32]
    columns: NDArray[np.float32]
    values: NDArray[np.float32]
    down: NDArray[np.float32]
    right: NDArray[np.float32]
    shape: tuple[int, ...]
    spacing: float

    @classmethod
    def of(cls, level: Level) -> Still:
        """The points of a level and their slopes."""
        values, valid = np.pad(level.values, 1), np.pad(level.valid, 1)
        rows, columns = np.nonzero(valid)
        down = np.where(
            valid[rows - 1, columns] & valid[rows + 1, columns],
            0.5 * (values[rows + 1, columns] - values[rows - 1, columns]),
            np.float32(0),
        )
        right = np.where(
            valid[rows, columns - 1] & valid[rows, columns + 1],
            0.5 * (values[rows, columns + 1] - values[rows, columns - 1]),
            np.float32(0),
        )
        return cls(
            (rows - 1).astype(np.float32),
            (columns - 1).astype(np.float32),
            values[rows, columns],
            down,
            right,
            level.codes.shape,
            level.spacing,
        )


def aligned_correlation(
    moving: Source, still: Still, pose: Pose, parameters: ComparisonParameters
) -> tuple[float, float]:
    """Correlation of two scans at a pose, and the area they share.

    The Pearson correlation of the shared points, discounted where they are few: times the square
    root of overlap / ``full_overlap`` below that area. The chance scatter of a correlation goes
    with one over the square root of the area, so the discount keeps a few points that agree by
    accident from outranking a whole surface that agrees.

    Returns
    -------
    correlation : float
        -1 to 1; NaN where the overlap is smaller than the least, or flat.
    overlap : float
        Square metres.
    """
    values, shared = moving.read(pose, still.shape, still.rows, still.columns)
    return _agreement(values[shared], still.values[shared], still.spacing, parameters)


def refine(
    moving: Source, still: Still, pose: Pose, parameters: ComparisonParameters, rounds: int = 3
) -> tuple[Pose, float, float]:
    """Climb to the pose of best agreement by Gauss-Newton steps on the shared surface.

    Each step solves for the small shift and turn (and a gain) that carry the moved scan onto the
    still one to first order (Lucas and Kanade 1981), and is taken only when the correlation rises.

    Returns
    -------
    pose : Pose
    correlation, overlap : float
        As ``aligned_correlation`` gives them at that pose.
    """
    values, shared = moving.read(pose, still.shape, still.rows, still.columns)
    best = _agreement(values[shared], still.values[shared], still.spacing, parameters)
    for _ in range(rounds if np.isfinite(best[0]) else 0):
        step = _step(values, still, shared)
        if step is None:
            break
        trial = step.after(pose)
        values, shared = moving.read(trial, still.shape, still.rows, still.columns)
        found = _agreement(values[shared], still.values[shared], still.spacing, parameters)
        if not found[0] > best[0]:
            break
        pose, best = trial, found
    return pose, *best


def _agreement(
    left: NDArray[np.float32],
    right: NDArray[np.float32],
    spacing: float,
    parameters: ComparisonParameters,
) -> tuple[float, float]:
    overlap = len(left) * spacing**2
    if overlap < parameters.least_overlap:
        return float("nan"), overlap
    x, y = left.astype(np.float64), right.astype(np.float64)
    x, y = x - x.mean(), y - y.mean()
    spread = float(np.sqrt(np.dot(x, x) * np.dot(y, y)))
    if spread <= 0.0:
        return float("nan"), overlap
    discount = min(1.0, float(np.sqrt(overlap / parameters.full_overlap)))
    return float(np.clip(np.dot(x, y) / spread, -1.0, 1.0)) * discount, overlap


def _step(values: NDArray[np.float32], still: Still, shared: NDArray[np.bool_]) -> Pose | None:
    """The small pose that carries the moved image onto the still one, to first order."""
    down, right = still.down[shared], still.right[shared]
    if np.count_nonzero((down != 0) & (right != 0)) < _LEAST_POINTS:
        return None
    y = still.rows[shared] - (still.shape[0] - 1) / 2.0
    x = still.columns[shared] - (still.shape[1] - 1) / 2.0
    # moved = gain * still + shift . slope of still + turn * (x * down - y * right)
    terms = np.stack([still.values[shared], down, right, x * down - y * right])
    try:
        gain, dy, dx, turn = np.linalg.solve(terms @ terms.T, terms @ values[shared])
    except np.linalg.LinAlgError:
        return None
    if gain <= 0.05:
        return None
    way = np.clip(np.array([dy, dx]) / gain, -1.0, 1.0) * still.spacing
    angle = float(np.clip(turn / gain, -_LARGEST_TURN, _LARGEST_TURN))
    return Pose(angle, (float(way[0]), float(way[1])))
