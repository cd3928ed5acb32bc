"""What everybody sees: the releases of each jurisdiction."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from headstamp.web.figures.models import Release
from headstamp.web.figures.public import finding
from headstamp.web.figures.public.answers import not_found, page
from headstamp.web.figures.public.pages import release_page

SHOWN: Final = 6
"""Releases of a jurisdiction on the first page; the others are in its archive."""


def _everybody(view: Any) -> Any:
    """Mark a view that asks nobody who they are."""
    view.needed_permission = ""
    return view


@_everybody
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every jurisdiction with its newest release."""
    rows = Release.objects.select_related("withdrawal").order_by(
        "place", "jurisdiction", "-last_day", "-number"
    )
    publisher = finding.publisher()

    def context() -> dict[str, Any]:
        groups = groupby(rows, key=attrgetter("jurisdiction"))
        found = [_listed(list(releases)) for _, releases in groups]
        return {"found": found, "publisher": publisher}

    return page(request, "figures/public/index.html", context, said=_said(rows, publisher))


@_everybody
@require_safe
def newest(request: HttpRequest, jurisdiction: str) -> HttpResponseBase:
    """The newest release of a jurisdiction that stands."""
    release = finding.newest(jurisdiction)
    if release is not None:
        return release_page(request, finding.whole(release))
    if Release.objects.filter(jurisdiction=jurisdiction).exists():
        return _archive(request, jurisdiction)
    return not_found(request)


@_everybody
@require_safe
def archive(request: HttpRequest, jurisdiction: str) -> HttpResponseBase:
    """Every release of a jurisdiction."""
    return _archive(request, jurisdiction)


@_everybody
@require_safe
def of_day(request: HttpRequest, jurisdiction: str, to: str) -> HttpResponseBase:
    """The last release to a day."""
    last_day = finding.day_of(to)
    if last_day is None:
        return not_found(request)
    rows = Release.objects.filter(jurisdiction=jurisdiction, last_day=last_day)
    found = rows.newest_first().first()
    if found is None:
        return not_found(request)
    return redirect("figures:release", *found.address)


def _archive(request: HttpRequest, jurisdiction: str) -> HttpResponseBase:
    rows = Release.objects.filter(jurisdiction=jurisdiction).select_related("withdrawal")
    listed = list(rows.newest_first())
    if not listed:
        return not_found(request)
    publisher = finding.publisher()

    def context() -> dict[str, Any]:
        return {**_listed(listed), "shown": listed, "publisher": publisher}

    return page(request, "figures/public/archive.html", context, said=_said(listed, publisher))


def _listed(releases: list[Any]) -> dict[str, Any]:
    """The releases of one jurisdiction, newest first, and what became of each."""
    replaced = {one.replaces_id for one in releases}
    for one in releases:
        one.is_replaced = one.pk in replaced
        one.is_withdrawn = getattr(one, "withdrawal", None) is not None
    standing = [one for one in releases if not (one.is_replaced or one.is_withdrawn)]
    return {
        "jurisdiction": releases[0].jurisdiction,
        "place": releases[0].place,
        "newest": standing[0] if standing else None,
        "shown": releases[:SHOWN],
        "more": max(0, len(releases) - SHOWN),
    }


def _said(rows: Iterable[Any], publisher: str) -> str:
    keys = [f"{one.pk} {getattr(one, 'withdrawal', '')}" for one in rows]
    return " ".join([*keys, publisher])
