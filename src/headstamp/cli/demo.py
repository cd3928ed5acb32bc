"""``headstamp demo``: the laboratory's work on one scene, from scans to leads."""

from __future__ import annotations

import math
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headstamp.cli.console import print_json, stdout
from headstamp.errors import OutputError

if TYPE_CHECKING:
    from headstamp.cli.demo_run import DemoResult

MARKER = ".headstamp-demo"
"""A file that says a folder was made by this command and may be made anew."""


def demo(
    *,
    out: Annotated[Path, typer.Option(help="Folder for everything the demo makes.")] = Path("demo"),
    scans: Annotated[
        Path | None,
        typer.Option(help="A folder of real scans to use instead of a simulated collection."),
    ] = None,
    truth: Annotated[
        Path | None,
        typer.Option(
            help="CSV naming the source of each scan in that folder.  [default: its truth.csv]"
        ),
    ] = None,
    guns: Annotated[int, typer.Option(min=2, help="Firearms to simulate.")] = 60,
    count: Annotated[int, typer.Option("--count", min=4, help="Scans to simulate.")] = 300,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the simulation.")] = 2017,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes.  [default: all cores]")
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="Serve the page on this machine until Ctrl-C.")
    ] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve on.")] = 8765,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Simulate a collection, search the newest scene's cartridge cases in it, and report.

    The firearms are synthetic and their truth is known, so every candidate is printed with it.
    With --scans the same is done with a folder of real scans.
    """
    from headstamp.cli.demo_run import run_demo, simulated

    _clear(out)
    folder = scans or simulated(out / "scans", guns, count, seed)
    result = run_demo(out, folder, truth, jobs)
    if as_json:
        print_json(result.as_dict())
    else:
        _print(result)
    if serve and os.environ.get("DEMO_SERVE") != "0":
        from headstamp.cli.serving import serve_folder

        serve_folder(out / "site", port)


def _clear(out: Path) -> None:
    """Make the output folder, anew when an earlier demo made it.

    Raises
    ------
    OutputError
        If the folder holds anything else.
    """
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out}: is a file; name another folder with --out")
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).exists():
        raise OutputError(f"{out}: holds other files; name another folder with --out")
    try:
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        (out / MARKER).touch()
    except OSError as error:
        raise OutputError(f"{out}: cannot be made ({error.strerror}); name another") from error


def _print(result: DemoResult) -> None:
    from rich.table import Table

    from headstamp.reports.wording import LEAD_SENTENCE

    for case in result.cases:
        table = Table(
            title=f"{case.name} searched against {case.searched} scans: {case.seconds:.1f} s",
            title_justify="left",
        )
        for column in ("rank", "scan", "congruent cells", "aligned r", "log10 LR", "truth (demo)"):
            table.add_column(column, justify="left" if column in ("scan",) else "right")
        for row in case.rows:
            table.add_row(
                str(row.rank),
                row.scan,
                f"{row.congruent_cells} of {row.cells}",
                f"{row.aligned_correlation:.3f}",
                "-" if math.isnan(row.log10_lr) else f"{row.log10_lr:+.2f}",
                row.truth,
            )
        stdout.print(table)
    stdout.print(LEAD_SENTENCE, style="bold")
    for step, seconds in result.times:
        stdout.print(f"{step:<44}{seconds:>8.1f} s", markup=False)
    stdout.print(f"Page: {result.page}", markup=False)
