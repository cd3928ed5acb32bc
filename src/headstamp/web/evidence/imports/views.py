"""Pages of imports."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headstamp.web.access import needs
from headstamp.web.casework.models import ColumnMapping, ImportBatch
from headstamp.web.evidence.imports import actions
from headstamp.web.evidence.imports.fields import FIELDS
from headstamp.web.exports import csv_response
from headstamp.web.pages import page_of
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request

SHOWN = 20
ORDERS = (("mdy", "month/day/year"), ("dmy", "day/month/year"), ("ymd", "year/month/day"))


class UploadForm(forms.Form):
    """A table to bring in."""

    kind = forms.ChoiceField(label="Its rows are", choices=ColumnMapping.Kind.choices)
    table = forms.FileField(
        label="Table",
        help_text="CSV or .xlsx, with one header row.",
        widget=forms.FileInput({"accept": ".csv,.xlsx,.txt"}),
    )


def _own(request: Request, pk: UUID) -> ImportBatch:
    found = ImportBatch.objects.filter(agency=request.user.agency_id, pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_GET
@needs("casework.import_tables")
def imports(request: Request) -> HttpResponse:
    """What one's agency has brought in."""
    rows = ImportBatch.objects.filter(agency=request.user.agency_id).select_related("created_by")
    return render(request, "evidence/imports.html", {"page": page_of(request, rows)})


@require_http_methods(["GET", "POST"])
@needs("casework.import_tables")
def add_import(request: Request) -> HttpResponse:
    """Hand a table in."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        table = form.cleaned_data["table"]
        try:
            batch = actions.upload(
                kind=form.cleaned_data["kind"],
                chunks=table.chunks(),
                file_name=table.name,
                by=request.user,
            )
        except Refusal as refusal:
            form.add_error("table", str(refusal))
        else:
            return redirect("evidence:import", pk=batch.pk)
    status = 422 if form.is_bound else 200
    return render(request, "evidence/import_form.html", {"form": form}, status=status)


@require_GET
@needs("casework.import_tables")
def one_import(request: Request, pk: UUID) -> HttpResponse:
    """Which column means what, and what would become of each row; or what became of them."""
    return _page(request, _own(request, pk))


def _page(request: Request, batch: ImportBatch, error: str = "") -> HttpResponse:
    context: dict[str, Any] = {"batch": batch, "error": error, "orders": ORDERS}
    if batch.status == ImportBatch.Status.UPLOADED:
        try:
            table = actions.read(batch.file_id, batch.file_name)
        except (Refusal, OSError):
            context["error"] = "The file cannot be read any more; hand it in again."
            return render(request, "evidence/import.html", context, status=409)
        chosen = batch.mapping.get("columns", {})
        context["columns"] = table.columns
        context["fields"] = [
            {"field": one, "column": chosen.get(one.name, "")} for one in FIELDS[batch.kind]
        ]
        missing = [one for one in FIELDS[batch.kind] if one.required and one.name not in chosen]
        if not missing:
            found = actions.sort(batch)
            shown = [one for one in FIELDS[batch.kind] if one.name in chosen]
            context |= {
                "found": found,
                "shown": shown,
                "bad": found.bad[:100],
                "first": [
                    [one.row.number, *[one.values.get(field.name, "") for field in shown]]
                    for one in [*found.new, *found.same][:SHOWN]
                ],
            }
    return render(request, "evidence/import.html", context, status=422 if error else 200)


@require_POST
@needs("casework.import_tables")
def map_import(request: Request, pk: UUID) -> HttpResponse:
    """Choose the columns."""
    batch = _own(request, pk)
    columns = {one.name: request.POST.get(f"column-{one.name}", "") for one in FIELDS[batch.kind]}
    order = request.POST.get("date_order", "mdy")
    try:
        actions.remap(
            batch,
            columns=columns,
            date_order=order if order in dict(ORDERS) else "mdy",
            name=request.POST.get("name", "").strip(),
            by=request.user,
        )
    except Refusal as refusal:
        batch.mapping = {**batch.mapping, "columns": {k: v for k, v in columns.items() if v}}
        return _page(request, batch, str(refusal))
    return redirect("evidence:import", pk=pk)


@require_POST
@needs("casework.import_tables")
def run_import(request: Request, pk: UUID) -> HttpResponse:
    """Import the good rows."""
    try:
        done = actions.run(_own(request, pk), update="update" in request.POST, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        counts = done.counts
        messages.success(
            request, f"{counts['new']:,} rows imported, {counts['updated']:,} updated."
        )
    return redirect("evidence:import", pk=pk)


@require_POST
@needs("casework.import_tables")
def abandon_import(request: Request, pk: UUID) -> HttpResponse:
    """Leave a table out."""
    try:
        actions.abandon(_own(request, pk), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("evidence:imports")


@require_GET
@needs("casework.import_tables")
def import_errors(request: Request, pk: UUID) -> StreamingHttpResponse:
    """The bad rows as they stood, with what is wrong: mend them and hand this file in."""
    batch = _own(request, pk)
    try:
        table = actions.read(batch.file_id, batch.file_name)
    except (Refusal, OSError) as error:
        raise Http404 from error
    if batch.status == ImportBatch.Status.UPLOADED:
        faults = {one.row.number: " ".join(one.faults) for one in actions.sort(batch).bad}
    else:
        faults = dict(batch.errors)
    bad = [row for row in table.rows if row.number in faults]
    header = [*table.columns, "What is wrong"]
    rows = ([*row.values.values(), faults[row.number]] for row in bad)
    return csv_response("rows-to-mend.csv", header, rows)
