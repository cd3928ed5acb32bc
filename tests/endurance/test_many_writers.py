"""Twenty people write at once: nobody's work is lost, nothing fails, the record is whole."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest
from tests.endurance.browser import Browser, LostError
from tests.endurance.running import Place, eventually
from tests.endurance.writer import Shared, Writer

WRITERS = 20
SECONDS = float(os.environ.get("HEADSTAMP_ENDURANCE_SECONDS", "60"))
GUNS = 12


def begin(place: Place, person: dict[str, str], scan: Callable[[int, int], bytes]) -> Shared:
    """Register what everybody then works on, with links that wait for their review."""
    shared = Shared([], [], [scan(gun, firing) for gun in range(GUNS) for firing in (1, 2, 3)])
    browser = Browser(place.port, person["session"])
    for number in ("A-1", "A-2", "A-3"):
        form = browser.get("/incidents/new/").form(field="occurred_at")
        made = browser.submit(form, number=number, occurred_at="2024-05-01T12:00").location
        shared.incidents.append(made.split("/")[2])
        form = browser.get(f"{made}scenes/new/").form(field="arrived_at")
        shared.scenes.append(browser.submit(form).location.split("/")[2])
    first = Writer("first", browser, "", shared, 0)
    for _ in range(4):
        first.add_exhibit()
        first.send_scan()
    eventually(lambda: place.ask("candidates")["links"] > 1, "links wait for their review")
    return shared


def write_together(writers: list[Writer]) -> None:
    """All of them at once until the time is over, or one meets what must not be."""
    deadline = time.monotonic() + SECONDS
    failed = threading.Event()

    def work(writer: Writer) -> None:
        while time.monotonic() < deadline and not failed.is_set():
            try:
                writer.one_thing()
            except (AssertionError, LostError) as error:
                writer.ledger.faults.append(str(error))
                failed.set()

    threads = [threading.Thread(target=work, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_twenty_writers_lose_nothing(
    place: Place,
    scan: Callable[[int, int], bytes],
    capsys: pytest.CaptureFixture[str],
) -> None:
    serving = place.serve("--processes", "2")
    people = place.ask("people", roles=[["technician", "PVPD"]] * WRITERS)
    shared = begin(place, people[0], scan)
    before, entries_before = place.ask("record")["events"], place.ask("custody_entries")
    eventually(lambda: len(serving.family()) == 5, "server and worker run")
    family = serving.family()
    writers = [
        Writer(
            f"w{number}",
            Browser(place.port, person["session"]),
            people[number ^ 1]["id"],
            shared,
            number,
        )
        for number, person in enumerate(people)
    ]
    write_together(writers)
    ledgers = [writer.ledger for writer in writers]
    faults = [fault for ledger in ledgers for fault in ledger.faults]
    assert not faults, faults[0]

    # Everything that was started still runs, and nothing went wrong on the way.
    assert serving.family() == family
    assert "Traceback" not in place.said()

    # One event for each write that was acknowledged, in a record that is whole.
    told: Counter[str] = sum((ledger.events for ledger in ledgers), Counter())
    record = place.ask("record")
    assert record["whole"], record["broken"]
    written = Counter(record["events"]) - Counter(before)
    assert {action: written[action] for action in told} == dict(told)

    # Whatever was acknowledged is there, once.
    numbers = place.ask("numbers")
    for kind in ("incidents", "exhibits", "scans"):
        acknowledged = [one for ledger in ledgers for one in getattr(ledger, kind)]
        assert len(set(acknowledged)) == len(acknowledged)
        assert set(acknowledged) <= set(numbers[kind])
        assert len(set(numbers[kind])) == len(numbers[kind])
    assert len(numbers["photographs"]) == told["casework.photograph_added"]

    # No update is lost: each word that was acknowledged is in the note, once.
    for scene in shared.scenes:
        words = Counter(place.ask("note", scene=scene).split())
        tokens = [one for ledger in ledgers for one in ledger.tokens.get(scene, ())]
        assert words == Counter(tokens)

    # Custody: each chain is whole from its first entry, and has what was handed over.
    assert place.ask("custody_faults") == []
    entries = told["evidence.exhibit_added"] + told["evidence.hand_over_taken"]
    assert place.ask("custody_entries") - entries_before == entries
    assert place.ask("file_faults") == []

    # All kinds of work were done, and people did meet.
    for action in (*told, "comparisons.link_moved", "evidence.hand_over_taken"):
        assert told[action], f"nobody did {action}"
    conflicts = sum(ledger.conflicts for ledger in ledgers)
    collisions = sum(ledger.taken_numbers for ledger in ledgers)
    assert conflicts
    assert collisions
    with capsys.disabled():
        print(
            f"\n{told.total()} writes in {SECONDS:.0f} s by {WRITERS} writers: "
            f"{told.total() / SECONDS:.1f} a second; {conflicts} conflicts shown, "
            f"{collisions} numbers taken"
        )
