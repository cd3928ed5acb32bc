"""``headstamp figures``: counts with their rule, their day and their interval."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headstamp.cli.console import print_json, stdout
from headstamp.errors import UnreadableTableError

if TYPE_CHECKING:
    from headstamp.incidents.figures import Figure


def figures(
    *,
    jurisdiction: Annotated[str, typer.Option(help="The city, as chicago or new-york.")],
    data: Annotated[Path, typer.Option("--data", help="Folder of vintages.")] = Path(
        "figures-data"
    ),
    to: Annotated[
        str, typer.Option(help="Last day of the periods, as 2017-06-29.  [default: yesterday]")
    ] = "",
    known_on: Annotated[
        str,
        typer.Option("--as-known-on", help="Count what was known on this day.  [default: today]"),
    ] = "",
    rules: Annotated[
        Path | None, typer.Option(help="A folder with counting rules of your own (TOML).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Murders, shooting incidents and shooting victims by every rule that fits the lists at hand.

    For the week, 28 days, the year to date and 365 days, each against the same dates of last year
    and of the last three and five years. Nothing is called a rise or a fall whose interval holds
    no change.
    """
    from headstamp.formats.incident_lists.counting import figures as count

    found = count(data, jurisdiction, _day(to), known_on=known_on, own_rules=rules)
    if as_json:
        print_json([row for one in found for row in one.rows()])
    else:
        _print(found)


def _day(text: str) -> date:
    if not text:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableTableError(f"{text}: is no date; write it as 2017-06-29") from error


def _print(found: list[Figure]) -> None:
    from rich.table import Table

    by_rule: dict[str, list[Figure]] = {}
    for one in found:
        by_rule.setdefault(one.rule.name, []).append(one)
    for group in by_rule.values():
        rule = group[0].rule
        table = Table(title=f"{rule.title}: {rule.unit}", title_justify="left")
        for name in ("period", "from", "to", "count", "against", "then", "change"):
            table.add_column(name, justify="right" if name in ("count", "then") else "left")
        for one in group:
            for row in one.rows():
                then = row["comparison_count"]
                table.add_row(
                    one.period.replace("_", " "),
                    row["from"],
                    row["to"],
                    "-" if one.count is None else f"{one.count:,}",
                    row["against"].replace("_", " "),
                    "-" if then is None else f"{then:,.1f}".removesuffix(".0"),
                    row["wording"],
                )
        stdout.print(table)
        stdout.print(
            f"Rule {rule.name} v{rule.version}; list {group[0].vintage} ({group[0].source}); as "
            f"known on {group[0].known_on}.",
            markup=False,
        )
        for remark in dict.fromkeys(text for one in group for text in one.remarks):
            stdout.print(remark, markup=False)
