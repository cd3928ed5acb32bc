"""Making a trace request, changing it, sending it, and what the tracing centre answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import writing
from headstamp.web.casework import changes as records
from headstamp.web.casework.actions import require_owner
from headstamp.web.evidence.models import Exhibit, Firearm
from headstamp.web.refusals import Refusal
from headstamp.web.traces.asking import as_sent, asked, faults
from headstamp.web.traces.models import Possessor, TraceRequest, TraceResult, TraceStep
from headstamp.web.traces.states import MAY_CHANGE, TraceState
from headstamp.web.traces.steps import current, step

Kind = TraceStep.Kind

TAKEN = "A trace of this firearm is requested already; open that request from the exhibit."


def make_request(exhibit: Exhibit, *, by: User, **fields: Any) -> TraceRequest:
    """Begin a request for a firearm of one's own agency.

    Raises
    ------
    Refusal
        If it is no firearm, nobody has described it yet, or a request is there already.
    """
    require_owner(exhibit, by)
    if exhibit.is_withdrawn:
        raise Refusal("The exhibit has been withdrawn.")
    if not Firearm.objects.filter(exhibit=exhibit, withdrawn_at=None).exists():
        raise Refusal("Describe the firearm first: its maker, calibre, type and serial number.")
    fields.setdefault("marking", exhibit.marking)
    with writing():
        made = records.create(
            TraceRequest,
            by=by,
            action="traces.request_added",
            taken=TAKEN,
            exhibit=exhibit,
            incident=exhibit.incident,
            **fields,
        )
        step(made, Kind.MADE, by=by)
    return made


def change_request(
    request: TraceRequest,
    *,
    version: int,
    changes: Mapping[str, Any],
    opened: Mapping[str, Any] | None = None,
    by: User,
) -> TraceRequest:
    """Change what is asked, while it has not been sent or was sent back.

    Raises
    ------
    Refusal
        If it is with the tracing centre, or ended.
    """
    require_owner(request, by)
    with writing():
        state = TraceRequest.objects.values_list("state", flat=True).get(pk=request.pk)
        if state not in MAY_CHANGE:
            raise Refusal(
                f"This request is “{TraceState(state).label}”; what was asked is not changed now."
            )
        return records.change(
            request,
            version=version,
            changes=changes,
            opened=opened,
            by=by,
            action="traces.request_changed",
        )


def name_possessor(
    request: TraceRequest, *, fields: Mapping[str, Any], version: int, by: User
) -> None:
    """Say who had the gun; the record holds that it was said, and no name."""
    with writing():
        found = current(request, version, by)
        if found.state not in MAY_CHANGE:
            raise Refusal("What was asked is not changed now; it is with the tracing centre.")
        Possessor.objects.update_or_create(request=found, defaults=dict(fields))
        step(found, Kind.CHANGED, by=by, text="Possessor named")


def submit(request: TraceRequest, *, version: int, by: User) -> None:
    """Say that a request has been sent; what it asks is kept as it is now.

    Raises
    ------
    Refusal
        If something is missing or contradicts itself.
    """
    with writing():
        found = current(request, version, by)
        if found.state not in MAY_CHANGE:
            raise Refusal(f"This request is “{TraceState(found.state).label}” already.")
        stops = [one.says for one in faults(found) if one.kind != "doubt"]
        if stops:
            raise Refusal(f"It cannot be sent as it is. {' '.join(stops)}")
        found.sent = as_sent(asked(found))
        found.sent_on = found.sent_on or timezone.localdate()
        step(found, Kind.SUBMITTED, by=by, state=TraceState.SUBMITTED)


def hear(
    request: TraceRequest,
    *,
    state: str,
    trace_number: str = "",
    text: str = "",
    version: int,
    by: User,
) -> None:
    """Write down what the tracing centre says of a request.

    Raises
    ------
    Refusal
        If that state cannot follow.
    """
    if state not in TraceState.values or state in (TraceState.DRAFT, TraceState.CANCELLED):
        raise Refusal("Choose what the tracing centre said.")
    with writing():
        found = current(request, version, by)
        if found.state == TraceState.DRAFT:
            raise Refusal("This request was not sent yet.")
        found.trace_number = trace_number.strip()[:40] or found.trace_number
        step(found, Kind.MOVED, by=by, state=state, text=text.strip())
        if found.trace_number:
            _take_in(found)


def _take_in(request: TraceRequest) -> None:
    """Results that came before anybody had written down the tracing centre's number."""
    TraceResult.objects.filter(
        agency=request.agency_id, trace_number=request.trace_number, request=None
    ).update(request=request, incident=request.incident_id, marking=request.marking)


def cancel(request: TraceRequest, *, text: str, version: int, by: User) -> None:
    """No trace is wanted any more; the request stays, with the reason.

    Raises
    ------
    Refusal
        If there is no reason, or it has ended.
    """
    if not text.strip():
        raise Refusal("Write down why.")
    with writing():
        found = current(request, version, by)
        step(found, Kind.CANCELLED, by=by, state=TraceState.CANCELLED, text=text.strip())
