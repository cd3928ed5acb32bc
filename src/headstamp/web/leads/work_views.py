"""What is sent from the page of a lead."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from headstamp.web.access import needs
from headstamp.web.casework.queries import read
from headstamp.web.comparisons import queries as comparisons
from headstamp.web.leads import actions, closing, forms, making, queries
from headstamp.web.leads.models import Lead
from headstamp.web.leads.views import page, read_lead
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request


def _sent(form: Any) -> dict[str, Any]:
    if not form.is_valid():
        errors = [f"{form.fields[name].label}: {texts[0]}" for name, texts in form.errors.items()]
        raise Refusal(" ".join(errors))
    return dict(form.cleaned_data)


def _acted(
    request: Request,
    pk: UUID,
    act: Callable[..., None],
    form: Callable[[Lead], Any],
    done: str,
) -> HttpResponse:
    """Do it and show the lead as it is then; a refusal says why at the top."""
    found, bases = read_lead(request, pk)
    try:
        act(found, by=request.user, **_sent(form(found)))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return page(request, queries.leads(request.user).get(pk=pk), bases, status=409)
    messages.success(request, done)
    return redirect("leads:lead", pk=pk)


@require_POST
@needs("leads.triage")
def triage(request: Request, pk: UUID) -> HttpResponse:
    """How soon, and why."""
    form = partial(_bound, request, forms.TriageForm)
    return _acted(request, pk, actions.triage, form, "Triaged; the investigators named are told.")


def _bound(request: Request, kind: Any, found: Lead) -> Any:
    return kind(request.POST)


@require_POST
@needs("leads.triage")
def name(request: Request, pk: UUID) -> HttpResponse:
    """It concerns somebody."""
    form = partial(_bound, request, forms.NameForm)
    return _acted(request, pk, actions.name_investigator, form, "Named.")


@require_POST
@needs("leads.triage")
def assign(request: Request, pk: UUID) -> HttpResponse:
    """Somebody is to follow it."""
    form = partial(_bound, request, forms.AssignForm)
    return _acted(request, pk, actions.assign, form, "Assigned; they are told.")


@require_POST
@needs("leads.triage")
def decide(request: Request, pk: UUID) -> HttpResponse:
    """It goes on although a link fell."""
    form = partial(_bound, request, forms.DecideForm)
    return _acted(request, pk, actions.decide, form, "The lead goes on.")


@require_POST
@needs("leads.follow")
def acknowledge(request: Request, pk: UUID) -> HttpResponse:
    """Somebody knows of it."""
    form = partial(_bound, request, forms.StepForm)
    return _acted(request, pk, actions.acknowledge, form, "Acknowledged.")


@require_POST
@needs("leads.follow")
def note(request: Request, pk: UUID) -> HttpResponse:
    """What was found out."""
    form = partial(_bound, request, forms.NoteForm)
    return _acted(request, pk, actions.note, form, "Your follow-up is on record.")


@require_POST
@needs("leads.close")
def close(request: Request, pk: UUID) -> HttpResponse:
    """The outcome."""

    def form(found: Lead) -> Any:
        return forms.CloseForm(request.POST, lead=found)

    return _acted(request, pk, closing.close, form, "The lead is closed.")


@require_POST
@needs("leads.follow")
def rate(request: Request, pk: UUID) -> HttpResponse:
    """What it was worth."""
    form = partial(_bound, request, forms.RateForm)
    return _acted(request, pk, closing.rate, form, "Your rating is on record.")


@require_POST
@needs("leads.close")
def reopen(request: Request, pk: UUID) -> HttpResponse:
    """It is taken up again."""
    form = partial(_bound, request, forms.ReopenForm)
    return _acted(request, pk, closing.reopen, form, "The lead is open again.")


@require_POST
@needs("leads.triage")
def make(request: Request, pk: UUID) -> HttpResponse:
    """A lead from a link, by hand."""
    link = read(comparisons.links(request.user), request.user, pk=pk)
    try:
        made = making.make_by_hand(link, by=request.user, **_sent(forms.MakeForm(request.POST)))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("comparisons:link", pk=pk)
    messages.success(request, f"Lead {made.number} is made; another person triages it.")
    return redirect("leads:lead", pk=made.pk)
