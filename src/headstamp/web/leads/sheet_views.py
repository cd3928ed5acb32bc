"""The lead sheet, as a page to print and as a file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from headstamp.reports.lead_sheet import render_pdf
from headstamp.web.access import needs
from headstamp.web.audit.actions import record
from headstamp.web.leads.maps import picture_of
from headstamp.web.leads.sheet import sheet_of
from headstamp.web.leads.views import read_lead
from headstamp.web.requests import Request


@require_GET
@needs("leads.view")
def sheet(request: Request, pk: UUID) -> HttpResponse:
    """On a page."""
    lead, bases = read_lead(request, pk)
    context = {
        "lead": lead,
        "sheet": sheet_of(request.user, lead, bases, timezone.now()),
        "picture": picture_of(bases),
    }
    return render(request, "leads/sheet.html", context)


@require_GET
@needs("leads.view")
def sheet_file(request: Request, pk: UUID) -> HttpResponse:
    """As PDF; that it left the workspace is on record."""
    lead, bases = read_lead(request, pk)
    record("leads.sheet_exported", by=request.user, about=lead)
    made = render_pdf(sheet_of(request.user, lead, bases, timezone.now()))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="lead-{lead.number}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response
