"""``headstamp search``: which scans of a gallery are most like this one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.markup import escape

from headstamp.cli.candidate_table import STAGES, as_dict, explain_nothing, print_result
from headstamp.cli.console import print_json, progress_bar, stderr, stdout
from headstamp.cli.search_report import contact_sheet, refuse_report, write_report
from headstamp.errors import ReferencePopulationError, UnsuitableScanError

if TYPE_CHECKING:
    from headstamp.comparison.parameters import ComparisonParameters
    from headstamp.evaluation.reference import ReferencePopulation
    from headstamp.formats.scan_file import ScanFile
    from headstamp.gallery.candidates import Candidate
    from headstamp.gallery.executors import Executor
    from headstamp.gallery.store import Gallery
    from headstamp.surfaces.prepared import PreparedScan

FEW: Final = 25
"""Up to this many records are searched here: starting processes would take longer."""


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
    full_circle: Annotated[
        bool, typer.Option("--full-circle", help="Try every rotation, not only -30 to 30 degrees.")
    ] = False,
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
    from headstamp.comparison.parameters import ComparisonParameters
    from headstamp.gallery.candidates import SearchSettings
    from headstamp.gallery.search import search as find
    from headstamp.gallery.store import Gallery

    if report:
        refuse_report(report)
    opened = Gallery.open(gallery)
    opened.require_current()
    parameters = ComparisonParameters()
    if full_circle:
        parameters = replace(parameters, rotation_range_deg=180.0)
    scan_file, prepared = _prepared(scan, opened)
    population, notes = _population(reference, opened, scan_file, parameters)
    settings = SearchSettings(
        exhaustive=exhaustive, since=since, include_same_file=include_same_file
    )
    with (
        _executor(len(opened) - since, jobs, scheduler, backend) as executor,
        _progress() as progress,
    ):
        result = find(
            opened,
            prepared,
            scan_file.sha256,
            parameters=parameters,
            settings=settings,
            executor=executor,
            backend=backend,
            progress=progress,
        )
    shown = result.candidates[:top]
    ratios = [_log10_lr(population, candidate) for candidate in shown]
    if report:
        sheet = contact_sheet(
            scan_file,
            opened,
            result,
            shown=shown,
            ratios=ratios,
            population=population,
            parameters=parameters,
            warnings=(*scan_file.warnings, *prepared.quality.warnings, *notes),
        )
        write_report(report, sheet)
    if as_json:
        print_json([as_dict(*pair) for pair in zip(shown, ratios, strict=True)])
        explain_nothing(gallery, result)
    else:
        print_result(scan, gallery, result, shown=shown, ratios=ratios, population=population)
        if report:
            stdout.print(f"Contact sheet: {report}", markup=False)


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
        stderr.print(f"[yellow]warning:[/] {escape(scan.name)}: {escape(warning)}", soft_wrap=True)
    return scan_file, prepared


def _population(
    reference: str | None, gallery: Gallery, scan_file: ScanFile, parameters: ComparisonParameters
) -> tuple[ReferencePopulation | None, tuple[str, ...]]:
    """The reference population and what is to be said about it; without one there are no ratios.

    Raises
    ------
    ReferencePopulationError
        If one was asked for and cannot be used.
    """
    from headstamp.comparison.parameters import COMPARISON_VERSION
    from headstamp.evaluation.method import Method
    from headstamp.formats.reference_file import load_reference
    from headstamp.gallery.intake import instrument_of

    header = gallery.header
    method = Method(
        header.processing_version,
        COMPARISON_VERSION,
        header.preparation.as_dict(),
        parameters.as_dict(),
    )
    population = None
    try:
        population = load_reference(reference)
        notes = population.applies_to(method, instrument_of(scan_file.metadata) or None)
    except ReferencePopulationError as error:
        if reference is not None:
            raise
        population, notes = None, (f"no likelihood ratios: {error}",)
    for note in notes:
        stderr.print(f"[yellow]note:[/] {escape(note)}", soft_wrap=True)
    return population, notes


@contextmanager
def _executor(
    records: int, jobs: int | None, scheduler: str | None, backend: str
) -> Iterator[Executor]:
    """Dask workers, processes, or this process, whichever was asked for or is quickest."""
    from headstamp.gallery.executors import Processes, Serial
    from headstamp.gallery.processes import available_cores

    jobs = jobs or (1 if records <= FEW or backend != "numpy" else available_cores())
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


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each stage, from the moment it begins."""
    with progress_bar() as bars:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(STAGES[stage], total=total)
            bars.update(tasks[stage], completed=done)

        yield show


def _log10_lr(population: ReferencePopulation | None, candidate: Candidate) -> float:
    """NaN without a population."""
    if population is None:
        return float("nan")
    comparison = candidate.comparison
    return population.log10_lr(comparison.aligned_correlation, comparison.congruent_cells)
