"""Cells of one image sought on another: batched, masked, normalised cross-correlation.

All six sums of the masked correlation are kept (Padfield 2012, doi:10.1109/TIP.2011.2181402),
so that missing points on either side take no part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from headstamp.comparison.backend import Array, Backend, fast_length
from headstamp.surfaces.topography import Mask

Image: TypeAlias = tuple[NDArray[np.float32], Mask]
"""Values (0 where not valid) and validity, both (h, w)."""

_LEAST_SHARE: Final = 0.5
"""Share of a cell's measured points that must meet measured points."""


@dataclass(frozen=True, slots=True, eq=False)
class CellMatches:
    """Where each cell was found.

    Parameters
    ----------
    centre : float64 (n, 2)
        Cell centre, points (row, column) from the image centre.
    displacement : float64 (n, 2)
        From there to the best place, points, with a fraction.
    correlation : float64 (n,)
    """

    centre: NDArray[np.float64]
    displacement: NDArray[np.float64]
    correlation: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.correlation)


@dataclass(frozen=True, slots=True)
class CellGrid:
    """How an image is cut into cells and how far each is sought.

    Parameters
    ----------
    side : int
        Cell side, points.
    search : int
        Largest displacement tried along each axis, points.
    fill : float
        Share of a cell that must be measured.
    """

    side: int
    search: int
    fill: float


@dataclass(frozen=True, slots=True, eq=False)
class CutCells:
    """The cells of one image with their transforms, ready to be sought on many others.

    Parameters
    ----------
    corners : int64 (n, 2)
        Upper left points on the image.
    centre : float64 (n, 2)
        Cell centres, points from the image centre.
    measured : float32 (n, 1, 1)
        Measured points of each cell, on the backend.
    spectra : complex64 (3, n, t, t//2+1)
        Conjugate transforms of masks, values and squares, on the backend.
    grid : CellGrid
    on : Backend
    """

    corners: NDArray[np.int64]
    centre: NDArray[np.float64]
    measured: Array
    spectra: Array
    grid: CellGrid
    on: Backend

    @classmethod
    def of(cls, image: Image, grid: CellGrid, on: Backend) -> CutCells:
        """Cut an image into cells."""
        corners = _occupied(image[1], grid.side, grid.fill)
        middle = (np.asarray(image[1].shape) - 1) / 2.0
        cells = _windows(image, corners, grid.side, 0)
        transform = _transform(grid)
        return cls(
            corners,
            corners + (grid.side - 1) / 2.0 - middle,
            on.to_device(cells[0].sum(axis=(1, 2), keepdims=True)),
            on.xp.conj(on.rfft2(on.to_device(cells), s=transform)) if len(corners) else None,
            grid,
            on,
        )

    def seek(self, target: Image) -> CellMatches:
        """Find each cell on an image of the same size as its own."""
        if not len(self.corners):
            return CellMatches(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0))
        windows = _windows(target, self.corners, self.grid.side, self.grid.search)
        surface = self.on.to_numpy(_correlation(self, windows))
        displacement, correlation = _peaks(surface, self.grid.search)
        return CellMatches(self.centre, displacement, correlation)


def match_cells(reference: Image, target: Image, grid: CellGrid, on: Backend) -> CellMatches:
    """Cut the reference into cells and find each on the target, both of the same size."""
    return CutCells.of(reference, grid, on).seek(target)


def _occupied(valid: Mask, side: int, fill: float) -> NDArray[np.int64]:
    """Upper left corners of the grid's cells that are measured well enough: int64 (n, 2)."""
    rows, columns = np.flatnonzero(valid.any(axis=1)), np.flatnonzero(valid.any(axis=0))
    if not len(rows):
        return np.zeros((0, 2), dtype=np.int64)
    starts = [_starts(int(used[0]), int(used[-1]) + 1, side) for used in (rows, columns)]
    grid = np.stack(np.meshgrid(*starts, indexing="ij"), axis=-1).reshape(-1, 2)
    counts = np.pad(valid.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    low = np.clip(grid, 0, valid.shape)
    high = np.clip(grid + side, 0, valid.shape)
    filled = (
        counts[high[:, 0], high[:, 1]]
        - counts[low[:, 0], high[:, 1]]
        - counts[high[:, 0], low[:, 1]]
        + counts[low[:, 0], low[:, 1]]
    )
    chosen: NDArray[np.int64] = grid[filled >= fill * side * side]
    return chosen


def _starts(low: int, high: int, side: int) -> NDArray[np.int64]:
    """A row of cells that covers ``low`` to ``high``, centred on it."""
    count = max(1, int(np.ceil((high - low) / side)))
    return (low + high - count * side) // 2 + side * np.arange(count)


def _windows(
    image: Image, corners: NDArray[np.int64], side: int, margin: int
) -> NDArray[np.float32]:
    """Masks, values and squares about the cells: float32 (3, n, side+2*margin, ...)."""
    pad = side + margin
    values, valid = (np.pad(layer, pad) for layer in image)
    reach = np.arange(-margin, side + margin) + pad
    rows = (corners[:, :1] + reach)[:, :, None]
    columns = (corners[:, 1:] + reach)[:, None, :]
    cut = values[rows, columns]
    return np.stack([valid[rows, columns].astype(np.float32), cut, np.square(cut)])


def _transform(grid: CellGrid) -> tuple[int, int]:
    length = fast_length(grid.side + 2 * grid.search)
    return length, length


def _correlation(cells: CutCells, windows: NDArray[np.float32]) -> Array:
    """Masked correlation at every displacement: (n, 2*search+1, 2*search+1), -1 where undefined."""
    on, transform = cells.on, _transform(cells.grid)
    places = (2 * cells.grid.search + 1,) * 2
    mask_c, value_c, square_c = cells.spectra
    mask_w, value_w, square_w = on.rfft2(on.to_device(windows), s=transform)
    products = on.xp.stack(
        [
            mask_c * mask_w,
            value_c * mask_w,
            mask_c * value_w,
            square_c * mask_w,
            mask_c * square_w,
            value_c * value_w,
        ]
    )
    shared, sum_c, sum_w, power_c, power_w, cross = on.corner(products, transform, places)
    enough = shared >= on.xp.clip(_LEAST_SHARE * cells.measured, 1.0, None)
    shared = on.xp.clip(shared, 1.0, None)
    spread_c = on.xp.clip(power_c - sum_c * sum_c / shared, 0.0, None)
    spread_w = on.xp.clip(power_w - sum_w * sum_w / shared, 0.0, None)
    spread = on.xp.sqrt(spread_c * spread_w)
    defined = enough & (spread > 1e-3 * shared)
    correlation = (cross - sum_c * sum_w / shared) / on.xp.clip(spread, 1e-6, None)
    return on.xp.where(defined, on.xp.clip(correlation, -1.0, 1.0), -1.0)


def _peaks(
    surface: NDArray[np.float32], search: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Best displacement of each cell, with the fraction from a parabola along each axis."""
    count, size = len(surface), surface.shape[-1]
    best = surface.reshape(count, -1).argmax(axis=1)
    row, column = np.divmod(best, size)
    item = np.arange(count)
    top = surface[item, row, column].astype(np.float64)
    above = surface[item, np.maximum(row - 1, 0), column]
    below = surface[item, np.minimum(row + 1, size - 1), column]
    left = surface[item, row, np.maximum(column - 1, 0)]
    right = surface[item, row, np.minimum(column + 1, size - 1)]
    fraction = np.stack([_vertex(above, top, below), _vertex(left, top, right)], axis=1)
    inside = (row > 0) & (row < size - 1) & (column > 0) & (column < size - 1)
    displacement = np.stack([row, column], axis=1) - search + fraction * inside[:, None]
    return displacement, top


def _vertex(
    before: NDArray[np.float32], top: NDArray[np.float64], after: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Place of the parabola's top through three neighbours, -0.5 to 0.5."""
    bend = before - 2.0 * top + after
    safe = np.where(bend < -1e-9, bend, -1.0)
    vertex: NDArray[np.float64] = np.where(bend < -1e-9, 0.5 * (before - after) / safe, 0.0)
    return np.clip(vertex, -0.5, 0.5)
