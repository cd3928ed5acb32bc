"""``headstamp validate``: how well the method does on a labelled collection."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headstamp.cli.console import print_json, progress_bar, stderr, stdout
from headstamp.errors import OutputError, ReferencePopulationError, UnsuitableScanError

if TYPE_CHECKING:
    from headstamp.comparison.parameters import ComparisonParameters
    from headstamp.evaluation.reference import ReferencePopulation
    from headstamp.formats.truth_table import TruthTable
    from headstamp.reports.validation import ValidationResult


def validate(
    folder: Annotated[Path, typer.Argument(help="Folder with the scans (X3P or AL3D).")],
    *,
    truth: Annotated[
        Path, typer.Option(help="CSV with the columns file and one that names the source.")
    ],
    source_column: Annotated[
        str | None,
        typer.Option(help="Column that names the source.  [default: the first beside file]"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the numbers as JSON.")] = False,
    report: Annotated[
        Path | None, typer.Option(help="Write page, figures, numbers and pairs to this folder.")
    ] = None,
    save_reference: Annotated[
        str | None,
        typer.Option(help="Save the calibration as a reference population: a name, or a .json."),
    ] = None,
    description: Annotated[
        str | None, typer.Option(help="What the collection is, in a sentence; for the reference.")
    ] = None,
    calibre: Annotated[
        list[str] | None, typer.Option(help="Calibre in the collection; may be repeated.")
    ] = None,
    ammunition: Annotated[
        list[str] | None, typer.Option(help="Ammunition in the collection; may be repeated.")
    ] = None,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="The scans are simulated: say so in the reference.")
    ] = False,
    fine: Annotated[
        bool, typer.Option("--fine/--no-fine", help="Whether the 12.5 um pass is made.")
    ] = True,
    rotation_range: Annotated[
        float | None, typer.Option(help="Rotations tried, degrees either way.", min=0, max=180)
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(help="Processes; all cores by default.", min=1)
    ] = None,
) -> None:
    """Compare all scans of a labelled collection and state how well the method tells them apart.

    Every statistic names its pairs; scans that cannot be used are listed, not hidden. Error rates
    are those at thresholds fixed beforehand, likelihood ratios those of calibrations that saw
    neither firearm of a pair.
    """
    from headstamp.formats.truth_table import read_truth_table

    started = time.perf_counter()
    if not folder.is_dir():
        raise ReferencePopulationError(f"{folder} is not a folder; give the folder of the scans")
    table = read_truth_table(truth, folder, source_column)
    _refuse_places(report, save_reference)
    result = run_validation(folder, table, _parameters(fine, rotation_range), jobs)
    if report is not None:
        _write_report(report, result)
    if save_reference is not None:
        _save(save_reference, result, description, (calibre, ammunition), synthetic)
    seconds = time.perf_counter() - started
    if as_json:
        from headstamp.reports.validation import as_json as numbers

        print_json({**numbers(result), "seconds": round(seconds, 3)})
    else:
        _print(result, seconds, report)


def run_validation(
    folder: Path, table: TruthTable, parameters: ComparisonParameters, jobs: int | None
) -> ValidationResult:
    """Prepare, compare, evaluate.

    Raises
    ------
    UnsuitableScanError
        If fewer than two scans can be used.
    """
    import numpy as np

    from headstamp.cli.collection_run import compare_all, prepare_files, usual_jobs
    from headstamp.comparison.parameters import COMPARISON_VERSION
    from headstamp.evaluation.method import Method
    from headstamp.evaluation.scored_pairs import ScoredPairs
    from headstamp.evaluation.validation import validate as evaluate
    from headstamp.reports.validation import ValidatedScan, ValidationResult
    from headstamp.surfaces.prepared import PROCESSING_VERSION, PreparationParameters

    jobs = jobs or usual_jobs()
    processing = PreparationParameters()
    with progress_bar() as bar:
        task = bar.add_task("Preparing scans", total=len(table))
        prepared = prepare_files(
            table.files, processing, jobs, lambda done: bar.advance(task, done)
        )
        rows = [
            ValidatedScan(
                file=str(file.relative_to(folder)),
                source=source,
                sha256=entry.sha256,
                instrument=entry.instrument,
                usable_area=entry.scan.quality.usable_area if entry.scan else float("nan"),
                warnings=entry.warnings,
                failure=entry.failure,
            )
            for file, source, entry in zip(table.files, table.sources, prepared, strict=True)
        ]
        used = tuple(row for row in rows if not row.failure)
        unreadable = tuple(row for row in rows if row.failure)
        scans = [entry.scan for entry in prepared if entry.scan is not None]
        if len(scans) < 2:
            why = f"; {unreadable[0].file}: {unreadable[0].failure}" if unreadable else ""
            raise UnsuitableScanError(
                f"{folder}: {len(scans)} of {len(table)} scans can be used, two are needed{why}"
            )
        task = bar.add_task("Comparing pairs", total=len(scans) * (len(scans) - 1) // 2)
        first, second, scores = compare_all(
            scans, parameters, jobs, lambda done: bar.advance(task, done)
        )
    sources = {source: at for at, source in enumerate(dict.fromkeys(row.source for row in used))}
    firearm = np.array([sources[row.source] for row in used], dtype=np.int64)
    with stderr.status("Evaluating"):
        validation = evaluate(ScoredPairs(first, second, firearm[first], firearm[second], scores))
    return ValidationResult(
        collection=folder.resolve().name,
        source_column=table.source_column,
        used=used,
        unreadable=unreadable,
        validation=validation,
        method=Method(
            PROCESSING_VERSION, COMPARISON_VERSION, processing.as_dict(), parameters.as_dict()
        ),
    )


def _parameters(fine: bool, rotation_range: float | None) -> ComparisonParameters:
    from headstamp.comparison.parameters import ComparisonParameters

    if rotation_range is None:
        return ComparisonParameters(fine=fine)
    return ComparisonParameters(fine=fine, rotation_range_deg=rotation_range)


def _refuse_places(report: Path | None, save_reference: str | None) -> None:
    """Before an hour of work, not after."""
    from headstamp.formats.reference_file import place

    if report is not None and report.exists() and not report.is_dir():
        raise OutputError(f"{report} is a file; give a folder for the report")
    if report is not None:
        try:
            report.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{report} cannot be made: {error.strerror}") from error
    if save_reference is not None:
        place(save_reference)


def _write_report(folder: Path, result: ValidationResult) -> None:
    from headstamp.formats.atomic import write_atomically
    from headstamp.reports.validation import report_files

    with stderr.status("Writing the report"):
        files = report_files(result)
        for name, content in files.items():
            write_atomically(folder / name, content)


def _save(
    name_or_path: str,
    result: ValidationResult,
    description: str | None,
    kinds: tuple[list[str] | None, list[str] | None],
    synthetic: bool,
) -> None:
    from headstamp.formats.reference_file import place, write_reference
    from headstamp.reports.population import population_of

    population = population_of(
        result,
        name=place(name_or_path).stem,
        description=description,
        calibres=tuple(kinds[0] or ()),
        ammunition=tuple(kinds[1] or ()),
        synthetic=synthetic,
    )
    population = _next_version(place(name_or_path), population)
    written = write_reference(name_or_path, population)
    stderr.print(
        f"saved reference population {population.identity}: {written}",
        soft_wrap=True,
        markup=False,
    )


def _next_version(path: Path, population: ReferencePopulation) -> ReferencePopulation:
    """The same version as what is there if it is the same, otherwise one more."""
    from dataclasses import replace

    from headstamp.formats.reference_file import read_reference

    if not path.exists():
        return population
    there = read_reference(path)
    again = replace(population, version=there.version)
    if again.to_json() == there.to_json():
        return again
    return replace(population, version=there.version + 1)


def _print(result: ValidationResult, seconds: float, report: Path | None) -> None:
    from rich.markup import escape
    from rich.table import Table

    from headstamp.reports.validation import COUNTS, LABELS, interval, number

    found = result.validation
    stdout.print(
        f"{len(result.used)} scans of {found.pairs.firearms} firearms: {len(found.pairs)} pairs, "
        f"{found.same} of the same firearm, {found.different} of different firearms"
    )
    for scan in result.unreadable:
        stdout.print(f"[yellow]not used:[/] {escape(scan.file)}: {escape(scan.failure)}")
    table = Table("score", "same: min, median, max", "different: min, median, max", "ROC area")
    for name, entry in found.scores.items():
        table.add_row(
            LABELS.get(name, name),
            *(
                ", ".join(
                    number(x, 0 if name in COUNTS else 2)
                    for x in (spread.minimum, spread.median, spread.maximum)
                )
                for spread in (entry.same, entry.different)
            ),
            number(entry.auc, 4),
        )
    stdout.print(table)
    over_firearms = (
        f" (95 % over firearms {interval(found.equal_error_rate_interval, 2, True)})"
        if found.equal_error_rate > 0
        else ""
    )
    stdout.print(
        f"equal error rate {number(found.equal_error_rate, 2, True)}{over_firearms}; "
        f"Cllr {number(found.cllr, 4)}, Cllr_min {number(found.cllr_min, 4)}, "
        f"least the bounds allow {number(found.cllr_floor, 4)}"
    )
    for rates in found.error_rates:
        stdout.print(
            f"at {LABELS.get(rates.score, rates.score)} >= {rates.threshold:g}: "
            f"{rates.missed.errors} of {rates.missed.trials} missed, "
            f"{rates.false.errors} of {rates.false.trials} falsely linked"
        )
    if found.without_score_same or found.without_score_different:
        stdout.print(
            f"no overlap found in {found.without_score_same} same-firearm and "
            f"{found.without_score_different} different-firearm pairs (counted as not linked)"
        )
    for name, reason in found.undefined.items():
        stdout.print(f"[yellow]undefined:[/] {name}: {reason}")
    where = f"; report: {report / 'index.html'}" if report is not None else ""
    stdout.print(f"{seconds:.1f} s{where}", markup=False)
