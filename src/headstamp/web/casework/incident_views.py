"""Pages of incidents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headstamp.web.access import needs
from headstamp.web.audit.actions import record
from headstamp.web.casework import actions, queries
from headstamp.web.casework.forms import IncidentFilterForm, IncidentForm, WithdrawForm
from headstamp.web.editing import edit
from headstamp.web.exports import csv_response
from headstamp.web.pages import page_of
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request


@require_GET
@needs("casework.view")
def incidents(request: Request) -> HttpResponse:
    """The list of incidents, filtered."""
    form = IncidentFilterForm(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    found = queries.search_incidents(request.user, filters.pop("q", ""), **filters)
    context = {"page": page_of(request, found), "form": form, "filtered": any(filters.values())}
    return render(request, "casework/incidents.html", context)


@require_GET
@needs("casework.view")
def incident(request: Request, pk: UUID) -> HttpResponse:
    """One incident and what belongs to it."""
    found = queries.read(queries.incidents(request.user), request.user, pk=pk)
    context = {
        "incident": found,
        "is_owner": found.agency_id == request.user.agency_id,
        "scenes": queries.scenes(request.user).filter(incident=found),
        "cases": queries.cases(request.user).filter(incidents=found),
        "withdraw_form": WithdrawForm(),
    }
    return render(request, "casework/incident.html", context)


@require_http_methods(["GET", "POST"])
@needs("casework.add_incident")
def add_incident(request: Request) -> HttpResponse:
    """Register an incident."""
    form = IncidentForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_incident(by=request.user, **form.values())
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, f"Incident {made.number} is registered.")
            return redirect("casework:incident", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "casework/incident_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@needs("casework.change_incident")
def change_incident(request: Request, pk: UUID) -> HttpResponse:
    """Change an incident."""
    found = queries.read(queries.incidents(request.user), request.user, pk=pk)

    def act(version: int, changes: dict[str, Any]) -> None:
        actions.change_incident(found, version=version, changes=changes, by=request.user)

    return edit(
        request,
        IncidentForm(request.POST or None, instance=found, user=request.user),
        act,
        done=reverse("casework:incident", args=[pk]),
        template="casework/incident_form.html",
        context={"incident": found},
    )


@require_POST
@needs("casework.withdraw")
def withdraw_incident(request: Request, pk: UUID) -> HttpResponse:
    """Take an incident out of use."""
    found = queries.read(queries.incidents(request.user), request.user, pk=pk)
    try:
        actions.withdraw_incident(found, reason=request.POST.get("reason", ""), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Incident {found.number} is withdrawn.")
    return redirect("casework:incident", pk=pk)


@require_GET
@needs("casework.export")
def export(request: Request) -> StreamingHttpResponse:
    """The filtered list as CSV; the export is put on record."""
    form = IncidentFilterForm(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    found = queries.search_incidents(request.user, filters.pop("q", ""), **filters)
    record(
        "casework.exported",
        by=request.user,
        detail={"what": "incidents", "filter": request.GET.urlencode()[:300]},
    )
    header = ["Number", "Agency", "Occurred", "Place", "Area", "Offence", "Status"]
    header += ["Killed", "Wounded", "Shot at, not hit"]
    rows = (
        [
            one.number,
            one.agency.code,
            one.occurred_at.isoformat(),
            one.address,
            one.area,
            one.offence_title,
            one.get_status_display(),
            one.homicides,
            one.nonfatal,
            one.shot_at,
        ]
        for one in found.iterator(chunk_size=1000)
    )
    return csv_response("incidents.csv", header, rows)
