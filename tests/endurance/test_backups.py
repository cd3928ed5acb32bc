"""A backup taken while people work is whole, and comes back whole; what cannot is left out."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from threading import Event, Thread

import pytest
from tests.endurance.running import Inside, environment, headstamp


@pytest.fixture
def opened():
    """``opened(root)``: a process that has a restored workspace open."""
    made = []

    def open_it(root):
        made.append(Inside(root))
        return made[-1]

    yield open_it
    for one in made:
        one.close()


def backup(place, name="backup.zip", *words):
    file = place.root.parent / name
    done = headstamp("backup", str(file), "--workspace", str(place.root), "--json", *words)
    return file, done


def restore(file, root, database=""):
    more = {"DATABASE_URL": database} if database else {}
    return headstamp("restore", str(file), str(root), "--json", **more)


def names_beside(file):
    return sorted(path.name for path in file.parent.iterdir())


def work_until(place, enough):
    """Enter incidents, each with a scene and a photograph."""
    while not enough.is_set():
        place.ask("enter", incidents=20)


def test_backups_taken_while_people_work_are_whole(place, new_database, opened, tmp_path):
    enough = Event()
    writer = Thread(target=work_until, args=(place, enough))
    writer.start()
    taken = []
    try:
        for number in range(3):
            file, done = backup(place, f"{number}.zip")
            assert done.returncode == 0, done.stderr
            taken.append(file)
    finally:
        enough.set()
        writer.join()
    counts = []
    for number, file in enumerate(taken):
        root = tmp_path / f"restored{number}"
        done = restore(file, root, new_database())
        assert done.returncode == 0, done.stderr
        inside = opened(root)
        assert inside.ask("record")["whole"]
        assert inside.ask("file_faults") == []
        found = inside.ask("numbers")
        assert set(found["incidents"]) <= set(place.ask("numbers")["incidents"])
        counts.append(len(found["incidents"]))
        assert json.loads(done.stdout)["events"] > 3 * len(found["photographs"])
    assert counts == sorted(counts)
    assert counts[-1] < len(place.ask("numbers")["incidents"])


def test_a_workspace_comes_back_as_it_was(place, new_database, opened, tmp_path):
    place.ask("enter", incidents=3)
    file, done = backup(place)
    said = json.loads(done.stdout)
    assert said["members"] == 5  # settings, database, three photographs
    assert said["bytes"] <= file.stat().st_size
    assert file.stat().st_mode & 0o777 == 0o600
    root = tmp_path / "restored"
    assert restore(file, root, new_database()).returncode == 0
    inside = opened(root)
    assert inside.ask("numbers") == place.ask("numbers")
    assert inside.ask("enter", incidents=1)  # and work goes on
    assert inside.ask("record")["whole"]
    keys = {(one / "headstamp.env").read_text().splitlines()[0] for one in (root, place.root)}
    assert len(keys) == 1
    assert keys.pop().startswith("HEADSTAMP_SECRET_KEY=")
    modes = {path.stat().st_mode & 0o077 for path in root.rglob("*") if path.is_file()}
    assert modes <= {0, 0o044}  # what the database makes itself lies in a closed folder
    assert root.stat().st_mode & 0o777 == 0o700
    events = inside.ask("record")["events"]
    assert events["accounts.backup_made"] == 1


def test_a_record_that_was_changed_is_not_restored(place, new_database, tmp_path):
    place.ask("enter", incidents=3)
    place.ask("tamper", sequence=3)
    file, _ = backup(place)
    empty = new_database()
    done = restore(file, tmp_path / "restored", empty)
    assert done.returncode == 11
    assert "broken at event 3" in done.stderr
    assert "guards are missing" in done.stderr
    assert not (tmp_path / "restored").exists()
    again = restore(file, tmp_path / "restored", empty)  # the database was left empty too
    assert "broken at event 3" in again.stderr


class TestPostgreSQL:
    """What only concerns a workspace whose records are elsewhere."""

    @pytest.fixture
    def new_database(self, cluster):
        from itertools import count

        from tests import postgres

        numbers = count(1)
        return lambda: postgres.new_database(cluster, f"b{os.getpid()}x{next(numbers)}")

    @pytest.fixture
    def place(self, tmp_path, new_database, new_place):
        self.used = new_database()
        return new_place(tmp_path / "workspace", self.used)

    def test_a_database_that_holds_something_is_left_alone(self, place, tmp_path, new_database):
        file, _ = backup(place)
        before = place.ask("record")["events"]
        done = restore(file, tmp_path / "restored", self.used)
        assert done.returncode == 11
        assert "not empty" in done.stderr
        assert not (tmp_path / "restored").exists()
        assert place.ask("record")["events"] == before
        done = restore(file, tmp_path / "restored")
        assert done.returncode == 11
        assert "name an empty database in DATABASE_URL" in done.stderr
        nowhere = "postgresql://a@127.0.0.1:1/x"
        done = restore(file, tmp_path / "restored", nowhere)
        assert done.returncode == 11
        assert "the database cannot be used" in done.stderr
        assert not (tmp_path / "restored").exists()
        assert restore(file, tmp_path / "restored", new_database()).returncode == 0


def interrupted(place, number):
    """Begin a backup, and stop it while it writes."""
    file = place.root.parent / "backup.zip"
    words = ["backup", str(file), "--workspace", str(place.root)]
    process = subprocess.Popen(
        [sys.executable, "-m", "headstamp.cli.main", *words],
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not any(path.stat().st_size > 1e6 for path in file.parent.glob(".backup.zip-part-*")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.002)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    return file, process.returncode, said


@pytest.fixture
def large_place(embedded_place):
    """A workspace whose backup takes a while."""
    embedded_place.ask("keep_large_file", size=250_000_000)
    return embedded_place


def test_a_backup_that_is_stopped_leaves_no_file(large_place):
    before = sorted(path.name for path in large_place.root.parent.iterdir())
    for number in (signal.SIGINT, signal.SIGTERM):
        file, status, said = interrupted(large_place, number)
        assert (status, "stopped" in said) == (130, True)
        assert names_beside(file) == before
        assert not list((large_place.root / "tmp").glob("backup-*"))
    file, status, _ = interrupted(large_place, signal.SIGKILL)
    assert status == -signal.SIGKILL
    assert not file.exists()
    file, done = backup(large_place)  # the next one takes away what the killed one left
    assert done.returncode == 0, done.stderr
    assert names_beside(file) == sorted([*before, "backup.zip"])
    outcomes = large_place.ask("outcomes", action="accounts.backup_made")
    assert outcomes == ["done", "failed", "done", "failed", "done", "done"]


def test_a_backup_that_cannot_be_taken_says_why_and_leaves_no_file(embedded_place):
    place = embedded_place
    place.ask("enter", incidents=2)
    file, done = backup(place)
    assert done.returncode == 0
    _, done = backup(place)
    assert (done.returncode, "is there already" in done.stderr) == (6, True)
    _, done = backup(place, "nowhere/backup.zip")
    assert (done.returncode, "is no folder" in done.stderr) == (6, True)
    first, second = sorted(path for path in (place.root / "files").rglob("*") if path.is_file())
    first.write_bytes(b"something else")
    other, done = backup(place, "other.zip")
    assert (done.returncode, f"{first}: is damaged" in done.stderr) == (11, True)
    first.unlink()
    other, done = backup(place, "other.zip")
    assert (done.returncode, f"{first}: is missing" in done.stderr) == (11, True)
    assert second.exists()
    assert not other.exists()
    assert not [name for name in names_beside(file) if "part" in name]
    done = headstamp("backup", str(other), "--workspace", str(file.parent / "none"))
    assert (done.returncode, "is no workspace" in done.stderr) == (11, True)


def test_a_damaged_database_in_a_whole_backup_is_refused(embedded_place, tmp_path):
    """Its bytes are those that were written, but they were no database even then."""
    place = embedded_place
    with closing(sqlite3.connect(place.root / "headstamp.sqlite3")) as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'"
        ).fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.commit()
    file, done = backup(place)
    assert done.returncode == 0
    done = restore(file, tmp_path / "restored")
    assert (done.returncode, "guards are missing" in done.stderr) == (11, True)
    assert not (tmp_path / "restored").exists()


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(embedded_place, tmp_path):
    """The guards of the record came with a later step of the tables than the backup has."""
    place = embedded_place
    settings = {"HEADSTAMP_WORKSPACE": str(place.root)}
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "audit", "0001_initial"],
        env=environment(DJANGO_SETTINGS_MODULE="headstamp.web.settings", **settings),
        check=True,
        capture_output=True,
    )
    file, done = backup(place)
    assert done.returncode == 0, done.stderr
    done = restore(file, tmp_path / "restored")
    assert done.returncode == 0, done.stderr
    done = headstamp("audit", "verify", "--workspace", str(tmp_path / "restored"))
    assert (done.returncode, "are whole" in done.stdout) == (0, True)
