"""``headstamp gallery``."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from headstamp.gallery.layout import LEVELS
from headstamp.gallery.store import Gallery
from headstamp.gallery.verify import verify


def test_a_gallery_is_made_empty_and_filled_later(headstamp, tmp_path, scan_folder):
    code, out, _ = headstamp("gallery", "create", tmp_path / "g")
    assert code == 0
    assert "empty gallery" in out
    code, out, _ = headstamp("gallery", "add", tmp_path / "g", scan_folder, "--json")
    assert code == 0
    answer = json.loads(out)
    assert [added["scan"] for added in answer["added"]] == [f"gun{gun}.x3p" for gun in range(4)]
    assert (answer["records"], answer["failed"], answer["duplicates"]) == (4, [], [])


def test_a_gallery_is_made_from_a_folder(headstamp, gallery):
    assert [record.name for record in Gallery.open(gallery).records()] == [
        f"gun{gun}.x3p" for gun in range(4)
    ]
    assert Gallery.open(gallery).record(0).instrument == "Maker M1"


def test_processes_prepare_the_same_scans_in_the_same_order(headstamp, gallery, scan_folder):
    other = gallery.with_name("other")
    assert headstamp("gallery", "create", other, "--from", scan_folder, "--jobs", 2)[0] == 0
    one, two = Gallery.open(gallery), Gallery.open(other)
    for a, b in zip(one.records(), two.records(), strict=True):
        assert (a.name, a.levels_sha256, a.descriptor_sha256) == (
            b.name,
            b.levels_sha256,
            b.descriptor_sha256,
        )


def test_the_same_file_again_is_left_out_with_a_notice(headstamp, gallery, scan_folder):
    code, _, err = headstamp("gallery", "add", gallery, scan_folder / "gun2.x3p")
    assert code == 0
    assert "gun2.x3p is the same file as record 2" in err.replace("\n", " ")
    assert len(Gallery.open(gallery)) == 4
    answer = json.loads(headstamp("gallery", "add", gallery, scan_folder, "--json")[1])
    assert [entry["index"] for entry in answer["duplicates"]] == [0, 1, 2, 3]


def test_a_bad_scan_is_reported_and_the_others_are_added(
    headstamp, tmp_path, scan_folder, write_scan
):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.x3p").write_bytes(b"PK not a zip")
    (tmp_path / "in" / "cut.x3p").write_bytes((scan_folder / "gun0.x3p").read_bytes()[:-500])
    write_scan(tmp_path / "in" / "good.x3p", 9, 0)
    headstamp("gallery", "create", tmp_path / "g")
    code, out, err = headstamp("gallery", "add", tmp_path / "g", tmp_path / "in", "--json")
    assert code == 3
    assert "Traceback" not in err
    assert "2 of 3 scans could not be added" in err.replace("\n", " ")
    answer = json.loads(out)
    assert [added["scan"] for added in answer["added"]] == ["good.x3p"]
    assert [failed["scan"] for failed in answer["failed"]] == ["bad.x3p", "cut.x3p"]
    assert all(failed["reason"] for failed in answer["failed"])


def test_labels_are_kept_and_listed(headstamp, tmp_path, scan_folder):
    (tmp_path / "labels.csv").write_text("file,exhibit,firearm\ngun1.x3p,7,glock\n")
    headstamp("gallery", "create", tmp_path / "g")
    words = ["--case", "17-1", "--labels", tmp_path / "labels.csv"]
    assert headstamp("gallery", "add", tmp_path / "g", scan_folder, *words)[0] == 0
    listed = json.loads(headstamp("gallery", "list", tmp_path / "g", "--json")[1])
    assert listed[0]["labels"] == {"case": "17-1"}
    assert listed[1]["labels"] == {"case": "17-1", "exhibit": "7", "firearm": "glock"}
    out = headstamp("gallery", "list", tmp_path / "g")[1]
    assert all(word in out for word in ("gun3.x3p", "17-1", "glock"))


def test_listing_an_empty_gallery_says_what_to_do(headstamp, tmp_path):
    headstamp("gallery", "create", tmp_path / "g")
    code, out, _ = headstamp("gallery", "list", tmp_path / "g")
    assert (code, "gallery add" in out) == (0, True)
    assert json.loads(headstamp("gallery", "list", tmp_path / "g", "--json")[1]) == []


def test_a_sound_gallery_passes(headstamp, gallery):
    code, out, _ = headstamp("gallery", "verify", gallery)
    assert code == 0
    assert "All 4 records" in out
    answer = json.loads(headstamp("gallery", "verify", gallery, "--json")[1])
    assert (answer["sound"], answer["records"], answer["broken"]) == (True, 4, [])


def test_a_changed_byte_fails_and_the_record_is_named(headstamp, gallery):
    record = Gallery.open(gallery).record(2)
    with (gallery / LEVELS).open("r+b") as stream:
        stream.seek(record.offset + 1000)
        byte = stream.read(1)
        stream.seek(record.offset + 1000)
        stream.write(bytes([byte[0] ^ 4]))
    code, out, err = headstamp("gallery", "verify", gallery)
    assert code == 5
    assert "gun2.x3p" in out
    assert "record 2 gun2.x3p" in err.replace("\n", " ")
    code, out, _ = headstamp("gallery", "verify", gallery, "--json")
    assert code == 5
    assert [broken["index"] for broken in json.loads(out)["broken"]] == [2]


@pytest.mark.parametrize("command", [["list"], ["verify"], ["add"]])
def test_a_missing_gallery_is_one_line_and_a_code(headstamp, tmp_path, scan_folder, command):
    words = [scan_folder] if command == ["add"] else []
    code, out, err = headstamp("gallery", *command, tmp_path / "none", *words)
    assert (code, out) == (5, "")
    assert "no such gallery" in err
    assert len(err.strip().splitlines()) == 1


def test_a_missing_folder_of_scans_makes_no_gallery(headstamp, tmp_path):
    code, _, err = headstamp("gallery", "create", tmp_path / "g", "--from", tmp_path / "none")
    assert (code, "no such file" in err) == (3, True)
    assert not (tmp_path / "g").exists()


def test_making_a_gallery_over_one_is_refused(headstamp, gallery):
    code, _, err = headstamp("gallery", "create", gallery)
    assert (code, "already" in err) == (5, True)


def test_ctrl_c_leaves_the_gallery_whole(tmp_path, scan_folder, write_scan):
    for gun in range(160):
        write_scan(tmp_path / f"gun{gun}.x3p", gun, 1)
    program = [sys.executable, "-m", "headstamp.cli.main", "gallery", "create"]
    process = subprocess.Popen(
        [*program, tmp_path / "g", "--from", tmp_path, "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    log = tmp_path / "g" / "records.log"
    deadline = time.monotonic() + 60
    while not (log.exists() and log.stat().st_size) and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert len(err.strip().splitlines()) == 1
    assert verify(tmp_path / "g").sound
    assert 0 < len(Gallery.open(tmp_path / "g")) <= 160


def test_a_full_disk_is_one_line_that_says_what_is_safe(tmp_path, write_scan):
    for gun in range(20):
        write_scan(tmp_path / f"gun{gun:02d}.x3p", gun, 2)
    program = (
        "import resource, sys; from headstamp.cli.main import run; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000)); run()"
    )
    words = ["gallery", "create", tmp_path / "g", "--from", tmp_path, "--jobs", "1", "--json"]
    ended = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (6, "")
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "make room" in ended.stderr
    assert verify(tmp_path / "g").sound
    there = len(Gallery.open(tmp_path / "g"))
    assert 0 < there < 20
    assert f"{there} scans were added before this and are safe" in ended.stderr
