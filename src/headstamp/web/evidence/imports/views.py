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
from headstamp.web.casework.models import ColumnMapping, ImportBatch, Incident
from headstamp.web.evidence.imports import actions
from headstamp.web.evidence.imports.fields import FIELDS, normalised
from headstamp.web.evidence.imports.preview import preview_row
from headstamp.web.evidence.imports.sorting import Sorted
from headstamp.web.evidence.models import Exhibit
from headstamp.web.lists.exports import csv_response
from headstamp.web.lists.pages import page_of
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request

SHOWN = 20
ORDERS = (("mdy", "month/day/year"), ("dmy", "day/month/year"), ("ymd", "year/month/day"))
ROWS = (
    ("incidents", "an incident"),
    ("victims", "a victim; rows with one number are one incident"),
)
MOST_WORDS = 50
NOTHING = "-"
CHOICES: dict[tuple[str, str], list[tuple[str, str]]] = {
    ("incidents", "status"): Incident.Status.choices,
    ("exhibits", "kind"): Exhibit.Kind.choices,
}
"""What the words of a choice can be said to mean."""


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
    context: dict[str, Any] = {"batch": batch, "error": error, "orders": ORDERS, "rows": ROWS}
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
            context |= _preview(batch, actions.sort(batch, by=request.user))
    return render(request, "evidence/import.html", context, status=422 if error else 200)


def _preview(batch: ImportBatch, found: Sorted) -> dict[str, Any]:
    """What the page shows of rows that are not stored yet."""
    shown = [one for one in FIELDS[batch.kind] if one.name in _shown_fields(found)]
    rows = [*found.new, *(event for event, _ in found.different), *found.same][:SHOWN]
    return {
        "found": found,
        "shown": shown,
        "bad": found.bad[:100],
        "words": _words(batch, found),
        "first": [preview_row(event, shown, batch.mapping) for event in rows],
    }


def _shown_fields(found: Sorted) -> set[str]:
    return {name for event in [*found.new, *found.same][:SHOWN] for name in event.values}


def _words(batch: ImportBatch, found: Sorted) -> list[dict[str, Any]]:
    """Words of choices that need an explanation, and those that have been given one."""
    fields = {one.name: one for one in FIELDS[batch.kind]}
    explained = batch.mapping.get("words", {})
    open_words = [
        (name, word, count, None) for (name, word), count in found.unknown.most_common(MOST_WORDS)
    ]
    known = [
        (name, word, None, meaning)
        for name, meanings in explained.items()
        for word, meaning in meanings.items()
    ]
    return [
        {
            "field": fields[name],
            "word": word,
            "count": count,
            "meaning": meaning,
            "choices": CHOICES[batch.kind, name],
        }
        for name, word, count, meaning in [*open_words, *known]
        if (batch.kind, name) in CHOICES
    ]


def _meanings(request: Request, batch: ImportBatch) -> dict[str, dict[str, str]]:
    """The words that were explained; a word left open stays unknown."""
    found: dict[str, dict[str, str]] = {}
    for one in FIELDS[batch.kind]:
        allowed = {value for value, _ in CHOICES.get((batch.kind, one.name), ())}
        words = request.POST.getlist(f"word-{one.name}")
        meanings = request.POST.getlist(f"meaning-{one.name}")
        for word, meaning in zip(words, meanings, strict=False):
            if meaning in allowed or meaning == NOTHING:
                value = "" if meaning == NOTHING else meaning
                found.setdefault(one.name, {})[normalised(word)] = value
    return found


@require_POST
@needs("casework.import_tables")
def map_import(request: Request, pk: UUID) -> HttpResponse:
    """Choose the columns."""
    batch = _own(request, pk)
    columns = {one.name: request.POST.get(f"column-{one.name}", "") for one in FIELDS[batch.kind]}
    try:
        actions.remap(
            batch,
            columns=columns,
            date_order=request.POST.get("date_order", ""),
            name=request.POST.get("name", "").strip(),
            rows=request.POST.get("rows", ""),
            words=_meanings(request, batch),
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
        batch = _own(request, pk)
        done = actions.run(batch, update="update" in request.POST, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        counts = done.counts
        new, updated = counts["new"], counts["updated"]
        rows = "row" if new == 1 else "rows"
        messages.success(request, f"{new:,} {rows} imported, {updated:,} updated.")
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
        found = actions.sort(batch, by=request.user)
        faults = {one.row.number: " ".join(one.faults) for one in found.bad}
    else:
        faults = dict(batch.errors)
    bad = [row for row in table.rows if row.number in faults]
    header = [*table.columns, "What is wrong"]
    rows = ([*row.values.values(), faults[row.number]] for row in bad)
    return csv_response("rows-to-mend.csv", header, rows)
