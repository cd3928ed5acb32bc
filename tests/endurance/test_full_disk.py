"""The disk fills up: a page says so, nothing half is stored, and all goes on when there is room.

The workspace lies on a small file system in memory, which only root can mount.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.endurance.browser import Answer
from tests.endurance.entering import Technician
from tests.endurance.running import Place, eventually

Scans = Callable[[int, int], bytes]
KB = 1024


class Disk:
    """A file system of its own that can be filled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, leaving: int = 0) -> None:
        """Fill it up to so many bytes."""
        found = os.statvfs(self.folder)
        room = found.f_bavail * found.f_frsize - leaving
        with self._filler.open("ab", buffering=0) as stream:
            while room > 0:
                try:
                    room -= stream.write(bytes(min(room, KB * KB)))
                except OSError:
                    return

    def empty(self) -> None:
        """Make room again."""
        self._filler.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A small one; skipped where it cannot be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(words, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("a file system cannot be mounted here: there is no mount")
    if mounted.returncode:
        pytest.skip(f"a file system cannot be mounted here: {mounted.stderr.strip()}")
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def place(disk: Disk, new_database: Callable[[], str], new_place: Callable[..., Place]) -> Place:
    """A workspace on the small disk; the embedded database is on it too."""
    return new_place(disk.folder / "workspace", new_database())


@pytest.fixture
def embedded(disk: Disk, new_place: Callable[..., Place]) -> Place:
    """One whose database is on the small disk."""
    return new_place(disk.folder / "workspace")


def check_refused(answer: Answer) -> None:
    assert answer.status == 507, answer.text
    assert "no room left on the server" in answer.text
    assert "administrator" in answer.text


def files_of(place: Place) -> set[Path]:
    """Everything that was stored or is on its way."""
    return {
        path
        for name in ("files", "tmp", "surfaces")
        for path in (place.root / name).rglob("*")
        if path.is_file() and "cache" not in path.parts
    }


@pytest.mark.parametrize("size", [0, 3_000_000], ids=["small", "large"])
def test_an_upload_that_finds_no_room_leaves_nothing_and_is_taken_later(
    place: Place, disk: Disk, scan: Scans, size: int
) -> None:
    place.serve("--workers", "0")
    technician = Technician(place)
    exhibit = technician.add_exhibit()
    content = scan(1, 1)
    before = files_of(place)
    disk.fill(leaving=48 * KB)
    check_refused(technician.send_scan(exhibit, content + bytes(size)))
    assert files_of(place) == before
    assert technician.browser.get(exhibit).status == 200
    assert place.ask("scans") == []
    disk.empty()
    assert technician.send_scan(exhibit, content).status == 302
    place.work()
    place.wait_until_done()
    assert [one["state"] for one in place.ask("scans")] == ["searched"]


def test_a_database_that_finds_no_room_keeps_what_it_acknowledged_and_can_be_read(
    embedded: Place, disk: Disk
) -> None:
    place = embedded
    place.serve("--workers", "0")
    technician, newcomer = Technician(place), Technician(place)
    exhibit = technician.add_exhibit()
    disk.fill()
    kept = []
    for number in range(2000):  # until the log of the database needs more room than it has
        answer = technician.register(f"N-{number}", address="x" * 200)
        if answer.status != 302:
            break
        kept.append(f"N-{number}")
    check_refused(answer)
    for path in ("/", exhibit, "/exhibits/", "/incidents/", "/search/?q=N-1"):
        assert technician.browser.get(path).status == 200
        assert newcomer.browser.get(path).status == 200
    disk.empty()
    assert technician.register("N-after").status == 302
    found = place.ask("numbers")["incidents"]
    assert sorted(found) == sorted([*kept, "T-1", "N-after"])
    record = place.ask("record")
    assert record["whole"], record["broken"]
    assert record["events"]["casework.incident_added"] == len(kept) + 2


def test_a_worker_that_finds_no_room_waits_for_it(place: Place, disk: Disk, scan: Scans) -> None:
    place.serve("--workers", "0")
    technician = Technician(place)
    page = technician.scan(scan(1, 1))
    disk.fill(leaving=48 * KB)
    place.work()
    eventually(lambda: "no room" in place.ask("scans")[0]["reason"], "it waits")
    assert place.ask("scans")[0]["state"] == "waiting"
    assert "goes on by itself" in technician.browser.get(page).text
    disk.empty()
    eventually(lambda: place.ask("scans")[0]["state"] == "searched", "it goes on")
    assert place.ask("gallery_faults") == []


def test_a_place_that_is_started_on_a_full_disk_goes_on_when_there_is_room(
    place: Place, disk: Disk, scan: Scans
) -> None:
    serving = place.serve("--workers", "0")
    technician = Technician(place)
    page = technician.scan(scan(1, 1))
    serving.end()
    place.rest()
    disk.fill()
    serving = place.serve(wait=False)
    if (place.root / "headstamp.sqlite3").exists():
        assert serving.popen.wait(60) != 0
        assert "the disk is full; make room and run it again" in place.said()
        disk.empty()
        place.serve()
    else:
        eventually(lambda: "NoRoomError" in place.said(), "the worker waits")
        assert "goes on by itself" in technician.browser.get(page).text
        disk.empty()
    eventually(lambda: place.ask("scans")[0]["state"] == "searched", "it goes on")
    assert technician.browser.get(page).status == 200


def test_a_worker_whose_database_finds_no_room_goes_on_when_there_is_some(
    embedded: Place, disk: Disk, scan: Scans
) -> None:
    place = embedded
    place.serve("--workers", "0")
    technician = Technician(place)
    technician.scan(scan(1, 1))
    disk.fill()
    with_worker = Place(place.root)
    with_worker.serve()
    eventually(lambda: "full" in place.said(), "it finds no room")
    disk.empty()
    eventually(lambda: place.ask("scans")[0]["state"] == "searched", "it goes on")
    with_worker.close()
