"""What a comparison of two scans found."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from headstamp.comparison.pose import Pose


@dataclass(frozen=True, slots=True, eq=False)
class CellTable:
    """The cells of one scan, each sought on the other.

    All arrays have one row a cell; empty tables have zero rows.

    Parameters
    ----------
    centre : float64 (n, 2)
        Cell centre on its own scan, (y, x) metres from the canvas centre.
    found : float64 (n, 2)
        Where its best match lies on the other scan, (y, x) metres from that canvas' centre.
    correlation : float64 (n,)
        Masked normalised cross-correlation at the best place, -1 to 1.
    residual : float64 (n,)
        Distance of ``found`` from where the consensus pose puts the cell, metres.
    congruent : bool (n,)
        Correlation and residual both within the limits.
    """

    centre: NDArray[np.float64]
    found: NDArray[np.float64]
    correlation: NDArray[np.float64]
    residual: NDArray[np.float64]
    congruent: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.correlation)

    @property
    def congruent_count(self) -> int:
        """Number of congruent cells."""
        return int(np.count_nonzero(self.congruent))


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two scans, A and B, compared.

    Parameters
    ----------
    pose : Pose
        Carries A onto B.
    aligned_correlation : float
        Masked normalised cross-correlation of the whole surfaces at that pose, -1 to 1;
        NaN when the overlap is too small for one (``reason`` says so).
    overlap : float
        Area both scans share at that pose, square metres.
    cells_of_a, cells_of_b : CellTable
        Cells of A sought on B, and of B sought on A.
    cell_size : float
        Side of a cell, metres.
    published : dict
        Published decision rules on the same cells: ``cmc`` (Song 2013) and ``high_cmc``
        (Tong 2015), each a number of congruent cells.
    reason : str
        Why the answer is empty, where it is; otherwise the empty string.
    """

    pose: Pose
    aligned_correlation: float
    overlap: float
    cells_of_a: CellTable
    cells_of_b: CellTable
    cell_size: float
    published: dict[str, int] = field(default_factory=dict)
    reason: str = ""

    @property
    def congruent_cells(self) -> int:
        """Congruent cells, both directions together."""
        return self.cells_of_a.congruent_count + self.cells_of_b.congruent_count

    @property
    def cells(self) -> int:
        """Cells compared, both directions together."""
        return len(self.cells_of_a) + len(self.cells_of_b)

    @property
    def congruent_fraction(self) -> float:
        """Share of the compared cells that are congruent; NaN without cells."""
        return self.congruent_cells / self.cells if self.cells else float("nan")
