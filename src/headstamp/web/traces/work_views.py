"""What is sent from the page of a trace request, and requests taken out as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from headstamp.reports.trace_request_file import request_csv
from headstamp.web.access import needs
from headstamp.web.audit.actions import record
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request
from headstamp.web.traces import queries, requesting
from headstamp.web.traces.asking import asked_by
from headstamp.web.traces.forms import CancelForm, HearForm, PossessorForm, StepForm
from headstamp.web.traces.models import TraceRequest
from headstamp.web.traces.states import MAY_CHANGE
from headstamp.web.traces.views import read_request, request_page


def _acted(
    request: Request,
    pk: UUID,
    form: Callable[[TraceRequest], Any],
    act: Callable[[TraceRequest, dict[str, Any]], None],
    *,
    done: str,
    name: str = "",
) -> HttpResponse:
    """Do it and show the request as it is then; a refusal says why, and keeps what was typed."""
    found = read_request(request, pk)
    sent = form(found)
    if not sent.is_valid():
        return request_page(request, found, 422, **({name: sent} if name else {}))
    try:
        act(found, dict(sent.cleaned_data))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        fresh = queries.requests(request.user).get(pk=pk)
        return request_page(request, fresh, 409, **({name: sent} if name else {}))
    messages.success(request, done)
    return redirect("traces:request", pk=pk)


@require_POST
@needs("traces.request")
def name_possessor(request: Request, pk: UUID) -> HttpResponse:
    """Who had the gun; only where it may be read afterwards."""

    def act(found: TraceRequest, sent: dict[str, Any]) -> None:
        if not queries.may_read_people(request.user, found):
            raise Refusal("Only those who may read the possessor of this request write it.")
        version = sent.pop("version")
        requesting.name_possessor(found, fields=sent, version=version, by=request.user)

    return _acted(
        request, pk, lambda _: PossessorForm(request.POST), act, done="Kept.", name="possessor_form"
    )


@require_POST
@needs("traces.submit")
def submit(request: Request, pk: UUID) -> HttpResponse:
    """It has been sent."""

    def act(found: TraceRequest, sent: dict[str, Any]) -> None:
        requesting.submit(found, by=request.user, **sent)

    return _acted(request, pk, lambda _: StepForm(request.POST), act, done="It counts as sent.")


@require_POST
@needs("traces.request")
def hear(request: Request, pk: UUID) -> HttpResponse:
    """What the tracing centre says."""

    def form(found: TraceRequest) -> HearForm:
        return HearForm(request.POST, request=found)

    def act(found: TraceRequest, sent: dict[str, Any]) -> None:
        requesting.hear(found, by=request.user, **sent)

    return _acted(request, pk, form, act, done="Put down.", name="hear_form")


@require_POST
@needs("traces.request")
def cancel(request: Request, pk: UUID) -> HttpResponse:
    """No trace is wanted any more."""

    def act(found: TraceRequest, sent: dict[str, Any]) -> None:
        requesting.cancel(found, by=request.user, **sent)

    return _acted(
        request, pk, lambda _: CancelForm(request.POST), act, done="Cancelled.", name="cancel_form"
    )


@require_GET
@needs("traces.submit")
def export(request: Request) -> HttpResponse:
    """Requests of one's own agency that are not sent yet, as the file a tracing centre is sent."""
    wanted = queries.requests(request.user).filter(
        agency=request.user.agency_id, state__in=MAY_CHANGE, withdrawn_at=None
    )
    found = asked_by(wanted.order_by("created_at"))
    named = queries.possessors(request.user, wanted)
    detail = {"count": len(found), "people": len(named)}
    record("traces.requests_exported", by=request.user, detail=detail)
    made = request_csv([asks for _, asks in found], named)
    response = HttpResponse(made, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="trace-requests.csv"'
    response["Cache-Control"] = "no-store, private"
    return response
