"""Reading the record, and checking that it is whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.db.models import QuerySet

from headstamp.errors import BrokenRecordError
from headstamp.web.audit import chains, guards
from headstamp.web.audit.chain import START
from headstamp.web.audit.models import AuditEvent
from headstamp.web.lists.indexed import different_values, one_of
from headstamp.web.times import on_days

Anchors = Mapping[int, set[str]]


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the record is not what it was."""

    sequence: int
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of the whole record, and of the chains beside it, found."""

    events: int
    head: str
    broken: Broken | None
    missing_guards: tuple[str, ...]
    chain_faults: tuple[chains.ChainFault, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.broken is None and not self.missing_guards and not self.chain_faults

    @property
    def sentences(self) -> list[str]:
        """What is wrong, the worst first."""
        found = []
        if self.broken:
            found = [f"the record is broken at event {self.broken.sequence}: {self.broken.reason}"]
        found += [str(fault) for fault in self.chain_faults]
        if self.missing_guards:
            found.append(f"guards are missing in the database: {', '.join(self.missing_guards)}")
        return found


def events_for(user: Any) -> QuerySet[AuditEvent]:
    """All events for a monitor, none for anybody else."""
    events = AuditEvent.objects.all()
    return events if user.has_perm("audit.view_events") else events.none()


def verify(anchors: Iterable[tuple[int, str]] = ()) -> Verification:
    """Recompute the chain from its first row, and the chains that other apps keep.

    Parameters
    ----------
    anchors : iterable of (int, str)
        Sequences and hashes that were written down earlier, outside the system.

    Raises
    ------
    BrokenRecordError
        If there is no table to read.
    """
    known: dict[int, set[str]] = defaultdict(set)
    for sequence, text in anchors:
        known[sequence].add(text)
    try:
        count, head, broken = _follow(known)
        return Verification(count, head, broken, guards.missing(), chains.faults())
    except DatabaseError as error:
        raise BrokenRecordError(
            f"the record cannot be read: {str(error).splitlines()[0]}; restore a backup"
        ) from error


def _follow(known: Anchors) -> tuple[int, str, Broken | None]:
    """The last sequence that is whole, its hash, and what comes after it that is not."""
    count, previous = 0, START
    events = _in_order()
    while True:
        try:
            event = next(events)
            fault = _fault(event, count + 1, previous, known)
        except StopIteration:
            break
        except (ValueError, TypeError, AttributeError):
            fault = Broken(count + 1, "its content cannot be read")
        if fault:
            return count, previous, fault
        count, previous = event.sequence, event.hash
    last = max(known, default=0)
    if last > count:
        cut = Broken(count + 1, f"the record ends here, but its event {last} was anchored")
        return count, previous, cut
    return count, previous, None


def _in_order() -> Iterator[AuditEvent]:
    return AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000)


def _fault(event: AuditEvent, expected: int, previous: str, anchors: Anchors) -> Broken | None:
    if event.sequence != expected:
        return Broken(expected, f"event {expected} is missing; the next one is {event.sequence}")
    if event.previous != previous:
        return Broken(event.sequence, "it does not follow from the event before it")
    if event.hash != event.expected_hash():
        return Broken(event.sequence, "its content is not what was put on record")
    if anchors.get(event.sequence, {event.hash}) != {event.hash}:
        return Broken(event.sequence, "it is not the event that was anchored: rows were rewritten")
    return None


def search_events(
    user: Any, people: list[str] | None = None, **filters: Any
) -> QuerySet[AuditEvent]:
    """Events a person may read, newest first.

    Parameters
    ----------
    people : list of str, optional
        Ids of the actors; None for everybody.
    filters : action, record, outcome, since, until
        Those that are empty are left out.
    """
    found = events_for(user)
    if people is not None:
        found = found.filter(one_of(AuditEvent, "actor", people))
    if filters.get("action"):
        known = different_values(AuditEvent, "action")
        actions = [one for one in known if one.startswith(filters["action"])]
        found = found.filter(one_of(AuditEvent, "action", actions))
    for name in ("record", "outcome"):
        if filters.get(name):
            found = found.filter(**{name: filters[name]})
    return found.filter(on_days("at", filters.get("since"), filters.get("until")))
