"""Pages on which figures are prepared, looked at and decided on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headstamp.web.access import needs
from headstamp.web.figures.models import Draft
from headstamp.web.figures.releases import actions, queries
from headstamp.web.figures.releases.forms import DecisionForm, PrepareForm
from headstamp.web.figures.releases.kept import bytes_of, content_of, document_of
from headstamp.web.figures.releases.pieces import (
    CHARTS,
    DELAYS,
    FULL,
    PAGE,
    PUBLIC,
    REPORT,
    RESTATED,
    areas_name,
    chart_name,
)
from headstamp.web.figures.shown import areas as by_area
from headstamp.web.figures.shown import charts, figures, words
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request

EDITIONS = (FULL, PUBLIC)


@require_http_methods(["GET", "POST"])
@needs("figures.prepare")
def prepare(request: Request) -> HttpResponse:
    """Have figures computed."""
    form = PrepareForm(request.POST or None, initial=queries.given_last())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.prepare(**form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("figures:draft", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "figures/prepare.html", {"form": form}, status=status)


@require_GET
@needs("figures.view")
def draft(request: Request, pk: UUID) -> HttpResponse:
    """What was prepared, as everybody would see it, and what may be done with it."""
    return _page(request, _draft(pk))


def _draft(pk: UUID) -> Draft:
    return get_object_or_404(queries.drafts(), pk=pk)


def _page(request: Request, found: Draft, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "draft": found,
        "release": getattr(found, "release", None),
        "is_own": found.prepared_by_id == request.user.pk,
        "typed": {"reason": request.POST.get("reason", "")},
        "busy": found.state == Draft.State.COMPUTING,
    }
    if _is_computed(found):
        context |= _preview(found)
    return render(request, "figures/draft.html", context, status=status)


def _is_computed(found: Draft) -> bool:
    return content_of(found, PUBLIC, PAGE) is not None


def _preview(found: Draft) -> dict[str, Any]:
    document = document_of(found, PUBLIC, PAGE)
    counted = figures.counted(document)
    restated = document_of(found, PUBLIC, RESTATED)
    earlier = {
        str(one.pk): one
        for one in queries.releases().filter(pk__in=[one["release"] for one in restated])
    }
    return {
        "document": document,
        "counted": counted,
        "remarks": figures.remarks(counted),
        "charts": document_of(found, PUBLIC, CHARTS),
        "kinds": by_area.kinds(document_of(found, FULL, PAGE)),
        "restated": [(earlier.get(one["release"]), one["rows"]) for one in restated],
        "titles": {one["key"]: one["title"] for one in document["rules"]},
        "periods": words.PERIODS,
    }


@require_GET
@needs("figures.view")
def progress(request: Request, pk: UUID) -> HttpResponse:
    """How far the computing is; the whole page again when it is done."""
    found = _draft(pk)
    if found.state != Draft.State.COMPUTING:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "figures/_progress.html", {"draft": found})


@require_GET
@needs("figures.view")
def detail(request: Request, pk: UUID) -> HttpResponse:
    """The full edition: every chart without suppression, and the reporting delay."""
    found = _computed(pk)
    context = {
        "draft": found,
        "document": document_of(found, FULL, PAGE),
        "charts": [charts.chart(one) for one in document_of(found, FULL, CHARTS)],
        "delays": document_of(found, FULL, DELAYS),
    }
    return render(request, "figures/detail.html", context)


@require_GET
@needs("figures.view")
def areas(request: Request, pk: UUID, kind: str) -> HttpResponse:
    """Counts by area in full, beside what everybody would see."""
    found = _computed(pk)
    full = _area_tables(found, FULL, kind)
    if not full:
        raise Http404
    public = {
        (one.slug, one.period): {row.area: row for row in one.rows}
        for one in _area_tables(found, PUBLIC, kind)
    }
    tables = [
        (one, [(row, public.get((one.slug, one.period), {}).get(row.area)) for row in one.rows])
        for one in full
    ]
    context = {"draft": found, "kind": kind, "tables": tables, "is_public": bool(public)}
    return render(request, "figures/draft_areas.html", context)


def _area_tables(found: Draft, edition: str, kind: str) -> list[by_area.AreaTable]:
    if content_of(found, edition, areas_name(kind)) is None:
        return []
    rows = document_of(found, edition, areas_name(kind))
    return list(by_area.tables(document_of(found, edition, PAGE), rows))


@require_GET
@needs("figures.view")
def report(request: Request, pk: UUID) -> HttpResponse:
    """The monthly report as everybody would read it."""
    found = _computed(pk)
    context = {
        "draft": found,
        "parts": document_of(found, PUBLIC, REPORT),
        "pictures": f"{reverse('figures:draft', args=[found.pk])}{PUBLIC}/",
    }
    return render(request, "figures/draft_report.html", context)


@require_GET
@needs("figures.view")
def chart(request: Request, pk: UUID, edition: str, name: str) -> HttpResponseBase:
    """A chart of one edition."""
    kept = content_of(_draft(pk), edition, chart_name(name)) if edition in EDITIONS else None
    if kept is None:
        raise Http404
    return HttpResponse(bytes_of(kept), content_type=kept.media_type)


def _computed(pk: UUID) -> Draft:
    found = _draft(pk)
    if not _is_computed(found):
        raise Http404
    return found


def _decided(
    request: Request, pk: UUID, act: Callable[[Draft, int, str], Any], done: str
) -> HttpResponse:
    """Do it and show the draft as it is then; a refusal says why at the top."""
    found, form = _draft(pk), DecisionForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal("The page was incomplete. Look at the figures again, then decide.")
        act(found, form.cleaned_data["version"], form.cleaned_data["reason"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _page(request, _draft(pk), status=409)
    messages.success(request, done)
    return redirect("figures:draft", pk=pk)


@require_POST
@needs("figures.release")
def release(request: Request, pk: UUID) -> HttpResponse:
    """Publish what somebody else has prepared."""

    def act(found: Draft, version: int, reason: str) -> None:
        actions.release(found, version=version, by=request.user)

    return _decided(request, pk, act, "Released: everybody can read it now.")


@require_POST
@needs("figures.prepare")
def refuse(request: Request, pk: UUID) -> HttpResponse:
    """Do not publish it."""

    def act(found: Draft, version: int, reason: str) -> None:
        if found.prepared_by_id != request.user.pk and not request.user.has_perm("figures.release"):
            raise Refusal("Only a commander, or who prepared these figures, can refuse them.")
        actions.refuse(found, version=version, reason=reason, by=request.user)

    return _decided(request, pk, act, "Refused; nothing was published.")


@require_POST
@needs("figures.release")
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Take a release back."""

    def act(found: Draft, version: int, reason: str) -> None:
        published = getattr(found, "release", None)
        if published is None:
            raise Refusal("These figures were never released.")
        actions.withdraw(published, reason=reason, by=request.user)

    return _decided(request, pk, act, "Withdrawn: its address says so, with your reason.")
