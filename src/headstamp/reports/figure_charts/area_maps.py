"""A map of rates or counts by area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from headstamp.reports.charts import Specification
from headstamp.reports.figure_charts.area_rows import AreaCount
from headstamp.reports.figure_charts.classes import Classes, classes
from headstamp.reports.figure_charts.frame import CLASSES, HATCHED, INK, QUIET, UNKNOWN
from headstamp.reports.figure_charts.plan import Plan, Subject
from headstamp.reports.figure_charts.shapes import PROJECTION, Sheet, laid_flat, positions
from headstamp.reports.figure_charts.words import between, days, rate, whole

NOT_SHOWN: Final = "Small number, not shown"
NO_DATA: Final = "Not known"


def area_map(
    about: Subject,
    kind: str,
    title: str,
    areas: Sequence[AreaCount],
    boundaries: Mapping[str, Any],
) -> Plan:
    """Areas shaded by their rate per 100,000, or by their count where no people are known."""
    rated = all(one.population for one in areas if one.area in _codes(boundaries)) and any(
        one.rate is not None for one in areas
    )
    values = {one.area: one.rate if rated else one.count for one in areas}
    made = classes([value for value in values.values() if value is not None])
    unit = f"{about.what} per 100,000 residents" if rated else about.what
    period = days(areas[0].first, areas[0].last)
    return Plan(
        name=f"areas-{kind}-{about.name}",
        block="areas",
        title=f"{about.title}: {title}",
        description=_described(about, title, areas, unit, period),
        specification=_drawn(values, areas, boundaries, made, unit),
        columns=(
            "Area", about.what, "95 % interval", "Residents", "Per 100,000", "Interval of the rate",
        ),
        rows=tuple(_row(one) for one in areas),
        rule=about.name,
        kind=kind,
    )  # fmt: skip


def shown(one: AreaCount) -> str:
    """A count, or why there is none."""
    return one.suppressed if one.count is None and one.suppressed else whole(one.count)


def _row(one: AreaCount) -> tuple[str, ...]:
    return (
        one.name,
        shown(one),
        between(one.interval) if one.count is not None else "",
        whole(one.population) if one.population else "",
        rate(one.rate) if one.rate is not None else "",
        between(one.rate_interval, 1) if one.rate is not None else "",
    )


def _codes(boundaries: Mapping[str, Any]) -> set[str]:
    return {str(one["properties"]["area"]) for one in boundaries["features"]}


def _described(
    about: Subject, title: str, areas: Sequence[AreaCount], unit: str, period: str
) -> str:
    there = [one for one in areas if one.count is not None]
    top = sorted(there, key=lambda one: -(one.count or 0))[:3]
    most = ", ".join(f"{one.name} {whole(one.count)}" for one in top)
    hidden = sum(bool(one.suppressed) for one in areas)
    left = (
        f" {hidden} areas are hatched: their numbers are too small to be shown." if hidden else ""
    )
    return (
        f"Map of {about.place}, {title.lower()}, shaded by {_lower(unit)}, {period}. Most cases: "
        f"{most or 'none is shown'}.{left} An area's number is partly chance: its interval is in "
        "the table."
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _drawn(
    values: Mapping[str, float | None],
    areas: Sequence[AreaCount],
    boundaries: Mapping[str, Any],
    made: Classes,
    unit: str,
) -> Specification:
    sheet = Sheet.around(list(positions(boundaries)))
    hidden = {one.area for one in areas if one.suppressed and one.count is None}
    shapes: list[dict[str, Any]] = []
    for one in boundaries["features"]:
        if not one.get("geometry"):
            continue
        area = str(one["properties"]["area"])
        label = NOT_SHOWN if area in hidden else _class(values, area, made)
        shapes.append(
            {
                "type": "Feature",
                "properties": {"class": label},
                "geometry": laid_flat(sheet, one["geometry"]),
            }
        )
    used = {one["properties"]["class"] for one in shapes}
    names = [*made.labels, *(name for name in (NOT_SHOWN, NO_DATA) if name in used)]
    colours = [*shades(len(made.labels)), *_others(used)]
    return {
        **sheet.size,
        "projection": PROJECTION,
        "data": {"values": shapes},
        "mark": {"type": "geoshape", "stroke": QUIET, "strokeWidth": 0.7},
        "encoding": {
            "color": {
                "field": "properties.class",
                "type": "nominal",
                "scale": {"domain": names, "range": colours},
                "legend": {
                    "title": unit,
                    "orient": "top",
                    "columns": 3,
                    "columnPadding": 18,
                    "symbolType": "square",
                    "symbolSize": 220,
                    "symbolStrokeColor": INK,
                    "symbolStrokeWidth": 0.7,
                },
            }
        },
    }


def shades(count: int) -> list[str]:
    """So many shades from few to many, as far apart as they can be."""
    if count == 1:
        return [CLASSES[-2]]
    return [CLASSES[round(n * (len(CLASSES) - 1) / (count - 1))] for n in range(count)]


def _others(used: set[str]) -> list[str]:
    colours = {NOT_SHOWN: HATCHED, NO_DATA: UNKNOWN}
    return [colour for name, colour in colours.items() if name in used]


def _class(values: Mapping[str, float | None], area: str, made: Classes) -> str:
    """An area that no row names had no case: rows are made of cases."""
    value = values.get(area, 0.0)
    return NO_DATA if value is None else made.of(value)
