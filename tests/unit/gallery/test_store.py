"""A gallery gives back what was put in, and refuses what does not belong."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from headstamp.errors import GalleryError, OutputError
from headstamp.gallery import header as header_module
from headstamp.gallery.header import Header
from headstamp.gallery.layout import DESCRIPTORS, HEADER, INDEX, JOURNAL, LEVELS
from headstamp.gallery.store import Gallery
from headstamp.surfaces.prepared import PreparationParameters


def test_a_scan_comes_back_bit_for_bit(gallery, items):
    reopened = Gallery.open(gallery.path)
    assert len(reopened) == len(items)
    for index, item in enumerate(items):
        scan = reopened.prepared(index)
        for stored, given in zip(scan.levels, item.scan.levels, strict=True):
            np.testing.assert_array_equal(stored.codes, given.codes)
            assert stored.spacing == given.spacing
        assert scan.centre == item.scan.centre
        assert scan.quality == item.scan.quality
        assert scan.region == item.scan.region
        assert scan.parameters == item.scan.parameters
        np.testing.assert_array_equal(reopened.pose_level(index).codes, item.scan.pose.codes)
    np.testing.assert_array_equal(reopened.descriptors, [item.descriptor for item in items])


def test_a_record_says_where_the_scan_comes_from(gallery, items):
    record = gallery.record(3)
    assert (record.index, record.name, record.sha256) == (3, items[3].name, items[3].sha256)
    assert record.instrument == "Maker M1"
    assert record.labels == {"firearm": "gun3"}
    assert record.added_at.endswith("+00:00")


def test_additions_follow_what_is_there(gallery, items, make_item):
    appended = gallery.append([make_item(30), make_item(31)])
    assert appended.added == range(20, 22)
    assert [record.index for record in Gallery.open(gallery.path).records()] == list(range(22))
    np.testing.assert_array_equal(gallery.prepared(0).fine.codes, items[0].scan.fine.codes)
    np.testing.assert_array_equal(gallery.prepared(21).fine.codes, make_item(31).scan.fine.codes)


def test_the_same_file_is_not_added_twice(gallery, items, make_item):
    appended = gallery.append([items[4], make_item(40), make_item(40)])
    assert appended.duplicates == ((items[4].name, 4), (make_item(40).name, 20))
    assert len(gallery) == 21


def test_only_what_is_durable_is_acknowledged(tmp_path, items):
    gallery = Gallery.create(tmp_path / "g")
    seen = []
    gallery.append(
        items, lambda record: seen.append((record.name, len(Gallery.open(gallery.path))))
    )
    assert [name for name, _ in seen] == [item.name for item in items]
    assert all(there > place for place, (_, there) in enumerate(seen))


def test_an_empty_gallery_opens(tmp_path):
    Gallery.create(tmp_path / "g")
    opened = Gallery.open(tmp_path / "g")
    assert len(opened) == 0
    assert opened.descriptors.shape == (0, opened.header.descriptor_size)
    assert list(opened.records()) == []


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(GalleryError, match=r"nowhere.*no such gallery"):
        Gallery.open(tmp_path / "nowhere")


def test_a_folder_that_is_no_gallery_is_refused(tmp_path):
    with pytest.raises(GalleryError, match="not a gallery"):
        Gallery.open(tmp_path)


def test_a_file_is_no_gallery(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(GalleryError, match="not a gallery"):
        Gallery.open(tmp_path / "file")


def test_creating_over_a_gallery_is_refused(gallery):
    with pytest.raises(GalleryError, match="there is a gallery already"):
        Gallery.create(gallery.path)
    assert len(Gallery.open(gallery.path)) == 20


def test_creating_over_other_files_is_refused(tmp_path):
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(OutputError, match=r"holiday\.jpg"):
        Gallery.create(tmp_path)


def test_a_creation_that_was_cut_off_can_be_repeated(tmp_path):
    Gallery.create(tmp_path / "g")
    (tmp_path / "g" / HEADER).unlink()
    assert len(Gallery.create(tmp_path / "g")) == 0


def test_any_flipped_byte_of_the_header_is_noticed(tmp_path):
    folder = Gallery.create(tmp_path / "g").path
    whole = (folder / HEADER).read_bytes()
    for place in range(0, len(whole) - 1, 7):
        damaged = bytearray(whole)
        damaged[place] ^= 0x15
        (folder / HEADER).write_bytes(damaged)
        with pytest.raises(GalleryError):
            Gallery.open(folder)


def test_a_newer_format_asks_for_an_update(tmp_path):
    folder = Gallery.create(tmp_path / "g").path
    content = json.loads((folder / HEADER).read_text())
    del content["checksum"]
    content["format_version"] = 99
    content["checksum"] = header_module._checksum(content)
    (folder / HEADER).write_text(json.dumps(content))
    with pytest.raises(GalleryError, match=r"format 99.*update"):
        Gallery.open(folder)


def test_scans_prepared_otherwise_are_refused_and_nothing_is_added(gallery, make_item):
    other = make_item(50)
    parameters = PreparationParameters(cutoff_long=300e-6)
    other = replace(other, scan=replace(other.scan, parameters=parameters))
    with pytest.raises(GalleryError, match=r"cutoff_long 0\.00025 here, 0\.0003 there.*rebuild"):
        gallery.append([other])
    assert len(Gallery.open(gallery.path)) == 20


@pytest.mark.parametrize(
    ("name", "words"),
    [("PROCESSING_VERSION", "processing version"), ("DESCRIPTOR_VERSION", "descriptor version")],
)
def test_a_gallery_of_another_version_is_refused(gallery, make_item, monkeypatch, name, words):
    current = Header.current
    field = name.lower()

    def later(preparation):
        header = current(preparation)
        return replace(header, **{field: getattr(header, field) + 1})

    monkeypatch.setattr(header_module.Header, "current", later)
    with pytest.raises(GalleryError, match=f"{words}.*--from"):
        Gallery.open(gallery.path).append([make_item(51)])


def test_settings_this_version_does_not_know_ask_for_a_rebuild(tmp_path):
    folder = Gallery.create(tmp_path / "g").path
    content = json.loads((folder / HEADER).read_text())
    content["preparation"]["unheard_of"] = 1
    del content["checksum"]
    content["checksum"] = header_module._checksum(content)
    (folder / HEADER).write_text(json.dumps(content))
    with pytest.raises(GalleryError, match=r"unheard_of.*rebuild"):
        Gallery.open(folder)


@pytest.mark.parametrize("name", [JOURNAL, DESCRIPTORS, LEVELS])
def test_a_missing_file_is_named(gallery, name):
    (gallery.path / name).unlink()
    with pytest.raises(GalleryError, match=name):
        Gallery.open(gallery.path)


@pytest.mark.parametrize("name", [DESCRIPTORS, LEVELS])
def test_a_file_that_was_cut_short_is_named(gallery, name):
    size = (gallery.path / name).stat().st_size
    with (gallery.path / name).open("r+b") as stream:
        stream.truncate(size - 1)
    with pytest.raises(GalleryError, match=f"{name} was cut short"):
        Gallery.open(gallery.path)


def test_a_log_that_lost_its_end_is_never_appended_to(gallery, make_item):
    lines = (gallery.path / JOURNAL).read_bytes().splitlines(keepends=True)
    (gallery.path / JOURNAL).write_bytes(b"".join(lines[:2]))
    (gallery.path / INDEX).unlink()
    before = (gallery.path / LEVELS).read_bytes()
    with pytest.raises(GalleryError, match="was cut short"):
        Gallery.open(gallery.path).append([make_item(60)])
    assert (gallery.path / LEVELS).read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [b"", b"nonsense", None, np.arange(5).tobytes()],
    ids=["empty", "text", "gone", "raw"],
)
def test_the_saved_index_is_only_a_shortcut(gallery, items, content):
    index = gallery.path / INDEX
    if content is None:
        index.unlink()
    else:
        index.write_bytes(content)
    assert [record.name for record in Gallery.open(gallery.path).records()] == [
        item.name for item in items
    ]


def test_an_index_of_an_earlier_day_is_extended_from_the_log(gallery, items, make_item):
    earlier = (gallery.path / INDEX).read_bytes()
    gallery.append([make_item(70)])
    (gallery.path / INDEX).write_bytes(earlier)
    assert Gallery.open(gallery.path).record(20).name == make_item(70).name


def test_an_index_of_another_gallery_is_not_believed(gallery, tmp_path, make_item):
    other = Gallery.create(tmp_path / "other")
    other.append([make_item(80)])
    (gallery.path / INDEX).write_bytes((other.path / INDEX).read_bytes())
    assert len(Gallery.open(gallery.path)) == 20


def test_records_are_found_by_the_hash_of_their_file(gallery, items):
    assert gallery.indices_of(items[9].sha256) == [9]
    assert gallery.indices_of("0" * 64) == []


def test_only_the_same_mark_is_comparable(tmp_path, make_item):
    gallery = Gallery.create(tmp_path / "g")
    regions = ["breech_face", "firing_pin", "unknown", "breech_face"]
    gallery.append([make_item(i, region=region) for i, region in enumerate(regions)])
    assert gallery.comparable("breech_face").tolist() == [True, False, True, True]
    assert gallery.comparable("firing_pin").tolist() == [False, True, True, False]
    assert gallery.comparable("unknown").all()


def test_a_gallery_of_hundreds_opens_without_objects_for_each(gallery):
    """The index holds 100,000 scans in a few megabytes."""
    assert gallery.rows.itemsize * 100_000 < 8e6


def test_names_of_any_script_survive(tmp_path: Path, make_item):
    gallery = Gallery.create(tmp_path / "g")
    names = ["Hülse 7.x3p", "薬莢.x3p", "line\nbreak.x3p", 'tab\t\\ ".x3p']
    gallery.append(
        [replace(make_item(i), name=name, sha256=f"{i:064x}") for i, name in enumerate(names)]
    )
    assert [record.name for record in Gallery.open(gallery.path).records()] == names
