"""Pages of incidents."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headstamp.web.access import needs
from headstamp.web.audit.actions import record
from headstamp.web.casework import actions, queries
from headstamp.web.casework.forms import IncidentFilterForm, IncidentForm, WithdrawForm
from headstamp.web.casework.models import Incident
from headstamp.web.casework.record import Marking
from headstamp.web.editing.forms import edit
from headstamp.web.lists.exports import csv_response
from headstamp.web.lists.pages import is_filtered, page_of
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request


@require_GET
@needs("casework.view")
def incidents(request: Request) -> HttpResponse:
    """The list of incidents, filtered."""
    form = IncidentFilterForm(request.GET)
    found = _found(request, form)
    context = {"page": page_of(request, found), "form": form, "filtered": is_filtered(form)}
    return render(request, "casework/incidents.html", context)


def _found(request: Request, form: IncidentFilterForm) -> QuerySet[Incident]:
    """What a filter asks for; a filter that means nothing finds nothing."""
    if not form.is_valid():
        return queries.incidents(request.user).none()
    filters = dict(form.cleaned_data)
    return queries.search_incidents(request.user, filters.pop("q"), **filters)


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
    now = {"occurred_at": timezone.localtime(), "precision": Incident.Precision.HOUR}
    form = IncidentForm(request.POST or None, user=request.user, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_incident(by=request.user, **form.values())
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, f"Incident {made.number} is registered.")
            opens = "scene" in request.POST and request.user.has_perm("casework.work_scene")
            return redirect("casework:open_scene" if opens else "casework:incident", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "casework/incident_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@needs("casework.change_incident")
def change_incident(request: Request, pk: UUID) -> HttpResponse:
    """Change an incident."""
    found = queries.read(queries.incidents(request.user), request.user, pk=pk)

    return edit(
        request,
        IncidentForm(request.POST or None, instance=found, user=request.user),
        partial(actions.change_incident, found, by=request.user),
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
    found = _found(request, IncidentFilterForm(request.GET))
    restricted = found.filter(marking=Marking.RESTRICTED).values_list("pk", flat=True)
    record(
        "casework.exported",
        by=request.user,
        detail={
            "what": "incidents",
            "filter": request.GET.urlencode()[:300],
            "restricted": [str(pk) for pk in restricted],
        },
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
