"""Hot spots: cells of a grid with more events in and around them than chance puts there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, stats

from headstamp.incidents.places.ground import Numbers

CELL_METRES: Final = 500.0
LEVEL: Final = 0.05
"""False discoveries among the cells that are called hot or cold."""

LEAST_CELLS: Final = 30
MOST_CELLS: Final = 40_000
AROUND: Final = 2
"""Cells around one with an event that are looked at where it is not known where the city ends."""

Within = Callable[[Numbers, Numbers], NDArray[np.bool_]]


@dataclass(frozen=True)
class HotSpots:
    """Cells with their statistic; all arrays are one number a cell.

    Parameters
    ----------
    cell_metres : float
    east, north : float64, metres
        Of the south-western corner.
    count : int64
        Events in the cell.
    z : float64
        Gi*, standardised; NaN where it is undefined, since all cells are alike.
    p : float64
        Two-sided, adjusted for the number of cells (Benjamini and Hochberg); NaN with ``z``.
    """

    cell_metres: float
    east: Numbers
    north: Numbers
    count: NDArray[np.int64]
    z: Numbers
    p: Numbers

    def classes(self) -> list[str]:
        """``hot``, ``cold`` or nothing, for each cell."""
        found = (self.p < LEVEL) & np.isfinite(self.p)
        return np.where(found & (self.z > 0), "hot", np.where(found, "cold", "")).tolist()


def hot_spots(
    east: Numbers, north: Numbers, within: Within | None = None, cell_metres: float = CELL_METRES
) -> HotSpots:
    """Local Gi* of events on a grid.

    A cell is compared, together with the eight around it, with all cells. Cells without any event
    count too: those inside the city where ``within`` is given, else those near an event.

    Parameters
    ----------
    east, north : float64, metres
        Places of events.
    within : callable, optional
        Whether places (east, north) lie in the city; asked of the middles of cells.
    cell_metres : float

    Raises
    ------
    ValueError
        If there are too few cells for the statistic to be near normal, or too many.

    References
    ----------
    Getis and Ord 1992, doi:10.1111/j.1538-4632.1992.tb00261.x; Ord and Getis 1995,
    doi:10.1111/j.1538-4632.1995.tb00912.x; Benjamini and Hochberg 1995.
    """
    rows, columns, counts = _cells(east, north, within, cell_metres)
    z = gi_star(rows, columns, counts)
    p = np.full(len(z), np.nan)
    if np.isfinite(z).all():
        p = stats.false_discovery_control(2 * stats.norm.sf(np.abs(z)))
    return HotSpots(cell_metres, columns * cell_metres, rows * cell_metres, counts, z, p)


def gi_star(
    rows: NDArray[np.int64], columns: NDArray[np.int64], counts: NDArray[np.int64]
) -> Numbers:
    """Standardised Gi* of cells, each with itself and the cells that touch it as neighbours.

    Parameters
    ----------
    rows, columns, counts : int64
        Place in the grid, and events; one for each cell.

    Returns
    -------
    float64
        NaN where all counts are the same.
    """
    if len(np.unique(counts)) < 2:
        return np.full(len(counts), np.nan)
    import warnings

    from esda.getisord import G_Local

    with warnings.catch_warnings():  # of cells without a neighbour, which are meant
        warnings.simplefilter("ignore")
        found = G_Local(
            counts.astype(float), _neighbours(rows, columns), "B", permutations=0, star=True
        )
    return np.asarray(found.Zs, dtype=float)


def _neighbours(rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Any:
    from libpysal.weights import W

    at = {place: index for index, place in enumerate(zip(rows, columns, strict=True))}
    steps = [(up, right) for up in (-1, 0, 1) for right in (-1, 0, 1) if up or right]
    touching = {
        index: [
            at[row + up, column + right] for up, right in steps if (row + up, column + right) in at
        ]
        for (row, column), index in at.items()
    }
    return W(touching, silence_warnings=True)


def _cells(
    east: Numbers, north: Numbers, within: Within | None, size: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Row, column and events of each cell that is looked at."""
    row, column = np.floor(north / size).astype(np.int64), np.floor(east / size).astype(np.int64)
    first_row, first_column = (int(one.min(initial=0)) - AROUND for one in (row, column))
    shape = tuple(
        int(one.max(initial=0)) - first + AROUND + 1
        for one, first in ((row, first_row), (column, first_column))
    )
    if shape[0] * shape[1] > 25 * MOST_CELLS:
        raise ValueError("the events lie too far apart for a grid of this size")
    counts = np.zeros(shape, dtype=np.int64)
    np.add.at(counts, (row - first_row, column - first_column), 1)
    rows, columns = np.indices(shape)
    rows, columns = rows + first_row, columns + first_column
    if within is None:
        chosen = ndimage.binary_dilation(counts > 0, np.ones((3, 3)), iterations=AROUND)
    else:
        middle = within((columns.ravel() + 0.5) * size, (rows.ravel() + 0.5) * size)
        chosen = middle.reshape(shape) | (counts > 0)
    if not LEAST_CELLS <= np.count_nonzero(chosen) <= MOST_CELLS:
        raise ValueError(f"the grid must have {LEAST_CELLS} to {MOST_CELLS:,} cells")
    return rows[chosen], columns[chosen], counts[chosen]
