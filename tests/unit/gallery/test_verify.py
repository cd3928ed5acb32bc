"""Checking finds any change of a stored byte and names the record."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from headstamp.errors import GalleryError
from headstamp.gallery.layout import DESCRIPTORS, HEADER, INDEX, JOURNAL, LEVELS
from headstamp.gallery.store import Gallery
from headstamp.gallery.verify import verify


def flip(path, place):
    with path.open("r+b") as stream:
        stream.seek(place)
        byte = stream.read(1)[0]
        stream.seek(place)
        stream.write(bytes([byte ^ 1]))


def test_a_sound_gallery_is_sound(gallery):
    found = verify(gallery.path)
    assert found.sound
    assert (found.records, found.broken, found.notes) == (20, (), ())


def test_an_empty_gallery_is_sound(tmp_path):
    assert verify(Gallery.create(tmp_path / "g").path).sound


@pytest.mark.parametrize("index", [0, 7, 19])
def test_a_changed_level_names_its_record(gallery, index):
    record = gallery.record(index)
    flip(gallery.path / LEVELS, record.offset + record.size // 3)
    (broken,) = verify(gallery.path).broken
    assert (broken.index, broken.name) == (index, record.name)
    assert "levels" in broken.problems[0]


@pytest.mark.parametrize("index", [0, 7, 19])
def test_a_changed_descriptor_names_its_record(gallery, index):
    flip(gallery.path / DESCRIPTORS, gallery.header.descriptor_size * index + 5)
    (broken,) = verify(gallery.path).broken
    assert (broken.index, broken.name) == (index, gallery.record(index).name)
    assert "descriptor" in broken.problems[0]


@pytest.mark.parametrize("index", [0, 7, 19])
def test_a_changed_line_names_its_place_and_the_gallery_is_refused(gallery, index):
    row = gallery.rows[index]
    flip(gallery.path / JOURNAL, int(row["offset"]) + 60)
    (gallery.path / INDEX).unlink()
    (broken,) = verify(gallery.path).broken
    assert broken.index == index
    with pytest.raises(GalleryError, match=f"line {index + 1} of {JOURNAL} is damaged"):
        Gallery.open(gallery.path)


def test_a_changed_line_behind_a_saved_index_is_refused_when_it_is_read(gallery):
    flip(gallery.path / JOURNAL, int(gallery.rows[4]["offset"]) + 60)
    opened = Gallery.open(gallery.path)
    assert opened.record(3).index == 3
    with pytest.raises(GalleryError, match="line 5"):
        opened.record(4)


def test_every_broken_record_is_named(gallery):
    for index in (2, 11):
        flip(gallery.path / LEVELS, gallery.record(index).offset)
    assert [broken.index for broken in verify(gallery.path).broken] == [2, 11]


def test_a_descriptor_that_is_not_the_scans_own_is_found(gallery, make_item):
    """Its hash is right: only computing it again tells."""
    swapped = replace(make_item(300), descriptor=make_item(301).descriptor)
    gallery.append([swapped])
    (broken,) = verify(gallery.path).broken
    assert (broken.index, broken.problems) == (
        20,
        ("its descriptor is not the one of its levels",),
    )
    assert verify(gallery.path, recompute=False).sound


def test_records_lost_from_the_log_are_reported(gallery):
    lines = (gallery.path / JOURNAL).read_bytes().splitlines(keepends=True)
    (gallery.path / JOURNAL).write_bytes(b"".join(lines[:1]))
    (broken,) = verify(gallery.path).broken
    assert "cut short" in broken.problems[0]


def test_what_an_interrupted_addition_left_is_a_note_and_no_damage(gallery):
    with (gallery.path / DESCRIPTORS).open("ab") as stream:
        stream.write(bytes(gallery.header.descriptor_size))
    found = verify(gallery.path)
    assert found.sound
    assert "interrupted" in found.notes[0]


def test_an_index_that_lies_in_the_middle_is_noted(gallery):
    rows = np.load(gallery.path / INDEX)
    rows["levels_end"][3] += 1
    np.save(gallery.path / INDEX, rows)
    assert INDEX in verify(gallery.path).notes[0]


def test_a_damaged_header_is_an_error(gallery):
    flip(gallery.path / HEADER, 40)
    with pytest.raises(GalleryError, match=HEADER):
        verify(gallery.path)


def test_the_stored_hashes_are_those_of_the_bytes(gallery):
    record = gallery.record(6)
    levels = (gallery.path / LEVELS).read_bytes()[record.offset :][: record.size]
    assert hashlib.sha256(levels).hexdigest() == record.levels_sha256
