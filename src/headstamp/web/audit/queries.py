"""Reading the record, and checking that it is whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from headstamp.web.audit.append_only import trigger_names
from headstamp.web.audit.chain import START
from headstamp.web.audit.models import AuditEvent


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the record is not what it was."""

    sequence: int
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of the whole record found."""

    events: int
    head: str
    broken: Broken | None
    missing_triggers: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.broken is None and not self.missing_triggers


def events_for(user: Any) -> QuerySet[AuditEvent]:
    """All events for a monitor, none for anybody else."""
    events = AuditEvent.objects.all()
    return events if user.has_perm("audit.view_events") else events.none()


def verify(anchors: Iterable[tuple[int, str]] = ()) -> Verification:
    """Recompute the chain from its first row.

    Parameters
    ----------
    anchors : iterable of (int, str)
        Sequences and hashes that were written down earlier, outside the system.
    """
    known = dict(anchors)
    count, previous = 0, START
    broken: Broken | None = None
    for event in _in_order():
        broken = _fault(event, count + 1, previous, known)
        if broken:
            break
        count, previous = event.sequence, event.hash
    last = max(known, default=0)
    if broken is None and last > count:
        broken = Broken(count + 1, f"the record ends here, but its event {last} was anchored")
    return Verification(count, previous, broken, missing_triggers())


def missing_triggers() -> tuple[str, ...]:
    """Triggers that should guard the record and do not."""
    table = AuditEvent._meta.db_table
    sql = (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'A'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [table])
        found = {row[0] for row in cursor.fetchall()}
    return tuple(sorted(trigger_names(connection.vendor, table) - found))


def _in_order() -> Iterator[AuditEvent]:
    return AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000)


def _fault(
    event: AuditEvent, expected: int, previous: str, anchors: dict[int, str]
) -> Broken | None:
    if event.sequence != expected:
        return Broken(expected, f"event {expected} is missing; the next one is {event.sequence}")
    if event.previous != previous:
        return Broken(event.sequence, "it does not follow from the event before it")
    if event.hash != event.expected_hash():
        return Broken(event.sequence, "its content is not what was put on record")
    if anchors.get(event.sequence, event.hash) != event.hash:
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
        found = found.filter(actor__in=people)
    if filters.get("action"):
        found = found.filter(action__startswith=filters["action"])
    for name in ("record", "outcome"):
        if filters.get(name):
            found = found.filter(**{name: filters[name]})
    if filters.get("since"):
        found = found.filter(at__date__gte=filters["since"])
    if filters.get("until"):
        found = found.filter(at__date__lte=filters["until"])
    return found.order_by("-sequence")
