"""Pages of cases and of sharing agreements."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headstamp.web.access import needs
from headstamp.web.accounts.queries import colleagues
from headstamp.web.casework import cases as actions
from headstamp.web.casework import queries
from headstamp.web.casework.forms import AgreementForm, CaseForm
from headstamp.web.editing.forms import edit
from headstamp.web.lists.pages import page_of
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request


@require_GET
@needs("casework.view")
def cases(request: Request) -> HttpResponse:
    """Cases of one's agency and those one works on."""
    return render(
        request, "casework/cases.html", {"page": page_of(request, queries.cases(request.user))}
    )


@require_GET
@needs("casework.view")
def case(request: Request, pk: UUID) -> HttpResponse:
    """One case: its incidents and its people."""
    found = queries.read(queries.cases(request.user), request.user, pk=pk)
    context = {
        "case": found,
        "members": found.members.select_related("agency").order_by("name"),
        "incidents": queries.incidents(request.user).filter(cases=found),
        "colleagues": colleagues(request.user),
    }
    return render(request, "casework/case.html", context)


@require_http_methods(["GET", "POST"])
@needs("casework.manage_cases")
def add_case(request: Request) -> HttpResponse:
    """Open a case."""
    form = CaseForm(request.POST or None)
    del form.fields["is_open"]
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_case(by=request.user, **form.values())
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, f"Case {made.number} is open.")
            return redirect("casework:case", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "casework/case_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@needs("casework.manage_cases")
def change_case(request: Request, pk: UUID) -> HttpResponse:
    """Change or close a case."""
    found = queries.read(queries.cases(request.user), request.user, pk=pk)

    return edit(
        request,
        CaseForm(request.POST or None, instance=found),
        partial(actions.change_case, found, by=request.user),
        done=reverse("casework:case", args=[pk]),
        template="casework/case_form.html",
        context={"case": found},
    )


def _do(request: Request, pk: UUID, act: Callable[[], None], done: str) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("casework:case", pk=pk)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
@needs("casework.manage_cases")
def change_members(request: Request, pk: UUID) -> HttpResponse:
    """Add a person to a case or take them from it."""
    found = queries.read(queries.cases(request.user), request.user, pk=pk)
    remove = request.POST.get("do") == "remove"
    known = found.members.all() if remove else colleagues(request.user)
    wanted = _uuid(request.POST.get("person", ""))
    person = known.filter(pk=wanted).first() if wanted else None
    if person is None:
        messages.error(request, "Choose a person from the list.")
        return redirect("casework:case", pk=pk)
    act = actions.remove_member if remove else actions.add_member
    done = f"{person.name} {'works on it no more' if remove else 'works on this case'}."
    return _do(request, pk, lambda: act(found, person=person, by=request.user), done)


@require_POST
@needs("casework.manage_cases")
def change_incidents(request: Request, pk: UUID) -> HttpResponse:
    """Take an incident into a case or out of it."""
    found = queries.read(queries.cases(request.user), request.user, pk=pk)
    number = request.POST.get("number", "").strip()
    known = list(queries.incidents(request.user).filter(number=number))
    own = [one for one in known if one.agency_id == request.user.agency_id]
    incident = next(iter([*own, *known]), None)
    if incident is None:
        messages.error(request, f"There is no incident {number} that you can see.")
        return redirect("casework:case", pk=pk)
    remove = request.POST.get("do") == "remove"
    act = actions.remove_incident if remove else actions.add_incident
    done = f"Incident {number} {'left' if remove else 'joined'} the case."
    return _do(request, pk, lambda: act(found, incident=incident, by=request.user), done)


@require_GET
@needs("casework.view_agreements")
def agreements(request: Request) -> HttpResponse:
    """What is shared with whom."""
    page = page_of(request, queries.agreements(request.user))
    return render(request, "casework/agreements.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs("casework.manage_agreements")
def add_agreement(request: Request) -> HttpResponse:
    """Share records with another agency."""
    form = AgreementForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_agreement(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The agreement holds.")
            return redirect("casework:agreements")
    status = 422 if form.is_bound else 200
    return render(request, "casework/agreement_form.html", {"form": form}, status=status)


@require_POST
@needs("casework.manage_agreements")
def end_agreement(request: Request, pk: UUID) -> HttpResponse:
    """End an agreement."""
    found = queries.read(queries.agreements(request.user), request.user, pk=pk)
    try:
        actions.end_agreement(found, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The agreement has ended.")
    return redirect("casework:agreements")
