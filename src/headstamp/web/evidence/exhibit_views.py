"""Pages of exhibits and their labels."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headstamp.web.access import needs
from headstamp.web.casework.queries import incidents, read
from headstamp.web.editing.forms import edit
from headstamp.web.evidence import actions, custody, queries
from headstamp.web.evidence.eligibility import ineligible_because
from headstamp.web.evidence.forms import (
    ExhibitFilterForm,
    ExhibitForm,
    HandOverForm,
    MoveForm,
    NewExhibitForm,
    ScanForm,
    TakeOverForm,
)
from headstamp.web.evidence.labels import qr_code
from headstamp.web.evidence.models import Exhibit, HandOver
from headstamp.web.evidence.taking_over import may_take_over, why_stuck
from headstamp.web.evidence.vocabulary import CALIBRES, HEADSTAMPS
from headstamp.web.lists.pages import is_filtered, page_of
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request


@require_GET
@needs("evidence.view")
def exhibits(request: Request) -> HttpResponse:
    """The list of exhibits, filtered."""
    form = ExhibitFilterForm(request.GET)
    context = {
        "page": page_of(request, _found(request, form)),
        "form": form,
        "filtered": is_filtered(form),
        "waiting": queries.hand_overs_waiting(request.user),
    }
    return render(request, "evidence/exhibits.html", context)


def _found(request: Request, form: ExhibitFilterForm) -> QuerySet[Exhibit]:
    """What a filter asks for; a filter that means nothing finds nothing."""
    if not form.is_valid():
        return Exhibit.objects.none()
    filters = dict(form.cleaned_data)
    return queries.search_exhibits(request.user, filters.pop("q"), **filters)


@require_GET
@needs("evidence.view")
def exhibit(request: Request, pk: UUID) -> HttpResponse:
    """One exhibit: custody, scans, firearm."""
    return exhibit_page(request, _read(request, pk))


def _read(request: Request, pk: UUID) -> Exhibit:
    found: Exhibit = read(queries.exhibits(request.user), request.user, pk=pk)
    return found


def exhibit_page(request: Request, found: Exhibit, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of an exhibit that was read, with forms as they were sent."""
    day = timezone.localtime(found.collected_at).date()
    user = request.user
    is_holder = found.holder_id == user.pk
    context = {
        "exhibit": found,
        "incident": found.incident,
        "incident_seen": found.incident_seen,
        "is_owner": found.agency_id == user.agency_id,
        "is_holder": is_holder,
        "custody": queries.custody(found),
        "custody_fault": custody.first_fault(found),
        "hand_over": HandOver.objects.filter(exhibit=found, settled_at=None)
        .select_related("offered_to__agency", "released_by")
        .first(),
        "scans": queries.scans(user).filter(exhibit=found),
        "firearm": queries.firearms(user).filter(exhibit=found).first(),
        "ineligible": ineligible_because(found.kind, found.calibre, day),
        "hand_over_form": HandOverForm(user=user) if is_holder else None,
        "move_form": MoveForm(),
        "why_stuck": why_stuck(found),
        "take_over_form": TakeOverForm(user=user) if may_take_over(found, user) else None,
        "scan_form": ScanForm(),
        **forms,
    }
    return render(request, "evidence/exhibit.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs("evidence.add_exhibit")
def add_exhibit(request: Request, pk: UUID) -> HttpResponse:
    """Register an exhibit of an incident; made for one hand at a scene."""
    incident = read(incidents(request.user), request.user, pk=pk)
    kind = request.GET.get("kind", Exhibit.Kind.CARTRIDGE_CASE)
    form = NewExhibitForm(
        request.POST or None,
        initial={
            "number": queries.next_number(incident),
            "kind": kind if kind in Exhibit.Kind.values else Exhibit.Kind.CARTRIDGE_CASE,
            "calibre": request.GET.get("calibre", "")[:40],
            "headstamp_maker": request.GET.get("headstamp_maker", "")[:60],
            "collected_at": timezone.localtime(),
            "marking": incident.marking,
        },
        incident=incident,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_exhibit(
                incident=incident,
                by=request.user,
                condition=form.cleaned_data["condition"],
                **form.values(),
            )
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, f"Exhibit {made.number} is registered and in your custody.")
            if "another" in request.POST:
                return redirect(_another(made))
            return redirect("evidence:exhibit", pk=made.pk)
    context = {
        "form": form,
        "incident": incident,
        "incident_seen": True,
        "proposed": queries.next_number(incident),
        "calibres": CALIBRES,
        "headstamps": HEADSTAMPS,
    }
    status = 422 if form.is_bound else 200
    return render(request, "evidence/exhibit_form.html", context, status=status)


def _another(made: Exhibit) -> str:
    """The form for the next exhibit, with what is likely to be the same."""
    from urllib.parse import urlencode

    same = {
        "kind": made.kind,
        "calibre": made.calibre,
        "headstamp_maker": made.headstamp_maker,
    }
    return f"{reverse('evidence:add_exhibit', args=[made.incident_id])}?{urlencode(same)}"


@require_http_methods(["GET", "POST"])
@needs("evidence.change_exhibit")
def change_exhibit(request: Request, pk: UUID) -> HttpResponse:
    """Change an exhibit."""
    found = _read(request, pk)

    return edit(
        request,
        ExhibitForm(request.POST or None, instance=found, incident=found.incident),
        partial(actions.change_exhibit, found, by=request.user),
        done=reverse("evidence:exhibit", args=[pk]),
        template="evidence/exhibit_form.html",
        context={
            "exhibit": found,
            "incident": found.incident,
            "incident_seen": found.incident_seen,
            "calibres": CALIBRES,
            "headstamps": HEADSTAMPS,
        },
    )


@require_POST
@needs("evidence.withdraw")
def withdraw_exhibit(request: Request, pk: UUID) -> HttpResponse:
    """Take an exhibit out of use."""
    found = _read(request, pk)
    try:
        actions.withdraw_exhibit(found, reason=request.POST.get("reason", ""), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Exhibit {found.number} is withdrawn.")
    return redirect("evidence:exhibit", pk=pk)


@require_GET
@needs("evidence.view")
def labels(request: Request, pk: UUID) -> HttpResponse:
    """Labels of an incident's exhibits; the code on each opens the exhibit."""
    incident = read(incidents(request.user), request.user, pk=pk)
    found = queries.exhibits(request.user).filter(incident=incident, withdrawn_at=None)
    if wanted := request.GET.get("exhibit"):
        found = found.filter(number=wanted)
    shown = [
        {
            "exhibit": one,
            "code": qr_code(request.build_absolute_uri(reverse("evidence:exhibit", args=[one.pk]))),
        }
        for one in found.order_by("number")[:500]
    ]
    return render(request, "evidence/labels.html", {"incident": incident, "labels": shown})
