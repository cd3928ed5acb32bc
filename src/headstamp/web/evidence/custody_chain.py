"""Whether chains of custody are what was written: one exhibit's, or all of them in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Final
from uuid import UUID

from headstamp.web.audit.chain import START
from headstamp.web.audit.chains import ChainFault, entries_on_record
from headstamp.web.evidence.models import CustodyTransfer, Exhibit

WRITTEN_BY: Final = (
    "evidence.custody_moved",
    "evidence.custody_taken_over",
    "evidence.hand_over_taken",
)
NAME: Final = "custody of exhibit"
CHUNK: Final = 2000

Chains = Iterator[tuple[UUID, Iterator[CustodyTransfer]]]


def first_fault(exhibit: Exhibit) -> str:
    """What is wrong with the chain of an exhibit; empty when it is whole."""
    rows = exhibit.custody.order_by("position")
    return _fault(rows, exhibit.custody_count, exhibit.custody_head)


def faults() -> Iterator[ChainFault]:
    """What is wrong with each chain that is not whole, by the exhibit's id.

    Every chain is followed from its first entry, its end compared with what the exhibit says, and
    every entry that the record says was written is looked for.
    """
    expected = entries_on_record(*WRITTEN_BY)
    chains = _chains()
    following = next(chains, None)
    heads = Exhibit.objects.order_by("pk").values_list("pk", "custody_count", "custody_head")
    for pk, count, head in heads.iterator(chunk_size=CHUNK):
        rows: Iterable[CustodyTransfer] = ()
        if following is not None and following[0] == pk:
            rows = list(following[1])
            following = next(chains, None)
        if reason := _fault(rows, count, head):
            yield ChainFault(NAME, str(pk), reason)
        for row in rows:
            expected.pop(row.hash, None)
    for record in dict.fromkeys(expected.values()):
        yield ChainFault(NAME, record, "an entry that is on record is not in it any more")


def _chains() -> Chains:
    rows = CustodyTransfer.objects.order_by("exhibit_id", "position").iterator(chunk_size=CHUNK)
    return groupby(rows, key=attrgetter("exhibit_id"))


def _fault(rows: Iterable[CustodyTransfer], expected: int, head: str) -> str:
    previous, count = START, 0
    for row in rows:
        count += 1
        if row.position != count:
            return f"entry {count} is missing"
        if row.previous != previous or row.hash != row.expected_hash():
            return f"entry {row.position} is not what was written"
        previous = row.hash
    if expected != count or head != (previous if count else ""):
        return f"the exhibit counts {expected} entries, the chain has {count}"
    return ""
