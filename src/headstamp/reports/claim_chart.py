"""The chart of a claim: the number that was said beside the figures it was checked against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from headstamp.reports.charts import DIFFERENT, SAME, Specification, render_svg

MOST: Final = 8
"""Bars; more would not be read."""

LONGEST: Final = 34
"""Characters of a bar's name."""


def said_and_counted(row: Mapping[str, Any]) -> list[tuple[str, float, bool]]:
    """Name, number and whether it was said, for each bar; empty where nothing can be compared.

    Parameters
    ----------
    row : mapping
        A claim as ``headstamp check --json`` has it.
    """
    counted = [(_name(one), float(one["count"]), False) for one in row["checked_against"]]
    said = [
        ("The text" if when == "now" else "The text, before", float(one["low"]), True)
        for when, one in (("now", row["quantity"]), ("then", row["comparison"]["quantity"]))
        if one is not None and one["unit"] == "count" and one["low"] is not None
    ]
    return [*said, *counted][:MOST] if counted else []


def chart(name: str, bars: Sequence[tuple[str, float, bool]]) -> str:
    """An SVG of the bars.

    Parameters
    ----------
    name : str
        Makes the ids of this chart unique on a page.
    bars : sequence of (str, float, bool)
    """
    return render_svg(name, _specification(bars))


def _name(fact: Mapping[str, Any]) -> str:
    first, last = fact["from"], fact["to"]
    whole = first[5:] == "01-01" and last[5:] == "12-31"
    when = last[:4] if whole else f"to {last}"
    place = fact["place"].replace("-", " ").replace("+", ", ").title()
    return f"{place}, {when}"


def _specification(bars: Sequence[tuple[str, float, bool]]) -> Specification:
    values = [
        {"bar": f"{number}", "name": _short(name), "number": value, "of": _whose(said)}
        for number, (name, value, said) in enumerate(bars)
    ]
    names = "{" + ", ".join(f"'{one['bar']}': {one['name']!r}" for one in values) + "}"
    place = {
        "field": "bar",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"labelExpr": f"({names})[datum.value]", "labelLimit": 260},
    }
    count = {"field": "number", "type": "quantitative", "title": None, "scale": {"zero": True}}
    colour = {
        "field": "of",
        "type": "nominal",
        "scale": {"domain": [_whose(True), _whose(False)], "range": [DIFFERENT, SAME]},
        "legend": None,
    }
    bar = {"mark": {"type": "bar"}, "encoding": {"y": place, "x": count, "color": colour}}
    label = {
        "mark": {"type": "text", "align": "left", "dx": 4},
        "encoding": {
            "y": place,
            "x": count,
            "text": {"field": "number", "type": "quantitative", "format": ",.0f"},
        },
    }
    return {
        "data": {"values": values},
        "width": 300,
        "height": {"step": 22},
        "padding": {"left": 30, "right": 30, "top": 5, "bottom": 5},
        "layer": [bar, label],
    }


def _whose(said: bool) -> str:
    return "said" if said else "counted"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
