"""Small made-up scans and results, so that reports can be built without files."""

from __future__ import annotations

import numpy as np
import pytest

from headstamp.comparison.pose import Pose
from headstamp.comparison.result import CellTable, Comparison
from headstamp.evaluation.calibration import Calibration
from headstamp.evaluation.method import Method
from headstamp.evaluation.reference import FixedErrorRate, ReferencePopulation
from headstamp.reports.comparison import ComparisonReport, ReportedScan
from headstamp.surfaces.prepared import (
    MISSING,
    Level,
    PreparationParameters,
    PreparedScan,
    Quality,
)
from headstamp.surfaces.topography import Topography

HASH_A = "a" * 63 + "1"
HASH_B = "b" * 63 + "2"


def topography(seed: int) -> Topography:
    """A disc of rough surface, 1.6 mm wide."""
    heights = np.random.default_rng(seed).normal(0.0, 1e-6, (64, 64)).astype(np.float32)
    y, x = np.mgrid[-31.5:32, -31.5:32]
    return Topography(np.where(np.hypot(y, x) < 30, heights, np.float32(np.nan)), 25e-6)


def prepared(seed: int) -> PreparedScan:
    """Levels of the same disc."""
    levels = []
    for size, spacing in ((32, 50e-6), (64, 25e-6), (128, 12.5e-6)):
        codes = np.random.default_rng(seed).integers(-90, 90, (size, size)).astype(np.int8)
        codes[: size // 8] = MISSING
        levels.append(Level(codes, spacing))
    return PreparedScan(
        *levels,
        centre=(0.0, 0.0),
        quality=Quality(2.0e-6, 0.8, ("little surface is left",)),
        parameters=PreparationParameters(),
    )


def cell_table(count: int, congruent: int) -> CellTable:
    """Cells in a row, the first of them congruent."""
    centre = np.stack([np.zeros(count), np.linspace(-5e-4, 5e-4, count)], axis=1)
    return CellTable(
        centre=centre,
        found=centre + 1e-5,
        correlation=np.linspace(0.87, 0.2, count),
        residual=np.full(count, 1e-5),
        congruent=np.arange(count) < congruent,
    )


def scan(name: str, sha256: str, seed: int) -> ReportedScan:
    """A scan with a name of its own."""
    return ReportedScan(name, sha256, topography(seed), prepared(seed), (("Format", "X3P"),))


@pytest.fixture(scope="session")
def comparison() -> Comparison:
    """Three of five cells of A and two of four cells of B are congruent."""
    return Comparison(
        pose=Pose(np.radians(10.0), (2e-5, -3e-5)),
        aligned_correlation=0.61,
        overlap=1.5e-6,
        cells_of_a=cell_table(5, 3),
        cells_of_b=cell_table(4, 2),
        cell_size=450e-6,
        published={"cmc": 7, "high_cmc": 8},
    )


@pytest.fixture(scope="session")
def nothing_compared() -> Comparison:
    """Two scans that share no surface."""
    empty = cell_table(0, 0)
    return Comparison(
        pose=Pose(),
        aligned_correlation=float("nan"),
        overlap=0.0,
        cells_of_a=empty,
        cells_of_b=empty,
        cell_size=450e-6,
        reason="the two scans nowhere share the least overlap",
    )


@pytest.fixture(scope="session")
def population() -> ReferencePopulation:
    """A population with bounds of -2 and 2.5."""
    return ReferencePopulation(
        name="test range",
        version=3,
        description="Made up for a test.",
        synthetic=True,
        scans=120,
        firearms=40,
        same_pairs=120,
        different_pairs=7020,
        instruments=("Confocal One",),
        calibres=("9 mm Luger",),
        ammunition=(),
        method=Method(1, 1, {}, {}),
        calibration=Calibration((0.0, 0.0), (1.0, 1.0), (1.0, 1.0), 0.0, -2.0, 2.5),
        cllr=0.123,
        cllr_min=0.1,
        cllr_floor=0.05,
        auc=0.99,
        equal_error_rate=0.02,
        cllr_interval=(0.1, 0.2),
        equal_error_rate_interval=(0.01, 0.04),
        error_rates=(
            FixedErrorRate("congruent_cells", 6, 1, 120, 2, 7020, (0.0, 0.05), (0.0, 0.001)),
        ),
    )


@pytest.fixture(scope="session")
def report(comparison: Comparison, population: ReferencePopulation) -> ComparisonReport:
    """A report with everything in it."""
    return ComparisonReport(
        a=scan("case-1.x3p", HASH_A, 1),
        b=scan("case-2.x3p", HASH_B, 2),
        comparison=comparison,
        population=population,
        log10_lr=1.5,
        parameters={"comparison": {"cell_size": 450e-6, "fine": True}},
        versions={"headstamp": "0.1.0", "processing": "1", "comparison": "1"},
        warnings=("the instrument of this case is not known",),
    )
