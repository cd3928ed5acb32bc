"""``headstamp incidents``: published lists of shootings and murders, kept as vintages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headstamp.cli.console import print_json, stdout
from headstamp.cli.incident_fetch import fetch
from headstamp.cli.incident_lines import changed, imported
from headstamp.cli.incident_schema import named_schema
from headstamp.cli.serve import WorkspaceFolder
from headstamp.cli.workspace_lists import (
    Lists,
    import_into_workspace,
    is_workspace,
    lists_of,
)
from headstamp.errors import UnreadableTableError

if TYPE_CHECKING:
    from headstamp.incidents.records import Vintage

app = typer.Typer(help="Keep published lists of shootings and murders, each as it stood.")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="CSV or .xlsx, as published.")
    ],
    *,
    into: Annotated[
        Path,
        typer.Option(
            help="Folder of vintages; made when missing. The word workspace: that of --workspace."
        ),
    ],
    workspace: WorkspaceFolder = Path("workspace"),
    schema: Annotated[
        str, typer.Option(help="Name of a known list.  [default: found by its columns]")
    ] = "",
    mapping: Annotated[
        Path | None, typer.Option(help="TOML file that 'headstamp incidents map' proposed.")
    ] = None,
    retrieved: Annotated[
        str, typer.Option(help="Day the file was retrieved, as 2017-06-29.  [default: now]")
    ] = "",
    as_json: Json = False,
) -> None:
    """Keep a published list as a vintage; rows that cannot be read are set aside, with the reason.

    The same file is kept once, whatever it is called.
    """
    from dataclasses import asdict

    from headstamp.formats.incident_lists.importing import import_list
    from headstamp.formats.incident_lists.vintages import folder_of

    named, day = named_schema(schema, mapping), _retrieved(retrieved)
    if is_workspace(into):
        made, place = import_into_workspace(file, workspace, retrieved=day, schema=named)
    else:
        made = import_list(file, into, retrieved=day, schema=named)
        place = folder_of(into, made.vintage)
    if as_json:
        found = asdict(made)
        print_json({**found.pop("vintage"), **found, "folder": str(place)})
        return
    for line in imported(made, file.name, place):
        stdout.print(line, markup=False)


app.command("fetch")(fetch)


@app.command("list")
def list_(
    data: Lists = Path("figures-data"),
    *,
    workspace: WorkspaceFolder = Path("workspace"),
    as_json: Json = False,
) -> None:
    """The vintages of a folder."""
    from dataclasses import asdict

    from headstamp.formats.incident_lists.vintages import vintages

    with lists_of(data, workspace) as folder:
        found = vintages(folder)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    if not found:
        stdout.print(f"{data}: holds no list yet. Add one with 'headstamp incidents import'.")
    for one in found:
        stdout.print(
            f"{one.day}  {one.jurisdiction}  {one.schema}  {one.rows:,} rows, {one.rejected:,} set "
            f"aside, {one.first} to {one.last}  {one.id}",
            markup=False,
        )


@app.command()
def compare(
    earlier: Annotated[
        str, typer.Argument(help="Day an earlier vintage was retrieved, or its id.")
    ],
    later: Annotated[str, typer.Argument(help="Day or id of a later one.")],
    *,
    schema: Annotated[str, typer.Option(help="Name of the list.")],
    data: Lists = Path("figures-data"),
    workspace: WorkspaceFolder = Path("workspace"),
    as_json: Json = False,
) -> None:
    """What changed between two vintages of one list, row by row."""
    from dataclasses import asdict

    from headstamp.formats.incident_lists.differences import differences

    with lists_of(data, workspace) as folder:
        one, other = (_vintage(folder, schema, named) for named in (earlier, later))
        found = differences(folder, one, other)
    if as_json:
        print_json([asdict(each) for each in found])
        return
    for line in changed(found, one, other):
        stdout.print(line, markup=False)


@app.command("map")
def map_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", readable=False, help="A CSV or .xlsx file of some other list."
        ),
    ],
    *,
    name: Annotated[str, typer.Option(help="What to call the list, as port-verity-shootings.")],
    jurisdiction: Annotated[str, typer.Option(help="The city or county, as port-verity.")],
    out: Annotated[Path, typer.Option(help="TOML file to write.")] = Path("mapping.toml"),
    as_json: Json = False,
) -> None:
    """Propose which column of an unknown list means what; look it over before it is used."""
    from headstamp.formats.atomic import write_atomically
    from headstamp.formats.incident_lists.known_schemas import read_mapping, require_names
    from headstamp.formats.incident_lists.proposing import propose

    if out.exists():
        raise UnreadableTableError(f"{out}: is there already; give another --out, or remove it")
    require_names(name, jurisdiction)
    text, doubts = propose(file, name, jurisdiction)
    write_atomically(out, text.encode())
    if not doubts:
        read_mapping(out)
    if as_json:
        print_json({"mapping": str(out), "to_decide": doubts})
        return
    for doubt in doubts:
        stdout.print(f"To decide: {doubt}.", markup=False)
    stdout.print(f"{out}: look it over, then import with --mapping {out}.", markup=False)


def _retrieved(text: str) -> str:
    """The day or time, not later than now."""
    from headstamp.formats.incident_lists.vintages import retrieval

    now = datetime.now(UTC)
    if not text:
        return now.replace(tzinfo=None).isoformat(timespec="milliseconds")
    found = retrieval(text)
    if found[:10] > now.date().isoformat():
        raise UnreadableTableError(f"{text}: lies ahead; write the day the file was retrieved")
    return found


def _vintage(data: Path, schema: str, named: str) -> Vintage:
    from headstamp.formats.incident_lists.vintages import vintages

    there = vintages(data, schema=schema)
    found = [one for one in there if named in (one.day, one.id)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(one.id for one in found)
        raise UnreadableTableError(f"{named}: several were retrieved that day; name one: {ids}")
    days = ", ".join(one.day for one in there) or "none"
    raise UnreadableTableError(f"{data}: has no {schema} of {named} (there are: {days})")
