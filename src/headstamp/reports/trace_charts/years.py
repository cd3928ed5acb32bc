"""A state over the years: what share of its guns came from elsewhere, and what it gained."""

from __future__ import annotations

from collections.abc import Sequence

from headstamp.reports.charts import Specification
from headstamp.reports.figure_charts.frame import FIT, MAIN, QUIET, svg_of
from headstamp.reports.figure_charts.plan import Chart
from headstamp.reports.trace_charts.words import NO_SAMPLE
from headstamp.tracing.flows import SourceRecoveryMatrix, net_import, out_of_state
from headstamp.tracing.states import name_of


def years_chart(matrices: Sequence[SourceRecoveryMatrix], code: str) -> Chart:
    """The share from elsewhere and the balance of a state, each with its interval, by year.

    Parameters
    ----------
    matrices : sequence of SourceRecoveryMatrix
        One a year.
    code : str
    """
    rows = [_row(one, code) for one in sorted(matrices, key=lambda one: one.year)]
    known = [one for one in rows if one["base"]]
    name = f"years-{code.lower()}"
    return Chart(
        name=name,
        title=f"{name_of(code)}: guns from elsewhere, by year",
        description=_said(known, code),
        svg=svg_of(name, _drawn(known)),
        columns=("Year", "Base", "From elsewhere", "Share", "95 % interval", "In less out",
                 "95 % interval of it"),
        rows=tuple(_texts(one) for one in rows),
    )  # fmt: skip


def _row(matrix: SourceRecoveryMatrix, code: str) -> dict[str, float]:
    share, net = out_of_state(matrix, code), net_import(matrix, code)
    low, high = share.interval
    return {
        "year": matrix.year,
        "base": share.base.count,
        "part": share.part,
        "share": 100 * share.value,
        "low": 100 * low,
        "high": 100 * high,
        "net": net.net,
        "net_low": net.interval[0],
        "net_high": net.interval[1],
    }


def _texts(one: dict[str, float]) -> tuple[str, ...]:
    if not one["base"]:
        return (f"{one['year']:.0f}", "0", "0", "", "", "", "")
    return (
        f"{one['year']:.0f}",
        f"{one['base']:,.0f}",
        f"{one['part']:,.0f}",
        f"{one['share']:.1f} %",
        f"{one['low']:.1f} to {one['high']:.1f} %",
        f"{one['net']:+,.0f}",
        f"{one['net_low']:+,.0f} to {one['net_high']:+,.0f}",
    )


def _drawn(rows: list[dict[str, float]]) -> Specification:
    return {
        "data": {"values": [{**one, "year": str(int(one["year"]))} for one in rows]},
        "spacing": 12,
        "vconcat": [
            _panel("share", "low", "high", "From elsewhere (%)"),
            _panel("net", "net_low", "net_high", "In less out (guns)"),
        ],
    }


def _panel(value: str, low: str, high: str, title: str) -> Specification:
    across = {"field": "year", "type": "ordinal", "axis": {"title": None, "labelAngle": 0}}
    scale = {"zero": True}
    return {
        "width": FIT["width"] - 70,
        "height": 130,
        "encoding": {"x": across},
        "layer": [
            {
                "mark": {"type": "rule", "color": QUIET, "strokeWidth": 1.5},
                "encoding": {
                    "y": {"field": low, "type": "quantitative", "title": title, "scale": scale},
                    "y2": {"field": high},
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 55, "color": MAIN, "opacity": 1},
                "encoding": {"y": {"field": value, "type": "quantitative"}},
            },
        ],
    }


def _said(rows: list[dict[str, float]], code: str) -> str:
    if not rows:
        return f"No gun recovered in {name_of(code)} has a known source state in these years."
    first, last = rows[0], rows[-1]
    return (
        f"Of the guns recovered in {name_of(code)} whose source state is known, "
        f"{first['share']:.1f} % came from elsewhere in {first['year']:.0f} and "
        f"{last['share']:.1f} % in {last['year']:.0f}. Points are the counts, lines their 95 % "
        f"intervals. {NO_SAMPLE}"
    )
