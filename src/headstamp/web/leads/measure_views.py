"""The measures of work on leads, of those that a person may see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Min, OuterRef, Subquery
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from headstamp.web.access import needs
from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record
from headstamp.web.leads.measures import MeasuredLead, Measures, Share, measure
from headstamp.web.leads.models import Lead, LeadAgency
from headstamp.web.leads.states import CLOSED, LeadState, Rating
from headstamp.web.lists.exports import csv_response
from headstamp.web.requests import Request
from headstamp.web.times import on_days

COUNTED: Final = (
    *("recovered_at", "made_at", "noticed_at", "notice_limit_at", "closed_at", "state"),
    *("rating", "entered"),
)
OUTCOMES: Final = {
    str(one.value): one.label.removeprefix("Closed: ").capitalize()
    for one in LeadState
    if one in CLOSED
}
RATINGS: Final = {str(one.value): str(one.label) for one in Rating}


def periods(today: date) -> list[tuple[str, date]]:
    """Each with its first day; all end today."""
    return [
        ("Last 7 days", today - timedelta(days=6)),
        ("Last 28 days", today - timedelta(days=27)),
        ("Year to date", today.replace(month=1, day=1)),
    ]


def measured(user: User) -> list[tuple[str, date, Measures]]:
    """Leads in reach that were made in each period."""
    today, now = timezone.localdate(), timezone.now()
    wanted = periods(today)
    longest = min(start for _, start in wanted)
    first = LeadAgency.objects.filter(lead=OuterRef("pk")).order_by().values("lead")
    entered = Subquery(first.annotate(first=Min("entered_at")).values("first"))
    rows = (
        Lead.objects.visible_to(user)
        .filter(on_days("made_at", longest, None))
        .annotate(entered=entered)
        .order_by()
        .values(*COUNTED)
    )
    found = [_lead(row) for row in rows.iterator(chunk_size=2000)]
    return [
        (label, start, measure(_since(found, start), now=now, ratings=RATINGS, outcomes=OUTCOMES))
        for label, start in wanted
    ]


def _lead(row: dict[str, Any]) -> MeasuredLead:
    return MeasuredLead(outcome=row.pop("state"), entered_at=row.pop("entered"), **row)


def _since(found: list[MeasuredLead], start: date) -> Iterator[MeasuredLead]:
    return (one for one in found if timezone.localdate(one.made_at) >= start)


@require_GET
@needs("leads.measure")
def measures(request: Request) -> HttpResponse:
    """On a page."""
    context = {"periods": measured(request.user), "today": timezone.localdate()}
    return render(request, "leads/measures.html", context)


@require_GET
@needs("leads.measure")
def export(request: Request) -> StreamingHttpResponse:
    """As CSV; that they left the workspace is on record."""
    record("leads.measures_exported", by=request.user)
    header = [
        "Period",
        "From",
        "Until",
        "Measure",
        "Leads",
        "Base",
        "Median h",
        "90th percentile h",
    ]
    return csv_response("lead-measures.csv", header, _rows(request.user))


def _rows(user: User) -> Iterator[list[Any]]:
    until = timezone.localdate().isoformat()
    for label, start, found in measured(user):
        place = [label, start.isoformat(), until]
        yield [*place, "Leads made", found.count, "", "", ""]
        for one in found.times:
            hours = [_hours(one.median), _hours(one.ninetieth)]
            yield [*place, one.label, one.count, found.count, *hours]
        for share in (found.overdue, *found.outcomes, *_rated(found)):
            yield [*place, share.label, share.count, share.base, "", ""]


def _rated(found: Measures) -> list[Share]:
    return [Share(f"Rated: {one.label}", one.count, one.base) for one in found.ratings]


def _hours(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
