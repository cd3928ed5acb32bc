"""The automatic mask of a raw breech face scan: the flat of the primer, and nothing else.

A raw scan holds the primer with the firing pin's crater in it, the primer's rounded edge, and
often the case head around. Only the flat carries the breech face impression.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from headstamp.surfaces.levelling import form
from headstamp.surfaces.resampling import resample
from headstamp.surfaces.topography import Mask, Topography

SPACING: Final = 25e-6
DEEP: Final = 30e-6
"""Metres off the flat: no breech face impression is as deep; a crater, rim or edge is."""

LEAST_DEEP_AREA: Final = 0.05e-6
FLAT: Final = 20e-6
"""Largest distance from the fitted flat of a point that belongs to it."""

APERTURE_MARGIN: Final = 75e-6
"""Flow-back and drag reach this far beyond the crater."""

RIM_MARGIN: Final = 100e-6
"""The primer rounds off this far inside its edge."""


def automatic_mask(topography: Topography) -> Mask:
    """Where a scan shows the flat of the primer.

    1. The plane that most points near the middle lie on (seeded consensus of local planes).
    2. Points within 20 um of a quadratic through it; the connected piece with most of them near
       the middle, since a case head level with the primer is a piece of its own.
    3. Without the crater and a margin about it, and without what lies outside the circle fitted
       to the piece's outer edge, less a margin.

    A scan without anything 30 um off its flat has been cropped already, and keeps every point.

    Returns
    -------
    bool (H, W)
        All False when no flat is found.
    """
    heights, valid = resample(topography.heights, topography.valid, topography.spacing, SPACING)
    if np.count_nonzero(valid) < 100:
        return topography.valid
    away = heights - _flat(heights, valid)
    if not _has_structure(away, valid):
        return topography.valid
    piece = _most_central(ndimage.binary_opening(valid & (np.abs(away) <= FLAT), iterations=1))
    if not piece.any():
        return _on_scan(topography, piece)
    keep = piece & ~_crater(away, valid, piece) & _inside_rim(piece)
    return _on_scan(topography, keep)


def _on_scan(topography: Topography, mask: Mask) -> Mask:
    """A mask on the 25 um grid carried to the scan's own points: bool (H, W)."""
    rows, columns = (
        np.clip(
            np.floor(
                (np.arange(size) + 0.5 - size / 2) * topography.spacing / SPACING + coarse / 2
            ).astype(int),
            0,
            coarse - 1,
        )
        for size, coarse in zip(topography.heights.shape, mask.shape, strict=True)
    )
    return np.asarray(mask[np.ix_(rows, columns)] & topography.valid)


def _flat(heights: NDArray[np.float32], valid: Mask) -> NDArray[np.float32]:
    """A robust quadratic through the points near the best of many local planes."""
    start = _best_plane(heights, valid)
    near = valid & (np.abs(heights - start) <= FLAT)
    return form(heights, near, degree=2) if np.count_nonzero(near) > 100 else start


def _best_plane(
    heights: NDArray[np.float32], valid: Mask, trials: int = 300
) -> NDArray[np.float32]:
    """The plane through three measured points that most weighted points lie near."""
    rows, columns = np.nonzero(valid)
    random = np.random.default_rng(0)
    some = random.choice(len(rows), min(len(rows), 2000), replace=False)
    points = np.stack([np.ones(len(some)), rows[some], columns[some]], axis=1)
    values = heights[rows[some], columns[some]].astype(np.float64)
    weight = _centrality(heights.shape, 0.35)[rows[some], columns[some]]
    best, most = np.array([0.0, 0.0, 0.0]), -1.0
    for _ in range(trials):
        three = random.choice(len(some), 3, replace=False)
        try:
            plane = np.asarray(np.linalg.solve(points[three], values[three]), dtype=np.float64)
        except np.linalg.LinAlgError:
            continue
        found = float(weight[np.abs(points @ plane - values) <= 0.5 * FLAT].sum())
        if found > most:
            best, most = plane, found
    y, x = np.indices(heights.shape, dtype=np.float32)
    return np.asarray(best[0] + best[1] * y + best[2] * x, dtype=np.float32)


def _has_structure(away: NDArray[np.float32], valid: Mask) -> bool:
    deep = _largest(valid & (np.abs(away) > DEEP))
    return float(np.count_nonzero(deep)) * SPACING**2 >= LEAST_DEEP_AREA


def _crater(away: NDArray[np.float32], valid: Mask, piece: Mask) -> Mask:
    """The firing pin's crater inside the piece, with its margin."""
    filled = ndimage.binary_fill_holes(piece)
    hole = _largest(filled & ~piece & ~(valid & (np.abs(away) <= FLAT)))
    return np.asarray(_grown(hole, APERTURE_MARGIN))


def _inside_rim(piece: Mask) -> Mask:
    """The inside of the circle through the piece's outer edge, less the rim's margin."""
    filled = ndimage.binary_fill_holes(piece)
    edge = filled & ~ndimage.binary_erosion(filled, border_value=1)
    rows, columns = np.nonzero(edge)
    inner = ~_grown(~filled, RIM_MARGIN)
    if len(rows) < 20:
        return inner
    centre, radius = _circle(rows.astype(float), columns.astype(float))
    y, x = np.indices(piece.shape)
    disc = np.hypot(y - centre[0], x - centre[1]) <= radius - RIM_MARGIN / SPACING
    return np.asarray(disc & inner)


def _circle(
    rows: NDArray[np.float64], columns: NDArray[np.float64], rounds: int = 5
) -> tuple[tuple[float, float], float]:
    """Circle through points by reweighted algebraic least squares (Kasa 1976)."""
    terms = np.stack([rows, columns, np.ones_like(rows)], axis=1)
    weight = np.ones_like(rows)
    row, column, radius = rows.mean(), columns.mean(), 0.0
    for _ in range(rounds):
        scaled = terms * weight[:, None]
        target = weight * (rows**2 + columns**2)
        a, b, c = np.linalg.lstsq(scaled, target, rcond=None)[0]
        row, column = a / 2, b / 2
        radius = float(np.sqrt(max(c + row**2 + column**2, 0.0)))
        error = np.abs(np.hypot(rows - row, columns - column) - radius)
        weight = 1.0 / (1.0 + np.square(error / (1.0 + np.median(error))))
    return (float(row), float(column)), radius


def _centrality(shape: tuple[int, ...], reach: float) -> NDArray[np.float64]:
    """Gaussian weight about the middle; its sigma is ``reach`` times the longer side."""
    y, x = (np.indices(shape).T - (np.asarray(shape) - 1) / 2).T
    return np.asarray(np.exp(-0.5 * (y**2 + x**2) / (reach * max(shape)) ** 2))


def _most_central(mask: Mask) -> Mask:
    labels, count = ndimage.label(mask)
    if not count:
        return mask
    weights = np.bincount(labels.ravel(), weights=_centrality(mask.shape, 0.2).ravel())
    weights[0] = 0
    return np.asarray(labels == weights.argmax())


def _largest(mask: Mask) -> Mask:
    labels, count = ndimage.label(mask)
    if not count:
        return mask
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    return np.asarray(labels == sizes.argmax())


def _grown(mask: Mask, width: float) -> Mask:
    if not mask.any():
        return mask
    return np.asarray(ndimage.distance_transform_edt(~mask) * SPACING <= width)
