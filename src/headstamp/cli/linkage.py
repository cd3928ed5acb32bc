"""``headstamp linkage``: records that may be of one firearm, one dealer or one person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from headstamp.cli import linkage_decisions, linkage_simulate
from headstamp.cli.console import print_json, stdout
from headstamp.cli.linkage_lines import SAYS, proposal_lines, proposal_row, summary_lines

app = typer.Typer(
    help="Find records of one firearm, dealer or person; a machine proposes, a person decides."
)

Kind = Annotated[str, typer.Argument(metavar="KIND", help="firearm, dealer or person.")]
Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[FILE]...", help="CSV or .xlsx of records: source, id and fields."),
]
Traces = Annotated[
    Path | None,
    typer.Option(help="Folder of trace tables whose firearms or dealers are compared too."),
]
ModelFile = Annotated[
    Path | None, typer.Option("--model", help="A model to use.  [default: learnt from the records]")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def propose(
    kind: Kind,
    files: Files = None,
    *,
    traces: Traces = None,
    at_least: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Probability of a proposal.")
    ] = 0.5,
    most: Annotated[
        int, typer.Option(min=1, help="Proposals that are printed; JSON has them all.")
    ] = 20,
    model: ModelFile = None,
    save_model: Annotated[
        Path | None, typer.Option(help="File to keep the model in, as settings of Splink.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Propose pairs of records that may be of one thing, each explained field by field.

    Nothing is merged: accept or reject each with 'headstamp linkage decide'.
    """
    from headstamp.cli.linkage_run import linked
    from headstamp.formats.linkage.model_file import save_model as save
    from headstamp.linkage.proposing import propose as propose_

    with linked(kind, files, traces, model) as run:
        found = propose_(run.engine, run.model, at_least)
    if save_model:
        save(save_model, run.model)
    if as_json:
        print_json(run.facts() | {"at_least": at_least, "says": SAYS,
                                  "proposals": [proposal_row(one) for one in found]})  # fmt: skip
        return
    for line in summary_lines(run.facts(), found, at_least, most):
        stdout.print(line, markup=False)


@app.command()
def explain(
    kind: Kind,
    files: Files = None,
    *,
    one: Annotated[str, typer.Option(help="A record, as police:17.")],
    other: Annotated[str, typer.Option(help="The other.")],
    traces: Traces = None,
    model: ModelFile = None,
    as_json: Json = False,
) -> None:
    """Explain what speaks for and against any two records being of one thing."""
    from headstamp.cli.linkage_run import linked
    from headstamp.linkage.proposing import explain as explain_
    from headstamp.linkage.records import key

    keys = key(one), key(other)
    with linked(kind, files, traces, model) as run:
        found = explain_(run.engine, run.model, *keys)
    if as_json:
        print_json(run.facts() | {"says": SAYS, **proposal_row(found)})
        return
    for line in [*proposal_lines(found), SAYS]:
        stdout.print(line, markup=False)


@app.command()
def export(
    kind: Kind,
    files: Files = None,
    *,
    into: Annotated[Path, typer.Option(help="Folder to write to; made when missing.")],
    dialect: Annotated[
        Literal["duckdb", "spark"], typer.Option(help="The SQL of the settings.")
    ] = "spark",
    traces: Traces = None,
    model: ModelFile = None,
    as_json: Json = False,
) -> None:
    """Write settings of Splink and the prepared records, to link a larger file on Spark."""
    from headstamp.cli.linkage_run import linked
    from headstamp.formats.linkage.exported import export as export_

    with linked(kind, files, traces, model) as run:
        written = export_(into, run.engine, run.model, dialect)
    if as_json:
        facts: dict[str, Any] = run.facts()
        print_json(facts | {"dialect": dialect, "files": [str(one) for one in written]})
        return
    stdout.print(f"{into}: {', '.join(one.name for one in written)}", markup=False)


app.command()(linkage_decisions.decide)
app.command()(linkage_decisions.undo)
app.command()(linkage_decisions.groups)
app.command()(linkage_simulate.simulate)
