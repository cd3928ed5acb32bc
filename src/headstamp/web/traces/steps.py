"""Writing a step of a trace request, and the conditions that all steps share."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from headstamp.tracing.ageing import may_follow
from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record
from headstamp.web.audit.chains import ENTRY
from headstamp.web.casework.actions import require_owner
from headstamp.web.refusals import Refusal
from headstamp.web.traces.models import TraceRequest, TraceStep
from headstamp.web.traces.states import ENDED, TraceState

MOVED_ON: Final = (
    "Somebody else has worked on this request since you opened it; it is shown as it is now. "
    "Look again before you decide."
)


def current(request: TraceRequest, version: int, by: User) -> TraceRequest:
    """The request as it is now, read inside ``writing``, for its own agency.

    Raises
    ------
    Refusal
        If another agency owns it, it is withdrawn, or somebody else has done something with it.
    """
    require_owner(request, by)
    found: TraceRequest = TraceRequest.objects.select_related("agency", "exhibit").get(
        pk=request.pk
    )
    if found.is_withdrawn:
        raise Refusal("The request has been withdrawn.")
    if found.version != version:
        raise Refusal(MOVED_ON)
    return found


def step(
    request: TraceRequest, kind: str, *, by: User | None, state: str = "", text: str = ""
) -> TraceStep:
    """Write a step, and the request as it is after it; called inside ``writing``.

    Parameters
    ----------
    state : str
        The one the request goes to; empty if it stays where it is.
    """
    if state and state != request.state:
        if state not in may_follow(request.state):
            shown, wanted = TraceState(request.state).label, TraceState(state).label
            raise Refusal(f"This request is “{shown}”; “{wanted}” cannot follow.")
        request.state = state
        request.ended_on = timezone.localdate() if state in ENDED else None
    request.version += 1
    request.updated_at, request.updated_by = timezone.now(), by
    request.save()
    made = TraceStep.objects.create(
        request=request,
        position=request.steps.count() + 1,
        kind=kind,
        state=request.state,
        by=by,
        text=text[:500],
    )
    detail = {"kind": str(kind), "state": str(request.state), ENTRY: made.expected_hash()}
    record("traces.request_moved", by=by, about=request, detail=detail)
    return made
