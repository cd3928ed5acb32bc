"""The contact sheet of a search, written to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from headstamp import __version__
from headstamp.errors import OutputError

if TYPE_CHECKING:
    from headstamp.comparison.parameters import ComparisonParameters
    from headstamp.evaluation.reference import ReferencePopulation
    from headstamp.formats.scan_file import ScanFile
    from headstamp.gallery.candidates import Candidate, SearchResult
    from headstamp.gallery.store import Gallery
    from headstamp.reports.contact_sheet import SearchReport, SheetCandidate


def refuse_report(report: Path) -> None:
    """Refuse before the search what would fail after it.

    Raises
    ------
    OutputError
        If the file is named neither .html nor .pdf, or its folder is missing.
    """
    if report.suffix.lower() not in (".html", ".pdf"):
        raise OutputError(f"{report}: a report is an .html or a .pdf file; name it so")
    if not report.parent.is_dir():
        raise OutputError(f"{report}: the folder {report.parent} does not exist; make it first")


def write_report(report: Path, sheet: SearchReport) -> None:
    """Write the sheet, whole or not at all, in the format that the name asks for."""
    from headstamp.formats.atomic import write_atomically
    from headstamp.reports.contact_sheet import render_html, render_pdf

    if report.suffix.lower() == ".pdf":
        write_atomically(report, render_pdf(sheet))
    else:
        write_atomically(report, render_html(sheet).encode())


def contact_sheet(
    scan_file: ScanFile,
    gallery: Gallery,
    result: SearchResult,
    *,
    shown: tuple[Candidate, ...],
    ratios: list[float],
    population: ReferencePopulation | None,
    parameters: ComparisonParameters,
    warnings: tuple[str, ...],
) -> SearchReport:
    """Everything the sheet says; no times, so that the same search gives the same bytes."""
    from headstamp.comparison.parameters import COMPARISON_VERSION
    from headstamp.reports.contact_sheet import SearchReport
    from headstamp.reports.surface import Surface

    header = gallery.header
    return SearchReport(
        query_name=scan_file.name,
        query_sha256=scan_file.sha256,
        query=Surface(scan_file.topography()),
        candidates=tuple(
            _on_sheet(gallery, candidate, ratio)
            for candidate, ratio in zip(shown, ratios, strict=True)
        ),
        searched=result.searched,
        gallery=(
            ("Name", gallery.path.resolve().name),
            ("Identity", header.identity),
            ("Scans", f"{len(gallery):,}"),
            ("Made by", header.created_by),
        ),
        population=population,
        parameters={
            "Processing": header.preparation.as_dict(),
            "Comparison": parameters.as_dict(),
        },
        versions={
            "headstamp": __version__,
            "processing": str(header.processing_version),
            "comparison": str(COMPARISON_VERSION),
            "descriptors": str(header.descriptor_version),
        },
        warnings=warnings,
    )


def _on_sheet(gallery: Gallery, candidate: Candidate, log10_lr: float) -> SheetCandidate:
    from headstamp.reports.contact_sheet import SheetCandidate
    from headstamp.reports.surface import Surface

    record, comparison = candidate.record, candidate.comparison
    scan = gallery.prepared(record.index)
    return SheetCandidate(
        rank=candidate.rank,
        scan=record.name,
        congruent_cells=comparison.congruent_cells,
        cells=comparison.cells,
        aligned_correlation=comparison.aligned_correlation,
        log10_lr=log10_lr,
        pose=comparison.pose,
        surface=Surface.of_level(scan.fine, scan.centre),
        sha256=record.sha256,
        labels=tuple(sorted(record.labels.items())),
    )
