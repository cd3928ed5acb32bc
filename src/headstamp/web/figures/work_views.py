"""The first page of the figures inside: what waits, what was released, which lists there are."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from headstamp.web.access import needs
from headstamp.web.figures.lists import queries as lists
from headstamp.web.figures.models import Draft
from headstamp.web.figures.releases import queries
from headstamp.web.lists.pages import page_of
from headstamp.web.requests import Request


@require_GET
@needs("figures.view")
def overview(request: Request) -> HttpResponse:
    """Releases with their states, and what waits for a second person."""
    open_states = (Draft.State.COMPUTING, Draft.State.PREPARED, Draft.State.FAILED)
    context = {
        "open": list(queries.drafts().filter(state__in=open_states)[:20]),
        "page": page_of(request, queries.releases()),
        "refused": list(queries.drafts().filter(state=Draft.State.REFUSED)[:5]),
        "has_lists": bool(lists.jurisdictions()),
    }
    return render(request, "figures/work.html", context)
