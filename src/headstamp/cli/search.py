"""``headstamp search``: which scans of a gallery are most like this one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headstamp.cli.candidate_table import STAGES, as_dict, explain_nothing, print_result
from headstamp.cli.console import print_json, progress_bar, stderr
from headstamp.errors import OutputError, ReferencePopulationError, UnsuitableScanError

if TYPE_CHECKING:
    from headstamp.evaluation.reference import ReferencePopulation
    from headstamp.formats.scan_file import ScanFile
    from headstamp.gallery.candidates import Candidate, SearchResult, SearchSettings
    from headstamp.gallery.executors import Executor
    from headstamp.gallery.store import Gallery
    from headstamp.surfaces.prepared import PreparedScan


def search(
    scan: Annotated[Path, typer.Argument(help="The scan to search with (X3P or AL3D).")],
    *,
    gallery: Annotated[Path, typer.Option("--gallery", "-g", help="Folder of the gallery.")],
    top: Annotated[int, typer.Option(min=1, help="Candidates to show, at most 100.")] = 20,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="Processes.  [default: all cores; torch: 1]"),
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Search on the workers of this Dask scheduler.")
    ] = None,
    backend: Annotated[str, typer.Option(help="numpy, torch or torch:DEVICE.")] = "numpy",
    exhaustive: Annotated[
        bool, typer.Option("--exhaustive", help="Screen every scan instead of a shortlist.")
    ] = False,
    since: Annotated[
        int, typer.Option(min=0, help="Search only records with this number or a later one.")
    ] = 0,
    include_same_file: Annotated[
        bool, typer.Option("--include-same-file", help="Also rank the scan itself, if it is there.")
    ] = False,
    reference: Annotated[
        str | None, typer.Option(help="Reference population: a name or a file.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write a contact sheet to this .html or .pdf file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Rank the scans of a gallery by their likeness to a scan.

    Every candidate is an unconfirmed lead: a lead is not an identification.
    """
    from headstamp.gallery.candidates import SearchSettings
    from headstamp.gallery.store import Gallery

    _check_report(report)
    opened = Gallery.open(gallery)
    opened.require_current()
    scan_file, prepared = _prepared(scan, opened)
    population = _population(reference, opened, scan_file)
    settings = SearchSettings(
        exhaustive=exhaustive, since=since, include_same_file=include_same_file
    )
    with _executor(opened, settings, jobs, scheduler, backend) as executor:
        result = _searched(
            opened,
            prepared,
            scan_file.sha256,
            settings=settings,
            executor=executor,
            backend=backend,
        )
    shown = result.candidates[:top]
    ratios = [_log10_lr(population, candidate) for candidate in shown]
    if report:
        _write_report(
            report,
            scan_file,
            prepared,
            opened,
            result=result,
            shown=shown,
            ratios=ratios,
            population=population,
        )
    if as_json:
        print_json([as_dict(*pair) for pair in zip(shown, ratios, strict=True)])
        explain_nothing(gallery, result)
    else:
        print_result(scan, gallery, result, shown=shown, ratios=ratios, population=population)


def _check_report(report: Path | None) -> None:
    """Refuse before the search what would fail after it."""
    if report is None:
        return
    if report.suffix.lower() not in (".html", ".pdf"):
        raise OutputError(f"{report}: a report is an .html or a .pdf file; name it so")
    if not report.parent.is_dir():
        raise OutputError(f"{report}: the folder {report.parent} does not exist; make it first")


def _prepared(scan: Path, gallery: Gallery) -> tuple[ScanFile, PreparedScan]:
    from headstamp.formats.scans import read_scan
    from headstamp.surfaces.preparation import prepare

    scan_file = read_scan(scan)
    try:
        prepared = prepare(scan_file.topography(), gallery.header.preparation)
    except UnsuitableScanError as error:
        sentence = str(error).removeprefix(f"{scan}: ").removeprefix(f"{scan.name}: ")
        raise UnsuitableScanError(f"{scan}: {sentence}") from error
    for warning in (*scan_file.warnings, *prepared.quality.warnings):
        stderr.print(f"[yellow]warning:[/] {scan.name}: {warning}")
    return scan_file, prepared


def _population(
    reference: str | None, gallery: Gallery, scan_file: ScanFile
) -> ReferencePopulation | None:
    """The reference population; without one there are no likelihood ratios.

    Raises
    ------
    ReferencePopulationError
        If one was asked for and cannot be used.
    """
    from headstamp.comparison.parameters import COMPARISON_VERSION, ComparisonParameters
    from headstamp.evaluation.method import Method
    from headstamp.formats.reference_file import load_reference
    from headstamp.gallery.intake import instrument_of

    header = gallery.header
    method = Method(
        header.processing_version,
        COMPARISON_VERSION,
        header.preparation.as_dict(),
        ComparisonParameters().as_dict(),
    )
    try:
        population = load_reference(reference)
        warnings = population.applies_to(method, instrument_of(scan_file.metadata) or None)
    except ReferencePopulationError as error:
        if reference is not None:
            raise
        stderr.print(f"[yellow]note:[/] no likelihood ratios: {error}")
        return None
    for warning in warnings:
        stderr.print(f"[yellow]note:[/] {warning}")
    return population


@contextmanager
def _executor(
    gallery: Gallery,
    settings: SearchSettings,
    jobs: int | None,
    scheduler: str | None,
    backend: str,
) -> Iterator[Executor]:
    """Dask workers, processes, or this process, whichever was asked for or is quickest."""
    from headstamp.gallery.executors import Processes, Serial
    from headstamp.gallery.processes import available_cores

    few = len(gallery) - settings.since <= 25
    jobs = jobs or (1 if few or backend != "numpy" else available_cores())
    executor: Executor
    if scheduler:
        from headstamp.gallery.cluster import DaskWorkers

        executor = DaskWorkers.connect(scheduler)
    else:
        executor = Processes(jobs) if jobs > 1 else Serial()
    try:
        yield executor
    finally:
        executor.close()


def _searched(
    gallery: Gallery,
    prepared: PreparedScan,
    sha256: str,
    *,
    settings: SearchSettings,
    executor: Executor,
    backend: str,
) -> SearchResult:
    from headstamp.gallery.search import search as find

    with progress_bar() as progress:
        bars: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in bars:
                bars[stage] = progress.add_task(STAGES[stage], total=total)
            progress.update(bars[stage], completed=done)

        return find(
            gallery,
            prepared,
            sha256,
            settings=settings,
            executor=executor,
            backend=backend,
            progress=show,
        )


def _log10_lr(population: ReferencePopulation | None, candidate: Candidate) -> float:
    """NaN without a population."""
    if population is None:
        return float("nan")
    comparison = candidate.comparison
    return population.log10_lr(comparison.aligned_correlation, comparison.congruent_cells)


def _write_report(
    report: Path,
    scan_file: ScanFile,
    prepared: PreparedScan,
    gallery: Gallery,
    *,
    result: SearchResult,
    shown: tuple[Candidate, ...],
    ratios: list[float],
    population: ReferencePopulation | None,
) -> None:
    raise NotImplementedError
