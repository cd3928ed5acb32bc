"""Settings of a comparison, with the values shipped."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from headstamp.comparison.cells import CellGrid

COMPARISON_VERSION: Final = 1
"""Raised whenever the same two prepared scans would compare to other numbers."""


@dataclass(frozen=True, slots=True)
class ComparisonParameters:
    """All lengths in metres, areas in square metres, angles in degrees where the name says so.

    Parameters
    ----------
    rotation_range_deg, rotation_step_deg : float
        Rotations tried: -range .. range. A range of 180 is the full circle.
    shift_margin : float
        How far the smaller scan may stick out over the larger one's edge, from wherever it lies.
    candidates, candidates_partial : int
        Poses taken on to the cells; more of them for a partial mark, whose few points leave the
        true pose less often the very best.
    partial_area : float
        Usable surface of the smaller scan below which it is a partial mark.
    candidate_separation_deg, candidate_separation : float
        How far apart two of them must be, in angle or in place.
    least_overlap : float
        Surface that two scans must share at a pose.
    full_overlap : float
        Shared surface from which the aligned correlation counts in full; below, it is multiplied
        by the square root of the share, since a correlation's chance scatter grows that way.
    cell_size : float
        Side of a square cell.
    cell_fill : float
        Share of a cell that must be measured.
    coarse_search, fine_search : float
        How far a cell is sought from where the pose puts it, at 25 and at 12.5 um.
    correlation_threshold : float
        Least correlation of a congruent cell (T).
    tolerance : float
        Largest distance of a congruent cell from the consensus pose.
    largest_turn_deg : float
        Largest rotation that the consensus may add to a candidate's.
    fine : bool
        Whether the 12.5 um pass is made; without it the 25 um cells are the answer.
    """

    rotation_range_deg: float = 30.0
    rotation_step_deg: float = 2.0
    shift_margin: float = 1.0e-3
    candidates: int = 3
    candidates_partial: int = 10
    partial_area: float = 1.0e-6
    candidate_separation_deg: float = 4.0
    candidate_separation: float = 150e-6
    least_overlap: float = 0.1e-6
    full_overlap: float = 1.0e-6
    cell_size: float = 450e-6
    cell_fill: float = 0.3
    coarse_search: float = 150e-6
    fine_search: float = 100e-6
    correlation_threshold: float = 0.5
    tolerance: float = 50e-6
    largest_turn_deg: float = 4.0
    fine: bool = True

    def grid(self, spacing: float, search: float) -> CellGrid:
        """The cells on a level of this spacing (metres), sought this far (metres)."""
        return CellGrid(round(self.cell_size / spacing), round(search / spacing), self.cell_fill)

    def as_dict(self) -> dict[str, Any]:
        """Names and values, for a report."""
        return asdict(self)
