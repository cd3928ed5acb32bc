"""States of sale against states of recovery, the largest of each, as a table of shades."""

from __future__ import annotations

from typing import Final

import numpy as np

from headstamp.reports.figure_charts.frame import CLASSES, INK, QUIET
from headstamp.reports.figure_charts.plan import Chart
from headstamp.reports.trace_charts.canvas import box, drawing, shades, text
from headstamp.reports.trace_charts.words import NO_SAMPLE, based
from headstamp.tracing.bases import Base
from headstamp.tracing.flows import SourceRecoveryMatrix
from headstamp.tracing.states import name_of

CELL: Final = 26.0
LEFT: Final = 40.0
TOP: Final = 46.0


def matrix_chart(matrix: SourceRecoveryMatrix, top: int = 15) -> Chart:
    """A cell for each pair of the largest states: rows are where guns were sold.

    Parameters
    ----------
    matrix : SourceRecoveryMatrix
    top : int
        States on each side.
    """
    rows = _largest(matrix.counts.sum(axis=1), matrix.sources, top)
    columns = _largest(matrix.counts.sum(axis=0), matrix.recoveries, top)
    part = matrix.counts[np.ix_(rows, columns)]
    # What stays at home is many times as large, and is seen by its frame.
    away = [
        int(part[row, column])
        for row, source in enumerate(rows)
        for column, recovery in enumerate(columns)
        if matrix.sources[source] != matrix.recoveries[recovery]
    ]
    most = max(away, default=0)
    sources = [matrix.sources[row] for row in rows]
    recoveries = [matrix.recoveries[column] for column in columns]
    parts = [text(LEFT, 14, "Recovered in", ink=QUIET), text(2, TOP - 6, "Sold in", size=11)]
    for place, code in enumerate(recoveries):
        parts.append(text(LEFT + (place + 0.5) * CELL, TOP - 6, code[:3], anchor="middle"))
    for row, source in enumerate(sources):
        y = TOP + row * CELL
        parts.append(text(LEFT - 8, y + CELL / 2 + 4.5, source[:3], anchor="end"))
        for column, recovery in enumerate(recoveries):
            count = int(part[row, column])
            said = f"{name_of(source)} to {name_of(recovery)}: {count:,}"
            shade = CLASSES[shades(min(count, most), most, len(CLASSES))]
            parts.append(box(LEFT + column * CELL, y, CELL - 1, CELL - 1, fill=shade, said=said))
            if source == recovery:
                parts.append(_home(LEFT + column * CELL, y))
    base = Base("source_state_identified", int(matrix.counts.sum()))
    inside = int(part.sum())
    return Chart(
        name=f"matrix-{matrix.year}",
        title=f"States of sale against states of recovery, {matrix.year}",
        description=(
            f"The {len(rows)} states in which most guns were sold against the {len(columns)} in "
            f"which most were recovered: {inside:,} guns. The darker a cell, the more came from "
            f"another state; framed: sold and recovered in one state. {based(base)} {NO_SAMPLE}"
        ),
        svg=drawing(LEFT + len(columns) * CELL + 8, TOP + len(rows) * CELL + 8, parts),
        columns=("Sold in", *(name_of(one) for one in recoveries)),
        rows=tuple(
            (name_of(source), *(f"{int(count):,}" for count in part[row]))
            for row, source in enumerate(sources)
        ),
    )


def _largest(totals: np.ndarray, names: tuple[str, ...], top: int) -> list[int]:
    order = sorted(range(len(names)), key=lambda place: (-int(totals[place]), names[place]))
    return [place for place in order[:top] if totals[place]]


def _home(x: float, y: float) -> str:
    size = CELL - 3
    return (
        f'<rect x="{x + 1:.1f}" y="{y + 1:.1f}" width="{size:.1f}" height="{size:.1f}" '
        f'fill="none" stroke="{INK}" stroke-width="1.5"/>'
    )
