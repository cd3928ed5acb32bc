"""Pages of tables of results, and of traces whose results disagree."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headstamp.tracing.records import FIELDS, REQUIRED
from headstamp.web.access import needs
from headstamp.web.audit.actions import record
from headstamp.web.lists.exports import csv_response
from headstamp.web.lists.pages import page_of
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request
from headstamp.web.times import RetrievedField
from headstamp.web.traces.models import TraceTable
from headstamp.web.traces.tables import actions, queries
from headstamp.web.traces.tables.reading import contents, header_of, lacking
from headstamp.web.traces.tables.sorting import PEOPLE, sort

SHOWN = 20
ORDERS = (("mdy", "month/day/year, or 2016-05-01"), ("dmy", "day/month/year, or 2016-05-01"))
IN_PREVIEW = (
    *("trace", "serial_written", "maker", "model", "calibre", "recovered_first", "sold_first"),
    *("dealer", "dealer_state", "status"),
)


class TableForm(forms.Form):
    """A table of results to bring in."""

    table = forms.FileField(
        label="Table",
        help_text="CSV or .xlsx, a row for each trace.",
        widget=forms.FileInput({"accept": ".csv,.xlsx,.txt"}),
    )
    retrieved = RetrievedField()


def _own(request: Request, pk: UUID) -> TraceTable:
    found = queries.tables(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_GET
@needs("traces.import_results")
def tables(request: Request) -> HttpResponse:
    """What one's agency has brought in."""
    page = page_of(request, queries.tables(request.user))
    return render(request, "traces/tables.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs("traces.import_results")
def add_table(request: Request) -> HttpResponse:
    """Hand a table in."""
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        table = form.cleaned_data["table"]
        try:
            made = actions.upload(
                chunks=table.chunks(),
                file_name=table.name,
                retrieved=form.cleaned_data["retrieved"],
                by=request.user,
            )
        except Refusal as refusal:
            form.add_error("table", str(refusal))
        else:
            return redirect("traces:table", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "traces/table_form.html", {"form": form}, status=status)


@require_GET
@needs("traces.import_results")
def table(request: Request, pk: UUID) -> HttpResponse:
    """Which column holds which field, and what would become of each row; or what became of them."""
    return _page(request, _own(request, pk))


def _page(request: Request, found: TraceTable, error: str = "") -> HttpResponse:
    context: dict[str, Any] = {"table": found, "error": error, "orders": ORDERS}
    if found.status == TraceTable.Status.UPLOADED:
        is_mapped = not lacking(found.columns["fields"])
        context["is_mapped"] = is_mapped
        try:
            if request.user.has_perm("traces.read_people"):
                context |= _mapping(found)
            if is_mapped:
                context |= _preview(found, request)
        except Refusal as refusal:
            context["error"] = error or str(refusal)
    return render(request, "traces/table.html", context, status=422 if context["error"] else 200)


def _mapping(table: TraceTable) -> dict[str, Any]:
    """The columns of a table, and which of them holds each field.

    Of a table without a header the names of columns are the cells of its first row.
    """
    chosen = table.columns["fields"]
    return {
        "columns": header_of(table.file_id, table.file_name),
        "fields": [
            {
                "field": {
                    "name": name,
                    "label": name.replace("_", " ").capitalize(),
                    "required": name in REQUIRED,
                },
                "column": chosen.get(name, ""),
            }
            for name in FIELDS
        ],
    }


def _preview(table: TraceTable, request: Request) -> dict[str, Any]:
    """What the page shows of rows that are not stored yet; no keys of persons are among it."""
    read = contents(table)
    found = sort(read, request.user.agency)
    rows = [*found.new, *found.different, *found.same][:SHOWN]
    return {
        "found": found,
        "faults": read.faults[:SHOWN],
        "more_faults": max(0, len(read.faults) - SHOWN),
        "shown": [name.replace("_", " ") for name in IN_PREVIEW],
        "preview": [(row.number, [row.values[name] or "" for name in IN_PREVIEW]) for row in rows]
        if request.user.has_perm("traces.read_people")
        else [],
    }


@require_POST
@needs("traces.import_results")
def map_table(request: Request, pk: UUID) -> HttpResponse:
    """Say which column holds which field."""
    found = _own(request, pk)
    columns = {name: request.POST.get(f"column-{name}", "") for name in FIELDS}
    try:
        actions.remap(found, columns=columns, order=request.POST.get("order", ""), by=request.user)
    except Refusal as refusal:
        return _page(request, found, str(refusal))
    return redirect("traces:table", pk=pk)


@require_POST
@needs("traces.import_results")
def run_table(request: Request, pk: UUID) -> HttpResponse:
    """Import what can be read."""
    found = _own(request, pk)
    try:
        done = actions.run(found, by=request.user)
    except Refusal as refusal:
        return _page(request, _own(request, pk), str(refusal))
    new, other = done.counts["new"], done.counts["different"]
    messages.success(request, f"Imported: {new:,} new traces, {other:,} other results.")
    return redirect("traces:table", pk=pk)


@require_POST
@needs("traces.import_results")
def abandon_table(request: Request, pk: UUID) -> HttpResponse:
    """Leave a table out."""
    found = _own(request, pk)
    try:
        actions.abandon(found, by=request.user)
    except Refusal as refusal:
        return _page(request, _own(request, pk), str(refusal))
    messages.success(request, "The table is left out.")
    return redirect("traces:tables")


@require_GET
@needs("traces.import_results")
def set_aside(request: Request, pk: UUID) -> StreamingHttpResponse | HttpResponse:
    """The rows that cannot be read, as CSV; whole for those who may read the people in them."""
    found = _own(request, pk)
    try:
        read = contents(found)
    except Refusal as refusal:
        return _page(request, found, str(refusal))
    entitled = request.user.has_perm("traces.read_people")
    if entitled:
        record("traces.people_read", by=request.user, about=found)
    header = ["row", "what is wrong", *(read.header if entitled else ())]
    rows = ([one.number, one.fault, *(one.cells if entitled else ())] for one in read.set_aside)
    return csv_response("traces-set-aside.csv", header, rows)


@require_GET
@needs("traces.view")
def conflicts(request: Request) -> HttpResponse:
    """Traces whose results disagree."""
    page = page_of(request, queries.disputed(request.user))
    found = queries.conflicts(request.user, list(page.rows))
    if any(name in PEOPLE for one in found for name, _ in one.fields):
        record("traces.people_read", by=request.user)
    return render(request, "traces/conflicts.html", {"page": page, "conflicts": found})
