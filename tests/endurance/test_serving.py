"""``headstamp serve`` and what it starts live and end together."""

from __future__ import annotations

import json
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from tests.endurance import browser
from tests.endurance.browser import LostError
from tests.endurance.entering import Technician
from tests.endurance.running import Place, Process, children, eventually, headstamp, lives, send

PATIENCE_OF_A_READER = 15.0
"""Seconds; a writer who waits for another gives up after thirty."""

Scans = Callable[[int, int], bytes]


@pytest.fixture
def place(embedded_place: Place) -> Place:
    """How processes live and end is the same on every database."""
    return embedded_place


def whole_family(serving: Process) -> list[int]:
    """Server, the process that answers, and the worker, once all of them run."""
    eventually(lambda: len(serving.family()) == 4, "everything runs")
    return serving.family()


def pauses(place: Place) -> list[float]:
    """The pauses that were written to the log before a process was started again."""
    lines = [json.loads(line) for line in place.said().splitlines() if line.startswith("{")]
    return [line["again_in"] for line in lines if "again_in" in line]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_end_it_ends_its_children_and_can_be_started_again(
    place: Place, number: int
) -> None:
    serving = place.serve()
    family = whole_family(serving)
    assert serving.end(number) == 0
    assert not any(lives(one) for one in family)
    place.serve()


def test_an_upload_on_its_way_when_it_is_asked_to_end_is_still_taken(
    place: Place, scan: Scans
) -> None:
    serving = place.serve()
    whole_family(serving)
    technician = Technician(place)
    exhibit = technician.add_exhibit()

    def end() -> None:
        serving.popen.send_signal(signal.SIGTERM)
        eventually(lambda: len(serving.family()) == 3, "the worker, asked last, has ended")

    assert technician.send_scan(exhibit, scan(1, 1), amid=end).status == 302
    assert serving.popen.wait(60) == 0
    assert len(place.ask("scans")) == 1


def test_who_reads_does_not_wait_for_who_writes(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.serve()
    technician = Technician(place)
    monkeypatch.setattr(browser, "WAIT", PATIENCE_OF_A_READER)
    with closing(sqlite3.connect(place.root / "headstamp.sqlite3", isolation_level=None)) as one:
        one.execute("BEGIN IMMEDIATE")  # as an import of many rows does for as long as it takes
        assert technician.browser.get("/incidents/").status == 200
        one.execute("ROLLBACK")


def test_killed_it_takes_its_children_with_it(place: Place) -> None:
    serving = place.serve()
    family = whole_family(serving)
    send(serving.pid, signal.SIGKILL)
    eventually(lambda: not any(lives(one) for one in family[1:]), "the children end")


def test_it_ends_with_an_error_when_its_server_is_killed(place: Place) -> None:
    serving = place.serve()
    family = whole_family(serving)
    send(next(one for one in family[1:] if children(one)), signal.SIGKILL)
    assert serving.popen.wait(60) == 1
    eventually(lambda: not any(lives(one) for one in family), "everything ends")
    assert "the web server ended" in place.said()
    place.serve()


def test_a_worker_that_is_killed_is_started_again(place: Place, scan: Scans) -> None:
    serving = place.serve()
    family = whole_family(serving)
    worker = next(one for one in children(serving.pid) if not children(one))
    send(worker, signal.SIGKILL)
    eventually(lambda: not lives(worker), "it is gone")
    assert worker not in whole_family(serving)
    assert len(set(family) & set(serving.family())) == 3
    page = Technician(place).scan(scan(1, 1))
    place.wait_until_done()
    assert [one["state"] for one in place.ask("scans") if one["page"] == page] == ["searched"]


def test_a_worker_that_cannot_start_is_tried_less_and_less_and_the_server_answers(
    place: Place, scan: Scans
) -> None:
    in_the_way = place.root / "workers"
    in_the_way.write_text("a file, where the workers' folder should be")
    place.serve()
    page = Technician(place).scan(scan(1, 1))
    eventually(lambda: len(pauses(place)) > 3, "it was started four times")
    assert pauses(place)[:4] == [0, 1, 2, 4]
    assert place.answers()
    in_the_way.unlink()
    place.wait_until_done()
    assert [one["state"] for one in place.ask("scans") if one["page"] == page] == ["searched"]


def test_a_port_that_is_taken_is_one_sentence_and_nothing_is_started(place: Place) -> None:
    place.serve("--workers", "0")
    refused = headstamp("serve", "--workspace", str(place.root), "--port", str(place.port))
    assert refused.returncode != 0
    assert "--port" in refused.stderr
    assert place.answers()


def test_what_a_killed_upload_left_goes_when_a_server_starts(place: Place) -> None:
    serving = place.serve("--workers", "0")
    technician = Technician(place)
    exhibit = technician.add_exhibit()
    tmp = place.root / "tmp"

    def kill() -> None:
        eventually(lambda: list(tmp.glob("*.upload*")), "it is being written")
        another = Place(place.root)
        another.serve("--workers", "0").end()
        assert list(tmp.glob("*.upload*"))  # it is held by who writes it
        serving.kill()

    with pytest.raises(LostError):
        technician.send_scan(exhibit, bytes(5_000_000), amid=kill)
    assert list(tmp.glob("*.upload*"))
    place.serve("--workers", "0")
    assert not list(tmp.glob("*.upload*"))
    assert place.ask("scans") == []
