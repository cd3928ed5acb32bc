"""What the report of a comparison says, as texts ready to print; pages and PDFs share it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from headstamp.comparison.congruence import SONG_THRESHOLD
from headstamp.comparison.result import CellTable, Comparison
from headstamp.reports import wording
from headstamp.reports.cell_drawing import NO_CORRELATION
from headstamp.reports.numbers import (
    decimal,
    micrometres,
    parameter_parts,
    percent,
    sentences,
    square_millimetres,
)
from headstamp.reports.population_content import (
    error_rate_rows,
    likelihood_ratio,
    population_rows,
)

if TYPE_CHECKING:
    from headstamp.reports.comparison import ComparisonReport, ReportedScan

METHOD: Final = (
    "Each scan is masked, levelled, filtered to the fine marks and divided by its local roughness, "
    "so that form and depth play no part.",
    "One surface is turned and shifted over the other; the places where they agree best are "
    "followed up.",
    "Each surface is cut into square cells, and every cell is sought on the other surface near "
    "where that position puts it. A cell is congruent when it correlates well enough and lies "
    "where the other congruent cells say it should. This is done in both directions.",
    "At the position the cells agree on, the whole shared surface is correlated once: the aligned "
    "correlation, 1 for equal surfaces, near 0 for unrelated ones.",
)
PUBLISHED: Final = (
    ("cmc", "CMC (Song 2013)", SONG_THRESHOLD),
    ("high_cmc", "High-CMC (Tong 2015)", SONG_THRESHOLD),
)


def content(report: ComparisonReport) -> dict[str, Any]:
    """All texts of a report; values are strings, booleans, and lists and dictionaries of them."""
    comparison, population = report.comparison, report.population
    return {
        "wording": {
            "unconfirmed": wording.UNCONFIRMED,
            "lead": wording.LEAD_SENTENCE,
            "unconfirmed_sentence": wording.UNCONFIRMED_SENTENCE,
            "measure": wording.MEASURE,
            "shows": wording.COMPARISON_SHOWS,
            "does_not_show": wording.COMPARISON_DOES_NOT_SHOW,
        },
        "program": report.versions.get("headstamp", ""),
        "a": _scan(report.a),
        "b": _scan(report.b),
        "reason": comparison.reason,
        "scores": _scores(comparison),
        "rows": _score_rows(comparison),
        "published": _published(comparison),
        "pose": _pose(comparison),
        "lr": likelihood_ratio(report.log10_lr, population),
        "population": population_rows(population) if population else [],
        "error_rates": error_rate_rows(population) if population else [],
        "warnings": sentences(report.warnings),
        "method": list(METHOD),
        "cell_size": micrometres(comparison.cell_size),
        "cells_of_a": _cell_rows(comparison.cells_of_a),
        "cells_of_b": _cell_rows(comparison.cells_of_b),
        "parameters": list(parameter_parts(report.parameters)),
        "versions": [[name, text] for name, text in report.versions.items()],
    }


def _scan(scan: ReportedScan) -> dict[str, Any]:
    quality = scan.prepared.quality
    height, width = scan.topography.extent
    rows, columns = scan.topography.heights.shape
    return {
        "name": scan.name,
        "sha256": scan.sha256,
        "facts": [
            *([label, text] for label, text in scan.description),
            ["Size", f"{width * 1e3:.2f} × {height * 1e3:.2f} mm, {columns} × {rows} points"],
            ["Spacing", micrometres(scan.topography.spacing, 3)],
            [
                "Usable surface",
                f"{square_millimetres(quality.usable_area)} "
                f"({percent(quality.usable_share)} of the scan)",
            ],
        ],
        "warnings": sentences(scan.warnings + quality.warnings),
    }


def _scores(comparison: Comparison) -> dict[str, str]:
    return {
        "congruent": str(comparison.congruent_cells),
        "cells": str(comparison.cells),
        "correlation": decimal(comparison.aligned_correlation),
        "overlap": square_millimetres(comparison.overlap),
    }


def _score_rows(comparison: Comparison) -> list[list[str]]:
    """Measure, cells of A, cells of B, both."""
    tables = (comparison.cells_of_a, comparison.cells_of_b)
    shares = [percent(t.congruent_count / len(t) if len(t) else float("nan")) for t in tables]
    counts = [str(table.congruent_count) for table in tables]
    return [
        ["Cells compared", *(str(len(table)) for table in tables), str(comparison.cells)],
        ["Congruent cells", *counts, str(comparison.congruent_cells)],
        ["Share congruent", *shares, percent(comparison.congruent_fraction)],
    ]


def _published(comparison: Comparison) -> list[list[str]]:
    """Rule, congruent cells by that rule, its published threshold."""
    return [
        [name, str(comparison.published[key]), f"{threshold} or more"]
        for key, name, threshold in PUBLISHED
        if key in comparison.published
    ]


def _pose(comparison: Comparison) -> str:
    y, x = comparison.pose.shift
    angle = comparison.pose.rotation_deg
    return (
        f"A was turned {abs(angle):.1f}° {'anti' if angle < 0 else ''}clockwise about its centre, "
        f"then moved {micrometres(abs(x))} {'left' if x < 0 else 'right'} "
        f"and {micrometres(abs(y))} {'up' if y < 0 else 'down'}"
    )


def _found(correlation: float, residual: float) -> tuple[str, str]:
    if correlation <= NO_CORRELATION:
        return "no surface", ""
    return decimal(correlation), micrometres(residual)


def _cell_rows(table: CellTable) -> list[list[Any]]:
    """Number, correlation, distance from the common position, whether congruent."""
    return [
        [str(i + 1), *_found(float(r), float(d)), bool(c)]
        for i, (r, d, c) in enumerate(
            zip(table.correlation, table.residual, table.congruent, strict=True)
        )
    ]
