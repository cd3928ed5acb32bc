"""Readers need no lock, and there is one writer at a time."""

from __future__ import annotations

import subprocess
import sys
import threading

import numpy as np
import pytest

from headstamp.errors import GalleryError
from headstamp.gallery.lock import exclusive
from headstamp.gallery.store import Gallery

HOLDER = """
import sys
from pathlib import Path
from headstamp.gallery.lock import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_readers_during_an_addition_see_a_consistent_beginning(gallery, make_item):
    fresh = [make_item(gun, 1) for gun in range(40)]
    done = threading.Event()

    def add():
        for item in fresh:
            gallery.append([item])
        done.set()

    writer = threading.Thread(target=add)
    writer.start()
    lengths = []
    while not done.is_set():
        reader = Gallery.open(gallery.path)
        lengths.append(len(reader))
        last = len(reader) - 1
        if last >= 20:
            given = fresh[last - 20]
            assert reader.record(last).name == given.name
            np.testing.assert_array_equal(reader.descriptors[last], given.descriptor)
            np.testing.assert_array_equal(reader.prepared(last).fine.codes, given.scan.fine.codes)
    writer.join()
    assert lengths == sorted(lengths)
    assert len(set(lengths)) > 2


def test_an_open_reader_keeps_its_view_until_it_asks(gallery, make_item):
    reader = Gallery.open(gallery.path)
    gallery.append([make_item(90)])
    assert len(reader) == len(reader.descriptors) == 20
    reader.refresh()
    assert len(reader) == len(reader.descriptors) == 21


def test_a_second_writer_is_told_and_can_come_back(gallery, make_item):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(gallery.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(GalleryError, match="somebody else is adding"):
        gallery.append([make_item(91)], patience=0.1)
    assert len(Gallery.open(gallery.path)) == 20
    holder.kill()
    holder.communicate()
    assert gallery.append([make_item(91)], patience=5.0).added == range(20, 21)


def test_a_second_writer_waits_and_then_adds_behind_the_first(gallery, make_item):
    second = Gallery.open(gallery.path)
    with exclusive(gallery.path):
        thread = threading.Thread(target=second.append, args=([make_item(92)],))
        thread.start()
        assert thread.is_alive()
    thread.join(timeout=10)
    gallery.append([make_item(93)])
    names = [record.name for record in Gallery.open(gallery.path).records()]
    assert names[20:] == [make_item(92).name, make_item(93).name]
