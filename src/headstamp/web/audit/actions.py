"""Putting an event on record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection, models, transaction
from django.utils import timezone

from headstamp.web.audit.chain import START
from headstamp.web.audit.models import AuditEvent
from headstamp.web.audit.origin import current_address

LOCK: Final = 0x48454144
"""The advisory lock under which rows are appended on PostgreSQL; any number does."""


def record(
    action: str,
    *,
    by: Any,
    about: models.Model | None = None,
    outcome: str = "done",
    purpose: str = "",
    detail: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Append an event; it is kept or dropped together with the transaction around it.

    Parameters
    ----------
    action : str
        ``app.what_was_done``, as listed in ``docs/reference/audit-events.md``.
    by : User or None
        Who did it; None for the system itself.
    about : Model, optional
        The record it concerns.
    outcome : str
        ``done``, ``refused`` or ``failed``.
    purpose : str
        Why, where one was asked for.
    detail : mapping, optional
        JSON; ids and field names, never names of people, serial numbers or addresses.
    """
    with writing():
        last = AuditEvent.objects.order_by("-sequence").values("sequence", "hash").first()
        event = AuditEvent(
            sequence=last["sequence"] + 1 if last else 1,
            at=timezone.now(),
            action=action,
            outcome=outcome,
            actor=str(by.pk) if by else "",
            role=by.role if by else "",
            agency=str(by.agency_id) if by else "",
            address=current_address(),
            record_type=about._meta.label_lower if about else "",
            record=str(about.pk)[:36] if about else "",
            purpose=purpose,
            detail=_plain(detail or {}),
            previous=last["hash"] if last else START,
        )
        event.hash = event.expected_hash()
        event.save(force_insert=True)
    return event


def _plain(detail: Mapping[str, Any]) -> Any:
    """A detail as both databases give it back, so that its hash can be recomputed.

    Raises
    ------
    TypeError
        If it holds a number with a fraction, which databases write in their own ways.
    """
    return json.loads(json.dumps(detail), parse_float=_no_fraction, parse_constant=_no_fraction)


def _no_fraction(text: str) -> None:
    raise TypeError(f"{text} in the detail of an event: put it there as text")


@contextmanager
def writing() -> Iterator[None]:
    """The transaction of an action: one writer at a time, on both databases.

    Every action writes to the record, whose rows follow one another, so they would wait for each
    other anyway; waiting first means that two of them can never wait in a circle, and that what
    an action has read cannot change before it writes.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield
