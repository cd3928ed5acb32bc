"""What a request asks, gathered from its exhibit, its own fields and its possessor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils import timezone

from headstamp.formats.trace_tables.makers import maker_of
from headstamp.tracing.ageing import ageing
from headstamp.tracing.completeness import Assessed
from headstamp.tracing.requests import Fault, RequestedTrace, check_request
from headstamp.web.evidence.models import Firearm
from headstamp.web.traces.models import Possessor, TraceRequest

OWN = (
    *("number", "priority", "justification", "crime_code", "project_code", "ori", "officer"),
    *("officer_badge", "officer_phone", "barrel_length", "finish", "markings"),
    *("recovery_street", "recovery_city", "recovery_county", "recovery_state", "remarks"),
)
"""Fields that a request and what it asks have in common."""

OF_THE_GUN = ("type", "calibre", "maker", "model", "country", "importer")

INSTEAD = {
    Firearm.SerialStatus.OBLITERATED: "OBLITERATED",
    Firearm.SerialStatus.NONE: "NONE",
}
"""What the form says in place of a serial number."""


def asked(request: TraceRequest) -> RequestedTrace:
    """What a request asks now; nothing of the gun where its exhibit is not described."""
    gun = Firearm.objects.filter(exhibit=request.exhibit_id, withdrawn_at=None).first()
    who = Possessor.objects.filter(request=request).first()
    complete = who is not None and who.is_complete
    return _asked(request, gun, possessor=who is not None, complete=complete)


def _asked(
    request: TraceRequest, gun: Firearm | None, *, possessor: bool, complete: bool
) -> RequestedTrace:
    return RequestedTrace(
        **{name: getattr(request, name) for name in OWN},
        **({name: getattr(gun, name) for name in OF_THE_GUN} if gun else {}),
        serial=_serial(gun),
        agency=request.agency.name,
        case_number=request.incident.number,
        recovered=request.recovered_on,
        possessor=possessor,
        possessor_complete=complete,
    )


def asked_by(requests: QuerySet[TraceRequest]) -> list[tuple[TraceRequest, RequestedTrace]]:
    """What each of some requests asks; no name of a possessor is read for it."""
    whole = Q(born_on__isnull=False) & ~Q(given_name="")
    complete = Case(When(whole, then=Value(True)), default=False, output_field=BooleanField())
    rows = Possessor.objects.filter(request__in=requests.order_by())
    named = dict(rows.annotate(complete=complete).values_list("pk", "complete"))
    found = []
    for one in requests:
        gun = getattr(one.exhibit, "firearm", None)
        gun = None if gun is None or gun.is_withdrawn else gun
        possessor, is_complete = one.pk in named, bool(named.get(one.pk))
        found.append((one, _asked(one, gun, possessor=possessor, complete=is_complete)))
    return found


def _serial(gun: Firearm | None) -> str:
    if gun is None:
        return ""
    return gun.serial or INSTEAD.get(Firearm.SerialStatus(gun.serial_status), "")


def faults(request: TraceRequest, today: date | None = None) -> tuple[Fault, ...]:
    """What keeps a request from being sent, and what is doubtful in it."""
    return check_request(asked(request), today or timezone.localdate(), maker_of)


def assessed(requests: QuerySet[TraceRequest]) -> Iterator[tuple[str, Assessed]]:
    """Agency of each of some requests, and what is to be said of it."""
    today = timezone.localdate()
    for one, asks in asked_by(requests):
        age = ageing(one.state, one.sent_on, one.ended_on, today)
        yield one.agency.name, Assessed(asks, check_request(asks, today, maker_of), age)


def as_sent(asks: RequestedTrace) -> dict[str, Any]:
    """What was asked, as it is kept."""
    found = asdict(asks)
    found["recovered"] = asks.recovered.isoformat() if asks.recovered else ""
    return found
