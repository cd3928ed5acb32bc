"""Scans of any format, and how they become topographies."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from headstamp.errors import UnreadableScanError, UnsuitableScanError
from headstamp.formats.scan_conversion import converted
from headstamp.formats.scan_file import ScanFile, ScanMetadata
from headstamp.formats.scans import read_scan, scan_paths
from headstamp.formats.x3p import write_x3p
from headstamp.surfaces.preparation import prepare


def scan(heights: np.ndarray, x: float = 1e-6, y: float = 1e-6) -> ScanFile:
    return ScanFile(np.asarray(heights, float), x, y, name="a.x3p")


# The facts are those of shared/data/README.md.


@pytest.fixture(scope="module")
def odd(shared_data: Path) -> Path:
    """Files as they occur in the field."""
    return shared_data / "scans" / "formats"


def test_both_formats_hold_the_same_circle(odd):
    x3p, al3d = read_scan(odd / "circle.x3p"), read_scan(odd / "circle.al3d")
    assert (x3p.format, al3d.format) == ("x3p", "al3d")
    np.testing.assert_array_equal(x3p.heights, al3d.heights)
    assert x3p.spacing_x == pytest.approx(al3d.spacing_x, rel=1e-12)
    assert x3p.spacing_y == pytest.approx(al3d.spacing_y, rel=1e-12)


def test_the_logo_lies_in_a_folder_and_its_heights_are_metres(odd):
    logo = read_scan(odd / "csafe-logo.x3p")
    assert logo.heights.shape == (419, 741)
    assert logo.spacing_x == pytest.approx(6.45e-7)
    assert 1e-7 < np.nanmax(logo.heights) < 1e-6
    assert any("increment" in warning for warning in logo.warnings)
    assert any("checksum" in warning for warning in logo.warnings)


@pytest.mark.parametrize(("name", "size"), [("pyramid.x3p", 100), ("testing.x3p", 4800)])
def test_tiny_files_hold_the_bytes_they_should(odd, name, size):
    assert read_scan(odd / name).heights.nbytes == size


def test_the_bullet_land_is_read_with_its_mask_and_not_compared(odd):
    land = read_scan(odd / "sample-land.x3p")
    assert land.region == "land_engraved_area"
    assert land.mask.shape == (*land.heights.shape, 3)
    assert any("namespace" in warning for warning in land.warnings)
    with pytest.raises(UnsuitableScanError, match="bullet"):
        prepare(land.topography())


def test_every_breech_face_is_read_without_repair(shared_data):
    files = scan_paths(shared_data / "scans" / "fadul")
    assert len(files) == 40
    for file in files:
        read = read_scan(file)
        assert read.heights.dtype == np.float64
        assert (read.spacing_x, read.spacing_y) == pytest.approx((6.25e-6, 6.25e-6))
        assert 0.2 < read.measured_share < 0.4
        assert read.warnings == ()


def test_the_format_is_known_by_content_not_by_name(odd, tmp_path):
    (tmp_path / "really.x3p").write_bytes((odd / "circle.al3d").read_bytes())
    assert read_scan(tmp_path / "really.x3p").format == "al3d"


def test_the_checksum_is_that_of_the_file(odd):
    import hashlib

    content = (odd / "pyramid.x3p").read_bytes()
    assert read_scan(odd / "pyramid.x3p").sha256 == hashlib.sha256(content).hexdigest()


def test_stray_files_are_no_scans(tmp_path):
    for name in ("a.x3p", "b/c.X3P", "b/d.al3d", "._a.x3p", "__MACOSX/a.x3p", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "folder.x3p").mkdir()
    found = [str(path.relative_to(tmp_path)) for path in scan_paths(tmp_path)]
    assert found == ["a.x3p", "b/c.X3P", "b/d.al3d"]


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(UnreadableScanError, match=r"gone\.x3p: there is no such file"):
        read_scan(tmp_path / "gone.x3p")


def test_an_empty_file_says_so(tmp_path):
    (tmp_path / "a.x3p").touch()
    with pytest.raises(UnreadableScanError, match=r"a\.x3p: the file is empty"):
        read_scan(tmp_path / "a.x3p")


@pytest.mark.parametrize("content", [b"\0" * 100, b"ISO", b"<html>", b"\x89PNG\r\n\x1a\n"])
def test_another_format_says_so(tmp_path, content):
    (tmp_path / "a.x3p").write_bytes(content)
    with pytest.raises(UnreadableScanError, match=r"a\.x3p: neither an X3P nor an AL3D"):
        read_scan(tmp_path / "a.x3p")


def test_a_folder_and_a_pipe_say_so(tmp_path):
    with pytest.raises(UnreadableScanError, match="a folder, not a scan"):
        read_scan(tmp_path)
    os.mkfifo(tmp_path / "pipe.x3p")
    with pytest.raises(UnreadableScanError, match="a device or a pipe"):
        read_scan(tmp_path / "pipe.x3p")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_closed_to_us_says_so(tmp_path):
    (tmp_path / "a.x3p").write_bytes(b"PK")
    (tmp_path / "a.x3p").chmod(0)
    with pytest.raises(UnreadableScanError, match="permission"):
        read_scan(tmp_path / "a.x3p")


@pytest.mark.parametrize("name", ["n" * 300, "a\0b"])
def test_a_name_that_no_file_has_says_so(name):
    with pytest.raises(UnreadableScanError, match="check"):
        read_scan(name)


def test_a_huge_file_is_refused_unread(tmp_path):
    with (tmp_path / "a.x3p").open("wb") as file:
        file.truncate(3_000_000_000)
    with pytest.raises(UnreadableScanError, match=r"3\.0 GB is too large"):
        read_scan(tmp_path / "a.x3p")


def test_heights_are_taken_about_their_median_in_double_precision():
    far = scan(np.array([[1.0, 1.0 + 1e-9, 1.0 + 3e-9]]))
    np.testing.assert_allclose(far.topography().heights, [[-1e-9, 0, 2e-9]], atol=1e-15)


def test_a_plane_on_unequal_spacings_is_the_same_plane_on_a_square_grid():
    y, x = np.indices((40, 30), float)
    flat = scan(0.1 * x * 2e-6 + 0.2 * y * 3e-6, 2e-6, 3e-6).topography()
    assert flat.spacing == 2e-6
    assert flat.heights.shape == (60, 30)
    inner = flat.heights[2:-2]
    np.testing.assert_allclose(np.diff(inner, axis=0), 0.2 * 2e-6, rtol=1e-3)
    np.testing.assert_allclose(np.diff(inner, axis=1), 0.1 * 2e-6, rtol=1e-3)


def test_interpolation_invents_nothing_beside_missing_points():
    heights = np.zeros((10, 3))
    heights[4, 1] = np.nan
    stretched = scan(heights, 1e-6, 2e-6).topography().heights
    assert np.isnan(stretched[:, 1]).sum() >= 2
    assert np.isfinite(stretched[:, [0, 2]]).all()


@pytest.mark.parametrize(("x", "y"), [(1e-6, 1e-5), (1e-5, 1e-6)])
def test_very_unequal_spacings_are_refused(x, y):
    with pytest.raises(UnsuitableScanError, match=r"a\.x3p: .*too unequal"):
        scan(np.zeros((5, 5)), x, y).topography()


def test_nothing_measured_is_refused():
    with pytest.raises(UnsuitableScanError, match=r"a\.x3p: no point was measured"):
        scan(np.full((5, 5), np.nan)).topography()


@pytest.mark.parametrize(
    ("comment", "feature", "region"),
    [
        (None, "SUR", "breech_face"),
        ("Bullet 3, land engraved area", "SUR", "land_engraved_area"),
        ("firing pin impression", "SUR", "firing_pin"),
        ("breech face without firing pin", "SUR", "breech_face"),
    ],
)
def test_the_region_is_what_the_file_says(comment, feature, region):
    said = ScanMetadata(comment=comment, feature_type=feature)
    assert replace(scan(np.zeros((2, 2))), metadata=said).region == region


def test_halving_the_precision_is_said_and_bounded():
    values = np.random.default_rng(1).normal(0, 1e-6, (20, 20))
    values[0, 0] = np.nan
    half = converted(scan(values), "float32")
    assert half.heights.dtype == np.float32
    np.testing.assert_allclose(half.heights, values, rtol=2.0**-24)
    assert "float32 changed heights" in half.warnings[-1]


def test_doubling_the_precision_changes_nothing():
    values = np.random.default_rng(1).normal(0, 1e-6, (5, 5)).astype(np.float32)
    double = converted(replace(scan(values), heights=values), "float64")
    np.testing.assert_array_equal(double.heights, values)
    assert double.warnings == ()


def test_heights_too_large_for_single_precision_are_refused():
    with pytest.raises(UnsuitableScanError, match="too large for float32"):
        converted(scan(np.array([[1e39, 0.0]])), "float32")


def test_nothing_measured_survives_a_round_trip(tmp_path):
    write_x3p(tmp_path / "a.x3p", scan(np.full((3, 3), np.nan)))
    assert np.isnan(read_scan(tmp_path / "a.x3p").heights).all()
