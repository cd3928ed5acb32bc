"""``headstamp compare``: two scans, how closely they agree, and a report that shows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headstamp.cli.comparison_output import as_dict, print_comparison
from headstamp.cli.comparison_run import answer
from headstamp.cli.console import print_json, stderr
from headstamp.errors import OutputError

if TYPE_CHECKING:
    from headstamp.reports.comparison import ComparisonReport


def compare(
    a: Annotated[Path, typer.Argument(metavar="A", help="A scan (X3P or AL3D).")],
    b: Annotated[Path, typer.Argument(metavar="B", help="Another scan.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    report: Annotated[
        Path | None, typer.Option(help="Write the report as a page to this file.")
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option(help="Write the report as a PDF to this file.")
    ] = None,
    reference: Annotated[
        str | None, typer.Option(help="Reference population: a name or a file.")
    ] = None,
    full_circle: Annotated[
        bool, typer.Option("--full-circle", help="Try every rotation, not only -30 to 30 degrees.")
    ] = False,
) -> None:
    """Compare the breech face marks of two cartridge cases.

    The result is unconfirmed: a lead is not an identification.
    """
    from headstamp.comparison.parameters import ComparisonParameters

    _check_outputs(report, pdf)
    parameters = ComparisonParameters()
    if full_circle:
        parameters = replace(parameters, rotation_range_deg=180.0)
    found = answer(a, b, parameters, reference)
    written = _write_reports(found.report, report, pdf)
    if as_json:
        print_json(as_dict(found.report, found.seconds, found.no_ratio))
    else:
        print_comparison(found.report, found.seconds, found.no_ratio, written)


def _check_outputs(*paths: Path | None) -> None:
    """Refuse before the work what would fail after it."""
    for path in paths:
        if path is not None and not path.parent.is_dir():
            raise OutputError(f"{path}: the folder {path.parent} does not exist; make it first")


def _write_reports(
    content: ComparisonReport, report: Path | None, pdf: Path | None
) -> tuple[Path, ...]:
    """Write the reports that were asked for, and say which."""
    from headstamp.formats.atomic import write_atomically

    if report is None and pdf is None:
        return ()
    from headstamp.reports.comparison import render_html, render_pdf

    with stderr.status("Drawing the report"):
        if report is not None:
            write_atomically(report, render_html(content).encode())
        if pdf is not None:
            write_atomically(pdf, render_pdf(content))
    return tuple(path for path in (report, pdf) if path is not None)
