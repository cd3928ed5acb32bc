"""``headstamp traces dealers``: who sold first, and how many traces their sales explain."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headstamp.cli.console import print_json, stdout
from headstamp.cli.trace_table_lines import ALONE
from headstamp.cli.trace_tables import FOLDER, Data, Json, Place, Since, Until, asked_for

if TYPE_CHECKING:
    from headstamp.tracing.dealers import FunnelPoint

SHOWN = 15


def dealers(
    data: Data = FOLDER,
    *,
    jurisdiction: Place = "all",
    since: Since = "",
    until: Until = "",
    sales: Annotated[
        Path | None,
        typer.Option(help="CSV of what dealers sell: dealer_licence, sold_a_year."),
    ] = None,
    chart: Annotated[Path | None, typer.Option(help="SVG file of the funnel to write.")] = None,
    as_json: Json = False,
) -> None:
    """Dealers of the first sale, against what all of them have for as many sales.

    A large shop sells many guns and has many traces; a dealer whose sales are not known has no
    place among them. What it prints is law enforcement sensitive.
    """
    from headstamp.formats.trace_tables.loading import load
    from headstamp.formats.trace_tables.sales import read_sales
    from headstamp.reports.trace_charts import dealer_funnel
    from headstamp.reports.trace_wording import MARKING
    from headstamp.tracing.dealers import funnel

    loaded = load(data, asked_for(jurisdiction, since, until))
    column = loaded.traces.dealer
    counts = Counter(column.codes[column.known].tolist())
    keys = [column.names[code] for code, _ in counts.most_common()]
    traces = [count for _, count in counts.most_common()]
    sold = read_sales(sales) if sales else {}
    points = funnel(traces, [sold.get(key) or None for key in keys])
    names = [loaded.dealers[key] for key in keys]
    if chart:
        from headstamp.formats.atomic import write_atomically

        write_atomically(chart, dealer_funnel(names, points).svg.encode())
    if as_json:
        rows = [_row(name, one) for name, one in zip(names, points, strict=True)]
        print_json({"marking": MARKING, "traces": len(loaded.traces), "dealers": rows})
        return
    stdout.print(f"{MARKING}.", markup=False)
    for name, one in list(zip(names, points, strict=True))[:SHOWN]:
        stdout.print(f"  {one.traces:6,}  {name}{_standing(one)}", markup=False)
    if len(names) > SHOWN:
        stdout.print(f"  and {len(names) - SHOWN:,} more (all with --json)", markup=False)
    if chart:
        stdout.print(f"The funnel is in {chart}.", markup=False)
    stdout.print(ALONE, markup=False)


def _standing(one: FunnelPoint) -> str:
    if one.sales is None:
        return ""
    low, high = one.limits
    return (
        f": {one.per_1000:.2f} of 1,000 sold, {one.standing} the limits of a dealer like the rest "
        f"({low:.2f} to {high:.2f})"
    )


def _row(name: str, one: FunnelPoint) -> dict[str, Any]:
    known = one.sales is not None
    return {
        "dealer": name,
        "traces": one.traces,
        "sales": one.sales,
        "per_1000_sales": one.per_1000 if known else None,
        "limits": list(one.limits) if known else None,
        "standing": one.standing,
    }
