"""``headstamp areas``: boundaries of districts, beats, community areas and wards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from headstamp.cli.console import print_json, stdout
from headstamp.cli.serve import WorkspaceFolder
from headstamp.cli.workspace_lists import (
    Lists,
    is_workspace,
    keep_areas_in_workspace,
    lists_of,
)
from headstamp.incidents.areas import TITLES

if TYPE_CHECKING:
    from headstamp.formats.incident_lists.area_matching import Match

app = typer.Typer(help="Keep the boundaries of areas, for maps and rates.")

MOST_NAMED: Final = 12

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", readable=False, help="GeoJSON, a shapefile, its folder or its .zip."
        ),
    ],
    *,
    jurisdiction: Annotated[str, typer.Option(help="The city, as chicago.")],
    kind: Annotated[str, typer.Option(help=f"What they are: {', '.join(TITLES)}.")],
    code: Annotated[str, typer.Option(help="Field with the number or code of an area.")],
    name: Annotated[str, typer.Option(help="Field with its name.")],
    into: Annotated[
        Path,
        typer.Option(
            help="Folder of vintages; made when missing. The word workspace: that of --workspace."
        ),
    ],
    workspace: WorkspaceFolder = Path("workspace"),
    population: Annotated[
        str, typer.Option(help="Field with the people who live there, for rates.")
    ] = "",
    population_year: Annotated[
        int, typer.Option(min=0, max=9999, help="The year they were counted in.")
    ] = 0,
    source: Annotated[str, typer.Option(help="Who published the boundaries.")] = "",
    as_json: Json = False,
) -> None:
    """Keep the boundaries of a kind of area beside the lists of their city.

    They are simplified for drawing, in longitude and latitude. What the lists name and what has a
    boundary are compared. An earlier import of the same kind is replaced.
    """
    from dataclasses import asdict

    from headstamp.formats.boundaries.importing import Asked, import_boundaries
    from headstamp.formats.incident_lists.area_matching import matches

    asked = Asked(jurisdiction, kind, code, name, population, population_year, source)
    if is_workspace(into):
        made = keep_areas_in_workspace(file, workspace, asked)
    else:
        made = import_boundaries(file, into, asked)
    with lists_of(into, workspace) as folder:
        found = matches(folder, jurisdiction, kind)
    if as_json:
        lists = [asdict(one) for one in found]
        print_json({**asdict(made.boundaries), "file": str(made.place), "lists": lists})
        return
    merged = f"; {made.boundaries.merged} parts put together" if made.boundaries.merged else ""
    stdout.print(f"{made.boundaries.areas} areas kept in {made.place}{merged}.", markup=False)
    for one in found:
        for line in _match_lines(one):
            stdout.print(line, markup=False)


@app.command("list")
def list_(
    data: Lists = Path("figures-data"),
    *,
    workspace: WorkspaceFolder = Path("workspace"),
    as_json: Json = False,
) -> None:
    """The boundaries of a folder, and where each comes from."""
    from dataclasses import asdict

    from headstamp.formats.boundaries.stored import kept

    with lists_of(data, workspace) as folder:
        found = kept(folder)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    if not found:
        stdout.print(
            f"{data}: holds no boundaries yet. Add some with 'headstamp areas import'.",
            markup=False,
        )
    for one in found:
        people = f", people of {one.population_year or 'no stated year'}"
        stdout.print(
            f"{one.jurisdiction}  {one.kind}  {one.areas} areas"
            f"{people if one.population_field else ''}  {one.source or one.file_name}  "
            f"{one.sha256[:12]}",
            markup=False,
        )


def _match_lines(one: Match) -> Iterator[str]:
    if one.without_boundary:
        rows = sum(number for _, number in one.without_boundary)
        yield (
            f"{one.schema} names areas without a boundary ({rows:,} rows): "
            f"{_some([area for area, _ in one.without_boundary])}."
        )
    if one.without_row:
        yield f"{one.schema} never names: {_some(one.without_row)}."
    if one.rows_without_area:
        yield f"{one.schema} has {one.rows_without_area:,} rows without an area."


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
