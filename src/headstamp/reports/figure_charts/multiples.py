"""Small multiples: each area against its own earlier years, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from headstamp.reports.charts import Specification
from headstamp.reports.figure_charts.area_maps import shown
from headstamp.reports.figure_charts.area_rows import EARLIER, AreaCount
from headstamp.reports.figure_charts.frame import INK, TEXT
from headstamp.reports.figure_charts.plan import Plan, Subject
from headstamp.reports.figure_charts.words import days, whole

COLUMNS: Final = 3
MOST: Final = 80
"""Areas that are still drawn; of more, a table says more."""

A_CHART: Final = 24
"""Panels in one chart: more would not fit on a page."""

NOW: Final = "Now"
SHORT: Final = {
    "mean_of_5_years": "5-year mean",
    "mean_of_3_years": "3-year mean",
    "last_year": "Year before",
}


def multiples(about: Subject, kind: str, title: str, areas: Sequence[AreaCount]) -> list[Plan]:
    """A panel for each area: the last 365 days, the same a year before, and the earlier means.

    Many areas are parted into several charts on one scale.
    """
    panels = [one for one in areas if one.count is not None]
    charts = -(-len(panels) // A_CHART)
    size = -(-len(panels) // charts)
    parted = [panels[n * size : (n + 1) * size] for n in range(charts)]
    columns = [name for name in SHORT if any(one.earlier.get(name) is not None for one in areas)]
    most = max(value["high"] if "high" in value else value["count"]
               for value in _values(panels, columns))  # fmt: skip
    hidden = [one for one in areas if one.count is None]
    return [
        Plan(
            name=f"multiples-{kind}-{about.name}" + (f"-{number}" if number > 1 else ""),
            block="areas",
            title=f"{about.title}: {title}, each with its earlier years{_span(part, charts)}",
            description=_described(about, part, hidden if number == charts else []),
            specification=_drawn(about, part, columns, most),
            columns=("Area", *(EARLIER[name] for name in columns), NOW, "Against the year before"),
            rows=tuple(
                _row(one, columns) for one in [*part, *(hidden if number == charts else [])]
            ),
            rule=about.name,
            kind=kind,
        )
        for number, part in enumerate(parted, start=1)
    ]


def _span(part: Sequence[AreaCount], charts: int) -> str:
    return f", {part[0].name} to {part[-1].name}" if charts > 1 else ""


def _described(about: Subject, panels: Sequence[AreaCount], hidden: Sequence[AreaCount]) -> str:
    period = days(panels[0].first, panels[0].last)
    left = f" Areas with small numbers, without a panel: {len(hidden)}." if hidden else ""
    return (
        f"{about.what} in {about.place} by area, {period}, beside the same days of earlier years. "
        "All panels have the same scale. The thin line is the 95 % interval of the count. "
        f"{_changed(panels)}{left}"
    )


def _row(one: AreaCount, columns: Sequence[str]) -> tuple[str, ...]:
    then = (_then(one, name) for name in columns)
    return (one.name, *then, shown(one), one.wording.get("last_year", ""))


def _then(one: AreaCount, name: str) -> str:
    value = one.earlier.get(name)
    if value is None and one.suppressed:
        return "not shown"
    return whole(value)


def _changed(panels: Sequence[AreaCount]) -> str:
    said = [
        f"{one.name} {one.wording['last_year']}"
        for one in panels
        if one.wording.get("last_year", "").startswith(("up", "down"))
    ]
    if not said:
        return "In no area is a change against the year before detectable."
    return (
        f"A change against the year before is detectable in {len(said)} of {len(panels)} areas: "
        f"{', '.join(said)}. Of so many comparisons about one in twenty is by chance."
    )


def _values(panels: Sequence[AreaCount], columns: Sequence[str]) -> list[dict[str, Any]]:
    values: list[dict[str, Any]] = []
    for one in panels:
        values += [
            {"area": one.name, "when": SHORT[name], "count": one.earlier[name]}
            for name in columns
            if one.earlier.get(name) is not None
        ]
        low, high = one.interval or (one.count, one.count)
        values.append({"area": one.name, "when": NOW, "count": one.count, "low": low, "high": high})
    return values


def _drawn(
    about: Subject, panels: Sequence[AreaCount], columns: Sequence[str], most: float
) -> Specification:
    names = [SHORT[name] for name in columns] + [NOW]
    colours = ["#d5d8db", "#b3b8bd", "#868d95"][-len(columns) :] if columns else []
    x = {"field": "when", "type": "nominal", "sort": names, "title": None, "axis": None}
    y = {
        "field": "count",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, most], "nice": False},
        "axis": {"tickCount": 2, "labelFontSize": TEXT - 2},
    }
    bars = {
        "mark": {"type": "bar"},
        "encoding": {
            "x": x,
            "y": y,
            "color": {
                "field": "when",
                "type": "nominal",
                "sort": names,
                "scale": {"domain": names, "range": [*colours, "#3f83b3"]},
                "legend": {
                    "title": f"{about.what}; all on one scale",
                    "orient": "top",
                    "columns": 2,
                },
            },
        },
    }
    whiskers = {
        "transform": [{"filter": f"datum.when == '{NOW}'"}],
        "mark": {"type": "rule", "color": INK},
        "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
    }
    return {
        "data": {"values": _values(panels, columns)},
        "columns": COLUMNS,
        "spacing": {"row": 10, "column": 14},
        "facet": {
            "field": "area",
            "type": "nominal",
            "sort": [one.name for one in panels],
            "title": None,
            "header": {"labelLimit": 132, "labelPadding": 2, "labelFontSize": TEXT - 2},
        },
        "spec": {"width": 100, "height": 56, "layer": [bars, whiskers]},
    }
