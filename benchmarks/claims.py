"""How well claims are read from texts, and how fast."""

from __future__ import annotations

import time
from datetime import date

from benchmarks.claims_scoring import SLOTS, Score, read, score
from benchmarks.collection import Collection
from benchmarks.measure import Figure, report
from headstamp.claims.extraction import claims_in
from headstamp.claims.sentences import sentences

SETS = {
    "development": "texts the grammar was made on",
    "first_frozen": "written after the first freeze, since then used to develop",
    "frozen": "written after the second freeze",
}
MEGABYTE = 1_000_000
WRITTEN_ON = date(2022, 1, 4)


def run(scans: Collection | None) -> None:
    """Print precision and recall of every set, each slot, and the speed."""
    del scans
    for name, what in SETS.items():
        _print(name, what, score(read(name)))
    _speed()


def _print(name: str, what: str, result: Score) -> None:
    report(
        f"Claims, {name.replace('_', ' ')} set",
        [
            Figure("texts", result.texts, "", note=what),
            Figure("claims labelled", result.labelled, ""),
            Figure("precision", result.precision, "", better="high"),
            Figure("recall", result.recall, "", better="high"),
            Figure("F1", result.f1, "", 0.9, "high"),
            *(Figure(f"  {slot}", result.slot(slot), "", better="high") for slot in SLOTS),
        ],
        {"errors": result.errors},
    )
    for error in result.errors:
        print(f"  {error}")


def _speed() -> None:
    """Sentences a second of one core, and whether each megabyte of a long line takes as long."""
    line = " ".join(one["text"].replace("\n", " ") for one in read("development")) + " "
    claims_in(line, WRITTEN_ON)
    took = {}
    for megabytes in (1, 5):
        text = line * (megabytes * MEGABYTE // len(line) + 1)
        begun = time.process_time()
        claims_in(text[: megabytes * MEGABYTE], WRITTEN_ON)
        took[megabytes] = time.process_time() - begun
    number = sum(1 for _ in sentences(line)) * MEGABYTE / len(line)
    report(
        "Claims, speed on one core",
        [
            Figure("sentences a second", number / took[1], "", better="high"),
            Figure("1 MB on one line", took[1], "s"),
            Figure("5 MB on one line", took[5], "s"),
            Figure("  for each MB, over that of 1 MB", took[5] / 5 / took[1], "", 1.3),
        ],
    )
