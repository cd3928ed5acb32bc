"""Compare two scans by congruent matching cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from headstamp.comparison.alignment import Still, aligned_correlation, refine
from headstamp.comparison.backend import Backend, backend
from headstamp.comparison.cells import CellMatches, Image, match_cells
from headstamp.comparison.consensus import Consensus, consensus
from headstamp.comparison.parameters import ComparisonParameters
from headstamp.comparison.pose import Pose
from headstamp.comparison.published import published_counts
from headstamp.comparison.registration import QueryPoses, pose_candidates
from headstamp.comparison.result import CellTable, Comparison
from headstamp.comparison.warp import Source
from headstamp.errors import UnsuitableScanError
from headstamp.surfaces.prepared import PreparedScan

NO_OVERLAP: Final = "the two scans nowhere share the least overlap"


def compare(
    a: PreparedScan,
    b: PreparedScan,
    parameters: ComparisonParameters | None = None,
    *,
    published: bool = False,
) -> Comparison:
    """Find how A lies on B and how many of their cells agree about it.

    Parameters
    ----------
    a, b : PreparedScan
        Prepared with the same parameters.
    parameters : ComparisonParameters, optional
    published : bool
        Whether the decision rules of the literature are counted too (slower).

    Raises
    ------
    UnsuitableScanError
        If the two were prepared differently.
    """
    parameters = parameters or ComparisonParameters()
    if a.parameters != b.parameters:
        raise UnsuitableScanError("the two scans were prepared differently; prepare them again")
    poses = QueryPoses.of(a.pose, parameters)
    return compare_query(a, poses, b, published=published)


def compare_query(
    a: PreparedScan, poses: QueryPoses, b: PreparedScan, *, published: bool = False
) -> Comparison:
    """``compare`` with the query's turned images at hand; the steps of the method.

    1. Pose candidates at 50 um.
    2. At each candidate, cells of A sought on B at 25 um; the candidate with most support is kept.
    3. The consensus of its cells corrects the pose.
    4. Cells of both scans, each sought on the other, at 12.5 um about the corrected pose.
    5. Congruent cells, and the correlation of the whole surfaces at the final pose.
    """
    parameters, on = poses.parameters, backend(poses.backend_name)
    candidates = pose_candidates(poses, b.pose)
    if not candidates:
        return _empty(parameters)
    moving, still = Source.of(a.coarse), Still.of(b.coarse)
    image = b.coarse.values, b.coarse.valid
    corrected = [_corrected(moving, image, found.pose, parameters, on) for found in candidates]
    pose = max(corrected, key=lambda pose: _likeness(moving, still, pose, parameters))
    cells = _cells_both_ways(a, b, pose, parameters, on)
    pose, correlation, overlap = refine(moving, still, cells.pose, parameters)
    counts = published_counts(a.coarse, b.coarse, pose, parameters, on) if published else {}
    comparison = Comparison(
        pose=pose,
        aligned_correlation=correlation,
        overlap=overlap,
        cells_of_a=cells.of_a,
        cells_of_b=cells.of_b,
        cell_size=parameters.cell_size,
        published=counts,
        reason="" if np.isfinite(correlation) else NO_OVERLAP,
    )
    return _about_canvases(comparison, a.centre, b.centre)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Cells of both scans about one pose, and the pose after their consensus."""

    pose: Pose
    of_a: CellTable
    of_b: CellTable


def _corrected(
    moving: Source, image: Image, pose: Pose, parameters: ComparisonParameters, on: Backend
) -> Pose:
    """The candidate after the consensus of A's cells on B."""
    grid = parameters.grid(moving.spacing, parameters.coarse_search)
    matches = match_cells(moving.carried(pose, image[0].shape), image, grid, on)
    return _moved(_consensus(matches, moving.spacing, parameters), moving.spacing).after(pose)


def _likeness(moving: Source, still: Still, pose: Pose, parameters: ComparisonParameters) -> float:
    correlation, _ = aligned_correlation(moving, still, pose, parameters)
    return correlation if np.isfinite(correlation) else -1.0


def _cells_both_ways(
    a: PreparedScan, b: PreparedScan, pose: Pose, parameters: ComparisonParameters, on: Backend
) -> _Cells:
    """Cells of each scan sought on the other, on the finest level asked for."""
    level_a, level_b, search = a.coarse, b.coarse, parameters.coarse_search
    if parameters.fine:
        level_a, level_b, search = a.fine, b.fine, parameters.fine_search
    spacing = level_a.spacing
    grid = parameters.grid(spacing, search)
    carried = Source.of(level_a).carried(pose, level_b.codes.shape)
    still = level_b.values, level_b.valid
    forward = match_cells(carried, still, grid, on)
    backward = match_cells(still, carried, grid, on)
    agreed = _consensus(_joined(forward, backward), spacing, parameters)
    first, second = slice(0, len(forward)), slice(len(forward), None)
    return _Cells(
        _moved(agreed, spacing).after(pose),
        _table_of_a(forward, agreed.part(first), pose, spacing),
        _table_of_b(backward, agreed.part(second), pose, spacing),
    )


def _joined(forward: CellMatches, backward: CellMatches) -> CellMatches:
    """Both directions as movements of A's cells: B's cells move the other way."""
    return CellMatches(
        np.concatenate([forward.centre, backward.centre + backward.displacement]),
        np.concatenate([forward.displacement, -backward.displacement]),
        np.concatenate([forward.correlation, backward.correlation]),
    )


def _consensus(matches: CellMatches, spacing: float, parameters: ComparisonParameters) -> Consensus:
    return consensus(
        matches,
        parameters.correlation_threshold,
        parameters.tolerance / spacing,
        float(np.radians(parameters.largest_turn_deg)),
    )


def _moved(found: Consensus, spacing: float) -> Pose:
    return Pose(found.turn, (float(found.shift[0] * spacing), float(found.shift[1] * spacing)))


def _table_of_a(matches: CellMatches, agreed: Consensus, pose: Pose, spacing: float) -> CellTable:
    """Cells of A: their centres on A itself, and where they were found on B."""
    return CellTable(
        centre=pose.inverse().apply(matches.centre * spacing),
        found=(matches.centre + matches.displacement) * spacing,
        correlation=matches.correlation,
        residual=agreed.residual * spacing,
        congruent=agreed.congruent,
    )


def _table_of_b(matches: CellMatches, agreed: Consensus, pose: Pose, spacing: float) -> CellTable:
    """Cells of B: their centres on B, and where they were found on A itself."""
    return CellTable(
        centre=matches.centre * spacing,
        found=pose.inverse().apply((matches.centre + matches.displacement) * spacing),
        correlation=matches.correlation,
        residual=agreed.residual * spacing,
        congruent=agreed.congruent,
    )


def _about_canvases(
    comparison: Comparison, centre_a: tuple[float, float], centre_b: tuple[float, float]
) -> Comparison:
    """From positions about the centres of the levels to those about the centres of the scans."""
    pose = comparison.pose
    to_level = Pose(0.0, (-centre_a[0], -centre_a[1]))
    from_level = Pose(0.0, centre_b)
    a, b = comparison.cells_of_a, comparison.cells_of_b
    here, there = np.asarray(centre_a), np.asarray(centre_b)
    return replace(
        comparison,
        pose=from_level.after(pose.after(to_level)),
        cells_of_a=replace(a, centre=a.centre + here, found=a.found + there),
        cells_of_b=replace(b, centre=b.centre + there, found=b.found + here),
    )


def _empty(parameters: ComparisonParameters) -> Comparison:
    table = CellTable(
        np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0), np.zeros(0), np.zeros(0, bool)
    )
    return Comparison(
        pose=Pose(),
        aligned_correlation=float("nan"),
        overlap=0.0,
        cells_of_a=table,
        cells_of_b=table,
        cell_size=parameters.cell_size,
        reason=NO_OVERLAP,
    )
