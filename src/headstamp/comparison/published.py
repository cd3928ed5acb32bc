"""The cells of two scans at every rotation, counted by the published rules."""

from __future__ import annotations

from typing import Final

import numpy as np

from headstamp.comparison.backend import Backend
from headstamp.comparison.cells import CutCells
from headstamp.comparison.congruence import RotatedCells, cmc, high_cmc
from headstamp.comparison.parameters import ComparisonParameters
from headstamp.comparison.pose import Pose
from headstamp.comparison.warp import Source
from headstamp.surfaces.prepared import Level

STEP_DEG: Final = 3.0
"""Rotations are 3 degrees apart, as in the published studies."""


def published_counts(
    a: Level, b: Level, pose: Pose, parameters: ComparisonParameters, on: Backend
) -> dict[str, int]:
    """Congruent cells by Song (2013) and Tong (2015): the smaller of the two directions.

    The studies search the whole scan for every cell; here each is sought about where the pose
    puts it, at every rotation, on the 25 um level. That favours neither rule.
    """
    forward = _at_rotations(a, b, pose, parameters, on)
    backward = _at_rotations(b, a, pose.inverse(), parameters, on)
    return {
        "cmc": min(cmc(forward), cmc(backward)),
        "high_cmc": min(high_cmc(forward), high_cmc(backward)),
    }


def _at_rotations(
    a: Level, b: Level, pose: Pose, parameters: ComparisonParameters, on: Backend
) -> RotatedCells:
    """Cells of A sought on B, which is turned back onto A by every rotation."""
    count = int(parameters.rotation_range_deg // STEP_DEG)
    angles = np.radians(STEP_DEG * np.arange(-count, count + 1))
    grid = parameters.grid(a.spacing, parameters.coarse_search)
    source, found = Source.of(b), []
    cells = CutCells.of((a.values, a.valid), grid, on)
    for angle in angles:
        turned = Pose(float(angle), pose.shift).inverse()
        carried = source.carried(turned, a.codes.shape)
        found.append(cells.seek(carried))
    return RotatedCells(
        angles,
        np.stack([matches.displacement for matches in found]) * a.spacing,
        np.stack([matches.correlation for matches in found]),
    )
