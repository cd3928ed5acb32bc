"""Dealers by what they sell: traces per 1,000 sales, with the limits of a dealer like the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from headstamp.reports.charts import Specification
from headstamp.reports.figure_charts.frame import FIT, MAIN, QUIET, svg_of
from headstamp.reports.figure_charts.plan import Chart
from headstamp.tracing.dealers import FunnelPoint, limits

NAME: Final = "dealer-funnel"
LEVELS: Final = (0.95, 0.998)
"""Of the inner limits, which are dashed, and of the outer."""

STEPS: Final = 60
STANDING: Final = {
    "above": "above the limits",
    "below": "below the limits",
    "within": "within the limits",
    "no_sales_volume": "sales not known",
}


def dealer_funnel(names: Sequence[str], points: Sequence[FunnelPoint]) -> Chart:
    """A point for each dealer whose sales are known; those beyond the outer limits are named.

    Parameters
    ----------
    names : sequence of str
    points : sequence of FunnelPoint
        Of the same dealers.
    """
    both = list(zip(names, points, strict=True))
    known = [(name, one) for name, one in both if one.sales]
    beyond = [name for name, one in known if one.standing == "above"]
    return Chart(
        name=NAME,
        title="Dealers: traces per 1,000 sales, by sales",
        description=_said(len(known), len(both) - len(known), beyond),
        svg=svg_of(NAME, _drawn(known)),
        columns=("Dealer", "Traces", "Sales", "Per 1,000 sales", "99.8 % limits", "Standing"),
        rows=tuple(_row(name, one) for name, one in both),
    )


def _row(name: str, one: FunnelPoint) -> tuple[str, ...]:
    if not one.sales:
        return (name, f"{one.traces:,}", "", "", "", STANDING[one.standing])
    low, high = one.limits
    return (
        name,
        f"{one.traces:,}",
        f"{one.sales:,}",
        f"{one.per_1000:.2f}",
        f"{low:.2f} to {high:.2f}",
        STANDING[one.standing],
    )


def _said(known: int, unknown: int, beyond: list[str]) -> str:
    if not known:
        return "Of no dealer the sales are known, so that none has a place in the funnel."
    rest = f" Without known sales: {unknown:,}." if unknown else ""
    named = f" Above the outer limits: {'; '.join(beyond)}." if beyond else ""
    return (
        f"Each point is a dealer, of {known:,}. Between the outer lines lie 998 of 1,000 dealers "
        "that are like the rest; a large shop has many traces because it sells many guns."
        f"{named}{rest} A point beyond a line is a reason to look at records, and no sign that "
        "anybody did wrong."
    )


def _drawn(known: list[tuple[str, FunnelPoint]]) -> Specification:
    across = {"field": "sales", "type": "quantitative", "title": "Guns sold",
              "scale": {"type": "log", "nice": False}}  # fmt: skip
    layers: list[Specification] = [
        {
            "data": {"values": _limits(known, level)},
            "mark": {"type": "line", "color": QUIET, "strokeDash": [1, 0] if dash else [4, 3]},
            "encoding": {
                "x": across,
                "y": {"field": end, "type": "quantitative", "title": "Traces per 1,000 sales"},
            },
        }
        for dash, level in enumerate(LEVELS)
        for end in ("low", "high")
    ]
    values = [{"sales": one.sales, "rate": one.per_1000} for _, one in known]
    layers.append(
        {
            "data": {"values": values},
            "mark": {"type": "point", "filled": True, "size": 40, "color": MAIN, "opacity": 0.85},
            "encoding": {"x": across, "y": {"field": "rate", "type": "quantitative"}},
        }
    )
    return {**FIT, "height": 300, "layer": layers}


def _limits(known: list[tuple[str, FunnelPoint]], level: float) -> list[dict[str, float]]:
    """The limits over all sales there are, at steps of one ratio."""
    sales = [one.sales for _, one in known if one.sales]
    traces = [one.traces for _, one in known]
    if not sales:
        return []
    least, most = min(sales), max(sales)
    steps = [round(least * (most / least) ** (n / STEPS)) for n in range(STEPS + 1)]
    rate = sum(traces) / sum(sales)
    return [
        {"sales": sold, "low": low, "high": high}
        for sold in dict.fromkeys(steps)
        for low, high in [limits(rate, sold, level)]
    ]
