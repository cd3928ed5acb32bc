"""The command line: one file per command beside this one."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from headstamp import __version__
from headstamp.cli import (
    areas,
    audit,
    backup,
    check,
    compare,
    demo,
    figures,
    gallery,
    incidents,
    init,
    linkage,
    publication,
    renew,
    report,
    scan,
    search,
    serve,
    simulate,
    simulate_list,
    traces,
    validate,
)
from headstamp.cli.console import stderr
from headstamp.errors import HeadstampError, OutputError, StoppedError, WorkspaceError


class Commands(TyperGroup):
    """The commands; what stops one from outside becomes an error with an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise StoppedError("stopped; nothing half-written was left behind") from error
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise OutputError("the disk is full; make room and run it again") from error
            raise


app = typer.Typer(
    name="headstamp",
    cls=Commands,
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
app.add_typer(scan.app, name="scan")
app.command()(search.search)
app.command()(validate.validate)
app.command()(simulate.simulate)
app.command()(simulate_list.simulate_list)
app.command()(demo.demo)
app.command()(init.init)
app.command()(renew.renew)
app.command()(serve.serve)
app.command()(serve.worker)
app.command()(backup.backup)
app.command()(backup.restore)
app.add_typer(audit.app, name="audit")
app.add_typer(incidents.app, name="incidents")
app.command()(figures.figures)
app.add_typer(traces.app, name="traces")
app.add_typer(linkage.app, name="linkage")
app.add_typer(report.app, name="report")
app.command()(publication.publication)
app.add_typer(areas.app, name="areas")
app.command()(check.check)


def run() -> None:
    """Run the command line; errors become one line on standard error and an exit code.

    With ``HEADSTAMP_DEBUG=1`` an unexpected error shows its traceback.
    """
    try:
        app()
    except HeadstampError as error:
        _fail(str(error), error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except MemoryError:
        _fail("not enough memory for this; try fewer jobs or a smaller scan", 1)
    except Exception as error:
        if os.environ.get("HEADSTAMP_DEBUG"):
            raise
        if type(error).__module__ == "django.db.utils":
            from headstamp.web.processes.room import is_full

            if is_full(error):
                _fail("the disk is full; make room and run it again", OutputError.exit_code)
            _fail(
                f"the database cannot be used: {str(error).splitlines()[0]}; check DATABASE_URL, "
                "and that the workspace is of this version",
                WorkspaceError.exit_code,
            )
        _fail(
            f"a fault in headstamp: {type(error).__name__}: {error}; "
            "run it again with HEADSTAMP_DEBUG=1 and report what it prints",
            1,
        )


def _fail(sentence: str, code: int) -> None:
    stderr.print("[bold red]error:[/]", end=" ")
    stderr.print(sentence, markup=False, highlight=False, soft_wrap=True)
    sys.exit(code)


if __name__ == "__main__":
    run()
