"""``headstamp incidents``: published lists of shootings and murders, kept as vintages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headstamp.cli.console import print_json, stdout
from headstamp.errors import UnreadableTableError

if TYPE_CHECKING:
    from headstamp.formats.incident_lists.schema import Schema
    from headstamp.incidents.records import Vintage

app = typer.Typer(help="Keep published lists of shootings and murders, each as it stood.")

Folder = Annotated[Path, typer.Option("--data", help="Folder of vintages.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or .xlsx, as published.")],
    *,
    into: Annotated[Path, typer.Option(help="Folder of vintages; made when missing.")],
    schema: Annotated[
        str, typer.Option(help="Name of a known list.  [default: found by its columns]")
    ] = "",
    mapping: Annotated[
        Path | None, typer.Option(help="TOML file that 'headstamp incidents map' proposed.")
    ] = None,
    retrieved: Annotated[
        str, typer.Option(help="Day the file was retrieved, as 2017-06-29.  [default: today]")
    ] = "",
    as_json: Json = False,
) -> None:
    """Keep a published list as a vintage; rows that cannot be read are set aside, with the reason.

    The same file is kept once, whatever it is called.
    """
    from headstamp.formats.incident_lists.importing import import_list
    from headstamp.formats.incident_lists.vintages import day_of, folder_of

    day = day_of(retrieved) if retrieved else datetime.now(UTC).date().isoformat()
    made = import_list(file, into, retrieved=day, schema=_schema(schema, mapping))
    place = folder_of(into, made.vintage)
    if as_json:
        from dataclasses import asdict

        print_json(
            {
                **asdict(made.vintage),
                "new": made.is_new,
                "doubtful": made.doubtful,
                "faults": list(made.faults),
                "folder": str(place),
            }
        )
        return
    one = made.vintage
    if not made.is_new:
        stdout.print(f"{file}: is kept already, as {one.id} of {one.schema}.", markup=False)
        return
    stdout.print(
        f"{one.schema}: {one.rows:,} rows from {one.first} to {one.last}, kept in {place}.",
        markup=False,
    )
    if one.rejected:
        stdout.print(
            f"{one.rejected:,} rows are set aside in {place / 'rejected.csv'}:", markup=False
        )
    elif made.doubtful:
        stdout.print(f"{made.doubtful:,} rows hold a value that means nothing:", markup=False)
    for fault in made.faults:
        stdout.print(f"  {fault}", markup=False)


@app.command("list")
def list_(data: Folder = Path("figures-data"), *, as_json: Json = False) -> None:
    """The vintages of a folder."""
    from dataclasses import asdict

    from rich.table import Table

    from headstamp.formats.incident_lists.vintages import vintages

    found = vintages(data)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    if not found:
        stdout.print(f"{data}: holds no list yet. Add one with 'headstamp incidents import'.")
        return
    table = Table()
    for name in ("retrieved", "jurisdiction", "list", "rows", "rejected", "from", "to"):
        table.add_column(name, no_wrap=True)
    for one in found:
        table.add_row(
            one.retrieved, one.jurisdiction, one.schema, f"{one.rows:,}", f"{one.rejected:,}",
            one.first, one.last,
        )  # fmt: skip
    stdout.print(table)


@app.command()
def compare(
    earlier: Annotated[str, typer.Argument(help="Day an earlier vintage was retrieved.")],
    later: Annotated[str, typer.Argument(help="Day a later one was.")],
    *,
    schema: Annotated[str, typer.Option(help="Name of the list.")],
    data: Folder = Path("figures-data"),
    as_json: Json = False,
) -> None:
    """What changed between two vintages of one list, row by row."""
    from dataclasses import asdict

    from headstamp.formats.incident_lists.differences import differences

    one, other = _of_day(data, schema, earlier), _of_day(data, schema, later)
    found = differences(data, one, other)
    if as_json:
        print_json([asdict(each) for each in found])
        return
    counts = {
        kind: sum(each.kind == kind for each in found) for kind in ("added", "changed", "removed")
    }
    for each in found:
        stdout.print(f"{each.kind:<8}{each.key:<12}{_told(each.before, each.after)}", markup=False)
    stdout.print(
        f"{one.rows:,} rows became {other.rows:,}: {counts['added']:,} added, "
        f"{counts['changed']:,} changed, {counts['removed']:,} removed.",
        markup=False,
    )


@app.command("map")
def map_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file of some other list.")],
    *,
    name: Annotated[str, typer.Option(help="What to call the list.")],
    jurisdiction: Annotated[str, typer.Option(help="The city or county it is of.")],
    out: Annotated[Path, typer.Option(help="TOML file to write.")] = Path("mapping.toml"),
) -> None:
    """Propose which column of an unknown list means what; a person looks it over before it is used."""
    from headstamp.formats.atomic import write_atomically
    from headstamp.formats.incident_lists.proposing import propose

    text, missing = propose(file, name, jurisdiction)
    write_atomically(out, text.encode())
    stdout.print(f"{out}: look it over, then import with --mapping {out}.", markup=False)
    if missing:
        stdout.print(f"No column was found for: {', '.join(missing)}.", markup=False)


def _schema(name: str, mapping: Path | None) -> Schema | None:
    from headstamp.formats.incident_lists.schema import read_mapping, shipped

    if mapping is not None:
        return read_mapping(mapping)
    if not name:
        return None
    if name not in shipped():
        raise UnreadableTableError(f"{name}: is no known list; take one of {', '.join(shipped())}")
    return shipped()[name]


def _of_day(data: Path, schema: str, day: str) -> Vintage:
    from headstamp.formats.incident_lists.vintages import vintages

    found = vintages(data, schema=schema)
    for one in found:
        if one.retrieved.startswith(day) or one.id == day:
            return one
    days = ", ".join(one.retrieved for one in found) or "none"
    raise UnreadableTableError(f"{data}: has no {schema} of {day} (there are: {days})")


def _told(before: dict[str, Any], after: dict[str, Any]) -> str:
    if before and after:
        return "; ".join(f"{name}: {before[name]!r} became {after[name]!r}" for name in after)
    return ", ".join(str(value) for value in (after or before).values())
