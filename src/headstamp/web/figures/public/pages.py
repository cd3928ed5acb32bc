"""The pages of one release, at addresses that stay."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from headstamp.web.figures.public import finding
from headstamp.web.figures.public.answers import not_found, page
from headstamp.web.figures.releases.kept import content_of, document_of
from headstamp.web.figures.releases.pieces import DELAYS, PUBLIC, REPORT, areas_name
from headstamp.web.figures.shown import areas, charts, figures, words

OfRelease = Callable[..., HttpResponseBase]


def of_release(view: OfRelease) -> OfRelease:
    """Find the release of an address first: one there is not, or one that was withdrawn."""

    @require_safe
    @wraps(view)
    def found(
        request: HttpRequest, jurisdiction: str, to: str, number: int, **more: Any
    ) -> HttpResponseBase:
        release = finding.find(jurisdiction, to, number)
        if release is None:
            return not_found(request)
        if release.withdrawal is not None:
            return withdrawn(request, release)
        return view(request, release, **more)

    found.needed_permission = ""  # type: ignore[attr-defined]
    return found


def withdrawn(request: HttpRequest, found: finding.Found) -> HttpResponse:
    """What stands at every address of a release that was taken back."""

    def context() -> dict[str, Any]:
        return {"found": found, "release": found.release, "publisher": found.publisher}

    return page(request, "figures/public/withdrawn.html", context, said="", status=410)


def show(
    request: HttpRequest,
    found: finding.Found,
    template: str,
    title: str,
    more: Callable[[], dict[str, Any]] = dict,
) -> HttpResponse:
    """A page of a release, with what every one of them says."""

    def context() -> dict[str, Any]:
        return {
            "found": found,
            "release": found.release,
            "sections": finding.sections(found),
            "document": found.document,
            "title": title,
            "publisher": found.publisher,
            **more(),
        }

    return page(request, f"figures/public/{template}.html", context, said=found.said)


def release_page(request: HttpRequest, found: finding.Found) -> HttpResponse:
    """The headline table."""

    def more() -> dict[str, Any]:
        counted = figures.counted(found.document)
        return {"counted": counted, "remarks": figures.remarks(counted)}

    return show(request, found, "release", "Figures", more)


@of_release
def release(request: HttpRequest, found: finding.Found) -> HttpResponseBase:
    """The headline table of a release."""
    return release_page(request, found)


@of_release
def section(request: HttpRequest, found: finding.Found, name: str) -> HttpResponseBase:
    """A page of charts: trends, map, hot spots, near repeats, other cities."""
    shown = charts.charts_of(found.charts, name)
    if not shown:
        return not_found(request)
    title = dict(finding.sections(found)).get(f"{name}/", name)
    return show(request, found, name.replace("-", "_"), title, lambda: {"charts": shown})


@of_release
def of_areas(request: HttpRequest, found: finding.Found, kind: str) -> HttpResponseBase:
    """Choropleth, small multiples and tables of one kind of areas."""
    named = next((one for one in areas.kinds(found.document) if one["kind"] == kind), None)
    if named is None:
        return not_found(request)

    def more() -> dict[str, Any]:
        rows = document_of(found.release.draft, PUBLIC, areas_name(kind))
        return {
            "charts": charts.charts_of(found.charts, f"areas/{kind}"),
            "tables": list(areas.tables(found.document, rows)),
        }

    return show(request, found, "areas", named["title"], more)


@of_release
def method(request: HttpRequest, found: finding.Found) -> HttpResponseBase:
    """How it was counted."""

    def more() -> dict[str, Any]:
        slugs = [(words.rule_slug(one["key"]), one) for one in found.document["rules"]]
        return {"rules": slugs, "delays": _delays(found)}

    return show(request, found, "method", "Method", more)


@of_release
def rule(request: HttpRequest, found: finding.Found, slug: str) -> HttpResponseBase:
    """One counting rule with its explanation."""
    document = found.document
    named = next((one for one in document["rules"] if words.rule_slug(one["key"]) == slug), None)
    if named is None:
        return not_found(request)

    def more() -> dict[str, Any]:
        return {
            "rule": named,
            "slug": slug,
            "counted": [one for one in figures.counted(document) if one.slug == slug],
            "lists": [one for one in document["vintages"] if one["schema"] == named["schema"]],
        }

    return show(request, found, "rule", named["title"], more)


@of_release
def figure(request: HttpRequest, found: finding.Found, slug: str, period: str) -> HttpResponseBase:
    """One figure with everything that must be said beside it, and how to cite it."""
    named = figures.find(found.document, slug, period)
    if named is None:
        return not_found(request)
    counted, shown = named
    vintage = shown.source["vintage"]

    def more() -> dict[str, Any]:
        lists = found.document["vintages"]
        return {
            "rule": counted.rule,
            "slug": slug,
            "figure": shown,
            "list": next((one for one in lists if one["id"] == vintage), None),
            "restated": _restated(found, counted.rule["key"], period),
        }

    return show(request, found, "figure", f"{counted.rule['title']}, {shown.label.lower()}", more)


@of_release
def restatements(request: HttpRequest, found: finding.Found) -> HttpResponseBase:
    """What this release restates, and what later ones restate of it."""

    def more() -> dict[str, Any]:
        return {"titles": {one["key"]: one["title"] for one in found.document["rules"]}}

    return show(request, found, "restatements", "Restatements", more)


@of_release
def data(request: HttpRequest, found: finding.Found) -> HttpResponseBase:
    """Everything for download."""
    return show(request, found, "data", "Data", lambda: {"charts": found.charts})


@of_release
def report(request: HttpRequest, found: finding.Found) -> HttpResponseBase:
    """The monthly report for everybody."""

    def more() -> dict[str, Any]:
        return {
            "parts": document_of(found.release.draft, PUBLIC, REPORT),
            "pictures": f"{reverse('figures:release', args=found.release.address)}charts/",
        }

    return show(request, found, "report", "Monthly report", more)


def _delays(found: finding.Found) -> Any:
    there = content_of(found.release.draft, PUBLIC, DELAYS)
    return document_of(found.release.draft, PUBLIC, DELAYS) if there else []


def _restated(found: finding.Found, key: str, period: str) -> list[tuple[Any, Any]]:
    """What later releases say of one figure."""
    return [
        (one.release, row)
        for one in found.restated_in
        for row in one.rows
        if (row["rule"], row["period"]) == (key, period)
    ]
