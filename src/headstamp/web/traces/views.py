"""Pages of trace requests, and of guns."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from headstamp.tracing.ageing import GOAL_DAYS
from headstamp.tracing.completeness import Assessed
from headstamp.tracing.completeness import completeness as completeness_of
from headstamp.web.access import needs
from headstamp.web.casework.queries import read
from headstamp.web.editing.forms import edit
from headstamp.web.evidence import queries as evidence
from headstamp.web.evidence.models import Exhibit
from headstamp.web.lists.pages import is_filtered, page_of
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request
from headstamp.web.traces import queries, requesting, serials
from headstamp.web.traces.asking import assessed, faults
from headstamp.web.traces.forms import (
    CancelForm,
    HearForm,
    PossessorForm,
    QueueForm,
    RequestForm,
)
from headstamp.web.traces.guns import gun_of
from headstamp.web.traces.models import TraceRequest
from headstamp.web.traces.states import MAY_CHANGE, TraceState


@require_GET
@needs("traces.view")
def queue(request: Request) -> HttpResponse:
    """Requests with their age, filtered."""
    form = QueueForm(request.GET)
    found = queries.requests(request.user).none()
    if form.is_valid():
        filters = dict(form.cleaned_data)
        found = queries.queue(request.user, filters.pop("q"), **filters)
    context = {
        "page": page_of(request, found),
        "form": form,
        "filtered": is_filtered(form),
        "goal": GOAL_DAYS,
    }
    return render(request, "traces/queue.html", context)


@require_http_methods(["GET", "POST"])
@needs("traces.request")
def add_request(request: Request, pk: UUID) -> HttpResponse:
    """Begin a request for the firearm that an exhibit is."""
    exhibit: Exhibit = read(evidence.exhibits(request.user), request.user, pk=pk)
    known = queries.of_exhibit(request.user, exhibit).exclude(state=TraceState.CANCELLED).first()
    if known is not None:
        return redirect("traces:request", pk=known.pk)
    form = RequestForm(request.POST or None, initial=_proposed(request, exhibit))
    if request.method == "POST" and form.is_valid():
        try:
            made = requesting.make_request(exhibit, by=request.user, **form.values())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Request {made.number} is begun; it is not sent yet.")
            return redirect("traces:request", pk=made.pk)
    context = {
        "form": form,
        "exhibit": exhibit,
        "is_described": evidence.firearms(request.user).filter(exhibit=exhibit).exists(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "traces/request_form.html", context, status=status)


def _proposed(request: Request, exhibit: Exhibit) -> dict[str, Any]:
    """What is likely: the day it was collected, and what this agency wrote last."""
    last = (
        TraceRequest.objects.filter(agency=request.user.agency_id).order_by("-created_at").first()
    )
    own = ("ori", "recovery_city", "recovery_county", "recovery_state")
    return {
        "recovered_on": timezone.localtime(exhibit.collected_at).date(),
        "recovery_street": exhibit.incident.address[:120] if exhibit.incident_seen else "",
        "officer": request.user.name,
        "marking": exhibit.marking,
        **({name: getattr(last, name) for name in own} if last else {}),
    }


@require_GET
@needs("traces.view")
def trace_request(request: Request, pk: UUID) -> HttpResponse:
    """One request: what it asks, what is missing, what became of it."""
    return request_page(request, read_request(request, pk))


def read_request(request: Request, pk: UUID) -> TraceRequest:
    """A request in reach."""
    found: TraceRequest = read(queries.requests(request.user), request.user, pk=pk)
    return found


def request_page(
    request: Request, found: TraceRequest, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page of a request that was read, with forms as they were sent."""
    user = request.user
    is_owner = found.agency_id == user.agency_id
    entitled = queries.may_read_people(user, found)
    who = queries.possessor(user, found) if entitled else None
    is_draft = found.state in MAY_CHANGE and not found.is_withdrawn
    said = faults(found) if is_draft else ()
    works = is_owner and found.is_open
    context = {
        "trace": found,
        "gun": getattr(found.exhibit, "firearm", None),
        "is_owner": is_owner,
        "is_draft": is_draft,
        "entitled": entitled,
        "possessor": who,
        "stops": [one for one in said if one.kind != "doubt"],
        "doubts": [one for one in said if one.kind == "doubt"],
        "steps": found.steps.select_related("by__agency"),
        "results": queries.results(user).filter(request=found).order_by("-created_at"),
        "possessor_form": PossessorForm.of(who, found.version)
        if works and is_draft and entitled
        else None,
        "hear_form": HearForm(request=found, initial={"version": found.version})
        if works and found.state != TraceState.DRAFT
        else None,
        "cancel_form": CancelForm(initial={"version": found.version}) if works else None,
        **forms,
    }
    return render(request, "traces/request.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs("traces.request")
def change_request(request: Request, pk: UUID) -> HttpResponse:
    """Change what is asked."""
    found = read_request(request, pk)
    return edit(
        request,
        RequestForm(request.POST or None, instance=found),
        partial(requesting.change_request, found, by=request.user),
        done=reverse("traces:request", args=[pk]),
        template="traces/request_form.html",
        context={"trace": found, "exhibit": found.exhibit, "is_described": True},
    )


@require_GET
@needs("traces.view")
def gun(request: Request, pk: UUID) -> HttpResponse:
    """One recovered gun: its trace, its shootings, its possessors by permission, its links."""
    exhibit: Exhibit = read(evidence.exhibits(request.user), request.user, pk=pk)
    return render(request, "traces/gun.html", gun_of(request.user, exhibit))


@require_GET
@needs("traces.view")
def serial_numbers(request: Request) -> HttpResponse:
    """Guns by a serial number that may have been read wrongly, or only in part."""
    text = request.GET.get("q", "").strip()[:100]
    found = serials.search(request.user, text) if text else None
    return render(request, "traces/serials.html", {"q": text, "search": found})


@require_GET
@needs("traces.view")
def completeness(request: Request) -> HttpResponse:
    """How complete the requests of each agency are, and how old those that are out."""
    wanted = queries.requests(request.user).filter(withdrawn_at=None).order_by("agency__name")
    by_agency: dict[str, list[Assessed]] = {}
    for agency, one in assessed(wanted.exclude(state=TraceState.CANCELLED)):
        by_agency.setdefault(agency, []).append(one)
    context = {"agencies": [completeness_of(name, rows) for name, rows in by_agency.items()]}
    return render(request, "traces/completeness.html", context)
