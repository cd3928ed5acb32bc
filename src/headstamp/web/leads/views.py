"""Pages of leads: the queue, one lead, what somebody was told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from headstamp.reports.wording import LEAD_SENTENCE
from headstamp.web.access import needs
from headstamp.web.casework.queries import note_read, read
from headstamp.web.leads import notifying, queries
from headstamp.web.leads.clocks import NoticeClock
from headstamp.web.leads.forms import NoteForm, QueueForm, RateForm, forms_for
from headstamp.web.leads.maps import picture_of
from headstamp.web.leads.models import Lead, LeadBasis
from headstamp.web.leads.states import CLOSED, FALLEN, WORKED, LeadState
from headstamp.web.leads.steps import assignee_can_follow, parties
from headstamp.web.lists.pages import is_filtered, page_of
from headstamp.web.requests import Request

TYPED = (
    *("text", "priority", "public_safety", "person", "awaits_lab", "state", "repeats"),
    *("outcome", "rating", "comment"),
)


@require_GET
@needs("leads.view")
def queue(request: Request) -> HttpResponse:
    """Leads with their clocks, filtered."""
    form = QueueForm(request.GET)
    found: QuerySet[Lead] = Lead.objects.none()
    if form.is_valid():
        filters = dict(form.cleaned_data)
        found = queries.queue(request.user, filters.pop("q"), **filters)
    context = {
        "page": page_of(request, found),
        "form": form,
        "filtered": is_filtered(form),
        "now": timezone.now(),
        "lead_sentence": LEAD_SENTENCE,
    }
    return render(request, "leads/queue.html", context)


@require_GET
@needs("leads.view")
def lead(request: Request, pk: UUID) -> HttpResponse:
    """One lead: what it rests on, whom it concerns, what became of it, what may be done next."""
    return page(request, *read_lead(request, pk))


def read_lead(request: Request, pk: UUID) -> tuple[Lead, list[LeadBasis]]:
    """A lead in reach; reading restricted exhibits through it is put on record."""
    found: Lead = read(queries.leads(request.user), request.user, pk=pk)
    bases = queries.bases(request.user, found)
    for one in bases:
        note_read(request.user, one.link.exhibit_a, one.link.exhibit_b)
    return found, bases


def page(request: Request, found: Lead, bases: list[LeadBasis], status: int = 200) -> HttpResponse:
    """The page of a lead; what was typed and could not be done is still in its forms."""
    user = request.user
    typed: dict[str, Any] = {name: request.POST[name] for name in TYPED if name in request.POST}
    if "reasons" in request.POST:
        typed["reasons"] = request.POST.getlist("reasons")
    notices = list(queries.notices(found))
    told = [one for one in notices if one.person_id == user.pk and one.notified_at]
    follows = found.assignee_id == user.pk
    works = user.agency_id in parties(found)
    start = {**typed, "version": found.version}
    may_note = found.is_open and not found.on_hold and (told or follows)
    context = {
        "lead": found,
        "bases": bases,
        "fallen": [one for one in bases if one.link.state in FALLEN],
        "concerned": queries.concerned(found),
        "notices": notices,
        "steps": queries.steps(found),
        "picture": picture_of(bases),
        "notice": NoticeClock.of(found.recovered_at, found.noticed_at),
        "now": timezone.now(),
        "repeats": queries.repeated(user, found),
        "lead_sentence": LEAD_SENTENCE,
        "is_closed": found.state in CLOSED,
        "is_lost": found.is_open and found.assignee is not None and not assignee_can_follow(found),
        "can_acknowledge": found.is_open
        and (
            (follows and found.state == LeadState.ASSIGNED)
            or any(one.acknowledged_at is None for one in told)
        ),
        "note_form": NoteForm(initial=start)
        if may_note and not (follows and found.state == LeadState.ASSIGNED)
        else None,
        "rate_form": RateForm(initial=start)
        if follows and found.state in {*WORKED, *CLOSED}
        else None,
        **(forms_for(found, user, typed) if works or follows else {}),
    }
    return render(request, "leads/lead.html", context, status=status)


@require_GET
@needs("leads.view")
def notifications(request: Request) -> HttpResponse:
    """What this person was told, newest first."""
    page = page_of(request, queries.notifications(request.user))
    return render(
        request,
        "leads/notifications.html",
        {"page": page, "unread": queries.unread(request.user).exists()},
    )


@require_POST
@needs("leads.read_notifications")
def read_notifications(request: Request) -> HttpResponse:
    """All of it counts as read."""
    notifying.mark_read(request.user)
    messages.success(request, "All are marked as read.")
    return redirect("leads:notifications")
