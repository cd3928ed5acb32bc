"""What is done with an exhibit by those who hold it, and the firearm it is."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headstamp.web.access import needs
from headstamp.web.casework.queries import note_read, read
from headstamp.web.editing.forms import edit
from headstamp.web.evidence import actions, custody, queries, taking_over
from headstamp.web.evidence.exhibit_views import exhibit_page
from headstamp.web.evidence.forms import FirearmForm, HandOverForm, MoveForm, TakeOverForm
from headstamp.web.evidence.models import HandOver
from headstamp.web.lists.pages import page_of
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request


@require_POST
@needs("evidence.take_custody")
def offer(request: Request, pk: UUID) -> HttpResponse:
    """Offer an exhibit to somebody."""
    found = read(queries.exhibits(request.user), request.user, pk=pk)
    form = HandOverForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            custody.offer(found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            to = form.cleaned_data["to"]
            messages.success(request, f"Offered to {to.name}, who takes it on their own screen.")
            return redirect("evidence:exhibit", pk=pk)
    return exhibit_page(request, found, status=422, hand_over_form=form)


@require_GET
@needs("evidence.take_custody")
def hand_over(request: Request, pk: UUID) -> HttpResponse:
    """What is offered, to be taken or refused; seen by both sides alone."""
    found = _hand_over(request, pk)
    return render(request, "evidence/hand_over.html", {"hand_over": found})


@require_POST
@needs("evidence.take_custody")
def settle(request: Request, pk: UUID) -> HttpResponse:
    """Take an exhibit, refuse it, or take the offer back."""
    found = _hand_over(request, pk)
    done = request.POST.get("do")
    accepted = done == "take"
    try:
        if done not in ("take", "refuse", "back"):
            raise Refusal("Choose whether you take it.")
        custody.settle(
            found,
            accepted=accepted,
            by=request.user,
            condition=request.POST.get("condition", "")[:200],
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("evidence:hand_over", pk=pk)
    number = found.exhibit.number
    sentence = "is in your custody" if accepted else "stays where it was"
    messages.success(request, f"Exhibit {number} {sentence}.")
    if queries.exhibits(request.user).filter(pk=found.exhibit_id).exists():
        return redirect("evidence:exhibit", pk=found.exhibit_id)
    return redirect("evidence:exhibits")


def _hand_over(request: Request, pk: UUID) -> HandOver:
    found = HandOver.objects.select_related(
        "exhibit__incident", "released_by__agency", "offered_to__agency"
    ).filter(pk=pk)
    one = found.first()
    if one is None or request.user.pk not in (one.released_by_id, one.offered_to_id):
        raise Http404
    note_read(request.user, one.exhibit)
    return one


@require_POST
@needs("evidence.take_custody")
def take_in(request: Request, pk: UUID) -> HttpResponse:
    """Begin the chain of an imported exhibit."""
    found = read(queries.exhibits(request.user), request.user, pk=pk)
    try:
        custody.take_in(found, by=request.user, condition=request.POST.get("condition", "")[:200])
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Exhibit {found.number} is in your custody.")
    return redirect("evidence:exhibit", pk=pk)


@require_POST
@needs("evidence.take_custody")
def move(request: Request, pk: UUID) -> HttpResponse:
    """Store an exhibit, take it out, return or destroy it."""
    found = read(queries.exhibits(request.user), request.user, pk=pk)
    form = MoveForm(request.POST)
    if form.is_valid():
        try:
            custody.move(found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The chain of custody has a new entry.")
            return redirect("evidence:exhibit", pk=pk)
    return exhibit_page(request, found, status=422, move_form=form)


@require_POST
@needs("evidence.take_custody_over")
def take_over(request: Request, pk: UUID) -> HttpResponse:
    """Give an exhibit whose holder cannot hand it over to somebody of one's own agency."""
    found = read(queries.exhibits(request.user), request.user, pk=pk)
    form = TakeOverForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            taking_over.take_over(found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            to = form.cleaned_data["to"]
            messages.success(request, f"It is on record that {to.name} has it now, and why.")
            return redirect("evidence:exhibit", pk=pk)
    return exhibit_page(request, found, status=422, take_over_form=form)


@require_http_methods(["GET", "POST"])
@needs("evidence.change_exhibit")
def firearm(request: Request, pk: UUID) -> HttpResponse:
    """Say which gun an exhibit is, or change what was said."""
    exhibit = read(queries.exhibits(request.user), request.user, pk=pk)
    known = queries.firearms(request.user).filter(exhibit=exhibit).first()
    context = {
        "exhibit": exhibit,
        "incident": exhibit.incident,
        "incident_seen": exhibit.incident_seen,
        "firearm": known,
    }
    if known is not None:
        return edit(
            request,
            FirearmForm(request.POST or None, instance=known, user=request.user),
            partial(actions.change_firearm, known, by=request.user),
            done=reverse("evidence:exhibit", args=[pk]),
            template="evidence/firearm_form.html",
            context=context,
        )
    form = FirearmForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_firearm(exhibit, by=request.user, **form.values())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The firearm is described.")
            return redirect("evidence:exhibit", pk=pk)
    status = 422 if form.is_bound else 200
    return render(request, "evidence/firearm_form.html", {**context, "form": form}, status=status)


@require_GET
@needs("evidence.view")
def firearms(request: Request) -> HttpResponse:
    """Recovered firearms, found by serial number whatever its spelling."""
    text = request.GET.get("q", "")
    page = page_of(request, queries.search_firearms(request.user, text))
    return render(request, "evidence/firearms.html", {"page": page, "q": text})
