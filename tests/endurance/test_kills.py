"""Server and worker are killed again and again: what was acknowledged is there, and is whole."""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.endurance.clerk import Clerk, Drawer
from tests.endurance.running import Place, Process, children, headstamp, send

KILLS = {"sqlite": 100, "postgresql": 40}
"""Of the server and of the worker together; HEADSTAMP_ENDURANCE_KILLS sets another number."""

CLERKS = 4
SCANS = 64
SEED = 2017


class Killer(threading.Thread):
    """Ends the server, or the worker, at a random moment of its work, and starts it again."""

    def __init__(
        self, place: Place, process: Process, clerks: list[Clerk], drawer: Drawer, kills: int
    ) -> None:
        super().__init__()
        self.place = place
        self.process = process
        self.clerks = clerks
        self.drawer = drawer
        self.kills = kills
        self.amid: list[str] = []
        self.fault = ""

    def run(self) -> None:
        """All kills, one after the other."""
        chance = random.Random(f"{SEED} {type(self).__name__}")
        try:
            for number in range(self.kills):
                self.kill_once(number, chance)
        except Exception as error:
            self.fault = repr(error)

    def kill_once(self, number: int, chance: random.Random) -> None:
        """One of them."""
        raise NotImplementedError


class ServerKiller(Killer):
    """Every other time the whole server, else the process that answers."""

    def kill_once(self, number: int, chance: random.Random) -> None:
        """In the middle of an upload or of an entry."""
        self.place.wait_until_served(self.process)
        time.sleep(chance.uniform(0, 1))
        wanted = ("scan", "exhibit")[number // 2 % 2]
        patience = time.monotonic() + 2
        while time.monotonic() < patience and wanted not in self._doing():
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.05))
        self.amid.append(self._doing())
        self.drawer.share = (number + 1) / self.kills
        if number % 2:
            for answering in children(children(self.process.pid)[0]):
                send(answering, 9)
        else:
            self.process.kill()
            self.process = self.place.serve("--workers", "0", wait=False)

    def _doing(self) -> str:
        return "+".join(sorted({clerk.doing for clerk in self.clerks} - {""}))


class WorkerKiller(Killer):
    """The worker, in the middle of a job where there is one."""

    def kill_once(self, number: int, chance: random.Random) -> None:
        """At a preparation, at a search, or some time after whatever it does first."""
        wanted = ("prepare_scan", "_scan", "search_scan")[number % 3]
        patience = time.monotonic() + 4
        while time.monotonic() < patience and wanted not in "+".join(self._running()):
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 1.2 if number % 3 == 1 else 0.1))
        self.amid += self._running()
        self.process.kill()
        self.process = self.place.work()

    def _running(self) -> list[str]:
        return [job["task"] for job in self.place.ask("jobs") if job["status"] == "RUNNING"]


def kills_of(place: Place) -> int:
    kind = "sqlite" if (place.root / "headstamp.sqlite3").exists() else "postgresql"
    return int(os.environ.get("HEADSTAMP_ENDURANCE_KILLS", KILLS[kind]))


def kill_again_and_again(
    place: Place, serving: Process, clerks: list[Clerk], drawer: Drawer, kills: int
) -> tuple[ServerKiller, WorkerKiller]:
    """Clerks enter while the server is killed and the worker is."""
    killers = (
        ServerKiller(place, serving, clerks, drawer, kills // 2),
        WorkerKiller(place, place.work(), clerks, drawer, kills // 2),
    )
    for thread in (*clerks, *killers):
        thread.start()
    for killer in killers:
        killer.join()
    for clerk in clerks:
        clerk.stop.set()
    for clerk in clerks:
        clerk.join()
    for one in (*killers, *(clerk.told for clerk in clerks)):
        fault = getattr(one, "fault", "") or "".join(getattr(one, "faults", ()))
        assert not fault, f"{fault}\n{place.said()[-3000:]}"
    return killers


def finish(place: Place, clerk: Clerk) -> int:
    """Let all jobs end; what was given up is tried again, as a person would; how many."""
    place.wait_until_served()
    place.wait_until_done()
    given_up = [one for one in place.ask("scans") if one["state"] == "failed"]
    for one in given_up:
        assert "given up" in one["reason"], [j["fault"] for j in place.ask("jobs") if j["fault"]]
        page = clerk.browser.get(one["page"])
        assert one["reason"] in page.text
        clerk.browser.submit(page.form(action=f"{one['page']}try-again/"))
    place.wait_until_done()
    return len(given_up)


def test_what_was_acknowledged_outlives_every_kill(
    place: Place,
    scan: Callable[[int, int], bytes],
    unsuitable_scan: bytes,
    new_database: Callable[[], str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    began = time.monotonic()
    serving = place.serve("--workers", "0")
    people = place.ask("people", roles=[["technician", "PVPD"]] * CLERKS)
    scans = [scan(gun, firing) for gun in range(SCANS // 2) for firing in (1, 2)]
    drawer = Drawer([*scans[:5], unsuitable_scan, *scans[5:]])
    clerks = [
        Clerk(place, person["session"], number, drawer) for number, person in enumerate(people)
    ]
    kills = kills_of(place)
    server, worker = kill_again_and_again(place, serving, clerks, drawer, kills)
    given_up = finish(place, clerks[0])

    # What was acknowledged is there; what is there is whole.
    numbers = place.ask("numbers")
    for kind in ("exhibits", "scans"):
        acknowledged = [one for clerk in clerks for one in getattr(clerk.told, kind)]
        assert set(acknowledged) <= set(numbers[kind])
        assert len(set(numbers[kind])) == len(numbers[kind])
    assert place.ask("custody_faults") == []
    assert place.ask("file_faults") == []
    record = place.ask("record")
    assert record["whole"], record["broken"]
    assert record["events"]["evidence.exhibit_added"] == len(numbers["exhibits"])
    assert record["events"]["evidence.scan_added"] == len(numbers["scans"])

    # Each scan was searched once, or says why it cannot be.
    for one in place.ask("scans"):
        state = "unsuitable" if "mm2" in one["reason"] else "searched"
        assert one["state"] == state, one
    assert record["events"]["comparisons.searched"] == len(numbers["scans"]) - 1
    assert place.ask("gallery_faults") == []
    assert place.ask("candidates")["twice"] == []
    verified = headstamp("gallery", "verify", str(place.root / "gallery"))
    assert verified.returncode == 0, verified.stdout + verified.stderr

    # Nothing half-written is left, and a backup of it all can be restored.
    assert list((place.root / "files").glob(".incoming-*")) == []
    assert {path.name for path in (place.root / "tmp").iterdir()} <= {"cache"}
    check_backup(place, tmp_path, new_database(), numbers)

    # The kills did come in the middle of things.
    assert len([one for one in server.amid if "scan" in one]) > kills // 10
    assert len([one for one in server.amid if "exhibit" in one]) > kills // 10
    assert len(worker.amid) > kills // 10
    with capsys.disabled():
        lost = sum(clerk.told.lost for clerk in clerks)
        print(
            f"\n{kills} kills in {time.monotonic() - began:.0f} s: {len(numbers['exhibits'])} "
            f"exhibits, {len(numbers['scans'])} scans, {lost} answers lost, "
            f"{given_up} jobs given up and tried again; amid {dict(Counter(server.amid))}, "
            f"{dict(Counter(worker.amid))}"
        )


def check_backup(place: Place, folder: Path, database: str, numbers: dict[str, list[str]]) -> None:
    """A backup, taken while the place is served, brings back the same."""
    file, restored = folder / "backup.zip", folder / "restored"
    made = headstamp("backup", str(file), "--workspace", str(place.root))
    assert made.returncode == 0, made.stderr
    more = {"DATABASE_URL": database} if database else {}
    back = headstamp("restore", str(file), str(restored), **more)
    assert back.returncode == 0, back.stderr
    copy = Place(restored)
    try:
        assert copy.ask("record")["whole"]
        assert {k: sorted(v) for k, v in copy.ask("numbers").items()} == {
            k: sorted(v) for k, v in numbers.items()
        }
        assert copy.ask("file_faults") == []
        assert copy.ask("gallery_faults") == []
    finally:
        copy.close()
