"""A backup that is damaged in any way is refused, by name, before anything is written."""

from __future__ import annotations

import hashlib
import json
import random
import struct
import zipfile
from pathlib import Path

import pytest

from headstamp.errors import WorkspaceError
from headstamp.web.backups import restoring
from headstamp.web.backups.archive import opened


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


FILE = b"a scan, as it was handed in" * 3
FILE_NAME = f"files/{sha256(FILE)[:2]}/{sha256(FILE)}"
CONTENTS = {
    "headstamp.env": b"HEADSTAMP_SECRET_KEY=secret\n",
    "headstamp.sqlite3": b"a database" * 20,
    FILE_NAME: FILE,
    "gallery/journal": b"a record\n",
}


def manifest(contents=CONTENTS, **changes):
    said = {
        "format": 1,
        "headstamp": "0.1.0",
        "created_at": "2026-01-02T03:04:05+00:00",
        "database": "sqlite",
        "audit": {"sequence": 7, "hash": "ab" * 32},
        "members": [[name, len(data), sha256(data)] for name, data in contents.items()],
    }
    return json.dumps({**said, **changes}).encode()


def write(path, contents=CONTENTS, said=None, pack=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", pack) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
        archive.writestr("manifest.json", manifest(contents) if said is None else said)
    return path


@pytest.fixture
def backup(tmp_path):
    return write(tmp_path / "backup.zip")


@pytest.fixture
def refused(tmp_path, monkeypatch):
    """``refused(path)``: what is said; nothing is left beside the backup."""

    def never(*args):
        raise AssertionError("a damaged backup was opened")

    monkeypatch.setattr(restoring, "_open", never)

    def restore(path, target="restored"):
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(WorkspaceError) as caught:
            restoring.restore(path, tmp_path / target)
        assert sorted(tmp_path.rglob("*")) == before
        return str(caught.value)

    return restore


def test_what_was_written_can_be_opened(backup):
    with opened(backup) as (archive, contents):
        assert {name: archive.read(name) for name in contents.names} == CONTENTS
        assert contents.head == (7, "ab" * 32)


def test_a_flipped_bit_is_found_wherever_it_is(backup, tmp_path):
    """Or does no harm: some of a ZIP file's own fields are read by nobody."""
    good = backup.read_bytes()
    flipped = tmp_path / "flipped.zip"
    chance = random.Random(5)
    for position in range(len(good)):
        damaged = bytearray(good)
        damaged[position] ^= 1 << chance.randrange(8)
        flipped.write_bytes(damaged)
        try:
            with opened(flipped) as (archive, contents):
                assert {name: archive.read(name) for name in contents.names} == CONTENTS
        except WorkspaceError as error:
            assert "flipped.zip" in str(error)


@pytest.mark.parametrize("name", sorted(CONTENTS))
def test_a_flipped_bit_in_a_member_names_the_member(backup, refused, name):
    data = backup.read_bytes()
    where = data.index(CONTENTS[name])
    backup.write_bytes(data[:where] + bytes([data[where] ^ 1]) + data[where + 1 :])
    assert f"{name} is damaged" in refused(backup)


def test_a_backup_cut_off_anywhere_is_refused(backup, tmp_path):
    good = backup.read_bytes()
    cut = tmp_path / "cut.zip"
    for length in range(0, len(good), 7):
        cut.write_bytes(good[:length])
        with pytest.raises(WorkspaceError), opened(cut):
            pass


@pytest.mark.parametrize("name", sorted(CONTENTS))
def test_a_missing_member_is_named(tmp_path, refused, name):
    rest = {key: data for key, data in CONTENTS.items() if key != name}
    path = write(tmp_path / "backup.zip", rest, manifest())
    assert name in refused(path)


@pytest.mark.parametrize("name", ["headstamp.env", "headstamp.sqlite3"])
def test_a_backup_needs_settings_and_a_database_whatever_its_manifest_says(tmp_path, refused, name):
    rest = {key: data for key, data in CONTENTS.items() if key != name}
    assert name in refused(write(tmp_path / "backup.zip", rest))


def test_a_member_too_many_is_named(tmp_path, refused):
    path = write(tmp_path / "backup.zip", {**CONTENTS, "gallery/more": b"x"}, manifest())
    assert "gallery/more" in refused(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice_is_refused(tmp_path, refused):
    path = write(tmp_path / "backup.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("headstamp.env", CONTENTS["headstamp.env"])
    assert "twice" in refused(path)


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "/etc/outside",
        "files/../../outside",
        "gallery/../outside",
        "gallery/../../headstamp.env",
        "C:\\outside",
        "tmp/outside",
        "gallery/a/b",
        "gallery/.hidden",
        "headstamp.env/outside",
        "workers/1",
        "headstamp.sqlite3-wal",
    ],
)
def test_a_member_that_would_lie_elsewhere_is_refused(tmp_path, refused, name):
    contents = {**CONTENTS, name: b"outside"}
    said = refused(write(tmp_path / "backup.zip", contents))
    assert "no backup holds" in said or "what its manifest says" in said


def test_a_file_under_another_hash_is_refused(tmp_path, refused):
    other = f"files/00/00{'1' * 62}"
    assert other in refused(write(tmp_path / "backup.zip", {**CONTENTS, other: FILE}))


def test_a_member_that_unpacks_to_far_more_is_not_unpacked(tmp_path, refused):
    bomb = {**CONTENTS, "gallery/bomb": bytes(50_000_000)}
    path = write(tmp_path / "backup.zip", bomb, pack=zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 200_000
    assert "packed" in refused(path)


def test_a_member_that_is_said_to_be_larger_than_the_file_is_not_read(tmp_path, refused):
    """So are entries that point to the same bytes, which together say more than there is."""
    path = write(tmp_path / "backup.zip")
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"gallery/journal") - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    data[entry + 20 : entry + 28] = struct.pack("<II", 1 << 30, 1 << 30)
    path.write_bytes(data)
    assert "holds more than it does" in refused(path)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (b"", "no backup of a workspace"),
        (b"[]", "no backup of a workspace"),
        (b"{", "no backup of a workspace"),
        (b"\xff\xfe", "no backup of a workspace"),
        (b"[" * 100_000, "damaged"),
        (manifest(format=2), "is of format 2, this headstamp reads 1"),
        (manifest(format="1"), "is of format '1'"),
        (manifest(members=None), "no backup of a workspace"),
        (manifest(members=[["headstamp.env"]]), "no backup of a workspace"),
        (manifest(members=[["headstamp.env", "many", "x"]]), "no backup of a workspace"),
        (manifest(members=[]), "what its manifest says"),
        (manifest(database="oracle"), "no backup of a workspace"),
        (manifest(database="postgresql"), "headstamp.sqlite3"),
        (manifest(audit={}), "no backup of a workspace"),
        (manifest(audit={"sequence": 1, "hash": "short"}), "no backup of a workspace"),
    ],
)
def test_a_manifest_that_is_none_is_refused(tmp_path, refused, said, expected):
    assert expected in refused(write(tmp_path / "backup.zip", said=said))


def test_a_size_that_is_not_the_members_is_refused(tmp_path, refused):
    members = json.loads(manifest())["members"]
    members[0][1] += 1
    path = write(tmp_path / "backup.zip", said=manifest(members=members))
    assert "headstamp.env is damaged" in refused(path)


def test_content_that_is_not_the_manifests_is_refused(tmp_path, refused):
    """Although the archive itself is whole."""
    members = json.loads(manifest())["members"]
    members[3][2] = sha256(b"another record\n")
    path = write(tmp_path / "backup.zip", said=manifest(members=members))
    assert "gallery/journal is damaged" in refused(path)


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04 nearly", bytes(5000)])
def test_a_file_that_is_no_archive_is_refused(tmp_path, refused, data):
    path = tmp_path / "backup.zip"
    path.write_bytes(data)
    assert "is damaged" in refused(path)


def test_a_backup_that_is_not_there_or_a_folder_is_refused(tmp_path, refused):
    assert "No such file" in refused(tmp_path / "nothing.zip")
    assert "directory" in refused(tmp_path)


@pytest.mark.parametrize("there", ["file", "folder", "hidden"])
def test_a_target_that_holds_something_is_left_alone(backup, refused, tmp_path, there):
    target: Path = tmp_path / "restored"
    if there == "file":
        target.write_text("mine")
    else:
        target.mkdir()
        (target / (".mine" if there == "hidden" else "mine")).write_text("mine")
    assert "holds other files" in refused(backup)


def test_what_cannot_be_opened_after_all_leaves_an_empty_folder_as_it_was(
    backup, tmp_path, monkeypatch
):
    def fail(*args):
        raise WorkspaceError("not whole")

    monkeypatch.setattr(restoring, "_open", fail)
    for target in (tmp_path / "new", tmp_path / "empty"):
        if target.name == "empty":
            target.mkdir()
        with pytest.raises(WorkspaceError, match="not whole"):
            restoring.restore(backup, target)
    assert not (tmp_path / "new").exists()
    assert list((tmp_path / "empty").iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip", "empty"]
