"""``headstamp traces``: where crime guns were first sold; ATF's yearly workbooks are here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from headstamp.cli import trace_dealers, trace_report, trace_tables
from headstamp.cli.console import print_json, stderr, stdout, track
from headstamp.cli.trace_charts import drawn, write_chart
from headstamp.cli.trace_lines import flow_lines, flow_rows, read_lines
from headstamp.errors import HeadstampError, UnreadableTableError

if TYPE_CHECKING:
    from headstamp.formats.trace_workbooks.layout import Side
    from headstamp.formats.trace_workbooks.reading import TraceWorkbook

app = typer.Typer(help="Where crime guns were first sold, and where they were recovered.")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("import-atf")
def import_atf(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Workbooks of source and recovery states."),
    ],
    *,
    into: Annotated[Path, typer.Option(help="Folder to keep them in; made when missing.")] = Path(
        "traces-data"
    ),
    year: Annotated[
        int | None,
        typer.Option(min=1900, max=2999, help="Of a single file.  [default: as it says]"),
    ] = None,
    rows: Annotated[
        str, typer.Option(help="What its rows are: source or recovery.  [default: as it says]")
    ] = "",
    as_json: Json = False,
) -> None:
    """Read yearly workbooks, whatever their layout, and say by cell what does not add up.

    Nothing is repaired: a total that is wrong stays wrong, and is reported. Each file is kept once;
    if one of them cannot be read, none is kept.
    """
    from headstamp.formats.trace_workbooks.keeping import keep
    from headstamp.formats.trace_workbooks.reading import read_workbook

    if year is not None and len(files) > 1:
        raise UnreadableTableError(
            "--year goes with a single file; import the others by themselves"
        )
    side = _side(rows)
    made = [read_workbook(file, year, side) for file in track(files, "Reading", len(files))]
    places = [keep(into, one) for one in made]
    if as_json:
        print_json([_read_row(one, place) for one, place in zip(made, places, strict=True)])
        return
    for line in read_lines(made, into):
        stdout.print(line, markup=False)


@app.command()
def flows(
    *,
    year: Annotated[int | None, typer.Option(help="One year.  [default: all]")] = None,
    recovered_in: Annotated[
        str,
        typer.Option("--recovered-in", help="Where guns recovered in a state, as IL, were sold."),
    ] = "",
    sold_in: Annotated[
        str, typer.Option("--sold-in", help="Where guns sold in a state, as IN, were recovered.")
    ] = "",
    chart: Annotated[
        Literal["map", "sankey", "matrix", "years"] | None,
        typer.Option(help="Draw it: one year, or for 'years' all of them, of a state."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="SVG file to write.  [default: named by what it shows]")
    ] = None,
    data: Annotated[Path, typer.Option(help="Folder of workbooks.")] = Path("traces-data"),
    as_json: Json = False,
) -> None:
    """Guns from state to state, each share with its base.

    Without a state: for every state the share that came from elsewhere, and how many more guns came
    in than left. Traced guns are no random sample of crime guns.
    """
    from headstamp.formats.trace_workbooks.keeping import kept

    if recovered_in and sold_in:
        raise UnreadableTableError("give --recovered-in or --sold-in, not both")
    books = _of_year(kept(data), year)
    state = _state(recovered_in or sold_in)
    if chart or out:
        made = drawn([one.matrix for one in books], chart or "map", state, outward=bool(sold_in))
        write_chart(made, out, as_json=as_json)
        return
    found = [
        flow_rows(book.matrix, state, sold=bool(sold_in)) | {"source_sha256": book.sha256}
        for book in books
    ]
    if state and not any(one["base"] for one in found):
        stderr.print(f"No gun of {state} is in these workbooks.", markup=False)
    if as_json:
        print_json(found[0] if year is not None else found)
        return
    for one in found:
        for line in flow_lines(one):
            stdout.print(line, markup=False)


app.command("import")(trace_tables.import_)
app.command()(trace_tables.conflicts)
app.command()(trace_report.report)
app.command()(trace_tables.indicators)
app.command()(trace_tables.networks)
app.command()(trace_dealers.dealers)
app.command()(trace_report.simulate)


def _read_row(one: TraceWorkbook, place: Path) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "file": one.file_name,
        "year": one.matrix.year,
        "matrix": list(one.matrix.counts.shape),
        "sources": len(one.matrix.sources),
        "recoveries": len(one.matrix.recoveries),
        "guns": int(one.matrix.counts.sum()),
        "problems": [asdict(each) for each in one.problems],
        "notes": list(one.notes),
        "sheet": one.sheet,
        "sha256": one.sha256,
        "kept_as": str(place),
    }


def _side(text: str) -> Side | None:
    if text == "source":
        return "source"
    if text == "recovery":
        return "recovery"
    if text:
        raise UnreadableTableError(f"--rows {text}: take source or recovery")
    return None


def _state(text: str) -> str:
    from headstamp.tracing.states import code_of

    if text and not code_of(text):
        raise UnreadableTableError(f"{text}: is no state; write IL or Illinois")
    return code_of(text)


def _of_year(books: dict[int, TraceWorkbook], year: int | None) -> list[TraceWorkbook]:
    if year is None:
        return list(books.values())
    if year not in books:
        raise _no_year(year, books)
    return [books[year]]


def _no_year(year: int, books: dict[int, TraceWorkbook]) -> HeadstampError:
    there = ", ".join(map(str, books))
    return UnreadableTableError(
        f"{year}: no workbook of that year was imported (there are: {there})"
    )
