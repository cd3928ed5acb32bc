"""Chains that other apps keep beside the record, checked together with it.

What an app writes into such a chain it also puts on record, by hash: so a chain that was written
anew as a whole is found out by the record, and with it by whoever keeps an anchor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, Final

from django.db.models import QuerySet

from headstamp.web.audit.models import AuditEvent

SHOWN: Final = 100
"""More faults than this are not looked for: the first of them says enough."""

ENTRY: Final = "entry"
"""Where the detail of an event holds the hash of what was written."""


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first place where one chain is not what it was."""

    chain: str
    record: str
    reason: str

    def __str__(self) -> str:
        return f"the {self.chain} {self.record}: {self.reason}"


_CHECKS: Final[list[Callable[[], Iterator[ChainFault]]]] = []


def check_with_the_record(check: Callable[[], Iterator[ChainFault]]) -> None:
    """Let an app's check run whenever the record is verified; called once, when it is loaded."""
    if check not in _CHECKS:
        _CHECKS.append(check)


def faults() -> tuple[ChainFault, ...]:
    """What is wrong with the chains of all apps, as far as it is shown."""
    return tuple(islice((fault for check in _CHECKS for fault in check()), SHOWN))


def entries_on_record(*actions: str) -> dict[str, str]:
    """Hashes that events of these actions say were written, with the id of their record."""
    events = AuditEvent.objects.filter(action__in=actions).order_by("sequence")
    rows = events.values_list("record", "detail").iterator(chunk_size=5000)
    return {detail[ENTRY]: record for record, detail in rows if ENTRY in detail}


def step_faults(steps: QuerySet[Any], of: str, *actions: str) -> Iterator[ChainFault]:
    """What is wrong with the steps of each record of a kind, by its id.

    Steps follow each other without a gap, the last one says the record's state, and every step
    that the record of these actions says was written is there as it was written.

    Parameters
    ----------
    steps : QuerySet
        With a ``position``, a ``state`` and an ``expected_hash()``.
    of : str
        The field of a step that names its record, as ``link``.
    *actions : str
        Of the events that hold the hash of a step.
    """
    expected, name = entries_on_record(*actions), f"steps of {of}"
    ordered = steps.select_related(of).order_by(f"{of}_id", "position")
    for pk, rows in groupby(ordered.iterator(chunk_size=2000), key=attrgetter(f"{of}_id")):
        found = list(rows)
        if reason := _wrong(found, of):
            yield ChainFault(name, str(pk), reason)
        for step in found:
            expected.pop(step.expected_hash(), None)
    for record in dict.fromkeys(expected.values()):
        yield ChainFault(name, record, "a step that is on record is not what was written")


def _wrong(steps: list[Any], of: str) -> str:
    for count, step in enumerate(steps, 1):
        if step.position != count:
            return f"step {count} is missing"
    last = steps[-1]
    state = getattr(last, of).state
    return "" if state == last.state else f"the {of} is {state}, its last step says {last.state}"
