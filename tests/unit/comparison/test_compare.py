"""Laws of a comparison, on synthetic surfaces whose truth is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import ndimage

from headstamp.comparison.compare import compare
from headstamp.comparison.parameters import ComparisonParameters
from headstamp.errors import UnsuitableScanError
from headstamp.surfaces.preparation import prepare
from headstamp.surfaces.prepared import PreparationParameters, PreparedScan
from headstamp.surfaces.topography import Topography

Texture = Callable[..., Topography]
Prepared = Callable[..., PreparedScan]


def turned(scan: Topography, angle_deg: float, shift_um: tuple[float, float]) -> Topography:
    """The scan as seen after p' = R p + t, resampled by cubic splines (not by our own warp)."""
    angle = np.radians(angle_deg)
    matrix = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    centre = (np.asarray(scan.heights.shape) - 1) / 2
    offset = centre - matrix.T @ (centre + np.asarray(shift_um) * 1e-6 / scan.spacing)
    filled = np.where(scan.valid, scan.heights, 0).astype(np.float64)
    moved = ndimage.affine_transform(filled, matrix.T, offset, order=3)
    valid = ndimage.affine_transform(scan.valid.astype(float), matrix.T, offset, order=1) > 0.99
    return scan.with_heights(np.where(valid, moved, np.nan).astype(np.float32))


def test_a_scan_compared_with_itself_is_fully_congruent(prepared: Prepared) -> None:
    same = compare(prepared(1), prepared(1))
    assert same.congruent_cells == same.cells > 30
    assert same.aligned_correlation == pytest.approx(1.0, abs=1e-6)
    assert abs(same.pose.rotation_deg) < 0.05
    assert np.abs(same.pose.shift).max() < 1e-6


def test_firings_of_one_gun_agree_and_of_two_do_not(prepared: Prepared) -> None:
    one, again, other = prepared(1, 11), prepared(1, 12), prepared(2, 13)
    same, different = compare(one, again), compare(one, other)
    assert same.congruent_fraction > 0.8
    assert different.congruent_fraction < 0.2
    assert same.aligned_correlation > 2 * different.aligned_correlation


@pytest.mark.parametrize(("angle", "shift"), [(13.3, (90, -140)), (-27.0, (-200, 35))])
def test_rotating_a_scan_rotates_the_estimate(
    texture: Texture, angle: float, shift: tuple[float, float]
) -> None:
    scan = texture(1)
    found = compare(prepare(scan), prepare(turned(scan, angle, shift)))
    assert found.pose.rotation_deg == pytest.approx(angle, abs=0.5)
    assert np.allclose(np.asarray(found.pose.shift) * 1e6, shift, atol=10)


def test_swapping_the_pair_inverts_the_pose(prepared: Prepared, texture: Texture) -> None:
    a, b = prepared(1, 11), prepare(turned(texture(1, 12), 17.0, (60, -80)))
    forward, backward = compare(a, b), compare(b, a)
    round_trip = backward.pose.after(forward.pose)
    assert abs(round_trip.rotation_deg) < 0.3
    assert np.abs(round_trip.shift).max() < 5e-6
    assert forward.aligned_correlation == pytest.approx(backward.aligned_correlation, abs=0.02)


def test_a_cell_is_where_the_pose_puts_it(prepared: Prepared, texture: Texture) -> None:
    found = compare(prepared(1), prepare(turned(texture(1), 10.0, (50, 50))))
    for table, pose in (
        (found.cells_of_a, found.pose),
        (found.cells_of_b, found.pose.inverse()),
    ):
        apart = np.linalg.norm(pose.apply(table.centre) - table.found, axis=1)
        assert np.median(apart[table.congruent]) < 10e-6


def test_a_mirrored_scan_does_not_match(texture: Texture, prepared: Prepared) -> None:
    scan = texture(1)
    mirrored = compare(prepared(1), prepare(scan.with_heights(scan.heights[:, ::-1])))
    assert mirrored.congruent_fraction < 0.2
    assert mirrored.aligned_correlation < 0.4


def test_a_full_circle_finds_any_rotation(texture: Texture) -> None:
    scan = texture(1)
    other = prepare(turned(scan, 151.0, (0, 0)))
    everywhere = ComparisonParameters(rotation_range_deg=180.0)
    assert compare(prepare(scan), other).congruent_fraction < 0.2
    assert compare(prepare(scan), other, everywhere).pose.rotation_deg == pytest.approx(
        151.0, abs=0.5
    )


def test_a_canvas_cropped_off_centre_changes_the_pose_by_the_crop(texture: Texture) -> None:
    scan = texture(1)
    cropped = Topography(scan.heights[60:, 20:], scan.spacing)
    found = compare(prepare(scan), prepare(cropped))
    expected = np.array([-60, -20]) * scan.spacing / 2
    assert np.allclose(found.pose.shift, expected, atol=10e-6)


def test_scans_that_nowhere_overlap_are_an_answer_and_not_a_crash(texture: Texture) -> None:
    scan = texture(1)
    rows, columns = np.indices(scan.heights.shape)
    bars = scan.valid & (rows % 40 < 12) & (columns < 136)
    spread = scan.valid & (columns % 40 < 12) & (rows < 136)
    strict = ComparisonParameters(least_overlap=5e-6)
    found = compare(prepare(scan, mask=bars), prepare(scan, mask=spread), strict)
    assert found.cells == found.congruent_cells == 0
    assert np.isnan(found.aligned_correlation)
    assert found.reason


def test_the_discount_for_small_overlaps_spares_large_ones(prepared: Prepared) -> None:
    a, b = prepared(1, 11), prepared(1, 12)
    plain = compare(a, b, ComparisonParameters(full_overlap=0.1e-6))
    harsh = compare(a, b, ComparisonParameters(full_overlap=4 * plain.overlap))
    assert harsh.aligned_correlation == pytest.approx(0.5 * plain.aligned_correlation, rel=0.02)


def test_scans_prepared_differently_are_refused(texture: Texture) -> None:
    other = prepare(texture(1), PreparationParameters(cutoff_long=300e-6))
    with pytest.raises(UnsuitableScanError, match="prepared differently"):
        compare(prepare(texture(1)), other)


def test_without_the_fine_pass_the_cells_are_those_of_the_coarse_level(prepared: Prepared) -> None:
    quick = compare(prepared(1, 11), prepared(1, 12), ComparisonParameters(fine=False))
    assert quick.congruent_fraction > 0.8


def test_published_rules_separate_the_same_pairs(prepared: Prepared) -> None:
    same = compare(prepared(1, 11), prepared(1, 12), published=True)
    different = compare(prepared(1, 11), prepared(2, 13), published=True)
    assert same.published["cmc"] >= 6 > different.published["cmc"]
    assert same.published["high_cmc"] >= 6 > different.published["high_cmc"]
