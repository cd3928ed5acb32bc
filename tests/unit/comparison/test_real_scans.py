"""The controls and the separation, on real breech faces with the shipped defaults."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from scipy import ndimage

from headstamp.comparison.compare import compare
from headstamp.comparison.parameters import ComparisonParameters
from headstamp.comparison.query import Query
from headstamp.evaluation.roc import auc
from headstamp.evaluation.thresholds import ALIGNED_CORRELATION, CONGRUENT_CELLS
from headstamp.formats.scans import read_scan
from headstamp.simulation.noise import noise_under_mask
from headstamp.surfaces.preparation import prepare
from headstamp.surfaces.prepared import PreparedScan
from headstamp.surfaces.topography import Topography

COARSE = ComparisonParameters(fine=False)


class Collection:
    """The 40 scans of 10 slides."""

    def __init__(self, folder: Path) -> None:
        with (folder / "sources.csv").open(encoding="utf-8", newline="") as table:
            rows = list(csv.DictReader(table))
        self.sources = [row["slide"] for row in rows]
        self.topographies = [read_scan(folder / row["file"]).topography() for row in rows]
        self.prepared = [prepare(topography) for topography in self.topographies]
        self.pairs = list(combinations(range(len(rows)), 2))
        self.same = np.array([self.sources[a] == self.sources[b] for a, b in self.pairs])


@pytest.fixture(scope="module")
def fadul(shared_data: Path) -> Collection:
    return Collection(shared_data / "scans" / "fadul")


def correlations(scans: list[PreparedScan], pairs: list[tuple[int, int]]) -> np.ndarray:
    queries = [Query.of(scan, COARSE) for scan in scans]
    found = [queries[a].compare(scans[b]).aligned_correlation for a, b in pairs]
    return np.nan_to_num(np.array(found), nan=-2.0)


def test_all_780_pairs_are_separated_at_the_thresholds_fixed_beforehand(fadul: Collection) -> None:
    queries = [Query.of(scan) for scan in fadul.prepared]
    found = [queries[a].compare(fadul.prepared[b]) for a, b in fadul.pairs]
    assert len(found) == 780
    assert fadul.same.sum() == 63
    correlation = np.nan_to_num([c.aligned_correlation for c in found], nan=-2.0)
    cells = np.array([c.congruent_cells for c in found])
    assert np.array_equal(correlation >= ALIGNED_CORRELATION, fadul.same)
    assert np.array_equal(cells >= CONGRUENT_CELLS, fadul.same)


def test_masks_alone_do_not_tell_the_gun(fadul: Collection) -> None:
    random = np.random.default_rng(1)
    noise = [prepare(noise_under_mask(scan, random)) for scan in fadul.topographies]
    assert 0.45 <= auc(correlations(noise, fadul.pairs), fadul.same) <= 0.55


def test_a_mirrored_scan_never_matches_its_gun(fadul: Collection) -> None:
    mirrored = [
        prepare(scan.with_heights(scan.heights[:, ::-1])) for scan in fadul.topographies[:20]
    ]
    for index, scan in enumerate(mirrored):
        found = compare(fadul.prepared[index], scan)
        assert found.aligned_correlation < ALIGNED_CORRELATION
        assert found.congruent_cells < CONGRUENT_CELLS


@pytest.mark.parametrize("index", [0, 13, 27])
def test_a_real_scan_compared_with_itself_is_fully_congruent(fadul: Collection, index: int) -> None:
    found = compare(fadul.prepared[index], fadul.prepared[index])
    assert found.congruent_cells == found.cells > 20
    assert found.aligned_correlation == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize(("angle", "shift"), [(11.7, (85.0, -130.0)), (-23.4, (-60.0, 210.0))])
def test_a_known_rotation_and_shift_of_a_real_scan_are_recovered(
    fadul: Collection, angle: float, shift: tuple[float, float]
) -> None:
    for index in (0, 9, 30):
        scan = fadul.topographies[index]
        found = compare(fadul.prepared[index], prepare(moved(scan, angle, shift)))
        assert found.pose.rotation_deg == pytest.approx(angle, abs=0.5)
        assert np.allclose(np.asarray(found.pose.shift) * 1e6, shift, atol=10)


def moved(scan: Topography, angle_deg: float, shift_um: tuple[float, float]) -> Topography:
    """p' = R p + t by scipy's cubic splines, on a larger canvas about the same centre."""
    margin = 60
    heights = np.pad(scan.heights, margin, constant_values=np.nan)
    valid = np.isfinite(heights)
    angle = np.radians(angle_deg)
    back = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    centre = (np.asarray(heights.shape) - 1) / 2
    offset = centre - back @ (centre + np.asarray(shift_um) * 1e-6 / scan.spacing)
    filled = np.where(valid, heights, 0.0).astype(np.float64)
    carried = ndimage.affine_transform(filled, back, offset, order=3)
    kept = ndimage.affine_transform(valid.astype(float), back, offset, order=1) > 0.999
    return Topography(np.where(kept, carried, np.nan).astype(np.float32), scan.spacing)


def test_swapping_real_scans_inverts_the_pose(fadul: Collection) -> None:
    chosen = [pair for pair, same in zip(fadul.pairs, fadul.same, strict=True) if same][::9]
    for a, b in chosen:
        forward = compare(fadul.prepared[a], fadul.prepared[b])
        backward = compare(fadul.prepared[b], fadul.prepared[a])
        round_trip = backward.pose.after(forward.pose)
        assert abs(round_trip.rotation_deg) < 0.5
        assert np.abs(round_trip.shift).max() < 10e-6


def test_a_constant_or_a_tilt_changes_nothing_about_a_real_pair(fadul: Collection) -> None:
    scan = fadul.topographies[0]
    y, x = np.indices(scan.heights.shape)
    tilted = scan.with_heights(scan.heights + 2e-5 + 4e-8 * y - 3e-8 * x)
    plain = compare(fadul.prepared[0], fadul.prepared[1])
    other = compare(prepare(tilted), fadul.prepared[1])
    assert other.aligned_correlation == pytest.approx(plain.aligned_correlation, abs=0.01)
    assert abs(other.congruent_cells - plain.congruent_cells) <= 2
    assert other.pose.rotation_deg == pytest.approx(plain.pose.rotation_deg, abs=0.1)


def test_torch_gives_the_same_answer_within_single_precision(fadul: Collection) -> None:
    pytest.importorskip("torch", reason="torch is not installed; TORCH=1 make test installs it")
    for a, b in [(0, 1), (0, 5), (20, 31)]:
        plain = Query.of(fadul.prepared[a]).compare(fadul.prepared[b])
        other = Query.of(fadul.prepared[a], backend="torch:cpu").compare(fadul.prepared[b])
        assert other.aligned_correlation == pytest.approx(plain.aligned_correlation, abs=2e-3)
        assert abs(other.congruent_cells - plain.congruent_cells) <= 1
