"""Workers share the jobs, take up those of a worker that is gone, and know when to stop trying."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from tests.endurance.entering import Technician
from tests.endurance.running import Place, eventually

from headstamp.gallery.lock import exclusive

Scans = Callable[[int, int], bytes]


def statuses(place: Place) -> list[str]:
    return [job["status"] for job in place.ask("jobs")]


def attempts(place: Place) -> int:
    """How many workers took the newest job."""
    return len(place.ask("jobs")[-1]["workers"])


def state_of(place: Place, page: str) -> str:
    return str(next(one["state"] for one in place.ask("scans") if one["page"] == page))


@pytest.fixture
def technician(place: Place, scan: Scans) -> Technician:
    """Somebody who enters, at a place with a server, no worker, and a gallery of one scan."""
    place.serve("--workers", "0")
    found = Technician(place)
    found.scan(scan(1, 1))
    worker = place.work()
    place.wait_until_done()
    worker.end()
    return found


@contextmanager
def gallery_in_use(place: Place) -> Iterator[None]:
    """Keep every preparation waiting at its last step."""
    with exclusive(place.root / "gallery"):
        yield


def test_two_workers_do_no_job_twice(place: Place, scan: Scans) -> None:
    place.serve("--workers", "2")
    technician = Technician(place)
    workers = place.root / "workers"
    eventually(lambda: workers.is_dir() and len(list(workers.iterdir())) == 2, "both live")
    for gun in range(5):
        for firing in (1, 2):
            technician.scan(scan(gun, firing))
    place.wait_until_done()
    jobs = place.ask("jobs")
    assert {job["status"] for job in jobs} == {"SUCCESSFUL"}
    assert len(jobs) == 20
    assert all(len(job["workers"]) == 1 for job in jobs)
    assert len({job["workers"][0] for job in jobs}) == 2
    assert {one["state"] for one in place.ask("scans")} == {"searched"}


def test_a_job_that_is_done_twice_at_once_changes_nothing(place: Place, scan: Scans) -> None:
    place.serve("--workers", "0")
    technician = Technician(place)
    for firing in (1, 2, 3, 4):
        technician.scan(scan(1, firing))
    assert place.ask("queue_again", times=3) == 4
    for _ in range(2):
        place.work()
    place.wait_until_done()
    assert set(statuses(place)) == {"SUCCESSFUL"}
    assert {one["state"] for one in place.ask("scans")} == {"searched"}
    assert place.ask("gallery_faults") == []
    found = place.ask("candidates")
    assert found["twice"] == []
    assert found["links"] == 6
    events = place.ask("record")["events"]
    assert events["evidence.scan_prepared"] == events["comparisons.searched"] == 4


def test_a_job_that_ended_its_worker_five_times_is_given_up_and_the_page_says_so(
    place: Place, technician: Technician, scan: Scans
) -> None:
    page = technician.scan(scan(1, 2))
    with gallery_in_use(place):
        for attempt in range(1, 6):
            worker = place.work()
            eventually(lambda n=attempt: attempts(place) == n, "it is begun")
            assert state_of(place, page) == "waiting"
            worker.kill()
    worker = place.work()
    eventually(lambda: state_of(place, page) == "failed", "it is given up")
    shown = technician.browser.get(page)
    assert "five times and has given up" in shown.text
    technician.browser.submit(shown.form(action=f"{page}try-again/"))
    eventually(lambda: state_of(place, page) == "searched", "it is tried again")
    assert place.ask("gallery_faults") == []


def test_a_job_of_a_living_worker_is_left_to_it(
    place: Place, technician: Technician, scan: Scans, unsuitable_scan: bytes
) -> None:
    page = technician.scan(scan(1, 2))
    with gallery_in_use(place):
        place.work()
        eventually(lambda: "RUNNING" in statuses(place), "the first worker is in its job")
        another = technician.scan(unsuitable_scan)
        place.work()
        eventually(lambda: state_of(place, another) == "unsuitable", "the second one works")
        assert state_of(place, page) == "waiting"
    eventually(lambda: state_of(place, page) == "searched", "the first one went on")
    assert all(len(job["workers"]) == 1 for job in place.ask("jobs"))


def test_a_worker_that_is_asked_to_end_finishes_its_job(
    place: Place, technician: Technician, scan: Scans
) -> None:
    page = technician.scan(scan(1, 2))
    with gallery_in_use(place):
        worker = place.work()
        eventually(lambda: "RUNNING" in statuses(place), "it is begun")
        worker.popen.send_signal(signal.SIGTERM)
    assert worker.popen.wait(60) == 0
    assert state_of(place, page) == "prepared"
    assert "RUNNING" not in statuses(place)


def test_a_worker_alone_does_what_is_left(embedded_place: Place, scan: Scans) -> None:
    place = embedded_place
    serving = place.serve("--workers", "0")
    page = Technician(place).scan(scan(1, 1))
    assert len(serving.family()) == 3
    serving.end()
    assert state_of(place, page) == "waiting"
    alone = place.start("worker", "--until-empty")
    assert alone.popen.wait(60) == 0
    assert state_of(place, page) == "searched"
