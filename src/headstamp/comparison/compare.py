"""Compare two scans by congruent matching cells."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from headstamp.comparison.alignment import aligned_correlation, refine
from headstamp.comparison.backend import Backend, backend
from headstamp.comparison.cells import CellMatches, Image, match_cells
from headstamp.comparison.consensus import Consensus, consensus
from headstamp.comparison.parameters import ComparisonParameters
from headstamp.comparison.pose import Pose
from headstamp.comparison.published import published_counts
from headstamp.comparison.registration import QueryPoses, pose_candidates
from headstamp.comparison.result import CellTable, Comparison
from headstamp.comparison.warp import warp
from headstamp.errors import UnsuitableScanError
from headstamp.surfaces.prepared import Level, PreparedScan

_NO_POSE: Final = "the two scans nowhere share the least overlap"


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
    candidates = [c.pose for c in pose_candidates(poses, b.pose)]
    if not candidates:
        return _empty(parameters)
    tried = [_correct(a.coarse, b.coarse, pose, parameters, on) for pose in candidates]
    pose, _ = max(tried, key=lambda item: item[1])
    level_a, level_b, search = a.coarse, b.coarse, parameters.coarse_search
    if parameters.fine:
        level_a, level_b, search = a.fine, b.fine, parameters.fine_search
    return _conclude(a, b, (level_a, level_b), pose, search, parameters, on, published)




def _correct(
    a: Level, b: Level, pose: Pose, parameters: ComparisonParameters, on: Backend
) -> tuple[Pose, float]:
    """The candidate after its cells' consensus, and the aligned correlation there."""
    carried = warp(a.values, a.valid, pose, a.spacing, _shape(b))
    matches = _match(carried, (b.values, b.valid), a.spacing, parameters.coarse_search, parameters, on)
    found = _consensus(matches, a.spacing, parameters)
    corrected = _moved(found, a.spacing).after(pose)
    correlation, _ = aligned_correlation(a, b, corrected, parameters)
    return corrected, correlation if np.isfinite(correlation) else -1.0


def _conclude(
    a: PreparedScan,
    b: PreparedScan,
    levels: tuple[Level, Level],
    pose: Pose,
    search: float,
    parameters: ComparisonParameters,
    on: Backend,
    published: bool,
) -> Comparison:
    level_a, level_b = levels
    spacing = level_a.spacing
    carried = warp(level_a.values, level_a.valid, pose, spacing, _shape(level_b))
    still: Image = (level_b.values, level_b.valid)
    forward = _match(carried, still, spacing, search, parameters, on)
    backward = _match(still, carried, spacing, search, parameters, on)
    agreed = _consensus(_joined(forward, backward), spacing, parameters)
    count = len(forward)
    final = _moved(agreed, spacing).after(pose)
    final, correlation, overlap = refine(a.coarse, b.coarse, final, parameters)
    comparison = Comparison(
        pose=final,
        aligned_correlation=correlation,
        overlap=overlap,
        cells_of_a=_table_of_a(forward, agreed, pose, spacing, slice(0, count)),
        cells_of_b=_table_of_b(backward, agreed, pose, spacing, slice(count, None)),
        cell_size=parameters.cell_size,
        reason="" if np.isfinite(correlation) else _NO_POSE,
    )
    if published:
        comparison = replace(comparison, published=published_counts(a, b, final, parameters, on))
    return _about_canvases(comparison, a.centre, b.centre)


def _match(
    reference: Image,
    target: Image,
    spacing: float,
    search: float,
    parameters: ComparisonParameters,
    on: Backend,
) -> CellMatches:
    side, reach = round(parameters.cell_size / spacing), round(search / spacing)
    return match_cells(reference, target, side, reach, parameters.cell_fill, on)


def _joined(forward: CellMatches, backward: CellMatches) -> CellMatches:
    """Both directions as movements of A's cells: B's cells move the other way."""
    return CellMatches(
        np.concatenate([forward.centre, backward.centre + backward.displacement]),
        np.concatenate([forward.displacement, -backward.displacement]),
        np.concatenate([forward.correlation, backward.correlation]),
    )


def _consensus(
    matches: CellMatches, spacing: float, parameters: ComparisonParameters
) -> Consensus:
    return consensus(
        matches,
        parameters.correlation_threshold,
        parameters.tolerance / spacing,
        float(np.radians(parameters.largest_turn_deg)),
    )


def _moved(found: Consensus, spacing: float) -> Pose:
    return Pose(found.turn, (float(found.shift[0] * spacing), float(found.shift[1] * spacing)))


def _table_of_a(
    matches: CellMatches, agreed: Consensus, pose: Pose, spacing: float, part: slice
) -> CellTable:
    """Cells of A: their centres on A itself, and where they were found on B."""
    return CellTable(
        centre=pose.inverse().apply(matches.centre * spacing),
        found=(matches.centre + matches.displacement) * spacing,
        correlation=matches.correlation,
        residual=agreed.residual[part] * spacing,
        congruent=agreed.congruent[part],
    )


def _table_of_b(
    matches: CellMatches, agreed: Consensus, pose: Pose, spacing: float, part: slice
) -> CellTable:
    """Cells of B: their centres on B, and where they were found on A itself."""
    return CellTable(
        centre=matches.centre * spacing,
        found=pose.inverse().apply((matches.centre + matches.displacement) * spacing),
        correlation=matches.correlation,
        residual=agreed.residual[part] * spacing,
        congruent=agreed.congruent[part],
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
    table = CellTable(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0), np.zeros(0), np.zeros(0, bool))
    return Comparison(
        pose=Pose(),
        aligned_correlation=float("nan"),
        overlap=0.0,
        cells_of_a=table,
        cells_of_b=table,
        cell_size=parameters.cell_size,
        reason=_NO_POSE,
    )


def _shape(level: Level) -> tuple[int, int]:
    rows, columns = level.codes.shape
    return rows, columns
