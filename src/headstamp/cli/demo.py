"""``headstamp demo``: a strike force in a synthetic city, its newest scene in the laboratory."""

from __future__ import annotations

import os
import shutil
import sys
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
    incidents: Annotated[
        int, typer.Option(min=20, help="Incidents of the year; five for each firearm at least.")
    ] = 400,
    guns: Annotated[int, typer.Option(min=2, help="Firearms that are known.")] = 60,
    count: Annotated[
        int, typer.Option("--count", min=6, help="Cartridge cases that are scanned.")
    ] = 110,
    years: Annotated[
        int,
        typer.Option(
            min=0, max=100, help="Years of shootings of which figures are released; 0 for none."
        ),
    ] = 20,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the simulation.")] = 2017,
    scans: Annotated[
        Path | None,
        typer.Option(help="A folder of real scans to use instead of the synthetic city."),
    ] = None,
    truth: Annotated[
        Path | None,
        typer.Option(
            help="CSV naming the source of each scan in that folder.  [default: its truth.csv]"
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="Background workers.  [default: all cores]"),
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="Serve the workspace on this machine until Ctrl-C.")
    ] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to serve on.")] = 8765,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Fill a workspace with a synthetic city and run its newest scene through the laboratory.

    The city has agencies, people of every role, a year of incidents with their exhibits, and
    cartridge cases of simulated firearms whose truth is known, so every candidate is printed with
    it. Its list of shootings over many years is imported, and figures are released of it, then
    restated. With --scans the workspace holds a folder of real scans instead. With --serve it is
    served, and the first page lets you step into any role; this is for this machine alone.
    """
    from headstamp.cli.demo_run import of_city, of_folder, run_demo
    from headstamp.web.processes.running import refuse_taken

    serve = serve and os.environ.get("DEMO_SERVE") != "0"
    if serve:
        refuse_taken("127.0.0.1", port)
    _clear(out)
    plan = (
        of_folder(scans, truth, seed)
        if scans
        else of_city(out, incidents, guns, count, seed, years=years)
    )
    result = run_demo(out / "workspace", plan, jobs)
    if as_json:
        print_json(result.as_dict())
    else:
        _print(result)
    if serve:
        _serve(out / "workspace", port)


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
            title=f"{case.exhibit} searched against {case.searched} scans", title_justify="left"
        )
        for column in ("rank", "exhibit", "congruent cells", "aligned r", "log10 LR", "truth"):
            text = column in ("exhibit", "truth")
            table.add_column(column, justify="left" if text else "right", no_wrap=text)
        for row in case.rows:
            table.add_row(
                str(row.rank),
                row.exhibit,
                f"{row.congruent_cells} of {row.cells}",
                "-" if row.aligned_correlation is None else f"{row.aligned_correlation:.3f}",
                "-" if row.log10_lr is None else f"{row.log10_lr:+.2f}",
                row.truth,
            )
        stdout.print(table)
        if not case.rows:
            stdout.print(f"No candidate; the scan is: {case.state.lower()}.", markup=False)
    stdout.print(LEAD_SENTENCE, style="bold")
    if result.text is not None:
        stdout.print("A text about the city, checked against its figures:")
        for said, found in result.text.claims:
            stdout.print(f"  “{said}”  {found}", markup=False)
    for step, seconds in result.times:
        stdout.print(f"{step:<58}{seconds:>6.1f} s", markup=False)
    stdout.print(f"Workspace: {result.workspace}", markup=False)


def _serve(workspace: Path, port: int) -> None:
    from headstamp.web.processes.running import Processes

    running = Processes(workspace.resolve(), "127.0.0.1", port)
    running.start()
    stdout.print(
        f"Headstamp is at http://127.0.0.1:{port}/ (this machine only; Ctrl-C ends it). "
        "Step into any role with a click.",
        markup=False,
    )
    sys.exit(running.wait())
