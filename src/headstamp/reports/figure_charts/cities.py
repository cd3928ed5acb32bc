"""Murder rates of cities, by name and never by rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from headstamp.reports.charts import Specification
from headstamp.reports.figure_charts.frame import FIT, INK, MAIN
from headstamp.reports.figure_charts.plan import Plan
from headstamp.reports.figure_charts.words import between, known, rate, whole

A_CHART: Final = 40
"""Cities in one chart: more would not fit on a page."""

WARNING: Final = (
    "Not a ranking: cities draw their limits, count and report differently, and where intervals "
    "overlap an order is mostly chance."
)


def cities(comparison: Mapping[str, Any], place: str) -> list[Plan]:
    """Charts of all cities, in the order of the alphabet and on one scale."""
    rows = sorted(comparison["rows"], key=lambda row: (row["name"], row["state"]))
    year = comparison["year"]
    drawn = [row for row in rows if known(row.get("rate")) and row["year"] == year]
    others = [row for row in rows if row not in drawn]
    if not drawn:
        return []
    count = -(-len(drawn) // A_CHART)
    size = -(-len(drawn) // count)
    most = max(row["high"] if known(row["high"]) else row["rate"] for row in drawn)
    made = [
        _plan(year, drawn[n * size : (n + 1) * size], place, most, (n, count)) for n in range(count)
    ]
    return [*made[:-1], _with_others(made[-1], others)]


def _with_others(last: Plan, others: Sequence[Mapping[str, Any]]) -> Plan:
    """Numbers that no rate can be made of, for who compares them by hand, in the last table."""
    if not others:
        return last
    said = (
        f" The table ends with {len(others)} numbers that are not drawn: of another year, of a "
        "part of a year, or of a city whose residents are not known."
    )
    return replace(
        last,
        description=last.description + said,
        rows=last.rows + tuple(_row(row) for row in others),
    )


def _plan(
    year: int, rows: Sequence[Mapping[str, Any]], place: str, most: float, part: tuple[int, int]
) -> Plan:
    number, parts = part
    span = f", {rows[0]['name']} to {rows[-1]['name']}" if parts > 1 else ""
    own = next((row for row in rows if row["name"] == place), None)
    here = (
        f" {place}: {rate(own['rate'])} ({between((own['low'], own['high']), 1)})." if own else ""
    )
    partly = sum(bool(row["part_of_year"]) for row in rows)
    left = (
        f" {partly} are of a part of the year (marked *) and not of a whole one." if partly else ""
    )
    return Plan(
        name="cities" if number == 0 else f"cities-{number + 1}",
        block="cities",
        title=f"Murders per 100,000 residents by city, {year}{span}",
        description=(
            f"Dots with 95 % intervals for {len(rows)} cities in the order of the alphabet, all on "
            f"the scale of all cities.{here}{left} {WARNING}"
        ),
        specification=_drawn(rows, place, most),
        columns=(
            "City",
            "Period",
            "Murders",
            "Residents",
            "Per 100,000",
            "95 % interval",
            "Source",
        ),
        rows=tuple(_row(row) for row in rows),
    )


def _label(row: Mapping[str, Any]) -> str:
    return f"{row['name']}, {row['state']}" + ("*" if row["part_of_year"] else "")


def _row(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        f"{row['name']}, {row['state']}",
        f"{row['year']} {row['part_of_year']}".strip(),
        whole(row["murders"]),
        whole(row["population"]),
        rate(row["rate"]),
        between((row["low"], row["high"]), 1),
        str(row["source"]),
    )


def _drawn(rows: Sequence[Mapping[str, Any]], place: str, most: float) -> Specification:
    values = [
        {
            "city": _label(row),
            "rate": row["rate"],
            "low": row["low"],
            "high": row["high"],
            "own": row["name"] == place,
        }
        for row in rows
    ]
    y = {
        "field": "city",
        "type": "nominal",
        "sort": [value["city"] for value in values],
        "title": None,
        "axis": {"labelLimit": 160, "grid": True, "ticks": False},
    }
    x = {
        "field": "rate",
        "type": "quantitative",
        "title": "Murders per 100,000, 95 % interval",
        "scale": {"domain": [0, most], "nice": True},
    }
    colour = {"condition": {"test": "datum.own", "value": INK}, "value": MAIN}
    return {
        **FIT,
        "height": 60 + 20 * len(rows),
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 2},
                "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"},
                             "color": colour},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
                "encoding": {
                    "y": y,
                    "x": x,
                    "color": colour,
                    "shape": {"condition": {"test": "datum.own", "value": "diamond"},
                              "value": "circle"},
                },
            },
        ],
    }  # fmt: skip
