"""Pages of lists and their vintages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headstamp.errors import HeadstampError
from headstamp.formats.incident_lists.vintages import REJECTED
from headstamp.web.access import needs
from headstamp.web.figures.list_models import ListVintage
from headstamp.web.figures.lists import importing, queries
from headstamp.web.figures.lists.boundaries import kept_boundaries
from headstamp.web.figures.lists.folder import path_of
from headstamp.web.figures.lists.forms import CompareForm, ListForm
from headstamp.web.processes.held_files import held_folder
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request

if TYPE_CHECKING:
    from headstamp.formats.incident_lists.differences import Difference
    from headstamp.formats.incident_lists.schema import Schema


@require_GET
@needs("figures.view")
def vintages(request: Request) -> HttpResponse:
    """Every list with its vintages."""
    context = {"vintages": list(queries.vintages()), "boundaries": kept_boundaries()}
    return render(request, "figures/lists.html", context)


@require_http_methods(["GET", "POST"])
@needs("figures.import_lists")
def add(request: Request) -> HttpResponse:
    """Bring a published list in."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = _keep(request, form.cleaned_data)
        except HeadstampError as error:
            form.add_error("list", str(error))
        else:
            if kept.is_new:
                messages.success(request, f"{kept.vintage.rows:,} rows are kept.")
            else:
                messages.info(request, "This file was imported before; nothing was done.")
            return redirect("figures:list", pk=kept.vintage.pk)
    status = 422 if form.is_bound else 200
    return render(request, "figures/list_form.html", {"form": form}, status=status)


def _keep(request: Request, given: dict[str, Any]) -> importing.Kept:
    """Import what was handed in, under the name it came with."""
    with held_folder(settings.WORKSPACE.tmp, "list-") as folder:
        path = _written(folder, given["list"])
        schema = _schema(folder, given)
        try:
            return importing.keep_list(
                path, retrieved=given["retrieved"].isoformat(), by=request.user, schema=schema
            )
        except HeadstampError as error:
            raise Refusal(str(error).replace(f"{folder}/", "")) from error


def _written(folder: Path, upload: Any) -> Path:
    path = folder / Path(upload.name).name[-200:]
    with path.open("wb") as stream:
        for chunk in upload.chunks():
            stream.write(chunk)
    return path


def _schema(folder: Path, given: dict[str, Any]) -> Schema | None:
    from headstamp.formats.incident_lists.known_schemas import read_mapping, shipped

    if given["mapping"]:
        return read_mapping(_written(folder, given["mapping"]))
    return shipped()[given["schema"]] if given["schema"] else None


@require_GET
@needs("figures.view")
def vintage(request: Request, pk: UUID) -> HttpResponse:
    """One vintage: what was kept, what was set aside and why, and what it can be compared with."""
    found = get_object_or_404(queries.vintages(), pk=pk)
    context = {
        "vintage": found,
        "others": list(queries.others_of(found)),
        "set_aside": queries.set_aside(found),
        "shown": queries.SHOWN,
    }
    return render(request, "figures/list.html", context)


@require_GET
@needs("figures.import_lists")
def rejected(request: Request, pk: UUID) -> HttpResponseBase:
    """The rows that were set aside, as they stood, each with what is wrong."""
    found = get_object_or_404(ListVintage, pk=pk)
    path = path_of(found) / REJECTED
    if not path.is_file():
        raise Http404
    name = f"set-aside-{found.schema}-{found.vintage}.csv"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv")


@require_POST
@needs("figures.import_lists")
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Count nothing more in a vintage."""
    found = get_object_or_404(ListVintage, pk=pk)
    try:
        importing.withdraw_list(found, reason=request.POST.get("reason", ""), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The list is withdrawn; what was released from it stands.")
    return redirect("figures:list", pk=pk)


@require_GET
@needs("figures.view")
def compare(request: Request) -> HttpResponse:
    """What changed between two vintages of one list, row by row."""
    form = CompareForm(request.GET)
    if not form.is_valid():
        listed = list(queries.vintages())
        context = {"form": form, "vintages": listed, "asked": bool(request.GET)}
        status = 422 if request.GET else 200
        return render(request, "figures/compare.html", context, status=status)
    earlier, later = form.cleaned_data["earlier"], form.cleaned_data["later"]
    found = _differences(earlier, later)
    counts = Counter(one.kind for one in found)
    context = {
        "earlier": earlier,
        "later": later,
        "counts": [(kind, counts[kind]) for kind in ("added", "changed", "removed")],
        "rows": [_row(one) for one in found[: queries.SHOWN]],
        "left": max(0, len(found) - queries.SHOWN),
    }
    return render(request, "figures/compare.html", context)


def _differences(earlier: ListVintage, later: ListVintage) -> list[Difference]:
    from headstamp.formats.incident_lists.differences import differences

    return differences(settings.WORKSPACE.lists, earlier.manifest, later.manifest)


def _row(one: Difference) -> dict[str, Any]:
    """A row that differs: each field with what it was and what it is."""
    names = dict.fromkeys([*one.before, *one.after])
    fields = [(name, one.before.get(name, ""), one.after.get(name, "")) for name in names]
    return {"kind": one.kind, "key": one.key, "fields": fields}
