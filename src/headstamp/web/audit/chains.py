"""Chains that other apps keep beside the record, checked together with it.

What an app writes into such a chain it also puts on record, by hash: so a chain that was written
anew as a whole is found out by the record, and with it by whoever keeps an anchor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

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
