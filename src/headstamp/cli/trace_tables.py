"""``headstamp traces``: tables of trace results, imported and looked into."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headstamp.cli.console import print_json, stdout
from headstamp.cli.trace_table_lines import (
    conflict_lines,
    imported_lines,
    indicator_lines,
    network_lines,
)
from headstamp.errors import UnreadableTableError

if TYPE_CHECKING:
    from headstamp.formats.trace_tables.loading import Asked

Data = Annotated[Path, typer.Option("--data", help="Folder of trace tables.")]
Place = Annotated[
    str,
    typer.Option(help="Where guns were recovered: a state, 'Cook County, IL', a city, or all."),
]
Since = Annotated[str, typer.Option("--from", help="First day of recovery.  [default: any]")]
Until = Annotated[str, typer.Option("--to", help="Last day of recovery.  [default: any]")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]

FOLDER = Path("traces-data")


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or .xlsx of trace results.")],
    *,
    into: Annotated[Path, typer.Option(help="Folder to keep it in; made when missing.")] = FOLDER,
    mapping: Annotated[
        Path | None, typer.Option(help="TOML file that names the columns of another layout.")
    ] = None,
    retrieved: Annotated[
        str, typer.Option(help="Day the file was retrieved, as 2017-06-29.  [default: now]")
    ] = "",
    as_json: Json = False,
) -> None:
    """Keep a table of trace results; rows that cannot be read are set aside, with the reason.

    The same file is kept once. A trace that is there already with another result is kept as well,
    and the two are shown as a conflict.
    """
    from dataclasses import asdict

    from headstamp.formats.trace_tables.batches import folder_of
    from headstamp.formats.trace_tables.importing import import_traces
    from headstamp.formats.trace_tables.schema import read_mapping

    made = import_traces(
        file,
        into,
        retrieved=_retrieved(retrieved),
        schema=read_mapping(mapping) if mapping else None,
    )
    place = folder_of(into, made.batch)
    number, first = _conflicts(into, 3)
    if as_json:
        found = asdict(made)
        facts = {**found.pop("batch"), **found, "folder": str(place), "conflicts": number}
        print_json(facts | {"mapping": bool(made.batch.mapping)})
        return
    for line in [*imported_lines(made, file.name, place), *conflict_lines(number, first)]:
        stdout.print(line, markup=False)


def conflicts(data: Data = FOLDER, *, as_json: Json = False) -> None:
    """Traces that are there more than once with different results.

    Each version is kept; the one imported last is counted.
    """
    from dataclasses import asdict

    number, found = _conflicts(data, None)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for line in conflict_lines(number, found):
        stdout.print(line, markup=False)


def indicators(
    data: Data = FOLDER,
    *,
    jurisdiction: Place = "all",
    since: Since = "",
    until: Until = "",
    kind: Annotated[
        str, typer.Option(help="One kind alone, as one_purchaser.  [default: all]")
    ] = "",
    as_json: Json = False,
) -> None:
    """Signs of trafficking, each with the traces that raise it; they are never added up.

    What it prints is law enforcement sensitive.
    """
    from dataclasses import asdict

    from headstamp.formats.trace_tables.loading import load
    from headstamp.reports.trace_wording import MARKING
    from headstamp.tracing.indicators import RULES, Settings, indicators_of

    wanted = [one for one in RULES if kind in ("", one)]
    if not wanted:
        raise UnreadableTableError(f"--kind {kind}: take one of {', '.join(RULES)}")
    traces = load(data, asked_for(jurisdiction, since, until)).traces
    found = {one: indicators_of(one, traces, Settings()) for one in wanted}
    if as_json:
        every = [asdict(one) for each in found.values() for one in each]
        print_json({"marking": MARKING, "traces": len(traces), "indicators": every})
        return
    for line in indicator_lines(found, len(traces)):
        stdout.print(line, markup=False)


def networks(
    data: Data = FOLDER,
    *,
    jurisdiction: Place = "all",
    since: Since = "",
    until: Until = "",
    links: Annotated[
        Path | None,
        typer.Option(help="CSV of ballistic links: link, and the ids of a trace of each gun."),
    ] = None,
    least: Annotated[int, typer.Option(min=2, help="Guns a network has at least.")] = 2,
    as_json: Json = False,
) -> None:
    """Guns bought together, by one purchaser, or found with one possessor, and why each is joined.

    What it prints is law enforcement sensitive.
    """
    from dataclasses import asdict

    from headstamp.formats.trace_tables.links import read_links
    from headstamp.formats.trace_tables.loading import load
    from headstamp.reports.trace_wording import MARKING
    from headstamp.tracing.networks import networks as joined

    traces = load(data, asked_for(jurisdiction, since, until)).traces
    found = list(joined(traces, read_links(links, traces) if links else ()).each(least))
    if as_json:
        every = [asdict(one) for one in found]
        print_json({"marking": MARKING, "traces": len(traces), "networks": every})
        return
    for line in network_lines(found, len(traces)):
        stdout.print(line, markup=False)


def _conflicts(data: Path, most: int | None) -> tuple[int, list[Any]]:
    """How many traces disagree, and on what."""
    from headstamp.formats.incident_lists.database import connection
    from headstamp.formats.trace_tables.current import (
        conflicts as found,
    )
    from headstamp.formats.trace_tables.current import (
        count_conflicts,
        make_views,
        require_batches,
    )

    there = require_batches(data)
    with connection() as database:
        make_views(database, data, there)
        return count_conflicts(database), found(database, there, most)


def asked_for(jurisdiction: str, since: str, until: str) -> Asked:
    """The traces that options ask for."""
    from headstamp.formats.trace_tables.loading import Asked

    return Asked(
        jurisdiction,
        day(since, "--from") if since else None,
        day(until, "--to") if until else None,
    )


def day(text: str, option: str) -> Any:
    """A day that an option gives.

    Raises
    ------
    UnreadableTableError
        If it is none.
    """
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableTableError(f"{option} {text}: is no day; write it as 2017-06-29") from error


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
