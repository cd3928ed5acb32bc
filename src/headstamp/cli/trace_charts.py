"""``headstamp traces flows --chart``: the flow of guns as a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from headstamp.cli.console import print_json, stdout
from headstamp.errors import UnreadableTableError

if TYPE_CHECKING:
    from headstamp.reports.figure_charts.plan import Chart
    from headstamp.tracing.flows import SourceRecoveryMatrix


def drawn(
    matrices: Sequence[SourceRecoveryMatrix], kind: str, state: str, *, outward: bool
) -> Chart:
    """One drawing.

    Raises
    ------
    UnreadableTableError
        If it needs one year, or a state, and none was given.
    """
    from headstamp.reports.trace_charts import flow_map, matrix_chart, sankey, years_chart

    if kind == "years":
        if not state or outward:
            raise UnreadableTableError("--chart years: give a state with --recovered-in")
        return years_chart(matrices, state)
    if len(matrices) > 1:
        there = ", ".join(str(one.year) for one in matrices)
        raise UnreadableTableError(f"--chart {kind}: give one year with --year (of {there})")
    (matrix,) = matrices
    if kind == "matrix":
        return matrix_chart(matrix)
    draw = flow_map if kind == "map" else sankey
    return draw(matrix, state, outward=outward)


def write_chart(made: Chart, out: Path | None, *, as_json: bool) -> None:
    """Write a drawing, and say in words what it shows.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    from headstamp.formats.atomic import write_atomically

    target = out or Path(f"{made.name}.svg")
    write_atomically(target, made.svg.encode())
    if as_json:
        rows = [dict(zip(made.columns, row, strict=True)) for row in made.rows]
        print_json({"file": str(target), "title": made.title, "shows": made.description,
                    "rows": rows})  # fmt: skip
        return
    stdout.print(f"{target}: {made.title}", markup=False)
    stdout.print(made.description, markup=False)
