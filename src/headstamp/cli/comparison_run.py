"""Two scans from their files to everything a comparison report says."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from headstamp.errors import ReferencePopulationError, UnsuitableScanError

if TYPE_CHECKING:
    from headstamp.comparison.parameters import ComparisonParameters
    from headstamp.evaluation.reference import ReferencePopulation
    from headstamp.formats.scan_file import ScanFile
    from headstamp.reports.comparison import ComparisonReport, ReportedScan


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The report, the seconds of preparing and comparing, and why there is no ratio, if none."""

    report: ComparisonReport
    seconds: float
    no_ratio: str


def answer(
    path_a: Path, path_b: Path, parameters: ComparisonParameters, reference: str | None
) -> Answer:
    """Read, prepare, compare and weigh two scans.

    Raises
    ------
    UnreadableScanError, UnsuitableScanError
        If a scan cannot be read or compared.
    ReferencePopulationError
        If a population was asked for and cannot be used.
    """
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
    return Answer(report, seconds, no_ratio or comparison.reason)


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
