"""X3P as ISO 25178-72 allows it, and as it occurs."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from headstamp.errors import UnreadableScanError
from headstamp.formats.scan_file import ScanFile
from headstamp.formats.x3p import read_x3p

HEIGHTS = np.arange(12.0).reshape(3, 4)


def read(content: bytes) -> ScanFile:
    return read_x3p(io.BytesIO(content), "a.x3p")


def said(scan: ScanFile, words: str) -> bool:
    return any(words in warning for warning in scan.warnings)


def repairs(scan: ScanFile) -> list[str]:
    """Warnings but for those about the test's heights of metres."""
    return [warning for warning in scan.warnings if "check the unit" not in warning]


def test_rows_run_along_y_and_columns_along_x(x3p):
    scan = read(x3p.axis("CX", "I", "D", "2e-6", "3").axis("CY", "I", "D", "5e-6", "7").build())
    np.testing.assert_array_equal(scan.heights, HEIGHTS)
    assert (scan.spacing_x, scan.spacing_y) == (2e-6, 5e-6)
    assert (scan.offset_x, scan.offset_y) == (3.0, 7.0)
    assert repairs(scan) == []


@pytest.mark.parametrize(("code", "dtype"), [("F", np.float32), ("D", np.float64)])
def test_floating_point_heights_keep_their_type(x3p, code, dtype):
    scan = read(x3p.heights(HEIGHTS, code).build())
    assert scan.heights.dtype == dtype
    np.testing.assert_array_equal(scan.heights, HEIGHTS)


@pytest.mark.parametrize("code", ["I", "L"])
def test_whole_numbers_are_multiplied_by_the_increment(x3p, code):
    x3p.axis("CZ", "A", code, "2.5e-9", "1e-3")
    scan = read(x3p.heights(HEIGHTS - 6, code).build())
    np.testing.assert_allclose(scan.heights, (HEIGHTS - 6) * 2.5e-9 + 1e-3, rtol=1e-15)
    assert scan.warnings == ()


def test_negative_32_bit_heights_keep_their_sign(x3p):
    x3p.axis("CZ", "A", "L", "1e-9")
    scan = read(x3p.heights(np.array([[-(2**31), 2**31 - 1]]), "L").build())
    np.testing.assert_allclose(scan.heights, [[-2.147483648, 2.147483647]], rtol=1e-15)


def test_an_offset_of_heights_is_added_in_double_precision(x3p):
    x3p.axis("CZ", "A", "F", "1", "1.0")
    scan = read(x3p.heights(np.array([[0.0, 1e-9]]), "F").build())
    assert scan.heights[0, 1] - scan.heights[0, 0] == pytest.approx(1e-9, rel=1e-6)


def test_micrometres_with_their_increment_become_metres(x3p):
    x3p.axis("CZ", "A", "D", "1e-6")
    scan = read(x3p.heights(HEIGHTS).build())
    np.testing.assert_allclose(scan.heights, HEIGHTS * 1e-6, rtol=1e-15)
    assert said(scan, "they were multiplied")


def test_metres_with_a_needless_increment_stay_metres(x3p):
    x3p.axis("CZ", "A", "D", "1e-6")
    scan = read(x3p.heights(HEIGHTS * 1e-6).build())
    np.testing.assert_array_equal(scan.heights, HEIGHTS * 1e-6)
    assert said(scan, "taken as metres")


@pytest.mark.parametrize("kind", ["I", "Incremental"])
def test_a_z_axis_called_incremental_is_read(x3p, kind):
    x3p.axis("CZ", kind, "D", "1")
    scan = read(x3p.build())
    np.testing.assert_array_equal(scan.heights, HEIGHTS)
    assert said(scan, "incremental but stores values")


def test_axis_types_may_be_written_in_full(x3p):
    x3p.axis("CX", "Incremental", "D", "1e-6").axis("CZ", "Absolute", "D")
    np.testing.assert_array_equal(read(x3p.build()).heights, HEIGHTS)


def stored_places(x3p, x: np.ndarray, y: np.ndarray, codes: str = "DDD") -> ScanFile:
    grid_y, grid_x = np.meshgrid(y, x, indexing="ij")
    types = {"I": "<i2", "L": "<i4", "F": "<f4", "D": "<f8"}
    table = np.empty(grid_x.size, [(axis, types[c]) for axis, c in zip("xyz", codes, strict=True)])
    table["x"], table["y"], table["z"] = grid_x.ravel(), grid_y.ravel(), np.arange(grid_x.size)
    x3p.data = table.tobytes()
    x3p.size = (len(x), len(y), 1)
    return read(x3p.build())


def test_absolute_places_give_spacing_and_offset(x3p):
    x3p.axis("CX").axis("CY")
    scan = stored_places(x3p, 5e-3 + 2e-6 * np.arange(4), -1e-3 + 3e-6 * np.arange(3))
    np.testing.assert_array_equal(scan.heights, HEIGHTS)
    assert (scan.spacing_x, scan.spacing_y) == pytest.approx((2e-6, 3e-6))
    assert (scan.offset_x, scan.offset_y) == pytest.approx((5e-3, -1e-3))
    assert repairs(scan) == []


def test_places_of_other_types_than_the_heights(x3p):
    x3p.axis("CX", "A", "I", "2e-6").axis("CY", "A", "L", "3e-6").axis("CZ", "A", "F")
    scan = stored_places(x3p, np.arange(4), np.arange(3), "ILF")
    assert scan.heights.dtype == np.float32
    assert (scan.spacing_x, scan.spacing_y) == pytest.approx((2e-6, 3e-6))


def test_one_axis_may_be_absolute(x3p):
    x3p.axis("CY")
    table = np.zeros(12, [("y", "<f8"), ("z", "<f8")])
    table["y"], table["z"] = np.repeat(np.arange(3) * 4e-6, 4), np.arange(12)
    x3p.data = table.tobytes()
    scan = read(x3p.build())
    np.testing.assert_array_equal(scan.heights, HEIGHTS)
    assert (scan.spacing_x, scan.spacing_y) == pytest.approx((1e-6, 4e-6))


def test_places_that_run_backwards_turn_the_scan_and_its_mask_round(x3p):
    colours = np.zeros((3, 4, 3), np.uint8)
    colours[0, 0] = 255
    x3p.extra["bindata/mask.png"] = _png(colours)
    x3p.axis("CX").axis("CY")
    scan = stored_places(x3p, 2e-6 * np.arange(4)[::-1], 3e-6 * np.arange(3))
    np.testing.assert_array_equal(scan.heights, HEIGHTS[:, ::-1])
    assert scan.mask[0, 3, 0] == 255
    assert said(scan, "run backwards")


def test_uneven_places_are_said(x3p):
    x3p.axis("CX").axis("CY")
    scan = stored_places(x3p, np.array([0, 1, 2, 3.5]) * 1e-6, np.arange(3) * 1e-6)
    assert said(scan, "uneven")
    assert scan.spacing_x == pytest.approx(1e-6)


def test_a_list_of_points_in_any_order_is_put_on_its_grid(x3p):
    x3p.axis("CX").axis("CY")
    x3p.points = 10
    y, x = (part.ravel() for part in np.indices((3, 4)))
    order = np.random.default_rng(1).permutation(12)[:10]
    table = np.stack([x * 2e-6, y * 3e-6, np.arange(12.0)], axis=1)[order]
    x3p.data = table.astype("<f8").tobytes()
    scan = read(x3p.build())
    expected = np.full(12, np.nan)
    expected[order] = order
    np.testing.assert_array_equal(scan.heights, expected.reshape(3, 4))
    assert (scan.spacing_x, scan.spacing_y) == pytest.approx((2e-6, 3e-6))
    assert said(scan, "a list of 10 points")


def test_a_list_without_a_grid_is_refused(x3p):
    x3p.axis("CX").axis("CY")
    x3p.points = 500
    x3p.data = np.random.default_rng(1).random((500, 3)).astype("<f8").tobytes()
    with pytest.raises(UnreadableScanError, match="do not lie on a grid"):
        read(x3p.build())


def test_heights_in_the_document_with_gaps_and_exponents(x3p):
    x3p.inline = ["1e-6", "-2.5E-06", "", " 3.0e-6 ", *["0"] * 8]
    scan = read(x3p.build())
    np.testing.assert_array_equal(scan.heights[0], [1e-6, -2.5e-6, np.nan, 3e-6])
    assert scan.warnings == ()


def test_places_in_the_document(x3p):
    x3p.axis("CX").axis("CY")
    x3p.inline = [f"{x}e-6;{y}e-6;{4 * y + x}" for y in range(3) for x in range(4)]
    scan = read(x3p.build())
    np.testing.assert_array_equal(scan.heights, HEIGHTS)
    assert scan.spacing_y == pytest.approx(1e-6)


def test_single_precision_text_has_single_precision(x3p):
    x3p.axis("CZ", "A", "F")
    x3p.inline = ["0.1"] * 12
    assert read(x3p.build()).heights.dtype == np.float32


def test_whole_numbers_in_the_document_are_multiplied(x3p):
    x3p.axis("CZ", "A", "I", "1e-9")
    x3p.inline = ["5", "", *["1"] * 10]
    np.testing.assert_allclose(read(x3p.build()).heights[0], [5e-9, np.nan, 1e-9, 1e-9])


@pytest.mark.parametrize("text", ["high", "1;2;x", "1,5"])
def test_what_is_no_number_in_the_document_is_refused(x3p, text):
    x3p.inline = [text, *["0"] * 11]
    with pytest.raises(UnreadableScanError, match=r"a\.x3p: point 1 in main\.xml"):
        read(x3p.build())


def test_validity_bits_start_with_the_lowest(x3p):
    x3p.axis("CZ", "A", "I", "1e-9")
    x3p.heights(HEIGHTS, "I")
    x3p.valid = bytes([0b11111110, 0b00001011])
    missing = np.isnan(read(x3p.build()).heights).ravel()
    assert np.flatnonzero(missing).tolist() == [0, 10]


def test_validity_keeps_single_precision(x3p):
    x3p.heights(HEIGHTS, "F")
    x3p.valid = bytes([0xFF, 0x0E])
    scan = read(x3p.build())
    assert scan.heights.dtype == np.float32
    assert np.isnan(scan.heights[2, 0])


def test_a_validity_file_that_is_too_short_is_said(x3p):
    x3p.valid = b"\xff"
    assert said(read(x3p.build()), "every point was taken as measured")


def test_a_wrong_checksum_of_the_valid_points_is_said(x3p):
    x3p.valid, x3p.valid_md5 = b"\xff\xff", "0" * 32
    assert said(read(x3p.build()), "checksum of the valid points")


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("data_md5", "0" * 32, "checksum of the heights does not agree"),
        ("data_md5", None, "no checksum of its heights"),
        ("document_md5", "0" * 32, "checksum of main.xml does not agree"),
        ("document_md5", None, "no checksum of main.xml"),
        ("document_md5", "", "checksum of main.xml does not agree"),
    ],
)
def test_checksums_that_are_wrong_or_missing_are_said(x3p, part, value, words):
    setattr(x3p, part, value)
    scan = read(x3p.build())
    assert said(scan, words)
    np.testing.assert_array_equal(scan.heights, HEIGHTS)


def test_a_checksum_in_capitals_is_right(x3p):
    import hashlib

    x3p.data_md5 = hashlib.md5(x3p.data, usedforsecurity=False).hexdigest().upper()
    assert repairs(read(x3p.build())) == []


@pytest.mark.parametrize("namespace", ["", 'xmlns="urn:other"'])
def test_a_missing_or_other_namespace_does_not_matter(x3p, namespace):
    x3p.namespace, x3p.prefix = namespace, ""
    scan = read(x3p.build())
    np.testing.assert_array_equal(scan.heights, HEIGHTS)
    assert said(scan, "no XML namespace") == (not namespace)


@pytest.mark.parametrize("folder", ["scan/", "a/b/", "./"])
def test_everything_may_lie_in_a_folder(x3p, folder):
    x3p.folder = folder
    np.testing.assert_array_equal(read(x3p.build()).heights, HEIGHTS)


def test_stray_system_files_are_passed_over(x3p):
    x3p.folder = "scan/"
    x3p.extra = {
        "__MACOSX/main.xml": b"junk",
        "__MACOSX/scan/._main.xml": b"junk",
        ".DS_Store": b"junk",
        "scan/Thumbs.db": b"junk",
    }
    np.testing.assert_array_equal(read(x3p.build()).heights, HEIGHTS)


@pytest.mark.parametrize("link", ["bindata\\data.bin", "./bindata/data.bin", "/BinData/data.bin"])
def test_links_are_followed_whatever_their_slashes_and_case(x3p, link):
    x3p.link = link
    scan = read(x3p.build())
    np.testing.assert_array_equal(scan.heights, HEIGHTS)
    assert repairs(scan) == []


def test_a_link_to_nothing_falls_back_to_the_usual_place(x3p):
    x3p.link = "other.bin"
    assert said(read(x3p.build()), "'other.bin', which is not there")


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_any_compression_is_unpacked(x3p, compression):
    x3p.compression = compression
    np.testing.assert_array_equal(read(x3p.build()).heights, HEIGHTS)


def test_of_several_layers_the_first_is_read(x3p):
    x3p.size = (4, 3, 2)
    x3p.data = np.arange(24, dtype="<f8").tobytes()
    scan = read(x3p.build())
    np.testing.assert_array_equal(scan.heights, HEIGHTS)
    assert said(scan, "2 layers")


def test_without_a_number_of_layers_one_is_assumed(x3p):
    x3p.size = (4, 3, None)
    assert said(read(x3p.build()), "one layer was assumed")


def test_infinite_and_absurd_heights_are_not_measured(x3p):
    values = HEIGHTS.copy()
    values[0, :3] = np.inf, -np.inf, 1e30
    scan = read(x3p.heights(values).build())
    assert np.isnan(scan.heights[0]).tolist() == [True, True, True, False]
    assert said(scan, "3 impossible heights")


def test_a_rotation_and_an_origin_are_kept_and_a_rotation_is_said(x3p):
    x3p.more_axes = "<Rotation><r11>0</r11><r12>1</r12></Rotation><Origin>NW</Origin>"
    scan = read(x3p.build())
    assert scan.metadata.rotation == (0, 1, 0, 0, 0, 0, 0, 0, 0)
    assert scan.metadata.origin == "NW"
    assert said(scan, "rotation")


def _png(colours: np.ndarray) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(colours).save(stream, "PNG")
    return stream.getvalue()


def test_the_mask_image_is_read_with_its_annotations(x3p):
    colours = np.random.default_rng(1).integers(0, 256, (3, 4, 3), np.uint8)
    x3p.extra["bindata/mask.png"] = _png(colours)
    x3p.record3 = (
        "<Mask><Background>#cd7f32</Background><Annotations>"
        '<Annotation color="#ff0000">breech face</Annotation></Annotations></Mask>'
    )
    scan = read(x3p.build())
    np.testing.assert_array_equal(scan.mask, colours)
    assert scan.metadata.mask_background == "#cd7f32"
    assert scan.metadata.mask_annotations == (("#ff0000", "breech face"),)


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\nbroken", _png(np.zeros((9, 9, 3), np.uint8))]
)
def test_a_mask_image_that_cannot_be_used_is_left_out(x3p, content):
    x3p.extra["bindata/mask.png"] = content
    scan = read(x3p.build())
    assert scan.mask is None
    assert said(scan, "left out")
