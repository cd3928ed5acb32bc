"""The first page, and the search over everything: the two places where all apps meet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from headstamp.web.accounts.models import User
from headstamp.web.casework import queries as casework
from headstamp.web.comparisons import queries as comparisons
from headstamp.web.evidence import queries as evidence
from headstamp.web.figures.releases import queries as figures
from headstamp.web.leads import queries as leads
from headstamp.web.lists.pages import first
from headstamp.web.requests import Request

SHOWN = 8
TOLD = 3
FOUND = 20


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person."""
    if not request.user.is_authenticated:
        return redirect("demo" if settings.DEMO else settings.LOGIN_URL)
    user = request.user
    context: dict[str, Any] = {}
    if user.has_perm("casework.view"):
        context = {
            **_links(user),
            **_open_scenes(user),
            **_leads(user),
            "waiting": evidence.hand_overs_waiting(user)[:SHOWN],
            "to_release": figures.waiting_for(user)[:SHOWN],
            "incidents": first(casework.search_incidents(user), SHOWN),
            "scans": first(evidence.search_scans(user), SHOWN),
        }
    return render(request, "home.html", context)


def _links(user: User) -> dict[str, Any]:
    """Those that wait for this person; how many wait for others, if this person acts on none."""
    if user.role in comparisons.WAITING_FOR:
        return {"acts": True, "queue": first(comparisons.queue(user), SHOWN)}
    return {"acts": False, "queue": [], "counts": comparisons.waiting_counts(user)}


def _leads(user: User) -> dict[str, Any]:
    """Those that wait for this person, and what they were told and have not read."""
    if not user.has_perm("leads.view"):
        return {}
    return {
        "now": timezone.now(),
        "waiting_leads": first(leads.waiting(user), SHOWN),
        "notifications": leads.unread(user)[:TOLD],
    }


def _open_scenes(user: User) -> dict[str, Any]:
    """Scenes this person can work, and scenes that others work."""
    found = casework.scenes(user).filter(released_at=None, withdrawn_at=None)
    if not user.has_perm("casework.work_scene"):
        return {"scenes": [], "other_scenes": first(found, SHOWN)}
    return {
        "scenes": first(found.filter(agency=user.agency_id), SHOWN),
        "other_scenes": first(found.exclude(agency=user.agency_id), SHOWN),
    }


@require_GET
@login_required
def search(request: Request) -> HttpResponse:
    """Incidents, exhibits and firearms by number, place or serial number."""
    text = request.GET.get("q", "").strip()[:100]
    context: dict[str, Any] = {"q": text}
    if text and request.user.has_perm("casework.view"):
        context |= {
            "incidents": first(casework.search_incidents(request.user, text), FOUND),
            "exhibits": first(evidence.search_exhibits(request.user, text), FOUND),
            "firearms": first(evidence.search_firearms(request.user, text), FOUND),
        }
    return render(request, "search.html", context)


search.needed_permission = ""  # type: ignore[attr-defined]
