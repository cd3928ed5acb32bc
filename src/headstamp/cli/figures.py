"""``headstamp figures``: counts with their rule, their day and their interval."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headstamp.cli.console import print_json, stderr, stdout
from headstamp.cli.days import day_of
from headstamp.cli.figure_lines import lines
from headstamp.cli.serve import WorkspaceFolder
from headstamp.cli.workspace_lists import Lists, lists_of
from headstamp.errors import UnreadableTableError
from headstamp.incidents.records import AREAS

if TYPE_CHECKING:
    from headstamp.formats.incident_lists.counting import Question


def figures(
    *,
    jurisdiction: Annotated[str, typer.Option(help="The city, as chicago or new-york.")],
    data: Lists = Path("figures-data"),
    workspace: WorkspaceFolder = Path("workspace"),
    to: Annotated[
        str, typer.Option(help="Last day of the periods, as 2017-06-29.  [default: yesterday]")
    ] = "",
    first: Annotated[
        str, typer.Option("--from", help="First day: one range instead of the usual periods.")
    ] = "",
    known_on: Annotated[
        str,
        typer.Option(
            "--as-known-on",
            help="Count what was known on this day.  [default: all that the newest vintage knows]",
        ),
    ] = "",
    by: Annotated[str, typer.Option(help=f"Count each area by itself: {', '.join(AREAS)}.")] = "",
    population: Annotated[
        int | None, typer.Option(min=1, help="People who live there: adds rates per 100,000.")
    ] = None,
    rules: Annotated[
        Path | None, typer.Option(help="A folder with counting rules of your own (TOML).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Murders, shooting incidents and shooting victims by every rule that fits the lists at hand.

    For the week, 28 days, the year to date and 365 days, each against the same days of last year
    and the mean of the last three and five years. Nothing is called a rise or a fall whose interval
    holds no change.
    """
    from headstamp.formats.incident_lists.counting import Question, count

    asked = Question(
        jurisdiction=jurisdiction,
        to=day_of(to) if to else datetime.now(UTC).date() - timedelta(days=1),
        first=day_of(first) if first else None,
        known_on=day_of(known_on).isoformat() if known_on else "",
        by=by,
        population=population or 0,
    )
    _require_sense(asked)
    with lists_of(data, workspace) as folder:
        answer = count(folder, asked, rules)
    if as_json:
        print_json([row for one in answer.figures for row in one.rows()])
    else:
        for line in lines(answer.figures):
            stdout.print(line, markup=False)
    for one in answer.left_out:
        stderr.print(f"Not counted: {one.rule.name} ({one.reason}).", markup=False, soft_wrap=True)


def _require_sense(asked: Question) -> None:
    if asked.first is not None and asked.first > asked.to:
        raise UnreadableTableError(f"--from {asked.first} is after --to {asked.to}; exchange them")
    if asked.by and asked.by not in AREAS:
        raise UnreadableTableError(f"--by {asked.by}: take one of {', '.join(AREAS)}")
    if asked.by and asked.population:
        raise UnreadableTableError("--population is of the whole city; leave out --by")
