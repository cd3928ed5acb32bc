"""How a comparison is printed: for people, and as JSON for scripts."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headstamp.cli.console import stdout

if TYPE_CHECKING:
    from headstamp.reports.comparison import ComparisonReport, ReportedScan


def as_dict(report: ComparisonReport, seconds: float, no_ratio: str) -> dict[str, Any]:
    """One comparison for ``--json``; names may be added, never changed.

    Parameters
    ----------
    report : ComparisonReport
    seconds : float
        Of preparing and comparing.
    no_ratio : str
        Why there is no likelihood ratio; empty where there is one.
    """
    comparison, population = report.comparison, report.population
    y, x = comparison.pose.shift
    return {
        "a": {"name": report.a.name, "sha256": report.a.sha256},
        "b": {"name": report.b.name, "sha256": report.b.sha256},
        "congruent_cells": comparison.congruent_cells,
        "cells": comparison.cells,
        "congruent_fraction": comparison.congruent_fraction,
        "aligned_correlation": comparison.aligned_correlation,
        "log10_lr": report.log10_lr,
        "reference_population": population.identity if population else None,
        "reason": no_ratio or None,
        "pose": {"rotation_deg": comparison.pose.rotation_deg, "shift_um": [y * 1e6, x * 1e6]},
        "overlap_mm2": comparison.overlap * 1e6,
        "published": {name: comparison.published.get(name) for name in ("cmc", "high_cmc")},
        "quality": {"a": _quality(report.a), "b": _quality(report.b)},
        "warnings": list(report.warnings),
        "version": report.versions["headstamp"],
        "versions": dict(report.versions),
        "parameters": {part: dict(values) for part, values in report.parameters.items()},
        "seconds": seconds,
    }


def _quality(scan: ReportedScan) -> dict[str, Any]:
    quality = scan.prepared.quality
    return {
        "usable_area_mm2": quality.usable_area * 1e6,
        "usable_share": quality.usable_share,
        "warnings": list(dict.fromkeys(scan.warnings + quality.warnings)),
    }


def print_comparison(
    report: ComparisonReport, seconds: float, no_ratio: str, written: tuple[Path, ...]
) -> None:
    """Print the scores, what they mean, what they do not, and where the report lies."""
    from rich.text import Text

    from headstamp.reports.wording import LEAD_SENTENCE, UNCONFIRMED

    stdout.print(Text.assemble((report.a.name, "bold"), " and ", (report.b.name, "bold")))
    stdout.print(_scores(report))
    for line in _likelihood_ratio(report, no_ratio):
        stdout.print(Text(line))
    for warning in _warnings(report):
        stdout.print(Text.assemble(("warning: ", "yellow"), warning))
    stdout.print(Text.assemble((f"{UNCONFIRMED}. {LEAD_SENTENCE}", "bold")))
    for path in written:
        stdout.print(Text(f"Report: {path}"))
    stdout.print(Text(f"Prepared and compared in {seconds:.2f} s", style="dim"))


def _scores(report: ComparisonReport) -> Any:
    from rich import box
    from rich.table import Table

    from headstamp.reports.numbers import decimal, percent, square_millimetres
    from headstamp.reports.wording import MEASURE

    comparison = report.comparison
    y, x = comparison.pose.shift
    pose = f"{comparison.pose.rotation_deg:.1f}°, x {x * 1e6:.0f} µm, y {y * 1e6:.0f} µm"
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column(style="dim")
    table.add_column()
    share = f" ({percent(comparison.congruent_fraction)})" if comparison.cells else ""
    count = f"{comparison.congruent_cells} of {comparison.cells}{share}"
    table.add_row("Congruent cells", f"{count}: {MEASURE}")
    table.add_row("Aligned correlation", decimal(comparison.aligned_correlation, 3))
    table.add_row("Shared surface", square_millimetres(comparison.overlap))
    table.add_row("Rotation and shift", "none found" if comparison.reason else pose)
    table.add_row("Published rules", _published(comparison.published))
    return table


def _published(published: dict[str, int]) -> str:
    from headstamp.reports.comparison_content import PUBLISHED

    counts = [
        f"{name}: {published[key]}, threshold {threshold}"
        for key, name, threshold in PUBLISHED
        if key in published
    ]
    return "; ".join(counts) or "not counted"


def _likelihood_ratio(report: ComparisonReport, no_ratio: str) -> list[str]:
    from headstamp.reports import wording
    from headstamp.reports.numbers import decimal

    population = report.population
    if population is None or math.isnan(report.log10_lr):
        return [f"No likelihood ratio: {no_ratio}"]
    lines = [
        wording.likelihood_ratio_sentence(report.log10_lr),
        f"log10 LR {decimal(report.log10_lr)}, {wording.support_in_words(report.log10_lr)}; "
        f"reference population {population.identity}",
    ]
    if wording.at_bound(report.log10_lr, population.bounds):
        lines.append(wording.AT_BOUND)
    return lines


def _warnings(report: ComparisonReport) -> list[str]:
    of_scans = [
        f"{scan.name}: {warning}"
        for scan in (report.a, report.b)
        for warning in dict.fromkeys(scan.warnings + scan.prepared.quality.warnings)
    ]
    return [*of_scans, *report.warnings]
