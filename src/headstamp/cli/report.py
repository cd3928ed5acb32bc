"""``headstamp report``: the weekly command report and the monthly public report."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headstamp.cli.console import print_json, stdout
from headstamp.errors import OutputError, UnreadableTableError

if TYPE_CHECKING:
    from headstamp.cli.report_run import Wanted

app = typer.Typer(help="Make a report of figures, as PDF or as a page.", no_args_is_help=True)

City = Annotated[str, typer.Option(help="The city, as chicago or new-york.")]
Out = Annotated[Path, typer.Option(help="What to write: a .pdf or an .html file.")]
Data = Annotated[Path, typer.Option("--data", help="Folder of vintages.")]
To = Annotated[str, typer.Option(help="Last day, as 2017-06-29.  [default: yesterday]")]
KnownOn = Annotated[
    str,
    typer.Option(
        "--as-known-on",
        help="Count what was known on this day.  [default: all that the newest vintage knows]",
    ),
]
Since = Annotated[
    str,
    typer.Option(help="Last day of the report before: lists what of its figures is another now."),
]
People = Annotated[int | None, typer.Option(min=1, help="People who live there, for rates.")]
Source = Annotated[str, typer.Option(help="Where that number comes from.")]
Own = Annotated[Path | None, typer.Option("--template", help="A template of your own.")]
Rules = Annotated[Path | None, typer.Option(help="A folder with counting rules of your own.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a line.")]
FOLDER = Path("figures-data")


@app.command("weekly-command")
def weekly_command(
    *,
    jurisdiction: City,
    out: Out,
    data: Data = FOLDER,
    to: To = "",
    known_on: KnownOn = "",
    since: Since = "",
    population: People = None,
    population_source: Source = "",
    template: Own = None,
    rules: Rules = None,
    as_json: Json = False,
) -> None:
    """The week for those who command: every figure, small numbers too. Not for the public."""
    from headstamp.cli.report_run import Wanted

    residents = (population or 0, population_source)
    _make(
        Wanted("weekly-command", data, jurisdiction, _last(to), _known(known_on),
               _since(since), residents, template, rules),
        out,
        as_json,
    )  # fmt: skip


@app.command("monthly-public")
def monthly_public(
    *,
    jurisdiction: City,
    out: Out,
    data: Data = FOLDER,
    to: To = "",
    known_on: KnownOn = "",
    since: Since = "",
    population: People = None,
    population_source: Source = "",
    template: Own = None,
    rules: Rules = None,
    as_json: Json = False,
) -> None:
    """The month for everybody: small numbers of areas and blocks are left out."""
    from headstamp.cli.report_run import Wanted

    residents = (population or 0, population_source)
    _make(
        Wanted("monthly-public", data, jurisdiction, _last(to), _known(known_on),
               _since(since), residents, template, rules),
        out,
        as_json,
    )  # fmt: skip


@app.command()
def template(
    name: Annotated[str, typer.Argument(metavar="NAME", help="weekly-command or monthly-public.")],
) -> None:
    """Print the template of a report, to change it and give it with --template."""
    from headstamp.reports.figure_report import shipped_text

    sys.stdout.write(shipped_text(name))


def _make(wanted: Wanted, out: Path, as_json: bool) -> None:
    from headstamp.cli.report_run import make

    if out.suffix not in (".pdf", ".html"):
        raise OutputError(f"{out}: a report is a .pdf or an .html file; name it so")
    facts = make(wanted, out)
    if as_json:
        print_json(facts)
    else:
        stdout.print(f"{facts['title']}, in {out}", markup=False)


def _last(text: str) -> date:
    return _day("--to", text) if text else datetime.now(UTC).date() - timedelta(days=1)


def _known(text: str) -> str:
    return _day("--as-known-on", text).isoformat() if text else ""


def _since(text: str) -> date | None:
    return _day("--since", text) if text else None


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableTableError(
            f"{option} {text}: is no date; write it as 2017-06-29"
        ) from error
