"""Published decision rules, so that results can be set beside the literature.

Both work on cells of one scan sought on the other at every rotation of a grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

SONG_THRESHOLD: Final = 6
"""Congruent cells from which Song (2013) calls two cases fired by the same gun."""

CORRELATION: Final = 0.5
TOLERANCE: Final = 125e-6
"""Metres along each axis: 20 points of 6.25 um, as in the published studies."""

TOLERANCE_DEG: Final = 6.0
HIGH_MARGIN: Final = 1
"""Rotations whose count comes within this of the largest are high ones (Tong 2015)."""


@dataclass(frozen=True, slots=True, eq=False)
class RotatedCells:
    """The same n cells registered at K rotations.

    Parameters
    ----------
    angles : float64 (K,)
        Radians.
    displacement : float64 (K, n, 2)
        Metres.
    correlation : float64 (K, n)
    """

    angles: NDArray[np.float64]
    displacement: NDArray[np.float64]
    correlation: NDArray[np.float64]


def cmc(cells: RotatedCells) -> int:
    """Congruent matching cells after Song (2013).

    Each cell is taken at the rotation where it correlates best. It counts when that correlation
    reaches 0.5 and its rotation and both shifts lie within the tolerances of the medians over all
    cells, the virtual reference.
    """
    count = cells.correlation.shape[1]
    if not count:
        return 0
    best = cells.correlation.argmax(axis=0)
    item = np.arange(count)
    turn = np.degrees(cells.angles[best])
    place = cells.displacement[best, item]
    near = np.all(np.abs(place - np.median(place, axis=0)) <= TOLERANCE, axis=1)
    near &= np.abs(turn - np.median(turn)) <= TOLERANCE_DEG
    return int(np.count_nonzero(near & (cells.correlation[best, item] >= CORRELATION)))


def high_cmc(cells: RotatedCells) -> int:
    """High congruent matching cells after Tong, Song and Chu (2015).

    At every rotation the cells near that rotation's median shift are counted. Rotations whose
    count comes within one of the largest are high; when they lie together, the cells congruent at
    any of them are counted, each once. Scattered high rotations are no evidence of one common
    rotation, and the count by Song's rule is returned.
    """
    if not cells.correlation.shape[1]:
        return 0
    middle = np.median(cells.displacement, axis=1, keepdims=True)
    near = np.all(np.abs(cells.displacement - middle) <= TOLERANCE, axis=2)
    congruent = near & (cells.correlation >= CORRELATION)
    counts = congruent.sum(axis=1)
    high = counts >= counts.max() - HIGH_MARGIN
    spread = float(np.ptp(np.degrees(cells.angles[high])))
    if counts.max() == 0 or spread > TOLERANCE_DEG:
        return cmc(cells)
    return int(np.count_nonzero(congruent[high].any(axis=0)))
