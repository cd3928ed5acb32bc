"""The command line: one file per command beside this one."""

from __future__ import annotations

import sys

import typer

from headstamp import __version__
from headstamp.cli import compare, gallery, search, validate
from headstamp.cli.console import stderr
from headstamp.errors import HeadstampError

app = typer.Typer(
    name="headstamp",
    help="Link shootings by their cartridge cases, and show why.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"headstamp {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and exit."
    ),
) -> None:
    del version


app.command()(compare.compare)
app.add_typer(gallery.app, name="gallery")
app.command()(search.search)
app.command()(validate.validate)


def run() -> None:
    """Run the command line; errors become one line on standard error and an exit code."""
    try:
        app(standalone_mode=False)
    except HeadstampError as error:
        stderr.print(f"[bold red]error:[/] {error}", highlight=False, soft_wrap=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    run()
