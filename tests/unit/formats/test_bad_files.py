"""Damaged, lying and hostile files: one line that names the file, and nothing else happens."""

from __future__ import annotations

import io
import struct
import tracemalloc
import warnings
import zipfile

import numpy as np
import pytest

from headstamp.errors import HeadstampError, UnreadableScanError, UnsuitableScanError
from headstamp.formats.scan_file import ScanFile
from headstamp.formats.scans import read_scan
from headstamp.formats.x3p import x3p_bytes
from headstamp.surfaces.preparation import prepare


def refused(path, *words: str) -> None:
    """The file gives one line with its name and these words."""
    with pytest.raises(UnreadableScanError) as caught:
        read_scan(path)
    sentence = str(caught.value)
    assert "bad.x3p" in sentence
    assert "\n" not in sentence
    assert len(sentence) < 400
    for word in words:
        assert word in sentence


def survives(path) -> None:
    """Whatever the bytes: a scan, or an error of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            prepare(read_scan(path).topography())
        except HeadstampError as error:
            assert "\n" not in str(error)


def test_an_archive_cut_anywhere_is_refused(x3p, scan_at):
    whole = x3p.build()
    for length in range(1, len(whole), 7):
        with pytest.raises(UnreadableScanError, match=r"bad\.x3p"):
            read_scan(scan_at(whole[:length]))


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_flipped_bytes_give_a_scan_or_an_error_of_ours(x3p, scan_at, compression):
    x3p.compression = compression
    x3p.valid = b"\xff\xff"
    x3p.extra["bindata/mask.png"] = b"\x89PNG\r\n\x1a\n"
    whole = x3p.build()
    random = np.random.default_rng(1)
    for _ in range(250):
        broken = bytearray(whole)
        for place in random.integers(0, len(whole), random.integers(1, 4)):
            broken[place] = random.integers(256)
        survives(scan_at(bytes(broken)))


def test_flipped_bytes_of_the_document_give_a_scan_or_an_error_of_ours(x3p, scan_at):
    document = x3p.document()
    random = np.random.default_rng(2)
    for _ in range(250):
        broken = bytearray(document)
        for place in random.integers(0, len(broken), random.integers(1, 3)):
            broken[place] = random.integers(32, 127)
        survives(scan_at(_archive({"main.xml": bytes(broken), "bindata/data.bin": x3p.data})))


def test_flipped_bytes_of_an_al3d_give_a_scan_or_an_error_of_ours(al3d, scan_at):
    whole = al3d(np.zeros((3, 5), np.float32), after=b"texture")
    random = np.random.default_rng(3)
    for _ in range(250):
        broken = bytearray(whole)
        for place in random.integers(0, len(whole), random.integers(1, 4)):
            broken[place] = random.integers(256)
        survives(scan_at(bytes(broken)))


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;"><!ENTITY z "&y;&y;&y;&y;">]>',
    ],
)
def test_entities_and_dtds_are_not_trusted(x3p, scan_at, before):
    x3p.before = before
    refused(scan_at(x3p.build()), "DTD or entities")


@pytest.mark.parametrize(
    "document", [b"", b"<", b"not xml", b"<a/>", b"<?xml version='1.0' encoding='klingon'?><a/>"]
)
def test_a_document_that_is_no_x3p_is_refused(scan_at, document):
    refused(scan_at(_archive({"main.xml": document})), "main.xml")


def test_a_zip_without_a_document_is_refused(scan_at):
    refused(scan_at(_archive({"hello.txt": b"hello"})), "without main.xml")


def test_missing_data_is_refused(x3p, scan_at):
    refused(scan_at(_archive({"main.xml": x3p.document()})), "'bindata/data.bin'")


@pytest.mark.parametrize(
    "size",
    [
        (0, 3, 1),
        (4, -3, 1),
        (4, 3, 0),
        (4, 3, -1),
        ("4.5", 3, 1),
        ("", 3, 1),
        (None, 3, 1),
        ("9" * 5000, 3, 1),
        ("a\nb", 3, 1),
        (4, 4, 1),
        (3, 3, 1),
        (4, 3, 2),
        (10**9, 10**9, 1),
        (4, 3, 10**12),
    ],
)
def test_sizes_that_are_impossible_or_do_not_fit_are_refused(x3p, scan_at, size):
    x3p.size = size
    refused(scan_at(x3p.build()))


@pytest.mark.parametrize("points", [0, -1, 5, 10**12])
def test_list_sizes_that_do_not_fit_are_refused(x3p, scan_at, points):
    x3p.axis("CX").axis("CY")
    x3p.points = points
    refused(scan_at(x3p.build()))


@pytest.mark.parametrize("inline", [[], ["0"] * 11, ["0"] * 13])
def test_inline_data_that_do_not_fit_are_refused(x3p, scan_at, inline):
    x3p.inline = inline
    refused(scan_at(x3p.build()), "12")


def test_a_scan_of_20000_by_20000_points_is_refused_without_being_unpacked(x3p, scan_at):
    x3p.size = (20_000, 20_000, 1)
    path = scan_at(x3p.build())
    tracemalloc.start()
    refused(path, "20000 x 20000", "crop the scan")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


@pytest.mark.parametrize("step", ["0", "-1e-6", "nan", "inf", "1e300", "1e-300", "wide", ""])
def test_spacings_that_make_no_sense_are_refused(x3p, scan_at, step):
    x3p.axis("CX", "I", "D", step)
    refused(scan_at(x3p.build()))


@pytest.mark.parametrize("axis", ["CX", "CY", "CZ"])
def test_a_missing_axis_or_an_unknown_type_is_refused(x3p, scan_at, axis):
    kept = x3p.axes[axis]
    x3p.axes[axis] = ("A", "Q" * 200, "1", "0")
    refused(scan_at(x3p.build()), "data type")
    x3p.axes[axis] = kept
    del x3p.axes[axis]
    refused(scan_at(x3p.build()), axis)


@pytest.mark.parametrize("offset", ["1e308", "-1e308"])
def test_numbers_that_overflow_are_not_measured(x3p, scan_at, offset):
    x3p.axis("CZ", "A", "D", "1e308", offset)
    survives(scan_at(x3p.build()))


@pytest.mark.parametrize("place", [np.nan, np.inf, 1e308, 0.0])
def test_places_that_make_no_sense_are_refused_or_repaired(x3p, scan_at, place):
    x3p.axis("CX").axis("CY")
    table = np.full((12, 3), place)
    table[0] = -1e308
    x3p.data = table.tobytes()
    survives(scan_at(x3p.build()))
    x3p.points = 12
    survives(scan_at(x3p.build()))


def test_a_bomb_that_declares_its_size_is_refused_without_being_unpacked(x3p, scan_at):
    x3p.size = (5000, 5000, 1)
    x3p.data = bytes(5000 * 5000 * 8)
    path = scan_at(x3p.build())
    tracemalloc.start()
    refused(path, "not trusted")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


def test_a_bomb_that_lies_about_its_size_is_refused(x3p, scan_at):
    data = x3p.data
    x3p.data = bytes(50_000_000)
    lying = _with_size(x3p.build(), "bindata/data.bin", len(data))
    tracemalloc.start()
    refused(scan_at(lying), "damaged")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


def test_a_document_that_is_a_bomb_is_refused(scan_at):
    refused(scan_at(_archive({"main.xml": bytes(60_000_000)})), "too large")
    lying = _with_size(_archive({"main.xml": b" " * 60_000_000}), "main.xml", 100)
    refused(scan_at(lying))


def test_a_deeply_nested_document_is_refused(scan_at):
    refused(scan_at(_archive({"main.xml": b"<a>" * 100_000 + b"</a>" * 100_000})))


def test_a_picture_that_is_a_bomb_is_left_out(x3p, scan_at):
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + b"\0\0\0\0"
    x3p.extra["bindata/mask.png"] = b"\x89PNG\r\n\x1a\n" + chunk
    scan = read_scan(scan_at(x3p.build()))
    assert scan.mask is None
    assert any("left out" in warning for warning in scan.warnings)


def test_an_encrypted_archive_is_refused(x3p, scan_at):
    whole = bytearray(x3p.build())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = whole.find(signature)
        while start >= 0:
            whole[start + place] |= 1
            start = whole.find(signature, start + 1)
    refused(scan_at(bytes(whole)), "damaged")


@pytest.mark.parametrize(
    ("heights", "words"),
    [
        (np.full((300, 300), np.nan), "no point was measured"),
        (np.zeros((300, 300)), "every height is the same"),
        (np.zeros((1, 1)), "mm2"),
    ],
)
def test_scans_without_relief_are_read_and_found_unsuitable(scan_at, heights, words):
    scan = read_scan(scan_at(x3p_bytes(ScanFile(heights, 1e-5, 1e-5))))
    with pytest.raises(UnsuitableScanError, match=words):
        prepare(scan.topography())


def _archive(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _with_size(content: bytes, entry: str, size: int) -> bytes:
    """The archive with another unpacked size declared for an entry, in both of its headers."""
    changed = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        local = archive.getinfo(entry).header_offset
    changed[local + 22 : local + 26] = struct.pack("<I", size)
    start = changed.rfind(b"PK\x01\x02", 0, changed.rfind(entry.encode()))
    changed[start + 24 : start + 28] = struct.pack("<I", size)
    return bytes(changed)
