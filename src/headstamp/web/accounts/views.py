"""Pages of sign-in, agencies and people."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headstamp.web.access import needs
from headstamp.web.accounts import actions, lockout, queries
from headstamp.web.accounts.forms import (
    AgencyForm,
    InviteForm,
    PasswordForm,
    PersonForm,
    UnlockForm,
)
from headstamp.web.accounts.gate import LOCKED, NOTICED, SEEN
from headstamp.web.accounts.models import Invitation
from headstamp.web.accounts.stewardship import agencies_of, looked_after
from headstamp.web.audit.actions import record
from headstamp.web.editing.forms import edit
from headstamp.web.lists.pages import page_of
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request


def following(request: Request) -> str:
    """The page a person wanted, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours else "/"


@require_GET
def health(request: Request) -> HttpResponse:
    """Whether the application answers; says nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@require_http_methods(["GET", "POST"])
@login_required
def notice(request: Request) -> HttpResponse:
    """The notice everybody accepts at each sign-in."""
    if request.method == "POST":
        request.session[NOTICED] = True
        record("accounts.notice_accepted", by=request.user, about=request.user)
        return redirect(following(request))
    return render(request, "accounts/notice.html", {"next": following(request)})


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@login_required
def locked(request: Request) -> HttpResponse:
    """A session that was left alone for half an hour, until the password is given again."""
    form = UnlockForm(request.POST or None)
    if not request.session.get(LOCKED):
        return redirect(following(request))
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        found = authenticate(request, username=request.user.email, password=password)
        if found is not None and found.pk == request.user.pk:
            lockout.forgive(found)
            del request.session[LOCKED]
            request.session.pop(SEEN, None)
            record("accounts.unlocked_session", by=request.user, about=request.user)
            return redirect(following(request))
        if lockout.is_locked(request, request.user):
            logout(request)
        form.add_error("password", "This is not your password. Five failures lock the account.")
    context = {"form": form, "next": following(request)}
    return render(request, "accounts/locked.html", context, status=422 if form.is_bound else 200)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """Set a password with a link that was sent."""
    found = Invitation.of(token)
    if found is None or not found.is_open:
        return render(request, "accounts/invitation_over.html", status=404)
    form = PasswordForm(request.POST or None, user=found.user)
    if request.method == "POST" and form.is_valid():
        actions.accept(found, password=form.cleaned_data["password"])
        messages.success(request, "Your password is set. Sign in with it now.")
        return redirect("account_login")
    context = {"form": form, "person": found.user}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/invitation.html", context, status=status)


@require_GET
@needs("accounts.view_people")
def people(request: Request) -> HttpResponse:
    """The list of accounts."""
    text = request.GET.get("q", "").strip()
    context = {"page": page_of(request, queries.people(request.user, text)), "q": text}
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "POST"])
@needs("accounts.manage_people")
def invite(request: Request) -> HttpResponse:
    """Invite a person."""
    form = InviteForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.invite(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("email", str(refusal))
        else:
            return _link(request, made)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/invite.html", {"form": form}, status=status)


def _link(request: Request, made: actions.Link) -> HttpResponse:
    """Show the link once; whoever has it can set the password."""
    context = {
        "link": request.build_absolute_uri(made.path),
        "person": made.invitation.user,
        "expires_at": made.invitation.expires_at,
    }
    return render(request, "accounts/invited.html", context)


@require_http_methods(["GET", "POST"])
@needs("accounts.manage_people")
def person(request: Request, pk: UUID) -> HttpResponse:
    """Change a person's account."""
    found = get_object_or_404(looked_after(request.user), pk=pk)

    return edit(
        request,
        PersonForm(request.POST or None, instance=found),
        partial(actions.change_person, found, by=request.user),
        done=reverse("accounts:people"),
        template="accounts/person.html",
        context={"person": found},
    )


@require_POST
@needs("accounts.manage_people")
def renew(request: Request, pk: UUID) -> HttpResponse:
    """A new link for a person."""
    return _link(
        request,
        actions.renew(get_object_or_404(looked_after(request.user), pk=pk), by=request.user),
    )


@require_POST
@needs("accounts.manage_people")
def unlock(request: Request, pk: UUID) -> HttpResponse:
    """Lift the lock after five failures."""
    found = get_object_or_404(looked_after(request.user), pk=pk)
    actions.unlock(found, by=request.user)
    messages.success(request, f"{found.name} may try to sign in again.")
    return redirect("accounts:person", pk=pk)


@require_GET
@needs("accounts.view_people")
def agencies(request: Request) -> HttpResponse:
    """The list of agencies."""
    return render(
        request,
        "accounts/agencies.html",
        {"agencies": queries.agencies(), "changeable": set(agencies_of(request.user))},
    )


@require_http_methods(["GET", "POST"])
@needs("accounts.manage_agencies")
def add_agency(request: Request) -> HttpResponse:
    """Take an agency in."""
    if not request.user.agency.is_host:
        raise PermissionDenied
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_agency(by=request.user, **form.values())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{made.name} is in the strike force.")
            return redirect("accounts:agencies")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/agency.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@needs("accounts.manage_agencies")
def agency(request: Request, pk: UUID) -> HttpResponse:
    """Change an agency."""
    found = get_object_or_404(agencies_of(request.user), pk=pk)

    return edit(
        request,
        AgencyForm(request.POST or None, instance=found),
        partial(actions.change_agency, found, by=request.user),
        done=reverse("accounts:agencies"),
        template="accounts/agency.html",
        context={"agency": found},
    )
