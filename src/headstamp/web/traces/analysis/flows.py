"""The flow of guns between states: of the results in reach, or of the workbooks of all agencies."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from headstamp.errors import UnreadableTableError
from headstamp.formats.trace_workbooks.keeping import kept
from headstamp.reports.trace_charts import Chart, flow_map, matrix_chart, sankey, years_chart
from headstamp.tracing.flows import SourceRecoveryMatrix
from headstamp.tracing.states import NAMES
from headstamp.web.access import needs
from headstamp.web.accounts.models import User
from headstamp.web.requests import Request
from headstamp.web.traces.queries import last_results

SHOWN: Final = 60


class FlowForm(forms.Form):
    """Which guns, of which year and state."""

    of = forms.ChoiceField(
        label="Guns of",
        required=False,
        choices=[("", "the results I may read"), ("atf", "ATF's yearly workbooks")],
    )
    year = forms.TypedChoiceField(
        label="Recovered in", required=False, coerce=int, empty_value=None
    )
    state = forms.ChoiceField(label="State", required=False, choices=[("", "All"), *NAMES.items()])
    way = forms.ChoiceField(
        label="Which way",
        required=False,
        choices=[("", "recovered there: where from"), ("outward", "sold there: where to")],
    )

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year: Any = self.fields["year"]
        year.choices = [("", "the newest year"), *((one, str(one)) for one in years)]


def matrices(user: User, of: str) -> dict[int, SourceRecoveryMatrix]:
    """One for each year, the oldest first; none where there is nothing to count."""
    if of == "atf":
        try:
            books = kept(settings.WORKSPACE.root / "traces-data")
        except UnreadableTableError:
            return {}
        return {year: book.matrix for year, book in books.items()}
    rows = (
        last_results(user)
        .exclude(dealer_state="")
        .exclude(recovery_state="")
        .order_by()
        .values_list("gun", "recovered_first", "recovered_last", "dealer_state", "recovery_state")
    )
    guns: dict[int, dict[str, tuple[str, str]]] = {}
    for gun, first, last, source, recovery in rows:
        if first.year == last.year:
            guns.setdefault(first.year, {})[gun] = (source, recovery)
    return {year: _matrix(year, list(guns[year].values())) for year in sorted(guns)}


def _matrix(year: int, pairs: list[tuple[str, str]]) -> SourceRecoveryMatrix:
    sources = tuple(sorted({source for source, _ in pairs}))
    recoveries = tuple(sorted({recovery for _, recovery in pairs}))
    counts = np.zeros((len(sources), len(recoveries)), np.int64)
    for source, recovery in pairs:
        counts[sources.index(source), recoveries.index(recovery)] += 1
    return SourceRecoveryMatrix(year, sources, recoveries, counts)


def _asked(request: Request) -> tuple[FlowForm, dict[int, SourceRecoveryMatrix]]:
    found = matrices(request.user, request.GET.get("of", ""))
    return FlowForm(request.GET, years=list(reversed(found))), found


def charts(form: FlowForm, found: dict[int, SourceRecoveryMatrix]) -> dict[str, Chart]:
    """The drawings of what was asked for, by name."""
    said = form.cleaned_data
    state, outward = said["state"], said["way"] == "outward"
    matrix = found[said["year"] or max(found)]
    made = {
        "map": flow_map(matrix, state, outward=outward),
        "sankey": sankey(matrix, state, outward=outward),
    }
    if not state:
        made["matrix"] = matrix_chart(matrix)
    elif not outward and len(found) > 1:
        made["years"] = years_chart(list(found.values()), state)
    return made


@require_GET
@needs("traces.analyse")
def flows(request: Request) -> HttpResponse:
    """Where guns were first sold and where they were recovered, each drawing with its table."""
    form, found = _asked(request)
    context: dict[str, Any] = {"form": form, "query": request.GET.urlencode()}
    if form.is_valid() and found:
        context["charts"] = [
            {"name": name, "chart": one, "rows": one.rows[:SHOWN], "more": len(one.rows) > SHOWN}
            for name, one in charts(form, found).items()
        ]
    return render(request, "traces/analysis/flows.html", context)


@require_GET
@needs("traces.analyse")
def flow_chart(request: Request, name: str) -> HttpResponse:
    """One drawing, as an image."""
    form, found = _asked(request)
    if not form.is_valid() or not found or name not in (made := charts(form, found)):
        raise Http404
    response = HttpResponse(made[name].svg, content_type="image/svg+xml")
    response["Cache-Control"] = "no-store, private"
    return response
