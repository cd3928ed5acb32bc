"""Whether one event is followed by another nearby, as a table of shades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from headstamp.reports.charts import Specification
from headstamp.reports.figure_charts.frame import FIT, INK, MAIN, PALE, QUIET, TEXT
from headstamp.reports.figure_charts.plan import Plan, Subject
from headstamp.reports.figure_charts.words import days, known, p_value, whole

LEVEL: Final = 0.05
MORE, STRONG, CHANCE = "More, p below 0.05", "Twice as many or more", "As chance would have it"


def near_repeat(about: Subject, one: Mapping[str, Any]) -> Plan:
    """Pairs of events by their distance and the days between, against chance."""
    cells = one["cells"]
    more = [cell for cell in cells if _class(cell) != CHANCE]
    period = days(one["from"], one["to"])
    said = "; ".join(
        f"{_metres(cell)} m within {_days(cell)} days: {cell['ratio']:.2f} times" for cell in more
    )
    return Plan(
        name=f"near-repeat-{about.name}",
        block="near-repeat",
        title=f"{about.title}: near repeats",
        description=(
            f"Pairs among {whole(one['events'])} {about.what.lower()} in {about.place}, {period}, "
            "by the distance and the days between them; each number is how many times as many "
            f"pairs there are as after {whole(one['permutations'])} random exchanges of the days. "
            f"{f'More than chance: {said}.' if said else 'No cell has more than chance.'}"
        ),
        specification=_drawn(cells),
        columns=("Metres between", "Days between", "Pairs", "Expected", "Ratio", "p"),
        rows=tuple(
            (
                _metres(cell),
                _days(cell),
                whole(cell["observed"]),
                f"{cell['expected']:,.1f}",
                f"{cell['ratio']:.2f}" if known(cell["ratio"]) else "none expected",
                p_value(cell["p"]),
            )
            for cell in cells
        ),
        rule=about.name,
    )


def _class(cell: Mapping[str, Any]) -> str:
    if not known(cell["ratio"]) or not known(cell["p"]):
        return CHANCE
    if cell["p"] >= LEVEL or cell["ratio"] <= 1:
        return CHANCE
    return STRONG if cell["ratio"] >= 2 else MORE


def _metres(cell: Mapping[str, Any]) -> str:
    return _range(cell["metres"])


def _days(cell: Mapping[str, Any]) -> str:
    return _range(cell["days"])


def _range(ends: Sequence[Any]) -> str:
    low, high = ends
    return f"{low:g} to {high:g}" if known(high) else f"from {low:g}"


def _drawn(cells: Sequence[Mapping[str, Any]]) -> Specification:
    values = [
        {
            "metres": _metres(cell).replace(" to ", "–"),
            "days": _days(cell).replace(" to ", "–"),
            "class": _class(cell),
            "text": f"{cell['ratio']:.2f}" if known(cell["ratio"]) else "",
        }
        for cell in cells
    ]
    across = list(dict.fromkeys(value["days"] for value in values))
    down = list(dict.fromkeys(value["metres"] for value in values))
    x = {
        "field": "days",
        "type": "nominal",
        "sort": across,
        "title": "Days between",
        "axis": {"labelAngle": 0, "orient": "top"},
    }
    y = {"field": "metres", "type": "nominal", "sort": down, "title": "Metres between"}
    names, colours = [CHANCE, MORE, STRONG], ["#ffffff", PALE, MAIN]
    squares = {
        "mark": {"type": "rect", "stroke": QUIET, "strokeWidth": 0.6},
        "encoding": {
            "x": x,
            "y": y,
            "color": {
                "field": "class",
                "type": "nominal",
                "scale": {"domain": names, "range": colours},
                "legend": {
                    "title": None,
                    "orient": "bottom",
                    "columns": 1,
                    "symbolSize": 200,
                    "symbolStrokeColor": INK,
                    "symbolStrokeWidth": 0.6,
                },
            },
        },
    }
    letters = {
        "mark": {"type": "text", "fontSize": TEXT},
        "encoding": {
            "x": x,
            "y": y,
            "text": {"field": "text"},
            "color": {
                "condition": {"test": f"datum.class == '{STRONG}'", "value": "#ffffff"},
                "value": INK,
            },
        },
    }
    return {
        **FIT,
        "height": 150 + 34 * len(down),
        "data": {"values": values},
        "layer": [squares, letters],
    }
