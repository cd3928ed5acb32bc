"""Whatever stops a writer, the gallery opens, verifies, and holds all that was acknowledged."""

from __future__ import annotations

import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from headstamp.errors import OutputError
from headstamp.gallery import durable
from headstamp.gallery.journal import line_of
from headstamp.gallery.layout import DESCRIPTORS, HEADER, INDEX, JOURNAL, LEVELS
from headstamp.gallery.store import Gallery
from headstamp.gallery.verify import verify

WRITER = """
import os, pickle, signal, sys
from headstamp.gallery.store import Gallery

path, items_file, step, torn = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] == "torn"
with open(items_file, "rb") as stream:
    items = pickle.load(stream)
calls, write, fsync = 0, os.write, os.fsync

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def counted_write(descriptor, data):
    global calls
    calls += 1
    if calls == step:
        if torn:
            write(descriptor, bytes(data)[: len(data) // 2])
        die()
    return write(descriptor, data)

def counted_fsync(descriptor):
    global calls
    calls += 1
    if calls == step:
        die()
    return fsync(descriptor)

def acknowledged(record):
    write(1, (record.name + chr(10)).encode())

gallery = Gallery.open(path)
os.write, os.fsync = counted_write, counted_fsync
gallery.append(items, acknowledged)
"""
"""Adds items, says what is durable, and dies at the given write or fsync, half-way if torn."""


@pytest.fixture
def more(make_item, tmp_path):
    """Forty further scans in a file, for another process."""
    base = make_item(99)
    items = [replace(base, name=f"more{i}", sha256=f"{i:064x}") for i in range(40)]
    (tmp_path / "items").write_bytes(pickle.dumps(items))
    return items


def start(gallery, tmp_path, step=0, torn=False):
    words = [gallery.path, tmp_path / "items", step, "torn" if torn else "whole"]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, *map(str, words)], stdout=subprocess.PIPE, text=True
    )


def check(folder, acknowledged, more):
    """The laws: it opens, it verifies, nothing acknowledged is lost, and adding goes on."""
    opened = Gallery.open(folder)
    names = [record.name for record in opened.records()]
    assert names[:20] == [f"gun{gun:03d}-0.x3p" for gun in range(20)]
    assert names[20:] == [item.name for item in more[: len(names) - 20]]
    assert acknowledged == [item.name for item in more[: len(acknowledged)]]
    assert len(names) - 20 >= len(acknowledged)
    assert verify(folder).broken == ()
    appended = opened.append(more)
    assert len(appended.duplicates) == len(names) - 20
    assert len(opened) == 60
    found = verify(folder)
    assert (found.records, found.broken, found.notes) == (60, (), ())


# A batch is six steps: write and write, fsync and fsync, write and fsync; the first batch has 16.
@pytest.mark.parametrize(
    ("step", "torn"),
    [
        *[(step, False) for step in (1, 2, 3, 5, 6, 7, 11, 12)],
        *[(step, True) for step in (1, 2, 5, 8, 11)],
    ],
)
def test_a_writer_killed_at_any_step_loses_nothing(gallery, tmp_path, more, step, torn):
    process = start(gallery, tmp_path, step, torn)
    acknowledged = process.communicate(timeout=60)[0].split()
    assert process.returncode == -signal.SIGKILL
    assert len(acknowledged) == (16 if step > 6 else 0)
    check(gallery.path, acknowledged, more)


@pytest.mark.parametrize("seed", range(3))
def test_a_writer_killed_at_a_random_moment_loses_nothing(gallery, tmp_path, more, seed):
    process = start(gallery, tmp_path)
    first = process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0.0, 0.01))
    process.kill()
    acknowledged = [first.strip(), *process.stdout.read().split()]
    process.wait()
    process.stdout.close()
    check(gallery.path, acknowledged, more)


def test_whatever_length_the_torn_files_have_the_gallery_goes_on(gallery, make_item):
    generator = random.Random(5)
    for attempt in range(8):
        item = make_item(200 + attempt)
        line = line_of(item.record(len(gallery), 0, "").to_json())
        for name, data in (
            (JOURNAL, line),
            (LEVELS, item.level_bytes),
            (DESCRIPTORS, item.descriptor_bytes),
        ):
            with (gallery.path / name).open("ab") as stream:
                stream.write(data[: generator.randrange(len(data))])
        assert len(Gallery.open(gallery.path)) == 20 + attempt
        assert verify(gallery.path).sound
        gallery.append([item])
    found = verify(gallery.path)
    assert (found.records, found.broken, found.notes) == (28, (), ())


def test_a_full_disk_is_one_sentence_and_the_gallery_is_whole(gallery, more, tmp_path):
    """The limit on file sizes makes the system refuse a write, as a full disk does."""
    import resource

    size = (gallery.path / LEVELS).stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20 * more[0].record(0, 0, "").size, hard))
    acknowledged = []
    try:
        with pytest.raises(OutputError) as caught:
            gallery.append(more, lambda record: acknowledged.append(record.name))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert str(gallery.path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(acknowledged) == 16
    assert (gallery.path / LEVELS).stat().st_size == size + 16 * more[0].record(0, 0, "").size
    check(gallery.path, acknowledged, more)


@pytest.mark.parametrize("failing", range(1, 7))
def test_a_disk_that_fails_at_any_step_is_one_sentence(gallery, more, monkeypatch, failing):
    calls = 0

    def fail(function):
        def counted(*arguments):
            nonlocal calls
            calls += 1
            if calls == failing:
                raise OSError(5, "Input/output error")
            return function(*arguments)

        return counted

    acknowledged = []
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "write", fail(os.write))
        patch.setattr(durable.os, "fsync", fail(os.fsync))
        with pytest.raises(OutputError, match="Input/output error"):
            gallery.append(more, lambda record: acknowledged.append(record.name))
    assert acknowledged == []
    check(gallery.path, acknowledged, more)


def test_a_read_only_gallery_can_be_read(gallery, items, make_item):
    copy = gallery.path.with_name("copy")
    shutil.copytree(gallery.path, copy)
    for path in copy.iterdir():
        path.chmod(0o444)
    copy.chmod(0o555)
    assert len(Gallery.open(copy)) == len(items)
    if os.geteuid() != 0:
        with pytest.raises(OutputError, match="permissions"):
            Gallery.open(copy).append([make_item(300)])
    copy.chmod(0o755)


def test_what_a_killed_process_left_of_a_whole_file_is_in_nobodys_way(tmp_path, make_item):
    folder = tmp_path / "gallery"
    folder.mkdir()
    for name in (JOURNAL, DESCRIPTORS, LEVELS):
        (folder / name).touch()
    (folder / f".{HEADER}.abc.part").write_bytes(b"{")
    gallery = Gallery.create(folder)
    (folder / f".{INDEX}.abc.part").write_bytes(b"half")
    gallery.append([make_item(1)])
    assert not list(folder.glob(".*"))
    assert verify(folder).sound
