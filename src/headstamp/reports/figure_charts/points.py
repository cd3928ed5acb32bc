"""Where events were, by the block, and where they gather."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from headstamp.reports.charts import Specification
from headstamp.reports.figure_charts.frame import INK, MAIN, PALE
from headstamp.reports.figure_charts.plan import Plan, Subject
from headstamp.reports.figure_charts.shapes import PROJECTION, Sheet, outlines, positions
from headstamp.reports.figure_charts.words import days, p_value, whole

MOST_ROWS: Final = 400
SIZES: Final = (18, 60, 140, 260, 400)
FILLS: Final = ("#6fa8cd", "#2f76a8", "#0b4a70", "#062c45", "#000000")

HOT, COLD = "More than by chance", "Fewer than by chance"


def points(about: Subject, one: Mapping[str, Any], boundaries: Mapping[str, Any]) -> Plan:
    """A dot for each block, sized and shaded by the class of its number."""
    there = sorted(one["points"], key=_order)
    labels = _labels(there)
    period = days(one["from"], one["to"])
    without = int(one.get("without_place") or 0)
    left = f" {whole(without)} without a place are not drawn." if without else ""
    held = Counter(point["class"] for point in there)
    blocks = ", ".join(f"{label}: {whole(held[label])}" for label in labels)
    return Plan(
        name=f"points-{about.name}",
        block="points",
        title=f"{about.title}, by block",
        description=(
            f"Map of {about.place} with a dot in the middle of each block that had any, {period}. "
            f"Blocks by their number of {about.what.lower()}: {blocks or 'none'}.{left} A dot is a "
            "block, not an address."
        ),
        specification=_points(about, there, labels, boundaries),
        columns=("Block", about.what),
        rows=_block_rows(there),
        rule=about.name,
    )


def _order(point: Mapping[str, Any]) -> tuple[int, str]:
    """Most first; where a class alone is known, by its least number and the block's name."""
    count = point.get("count")
    return -(_first(str(point["class"])) if count is None else int(count)), str(point["block"])


def _block_rows(there: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], ...]:
    rows = [(str(p["block"]), str(_number(p))) for p in there[:MOST_ROWS]]
    if len(there) > MOST_ROWS:
        rows.append((f"and {whole(len(there) - MOST_ROWS)} more blocks", ""))
    return tuple(rows)


def _number(point: Mapping[str, Any]) -> str:
    count = point.get("count")
    return str(point["class"]) if count is None else whole(count)


def _labels(there: Sequence[Mapping[str, Any]]) -> list[str]:
    """The classes that there are, by their least number."""
    return sorted({str(p["class"]) for p in there}, key=_first)


def _first(label: str) -> int:
    digits = label.replace(",", "").split()
    return next((int(word) for word in digits if word.isdigit()), 0)


def _points(
    about: Subject,
    there: Sequence[Mapping[str, Any]],
    labels: Sequence[str],
    boundaries: Mapping[str, Any],
) -> Specification:
    corners = list(positions(boundaries))
    sheet = Sheet.around([*corners, *((p["longitude"], p["latitude"]) for p in there)])
    values = []
    for point in reversed(there):
        x, y = sheet.flat((point["longitude"], point["latitude"]))
        values.append({"x": x, "y": y, "class": point["class"]})
    legend = {"title": f"{about.what} of a block", "orient": "top"}
    scale = {"domain": list(labels)}
    dots = {
        "data": {"values": values},
        "mark": {"type": "circle", "opacity": 0.9, "stroke": "#ffffff", "strokeWidth": 0.4},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "size": {
                "field": "class",
                "type": "ordinal",
                "scale": {**scale, "range": list(SIZES)},
                "legend": legend,
            },
            "color": {
                "field": "class",
                "type": "ordinal",
                "scale": {**scale, "range": list(FILLS)},
                "legend": legend,
            },
        },
    }
    return {**sheet.size, "projection": PROJECTION, "layer": [outlines(sheet, boundaries), dots]}


def hot_spots(about: Subject, one: Mapping[str, Any], boundaries: Mapping[str, Any]) -> Plan:
    """Cells in which more, or fewer, events lie than chance would put there."""
    marked = [cell for cell in one["cells"] if cell.get("class")]
    marked.sort(key=lambda cell: -cell["z"])
    hot = sum(cell["class"] == "hot" for cell in marked)
    period = days(one["from"], one["to"])
    return Plan(
        name=f"hot-spots-{about.name}",
        block="hot-spots",
        title=f"{about.title}: where they gather",
        description=(
            f"Map of {about.place} in cells of {one['cell_metres']} m, {period}. "
            f"Cells with more {about.what.lower()} in and about them than chance would put there: "
            f"{hot}; with fewer: {len(marked) - hot}. {_stop(one['method'])} It says where events "
            "lay, not where the next will be, and nothing of anybody who lives there."
        ),
        specification=_hot_spots(marked, boundaries),
        columns=("Middle of the cell", "Found", "z", "p"),
        rows=tuple(
            (_middle(cell), str(cell["class"]), f"{cell['z']:.1f}", p_value(cell["p"]))
            for cell in marked[:MOST_ROWS]
        ),
        rule=about.name,
    )


def _stop(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _middle(cell: Mapping[str, Any]) -> str:
    ring = cell["polygon"][:-1] if cell["polygon"][0] == cell["polygon"][-1] else cell["polygon"]
    longitude, latitude = (sum(point[n] for point in ring) / len(ring) for n in (0, 1))
    return f"{latitude:.4f}, {longitude:.4f}"


def _hot_spots(marked: Sequence[Mapping[str, Any]], boundaries: Mapping[str, Any]) -> Specification:
    corners = [*positions(boundaries), *(p for cell in marked for p in cell["polygon"])]
    sheet = Sheet.around(corners)
    values = [
        {
            "type": "Feature",
            "properties": {"class": HOT if cell["class"] == "hot" else COLD},
            "geometry": {"type": "Polygon", "coordinates": [_closed(sheet, cell["polygon"])]},
        }
        for cell in marked
    ]
    cells = {
        "data": {"values": values},
        "mark": {"type": "geoshape", "stroke": "#ffffff", "strokeWidth": 0.3},
        "encoding": {
            "color": {
                "field": "properties.class",
                "type": "nominal",
                "scale": {"domain": [HOT, COLD], "range": [MAIN, PALE]},
                "legend": {
                    "title": None,
                    "orient": "top",
                    "symbolType": "square",
                    "symbolSize": 220,
                    "symbolStrokeColor": INK,
                    "symbolStrokeWidth": 0.5,
                },
            }
        },
    }
    return {**sheet.size, "projection": PROJECTION, "layer": [outlines(sheet, boundaries), cells]}


def _closed(sheet: Sheet, ring: Sequence[Sequence[float]]) -> list[list[int]]:
    flat = [sheet.flat(point) for point in ring]
    return flat if flat[0] == flat[-1] else [*flat, flat[0]]
