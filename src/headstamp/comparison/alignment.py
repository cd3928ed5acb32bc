"""Two whole surfaces at a pose: how well they agree, and the pose where they agree best."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headstamp.comparison.parameters import ComparisonParameters
from headstamp.comparison.pose import Pose
from headstamp.comparison.warp import warp
from headstamp.surfaces.prepared import Level


def aligned_correlation(
    a: Level, b: Level, pose: Pose, parameters: ComparisonParameters
) -> tuple[float, float]:
    """Correlation of two levels at a pose, and the area they share.

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
    values, valid = warp(a.values, a.valid, pose, a.spacing, b.codes.shape)
    return _agreement(values, b.values, valid & b.valid, a.spacing, parameters)


def refine(
    a: Level, b: Level, pose: Pose, parameters: ComparisonParameters, rounds: int = 2
) -> tuple[Pose, float, float]:
    """Climb to the pose of best agreement by Gauss-Newton steps on the shared surface.

    Each step solves for the small shift and turn (and a gain) that carry the moved A onto B to
    first order (Lucas and Kanade 1981), and is taken only when the correlation rises.

    Returns
    -------
    pose : Pose
    correlation, overlap : float
        As ``aligned_correlation`` gives them at that pose.
    """
    still, still_valid = b.values, b.valid
    values, valid = warp(a.values, a.valid, pose, a.spacing, b.codes.shape)
    best = _agreement(values, still, valid & still_valid, a.spacing, parameters)
    for _ in range(rounds if np.isfinite(best[0]) else 0):
        step = _step(values, still, valid & still_valid, a.spacing)
        if step is None:
            break
        trial = step.after(pose)
        values, valid = warp(a.values, a.valid, trial, a.spacing, b.codes.shape)
        found = _agreement(values, still, valid & still_valid, a.spacing, parameters)
        if not found[0] > best[0]:
            break
        pose, best = trial, found
    return pose, *best


def _agreement(
    left: NDArray[np.float32],
    right: NDArray[np.float32],
    shared: NDArray[np.bool_],
    spacing: float,
    parameters: ComparisonParameters,
) -> tuple[float, float]:
    overlap = float(np.count_nonzero(shared)) * spacing**2
    if overlap < parameters.least_overlap:
        return float("nan"), overlap
    x, y = left[shared].astype(np.float64), right[shared].astype(np.float64)
    x, y = x - x.mean(), y - y.mean()
    spread = float(np.sqrt(np.dot(x, x) * np.dot(y, y)))
    if spread <= 0.0:
        return float("nan"), overlap
    discount = min(1.0, float(np.sqrt(overlap / parameters.full_overlap)))
    return float(np.clip(np.dot(x, y) / spread, -1.0, 1.0)) * discount, overlap


def _step(
    moved: NDArray[np.float32],
    still: NDArray[np.float32],
    shared: NDArray[np.bool_],
    spacing: float,
) -> Pose | None:
    """The small pose that carries the moved image onto the still one, to first order."""
    inner = shared.copy()
    inner[1:-1, 1:-1] &= shared[:-2, 1:-1] & shared[2:, 1:-1] & shared[1:-1, :-2] & shared[1:-1, 2:]
    inner[[0, -1]] = False
    inner[:, [0, -1]] = False
    rows, columns = np.nonzero(inner)
    if len(rows) < 50:
        return None
    down = 0.5 * (moved[rows + 1, columns] - moved[rows - 1, columns])
    right = 0.5 * (moved[rows, columns + 1] - moved[rows, columns - 1])
    y = rows - (moved.shape[0] - 1) / 2.0
    x = columns - (moved.shape[1] - 1) / 2.0
    # still = gain * moved - shift . gradient - turn * (x * down - y * right)
    terms = np.stack([moved[rows, columns], -down, -right, -(x * down - y * right)])
    normal = terms @ terms.T
    target = terms @ still[rows, columns]
    try:
        gain, dy, dx, turn = np.linalg.solve(normal, target)
    except np.linalg.LinAlgError:
        return None
    if gain <= 0.05:
        return None
    way = np.clip(np.array([dy, dx]) / gain, -1.0, 1.0) * spacing
    return Pose(float(np.clip(turn / gain, -0.02, 0.02)), (float(way[0]), float(way[1])))
