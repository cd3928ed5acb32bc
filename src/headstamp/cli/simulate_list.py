"""``headstamp simulate-list``: a synthetic city's shootings over many years."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headstamp.cli.console import print_json, stdout, track
from headstamp.cli.simulate import prepare
from headstamp.errors import UnreadableTableError
from headstamp.formats.atomic import write_atomically

if TYPE_CHECKING:
    from headstamp.simulation.list_records import VictimList


def simulate_list(
    out: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files are written.")],
    *,
    years: Annotated[
        int, typer.Option(min=1, max=100, help="Calendar years, with that of the last day.")
    ] = 20,
    last: Annotated[str, typer.Option("--to", help="Last day, as 2026-06-30.")] = "2026-06-30",
    vintages: Annotated[
        int,
        typer.Option(min=1, max=52, help="Lists as they stood, a week apart, up to the last day."),
    ] = 6,
    incidents: Annotated[
        int, typer.Option(min=1, max=100_000, help="Mean number of incidents in the first year.")
    ] = 520,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same files.")] = 2017,
    force: Annotated[
        bool, typer.Option("--force", help="Write into a folder that holds files already.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a line.")] = False,
) -> None:
    """Write a synthetic city's list of people shot or murdered, to be imported and counted.

    Trend, season, weekday, hot spots, near repeats, late deaths and late rows are planted, and
    truth.csv and truth.json tell them. Nothing in it is real.
    """
    from headstamp.simulation.victim_list import plan_list

    to = _day(last)
    if to.year - years < 1:
        raise UnreadableTableError(f"--years {years}: reaches back before year 1; take fewer")
    prepare(out, force)
    made = plan_list(seed, years, to, incidents)
    days = [to - timedelta(weeks=week) for week in reversed(range(vintages))]
    written = [_write_list(out, made, day) for day in track(days, "Writing lists")]
    _write_places(out)
    _write_truth(out, made)
    facts = {
        "folder": str(out),
        "jurisdiction": "port-verity",
        "victims": len(made.victims),
        "from": made.truth.first.isoformat(),
        "to": to.isoformat(),
        "lists": written,
        "boundaries": ["districts.geojson", "areas.geojson", "beats.geojson"],
        "truth": ["truth.csv", "truth.json"],
        "seed": seed,
    }
    if as_json:
        print_json(facts)
    else:
        stdout.print(
            f"{len(made.victims):,} synthetic victims from {facts['from']} to {to} in {out}: "
            f"{', '.join(written)}",
            markup=False,
        )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableTableError(f"--to {text}: is no date; write it as 2026-06-30") from error


def _write_list(out: Path, made: VictimList, day: date) -> str:
    from headstamp.simulation.list_table import list_csv

    name = f"victims-{day.isoformat()}.csv"
    write_atomically(out / name, list_csv(made, day).encode())
    return name


def _write_places(out: Path) -> None:
    from headstamp.simulation.list_areas import KINDS, boundaries

    for kind in KINDS:
        text = json.dumps(boundaries(kind), ensure_ascii=False)
        write_atomically(out / f"{kind}s.geojson", f"{text}\n".encode())


def _write_truth(out: Path, made: VictimList) -> None:
    from headstamp.simulation.list_table import truth_csv

    parameters = json.dumps(asdict(made.truth), indent=1, default=str)
    write_atomically(out / "truth.json", f"{parameters}\n".encode())
    write_atomically(out / "truth.csv", truth_csv(made).encode())
