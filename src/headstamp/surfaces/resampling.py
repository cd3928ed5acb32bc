"""Change of spacing by area-weighted means of the measured points."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from headstamp.surfaces.topography import Mask


def resample(
    values: NDArray[np.float32],
    valid: Mask,
    spacing: float,
    target: float,
    *,
    shape: tuple[int, int] | None = None,
    least: float = 0.5,
) -> tuple[NDArray[np.float32], Mask]:
    """Mean height of the measured points under each cell of a coarser grid.

    Both grids share their centre, so that positions about the centre keep their meaning. For a
    finer target the nearest points are interpolated by the same overlap rule.

    Parameters
    ----------
    values : float32 (H, W)
    valid : bool (H, W)
    spacing, target : float
        Present and wanted distance of points, metres.
    shape : (h, w), optional
        Size of the new grid; by default the smallest that covers the old one.
    least : float
        Share of a new cell that must have been measured for it to have a value.

    Returns
    -------
    values : float32 (h, w)
        0 where not valid.
    valid : bool (h, w)
    """
    ratio = target / spacing
    if shape is None:
        shape = grid_shape(values.shape, spacing, target)
    rows = _overlap(values.shape[0], shape[0], ratio)
    columns = _overlap(values.shape[1], shape[1], ratio)
    measured = valid.astype(np.float32)
    total = _both(rows, np.where(valid, values, np.float32(0)), columns)
    weight = _both(rows, measured, columns)
    enough = weight >= least
    return np.divide(total, weight, out=np.zeros_like(total), where=enough), enough


def grid_shape(shape: tuple[int, ...], spacing: float, target: float) -> tuple[int, int]:
    """Smallest grid of ``target`` spacing that covers ``shape`` points of ``spacing``."""
    rows, columns = (max(1, int(np.ceil(n * spacing / target - 1e-6))) for n in shape)
    return rows, columns


def _both(
    rows: sparse.csr_array, values: NDArray[np.float32], columns: sparse.csr_array
) -> NDArray[np.float32]:
    along_rows = rows @ values
    result: NDArray[np.float32] = np.ascontiguousarray((columns @ along_rows.T).T)
    return result


@lru_cache(maxsize=64)
def _overlap(size: int, new_size: int, ratio: float) -> sparse.csr_array:
    """Share of each new interval covered by each old one: sparse float32 (new_size, size)."""
    start = (size - new_size * ratio) / 2.0
    edges = start + ratio * np.arange(new_size + 1)
    row, column, weight = [], [], []
    for index in range(new_size):
        low, high = edges[index], edges[index + 1]
        first, last = max(0, int(np.floor(low))), min(size, int(np.ceil(high)))
        for source in range(first, last):
            share = (min(high, source + 1) - max(low, source)) / ratio
            if share > 1e-9:
                row.append(index)
                column.append(source)
                weight.append(share)
    return sparse.csr_array(
        (np.asarray(weight, dtype=np.float32), (row, column)), shape=(new_size, size)
    )
