"""``headstamp compare``: two scans, how closely they agree, and a report that shows it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headstamp.cli.comparison_output import as_dict, print_comparison
from headstamp.cli.console import print_json, stderr
from headstamp.errors import OutputError, ReferencePopulationError, UnsuitableScanError

if TYPE_CHECKING:
    from headstamp.comparison.parameters import ComparisonParameters
    from headstamp.evaluation.reference import ReferencePopulation
    from headstamp.formats.scan_file import ScanFile
    from headstamp.reports.comparison import ComparisonReport, ReportedScan


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
    answer = _answer(a, b, parameters, reference)
    written = _write_reports(answer.report, report, pdf)
    if as_json:
        print_json(as_dict(answer.report, answer.seconds, answer.no_ratio))
    else:
        print_comparison(answer.report, answer.seconds, answer.no_ratio, written)


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    report: ComparisonReport
    seconds: float
    no_ratio: str


def _answer(
    path_a: Path, path_b: Path, parameters: ComparisonParameters, reference: str | None
) -> _Answer:
    """Read, prepare, compare, weigh; seconds are those of preparing and comparing."""
    from headstamp.comparison.compare import compare as compare_scans
    from headstamp.formats.scans import read_scan
    from headstamp.reports.comparison import ComparisonReport

    files = read_scan(path_a), read_scan(path_b)
    start = time.perf_counter()
    a, b = _prepared(path_a, files[0]), _prepared(path_b, files[1])
    comparison = compare_scans(a.prepared, b.prepared, parameters, published=True)
    seconds = time.perf_counter() - start
    population, warnings, no_ratio = _population(reference, a, parameters, files)
    log10_lr = float("nan")
    if population is not None:
        log10_lr = population.log10_lr(comparison.aligned_correlation, comparison.congruent_cells)
    if a.sha256 == b.sha256:
        warnings = ("both files are the same, byte for byte", *warnings)
    report = ComparisonReport(
        a=a,
        b=b,
        comparison=comparison,
        population=population,
        log10_lr=log10_lr,
        parameters={
            "preparation": a.prepared.parameters.as_dict(),
            "comparison": parameters.as_dict(),
        },
        versions=_versions(),
        warnings=warnings,
    )
    return _Answer(report, seconds, no_ratio or comparison.reason)


def _prepared(path: Path, file: ScanFile) -> ReportedScan:
    from headstamp.reports.comparison import ReportedScan
    from headstamp.surfaces.preparation import prepare

    try:
        topography = file.topography()
        prepared = prepare(topography)
    except UnsuitableScanError as error:
        sentence = str(error).removeprefix(f"{path}: ").removeprefix(f"{path.name}: ")
        raise UnsuitableScanError(f"{path}: {sentence}") from error
    return ReportedScan(
        name=path.name,
        sha256=file.sha256,
        topography=topography,
        prepared=prepared,
        description=_description(file),
        warnings=file.warnings,
    )


def _description(file: ScanFile) -> tuple[tuple[str, str], ...]:
    from headstamp.gallery.intake import instrument_of

    metadata = file.metadata
    facts = (
        ("Format", file.format.upper()),
        ("Instrument", instrument_of(metadata)),
        ("Serial number", metadata.serial),
        ("Calibrated", metadata.calibration_date),
        ("Scanned", metadata.date),
        ("Scanned by", metadata.creator),
    )
    return tuple((label, text) for label, text in facts if text)


def _population(
    reference: str | None,
    a: ReportedScan,
    parameters: ComparisonParameters,
    files: tuple[ScanFile, ScanFile],
) -> tuple[ReferencePopulation | None, tuple[str, ...], str]:
    """The population, its warnings for this case, and why there is none where there is none.

    Raises
    ------
    ReferencePopulationError
        If one was asked for and cannot be used.
    """
    from headstamp.comparison.parameters import COMPARISON_VERSION
    from headstamp.evaluation.method import Method
    from headstamp.formats.reference_file import load_reference
    from headstamp.gallery.intake import instrument_of
    from headstamp.surfaces.prepared import PROCESSING_VERSION

    method = Method(
        PROCESSING_VERSION,
        COMPARISON_VERSION,
        a.prepared.parameters.as_dict(),
        parameters.as_dict(),
    )
    instruments = dict.fromkeys(instrument_of(file.metadata) or None for file in files)
    try:
        population = load_reference(reference)
        warnings = [
            warning
            for instrument in instruments
            for warning in population.applies_to(method, instrument)
        ]
    except ReferencePopulationError as error:
        if reference is not None:
            raise
        return None, (), f"no reference population can be used: {error}"
    return population, tuple(dict.fromkeys(warnings)), ""


def _versions() -> dict[str, str]:
    from headstamp import __version__
    from headstamp.comparison.parameters import COMPARISON_VERSION
    from headstamp.surfaces.prepared import PROCESSING_VERSION

    return {
        "headstamp": __version__,
        "processing": str(PROCESSING_VERSION),
        "comparison": str(COMPARISON_VERSION),
    }


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
