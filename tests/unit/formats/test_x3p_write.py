"""What we write is read back as it was, by us and by an independent reader."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import x3pio
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from headstamp.errors import OutputError
from headstamp.formats.scan_file import ScanFile, ScanMetadata
from headstamp.formats.scans import read_scan
from headstamp.formats.x3p import read_x3p, write_x3p, x3p_bytes

MEASURED = ScanMetadata(
    revision="ISO25178-72:2017/DAM1",
    feature_type="SUR",
    date="2024-02-29T12:00:00Z",
    creator="A. Examiner",
    manufacturer="Maker",
    model="M1",
    serial="0042",
    software_version="1.2",
    calibration_date="2024-01-01T00:00:00Z",
    probing_type="NonContacting",
    probing_identification="20x",
    comment='two\nlines <&> "quoted" µm 薬莢',
    origin="NW",
    rotation=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
    mask_background="#cd7f32",
    mask_annotations=(("#ff0000", "breech face"), ("#00ff00", "drag <mark>")),
)


def again(scan: ScanFile) -> ScanFile:
    return read_x3p(io.BytesIO(x3p_bytes(scan)), "a.x3p")


def bits(heights: np.ndarray) -> np.ndarray:
    """The bytes of the heights, every NaN the same."""
    return np.where(np.isnan(heights), heights.dtype.type(np.nan), heights).view(np.uint8)


heights = st.sampled_from([(np.float32, 32), (np.float64, 64)]).flatmap(
    lambda kind: arrays(
        kind[0],
        st.tuples(st.integers(1, 9), st.integers(1, 9)),
        elements=st.one_of(
            st.floats(-1e8, 1e8, width=kind[1], allow_subnormal=True), st.just(float("nan"))
        ),
    )
)
texts = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
    .map(lambda text: "".join(c for c in text if c not in "\ufffe\uffff").strip())
    .filter(bool),
)
metadata = st.builds(
    ScanMetadata,
    revision=st.just("ISO5436 - 2000"),
    feature_type=st.just("SUR"),
    creator=texts,
    serial=texts,
    comment=texts,
    date=texts,
    probing_type=texts,
)
spacings = st.floats(1e-9, 1e-3)
offsets = st.floats(-1, 1)


@given(heights, st.tuples(spacings, spacings), st.tuples(offsets, offsets), metadata)
@settings(max_examples=60, deadline=None)
def test_writing_then_reading_is_the_identity(values, steps, places, said):
    scan = ScanFile(values, *steps, *places, said)
    back = again(scan)
    assert back.heights.dtype == values.dtype
    np.testing.assert_array_equal(bits(back.heights), bits(values))
    assert (back.spacing_x, back.spacing_y) == steps
    assert (back.offset_x, back.offset_y) == places
    assert back.metadata == said
    assert not [warning for warning in back.warnings if "check the unit" not in warning]


@given(st.text(st.characters(), max_size=20), st.text(st.characters(), max_size=5))
@settings(max_examples=100, deadline=None)
def test_any_text_is_written_and_stays_as_it_was_read(text, colour):
    said = ScanMetadata(comment=text, mask_annotations=((colour, text),))
    once = again(ScanFile(np.zeros((1, 1)), 1e-6, 1e-6, metadata=said))
    assert again(once).metadata == once.metadata


def test_every_field_of_the_metadata_comes_back():
    scan = ScanFile(np.zeros((2, 3)), 1e-6, 1e-6, metadata=MEASURED)
    assert again(scan).metadata == MEASURED


def test_the_mask_image_comes_back():
    mask = np.random.default_rng(1).integers(0, 256, (2, 3, 3), np.uint8)
    np.testing.assert_array_equal(
        again(ScanFile(np.zeros((2, 3)), 1e-6, 1e-6, mask=mask)).mask, mask
    )


def test_negative_zero_keeps_its_sign():
    assert np.signbit(again(ScanFile(np.array([[-0.0]]), 1e-6, 1e-6)).heights).all()


def test_big_endian_heights_are_stored_as_the_standard_says():
    values = np.array([[1.5, np.nan]])
    np.testing.assert_array_equal(again(ScanFile(values.astype(">f8"), 1e-6, 1e-6)).heights, values)


def test_the_same_scan_gives_the_same_bytes():
    scan = ScanFile(np.eye(50), 1e-6, 1e-6, metadata=MEASURED)
    assert x3p_bytes(scan) == x3p_bytes(replace(scan, heights=scan.heights.copy()))


def test_defaults_fill_in_for_a_scan_that_names_no_revision():
    said = again(ScanFile(np.zeros((2, 2)), 1e-6, 1e-6)).metadata
    assert (said.revision, said.feature_type) == ("ISO5436 - 2000", "SUR")


@pytest.mark.parametrize("revision", ["ISO5436 -2000", "ISO5436 – 2000", "made up"])
def test_a_misspelt_revision_is_written_as_strict_readers_want_it(tmp_path, revision):
    scan = ScanFile(np.zeros((2, 2)), 1e-6, 1e-6, metadata=ScanMetadata(revision=revision))
    write_x3p(tmp_path / "a.x3p", scan)
    assert x3pio.read(tmp_path / "a.x3p").revision.value == "ISO5436 - 2000"


def test_a_list_becomes_a_matrix():
    scan = ScanFile(np.zeros((2, 2)), 1e-6, 1e-6, metadata=ScanMetadata(feature_type="PCL"))
    assert again(scan).metadata.feature_type == "SUR"


def test_whole_number_heights_are_refused():
    with pytest.raises(OutputError, match="int64"):
        x3p_bytes(ScanFile(np.zeros((2, 2), int), 1e-6, 1e-6))  # type: ignore[arg-type]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("said", [ScanMetadata(), MEASURED], ids=["nothing-known", "all-known"])
def test_an_independent_reader_reads_what_we_write(tmp_path: Path, dtype, said):
    values = np.random.default_rng(1).normal(0, 1e-6, (5, 7)).astype(dtype)
    values[1, 2] = np.nan
    path = tmp_path / "ours.x3p"
    write_x3p(path, ScanFile(values, 2e-6, 3e-6, 0.5, 0.25, said))
    file = x3pio.read(path, verify=True)
    layer = file.layers[0]
    np.testing.assert_array_equal(layer.z, values)
    assert (file.header.x.increment, file.header.y.increment) == (2e-6, 3e-6)
    np.testing.assert_allclose(layer.points()[4, 6, :2], [0.5 + 12e-6, 0.25 + 12e-6], rtol=1e-12)
    assert file.metadata.creator == (said.creator or "")
    assert file.metadata.instrument.model == (said.model or "")


@pytest.mark.parametrize("kind", list(x3pio.DataType))
@pytest.mark.parametrize("storage", list(x3pio.DataStorage))
@pytest.mark.parametrize("revision", list(x3pio.Revision))
def test_we_read_what_an_independent_writer_writes(tmp_path, kind, storage, revision):
    values = np.random.default_rng(2).normal(0, 1e-5, (4, 6))
    values[2, 3] = np.nan
    path = tmp_path / "theirs.x3p"
    metadata = x3pio.Surface.from_array(values, x_scale=1, y_scale=1).with_metadata(
        creator="C", comment="K", calibration_date=datetime(2024, 1, 1, tzinfo=UTC)
    )
    x3pio.write(
        path,
        values,
        x_scale=2e-6,
        y_scale=3e-6,
        z_type=kind,
        storage=storage,
        revision=revision,
        metadata=metadata.metadata,
    )
    theirs, ours = x3pio.read(path).layers[0].z, read_scan(path)
    np.testing.assert_allclose(ours.heights, theirs, rtol=1e-7, atol=1e-16)
    assert (ours.spacing_x, ours.spacing_y) == (2e-6, 3e-6)
    assert (ours.metadata.creator, ours.metadata.comment) == ("C", "K")
    assert ours.warnings == ()


def test_we_read_an_independent_writers_points_and_placement(tmp_path):
    rows, columns = np.indices((4, 5))
    points = np.stack([columns * 2e-6, rows * 3e-6, (rows - columns) * 1e-7], axis=-1)
    x3pio.Surface.from_points(points).save(tmp_path / "absolute.x3p")
    cloud = x3pio.PointCloud.from_points(points.reshape(-1, 3))
    cloud.save(tmp_path / "list.x3p")
    for name in ("absolute.x3p", "list.x3p"):
        scan = read_scan(tmp_path / name)
        np.testing.assert_array_equal(scan.heights, points[..., 2])
        assert (scan.spacing_x, scan.spacing_y) == pytest.approx((2e-6, 3e-6))


def test_a_placement_moves_heights_and_origin_alike(tmp_path):
    values = np.random.default_rng(3).normal(0, 1e-6, (3, 4))
    surface = x3pio.Surface.from_array(values, x_scale=1e-6, y_scale=1e-6)
    moved = surface.with_placement(x3pio.Placement.translation(1e-3, 2e-3, 5e-6))
    moved.save(tmp_path / "moved.x3p")
    scan, points = read_scan(tmp_path / "moved.x3p"), moved.layers[0].points()
    np.testing.assert_allclose(scan.heights, points[..., 2], rtol=1e-12)
    assert (scan.offset_x, scan.offset_y) == pytest.approx(tuple(points[0, 0, :2]))


def test_heights_in_micrometres_from_an_independent_writer(tmp_path):
    values = np.random.default_rng(4).normal(0, 1e-5, (3, 4))
    x3pio.write(tmp_path / "a.x3p", values, x_scale=1e-6, y_scale=1e-6, z_scale=1e-6)
    np.testing.assert_allclose(read_scan(tmp_path / "a.x3p").heights, values, rtol=1e-12)
