"""Pages of what follows from many traces."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from headstamp.reports.trace_charts import network_chart
from headstamp.reports.trace_charts.network import WORDS
from headstamp.reports.trace_report import render_csv, render_html, render_pdf
from headstamp.reports.trace_report_content import content
from headstamp.tracing.indicators import RULES, Settings, indicators_of
from headstamp.tracing.networks import Network
from headstamp.tracing.networks import networks as joined
from headstamp.tracing.times import times
from headstamp.web.access import needs
from headstamp.web.audit.actions import record
from headstamp.web.casework.queries import read
from headstamp.web.refusals import Refusal
from headstamp.web.requests import Request
from headstamp.web.traces import queries
from headstamp.web.traces.analysis.forms import (
    SIGNS,
    ExportForm,
    NetworksForm,
    PlaceForm,
    ReportForm,
    SignsForm,
)
from headstamp.web.traces.analysis.loading import Loaded, load, places
from headstamp.web.traces.analysis.reporting import Wanted, report_of
from headstamp.web.traces.models import TraceResult

SHOWN: Final = 50
DRAWN: Final = 10
"""Networks that are drawn, the largest; the others have their table."""

MEDIA: Final = {"html": "text/html", "pdf": "application/pdf", "csv": "text/csv"}


@require_GET
@needs("traces.analyse")
def overview(request: Request) -> HttpResponse:
    """The tables of the internal report: stages, times, sources, dealers, each with its base."""
    form = ReportForm(request.GET)
    context: dict[str, Any] = {"form": form, "query": request.GET.urlencode()}
    if form.is_valid():
        try:
            context["report"] = content(report_of(request.user, _wanted(form)))
        except Refusal as refusal:
            context |= {"empty": str(refusal), "places": places(request.user)}
    return render(request, "traces/analysis/overview.html", context)


def _wanted(form: ReportForm, edition: Any = "internal") -> Wanted:
    said = form.cleaned_data
    return Wanted(form.asked, edition, said["recovered"], said["measured"] or "calendar")


@require_GET
@needs("traces.report")
def report(request: Request) -> HttpResponse:
    """The report as a file; that it was taken out is on record."""
    form = ExportForm(request.GET)
    if not form.is_valid():
        context = {"form": form, "empty": "Choose an edition and a format on this page."}
        return render(request, "traces/analysis/overview.html", context, status=422)
    edition, kind = form.cleaned_data["edition"], form.cleaned_data["form"]
    try:
        made = report_of(request.user, _wanted(form, edition))
    except Refusal as refusal:
        context = {"form": form, "empty": str(refusal), "places": places(request.user)}
        return render(request, "traces/analysis/overview.html", context, status=409)
    record("traces.report_exported", by=request.user, detail={"edition": edition, "form": kind})
    body: Any = {"html": render_html, "pdf": render_pdf, "csv": render_csv}[kind](made)
    response = HttpResponse(body, content_type=MEDIA[kind])
    name = f"gun-trace-report-{edition}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response


@require_GET
@needs("traces.analyse")
def signs(request: Request) -> HttpResponse:
    """What may point to trafficking, each sign with the records that raise it; never added up."""
    form = SignsForm(request.GET)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        loaded = load(request.user, form.asked, with_people=True)
        wanted = form.cleaned_data["kind"]
        context |= {
            "loaded": loaded,
            "traces": len(loaded.traces),
            "kinds": [_kind(kind, loaded) for kind in RULES if wanted in ("", kind)],
        }
    return render(request, "traces/analysis/signs.html", context)


def _kind(kind: Any, loaded: Loaded) -> dict[str, Any]:
    found = indicators_of(kind, loaded.traces, Settings())
    return {
        "key": kind,
        "title": SIGNS[kind],
        "count": len(found),
        "raised_by": len({one for sign in found for one in sign.traces}),
        "shown": [
            {"because": one.because, "traces": _named(one.traces, loaded)} for one in found[:SHOWN]
        ],
        "more": max(0, len(found) - SHOWN),
    }


def _named(ids: tuple[str, ...], loaded: Loaded) -> list[tuple[str, str]]:
    """Id and number of each trace."""
    return [(one, loaded.numbers[one]) for one in ids]


@require_GET
@needs("traces.analyse")
def networks(request: Request) -> HttpResponse:
    """Guns that belong together, and the record that joins each two."""
    form = NetworksForm(request.GET)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        loaded = load(request.user, form.asked, with_people=True)
        if loaded.traces.purchaser.known.any() or loaded.traces.possessor.known.any():
            record("traces.people_read", by=request.user)
        found = list(joined(loaded.traces).each(form.cleaned_data["least"] or 2))
        context |= {
            "loaded": loaded,
            "traces": len(loaded.traces),
            "count": len(found),
            "guns": sum(len(one.guns) for one in found),
            "networks": [
                _network(one, loaded, is_drawn=place < DRAWN)
                for place, one in enumerate(found[:SHOWN])
            ],
            "more": max(0, len(found) - SHOWN),
        }
    return render(request, "traces/analysis/networks.html", context)


def _network(one: Network, loaded: Loaded, *, is_drawn: bool) -> dict[str, Any]:
    number = {gun: n for n, gun in enumerate(one.guns, start=1)}
    return {
        "guns": one.guns,
        "chart": (chart := network_chart(one) if is_drawn else None),
        # Our own drawing, in which every text is escaped: tests/unit/reports/trace_charts.
        "drawn": mark_safe(chart.svg) if chart else "",  # noqa: S308
        "edges": [
            {
                "one": f"{number[edge.one]}: {edge.one}",
                "other": f"{number[edge.other]}: {edge.other}",
                "reason": WORDS[edge.reason],
                "record": edge.record,
                "traces": _named(edge.traces, loaded),
            }
            for edge in one.edges[:SHOWN]
        ],
        "more": max(0, len(one.edges) - SHOWN),
    }


@require_GET
@needs("traces.analyse")
def dealers(request: Request) -> HttpResponse:
    """Dealers with their traces and how many of those that are dated have a short time."""
    form = PlaceForm(request.GET)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        loaded = load(request.user, form.asked)
        traces = loaded.traces
        found = times(traces)
        known = traces.dealer.known
        counts = Counter(traces.dealer.codes[known].tolist())
        short = Counter(traces.dealer.codes[known & found.short].tolist())
        dated = Counter(traces.dealer.codes[known & found.dated].tolist())
        names = traces.dealer.names
        rows = [
            {
                "name": loaded.dealers[names[code]],
                "count": count,
                "short": short[code],
                "dated": dated[code],
            }
            for code, count in counts.most_common()
        ]
        context |= {
            "rows": rows[: 4 * SHOWN],
            "dealers": len(rows),
            "identified": int(np.count_nonzero(known)),
            "more": max(0, len(rows) - 4 * SHOWN),
        }
    return render(request, "traces/analysis/dealers.html", context)


@require_GET
@needs("traces.view")
def result(request: Request, pk: UUID) -> HttpResponse:
    """One result: everything it says, its other versions, its people for those entitled."""
    found: TraceResult = read(queries.results(request.user), request.user, pk=pk)
    who = queries.people(request.user).filter(result=found).first()
    if who is not None:
        record("traces.people_read", by=request.user, about=found)
    versions = queries.results(request.user).filter(
        agency=found.agency_id, trace_number=found.trace_number
    )
    context = {
        "result": found,
        "people": who,
        "results": versions.order_by("created_at", "source_row"),
    }
    return render(request, "traces/analysis/result.html", context)
