"""AL3D files, built by hand from the published layout of the header."""

from __future__ import annotations

import numpy as np
import pytest

from headstamp.errors import UnreadableScanError
from headstamp.formats.al3d import read_al3d

HEIGHTS = np.arange(15, dtype=np.float32).reshape(3, 5) * np.float32(1e-6)


def read(content: bytes):
    return read_al3d(content, "a.al3d", "")


@pytest.mark.parametrize("columns", [4, 5])
@pytest.mark.parametrize("padded", [True, False])
@pytest.mark.parametrize("after", [b"", b"texture" * 100])
def test_rows_are_read_padded_or_not_with_or_without_texture(al3d, columns, padded, after):
    scan = read(al3d(HEIGHTS[:, :columns], padded, after=after))
    np.testing.assert_array_equal(scan.heights, HEIGHTS[:, :columns])
    assert scan.heights.dtype == np.float32


def test_header_values_become_spacing_and_metadata(al3d):
    tags = {"PixelSizeXMeter": "2e-06", "PixelSizeYMeter": "3.5e-6", "Comment": "right case"}
    scan = read(al3d(HEIGHTS, tags=tags))
    assert (scan.spacing_x, scan.spacing_y) == (2e-6, 3.5e-6)
    assert scan.metadata.comment == "right case"
    assert scan.metadata.instrument == "Alicona Imaging"
    assert scan.format == "al3d"


def test_the_invalid_value_is_not_measured(al3d):
    values = HEIGHTS.copy()
    values[1, 1] = -999
    scan = read(al3d(values))
    assert np.argwhere(np.isnan(scan.heights)).tolist() == [[1, 1]]


def test_a_huge_invalid_value_is_not_measured(al3d):
    values = HEIGHTS.copy()
    values[0, 0] = 1e10
    assert np.isnan(read(al3d(values, tags={"InvalidPixelValue": "1e10"})).heights[0, 0])
    assert np.isnan(read(al3d(values, tags={"InvalidPixelValue": "1e300"})).heights[0, 0])


def test_an_invalid_value_that_is_no_number_marks_nothing(al3d):
    values = HEIGHTS.copy()
    values[0, 0] = np.nan
    scan = read(al3d(values, tags={"InvalidPixelValue": "nan"}))
    assert np.argwhere(np.isnan(scan.heights)).tolist() == [[0, 0]]


@pytest.mark.parametrize(
    "tag", ["Rows", "Cols", "DepthImageOffset", "PixelSizeXMeter", "PixelSizeYMeter"]
)
@pytest.mark.parametrize("value", [None, "", "wide", "nan", "-1", "0", "9" * 29])
def test_a_tag_that_is_missing_or_makes_no_sense_is_refused(al3d, tag, value):
    with pytest.raises(UnreadableScanError, match=r"^a\.al3d: ") as caught:
        read(al3d(HEIGHTS, tags={tag: value}))
    assert "\n" not in str(caught.value)


def test_an_image_that_starts_inside_the_header_is_refused(al3d):
    with pytest.raises(UnreadableScanError, match="do not fit"):
        read(al3d(HEIGHTS, tags={"DepthImageOffset": "20"}))


def test_a_file_cut_at_any_byte_is_refused(al3d):
    whole = al3d(HEIGHTS)
    unpadded = len(whole) - 3 * 4
    for length in range(20, len(whole)):
        if length == unpadded:
            continue
        with pytest.raises(UnreadableScanError):
            read(whole[:length])


def test_a_tag_count_that_lies_is_refused_or_harmless(al3d):
    whole = bytearray(al3d(HEIGHTS))
    place = whole.index(b"TagCount") + 20
    for count in (b"0", b"1", b"99999999", b"-5", b"x"):
        whole[place : place + 30] = count.ljust(30, b"\0")
        with pytest.raises(UnreadableScanError):
            read(bytes(whole))
