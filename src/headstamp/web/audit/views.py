"""The monitor's pages: the record, one event, the check of the whole, the export."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from headstamp.web.access import needs
from headstamp.web.audit import queries
from headstamp.web.audit.actions import record
from headstamp.web.audit.forms import EventFilterForm
from headstamp.web.audit.models import AuditEvent
from headstamp.web.lists.exports import csv_response
from headstamp.web.lists.pages import page_of

VIEWED = "audit_viewed"


def _found(request: HttpRequest) -> tuple[EventFilterForm, Any]:
    form = EventFilterForm(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    people = None
    if text := filters.pop("person", ""):
        matching = get_user_model().objects.filter(name__icontains=text)
        people = [str(pk) for pk in matching.values_list("pk", flat=True)[:500]]
    return form, queries.search_events(request.user, people, **filters)


def _names(events: Iterable[AuditEvent]) -> dict[str, str]:
    """Names of the actors, in one query."""
    ids = {event.actor for event in events if event.actor}
    known = get_user_model().objects.filter(pk__in=ids).values_list("pk", "name")
    return {str(pk): name for pk, name in known}


@require_GET
@needs("audit.view_events")
def events(request: HttpRequest) -> HttpResponse:
    """The record, newest first; looking at it is put on record once for each filter."""
    form, found = _found(request)
    looked = request.GET.copy()
    looked.pop("page", None)
    seen = request.session.get(VIEWED, [])
    if looked.urlencode() not in seen:
        record("audit.viewed", by=request.user, detail={"filter": looked.urlencode()[:300]})
        request.session[VIEWED] = [*seen[-50:], looked.urlencode()]
    page = page_of(request, found)
    context = {
        "page": page,
        "form": form,
        "names": _names(page.rows),
        "filtered": bool(looked),
    }
    return render(request, "audit/events.html", context)


@require_GET
@needs("audit.view_events")
def event(request: HttpRequest, sequence: int) -> HttpResponse:
    """One event, with its hash and the hash it should have."""
    found = queries.events_for(request.user).filter(sequence=sequence).first()
    if found is None:
        raise Http404
    context = {
        "event": found,
        "name": _names([found]).get(found.actor, ""),
        "content": json.dumps(found.content, indent=2, sort_keys=True, ensure_ascii=False),
        "expected": found.expected_hash(),
    }
    return render(request, "audit/event.html", context)


@require_POST
@needs("audit.view_events")
def verify(request: HttpRequest) -> HttpResponse:
    """Recompute the whole chain."""
    found = queries.verify()
    record(
        "audit.verified",
        by=request.user,
        outcome="done" if found.whole else "failed",
        detail={"events": found.events},
    )
    if found.whole:
        said = f"All {found.events:,} events are whole, up to {found.head}, and so are all chains."
        messages.success(request, said)
    for sentence in found.sentences:
        messages.error(request, f"{sentence[0].upper()}{sentence[1:]}.")
    return redirect("audit:events")


@require_GET
@needs("audit.export_events")
def export(request: HttpRequest) -> HttpResponseBase:
    """The filtered record as CSV; the export is put on record."""
    form, found = _found(request)
    if not form.is_valid():
        return redirect(f"{reverse('audit:events')}?{request.GET.urlencode()}")
    record("audit.exported", by=request.user, detail={"filter": request.GET.urlencode()[:300]})
    header = [*AuditEvent.CONTENT, "previous", "hash"]
    rows = (
        [
            *(
                json.dumps(value, sort_keys=True) if isinstance(value, dict) else value
                for value in one.content.values()
            ),
            one.previous,
            one.hash,
        ]
        for one in found.iterator(chunk_size=2000)
    )
    return csv_response("audit.csv", header, rows)
