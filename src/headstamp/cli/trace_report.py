"""``headstamp traces report`` and ``simulate``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from headstamp.cli.console import print_json, stdout
from headstamp.cli.trace_tables import FOLDER, Data, Json, day
from headstamp.errors import OutputError

if TYPE_CHECKING:
    from headstamp.tracing.report import TraceReport


def report(
    *,
    jurisdiction: Annotated[
        str, typer.Option(help="Where guns were recovered: IL, 'Cook County, IL', Chicago, or all.")
    ],
    since: Annotated[str, typer.Option("--from", help="First day of recovery, as 2017-01-01.")],
    until: Annotated[str, typer.Option("--to", help="Last day of recovery.")],
    form: Annotated[
        Literal["html", "pdf", "csv"], typer.Option("--format", help="What is written.")
    ] = "html",
    edition: Annotated[
        Literal["internal", "public"],
        typer.Option(help="public: aggregates alone, small numbers left out."),
    ] = "public",
    out: Annotated[
        Path | None,
        typer.Option(help="File to write.  [default: trace-report-PLACE-EDITION.FORMAT]"),
    ] = None,
    recovered: Annotated[
        int | None,
        typer.Option(min=0, help="Guns recovered there and then, traced or not, where known."),
    ] = None,
    measured: Annotated[
        Literal["calendar", "days"],
        typer.Option(help="Whether three years are calendar years or 1,095 days."),
    ] = "calendar",
    data: Data = FOLDER,
    as_json: Json = False,
) -> None:
    """Write the gun trace report of a place and a period, each share with its base.

    Dealers are named in the internal edition alone, which carries its legal marking.
    """
    from headstamp.formats.atomic import write_atomically
    from headstamp.formats.trace_tables.reporting import Wanted, trace_report

    wanted = Wanted(
        jurisdiction, day(since, "--from"), day(until, "--to"), edition, recovered, measured
    )
    made = trace_report(data, wanted)
    slug = re.sub(r"[^a-z0-9]+", "-", jurisdiction.lower()).strip("-") or "place"
    target = out or Path(f"trace-report-{slug}-{edition}.{form}")
    write_atomically(target, _rendered(made, form))
    bases = {base.name: base.count for table in made.tables for base in table.bases}
    if as_json:
        print_json({"file": str(target), "edition": edition, "bases": bases})
        return
    stdout.print(
        f"{target}: {edition} edition, {len(made.tables)} tables of "
        f"{bases.get('submitted', 0):,} guns submitted for tracing",
        markup=False,
    )


def _rendered(made: TraceReport, form: str) -> bytes:
    from headstamp.reports.trace_report import render_csv, render_html, render_pdf

    if form == "pdf":
        return render_pdf(made)
    return (render_csv(made) if form == "csv" else render_html(made)).encode()


def simulate(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="CSV file to write.")],
    *,
    guns: Annotated[int, typer.Option(min=100, help="Guns recovered.")] = 10_000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same file.")] = 2017,
    as_json: Json = False,
) -> None:
    """Write the traces of a synthetic gun market, what is behind each, and what dealers sold.

    The truth goes to FILE-truth.csv, the sales to FILE-dealers.csv. Nothing in them is real.
    """
    from headstamp.simulation.gun_market import draw_market
    from headstamp.simulation.gun_market_table import DEALERS, HEADER, TRUTH, rows, sales, truth

    market = draw_market(guns, seed)
    names = {part: out.with_name(f"{out.stem}-{part}.csv") for part in ("truth", "dealers")}
    _write(out, HEADER, rows(market, seed))
    _write(names["truth"], TRUTH, truth(market))
    _write(names["dealers"], DEALERS, sales(market))
    if as_json:
        files = {part: str(path) for part, path in names.items()}
        print_json({"file": str(out), "traces": len(market), "seed": seed, **files})
        return
    stdout.print(f"{out}: {len(market):,} traces; beside it {names['truth'].name} and "
                 f"{names['dealers'].name}", markup=False)  # fmt: skip


def _write(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(header)
            writer.writerows(rows)
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror}); choose another place"
        ) from error
