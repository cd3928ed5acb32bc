"""Events that several processes put on record at once follow each other: the chain never forks."""

from __future__ import annotations

from contextlib import closing
from threading import Thread

from tests.endurance.running import Inside

PROCESSES, THREADS, EVENTS = 3, 4, 25


def test_the_chain_never_forks(place):
    faults: list[str] = []

    def work(inside: Inside) -> None:
        with closing(inside):
            faults.extend(inside.ask("append", events=EVENTS, threads=THREADS))

    working = [Thread(target=work, args=(Inside(place.root),)) for _ in range(PROCESSES)]
    for one in working:
        one.start()
    for one in working:
        one.join()
    assert faults == []
    record = place.ask("record")
    assert record["whole"], record["broken"]
    assert record["events"]["tests.done"] == PROCESSES * THREADS * EVENTS
