"""The cells of two scans at every rotation, counted by the published rules."""

from __future__ import annotations

from typing import Final

import numpy as np

from headstamp.comparison.backend import Backend
from headstamp.comparison.cells import CellMatches, match_cells
from headstamp.comparison.congruence import cmc, high_cmc
from headstamp.comparison.parameters import ComparisonParameters
from headstamp.comparison.pose import Pose
from headstamp.comparison.warp import warp
from headstamp.surfaces.prepared import Level, PreparedScan

STEP_DEG: Final = 3.0
"""Rotations are 3 degrees apart, as in the published studies."""


def published_counts(
    a: PreparedScan, b: PreparedScan, pose: Pose, parameters: ComparisonParameters, on: Backend
) -> dict[str, int]:
    return {}
