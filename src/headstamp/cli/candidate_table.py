"""How the candidates of a search are printed."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from headstamp.cli.console import stderr, stdout

if TYPE_CHECKING:
    from headstamp.evaluation.reference import ReferencePopulation
    from headstamp.gallery.candidates import Candidate, SearchResult

STAGES: Final = {"shortlist": "Shortlist", "screen": "Pose screen", "compare": "Comparison"}
"""Names of the stages for the user."""


def as_dict(candidate: Candidate, log10_lr: float) -> dict[str, Any]:
    """One candidate for ``--json``; names may be added, never changed."""
    comparison, record = candidate.comparison, candidate.record
    y, x = comparison.pose.shift
    return {
        "rank": candidate.rank,
        "scan": record.name,
        "congruent_cells": comparison.congruent_cells,
        "cells": comparison.cells,
        "aligned_correlation": comparison.aligned_correlation,
        "log10_lr": log10_lr,
        "pose": {"rotation_deg": comparison.pose.rotation_deg, "shift_um": [y * 1e6, x * 1e6]},
        "overlap_mm2": comparison.overlap * 1e6,
        "sha256": record.sha256,
        "index": record.index,
        "labels": record.labels,
        "screen_score": candidate.screen_score,
        "shortlist_score": candidate.shortlist_score,
    }


def print_result(
    scan: Path,
    gallery: Path,
    result: SearchResult,
    *,
    shown: tuple[Candidate, ...],
    ratios: list[float],
    population: ReferencePopulation | None,
) -> None:
    """Print the ranked candidates, what they are not, and the time of each stage."""
    from rich.markup import escape

    from headstamp.reports.wording import LEAD_SENTENCE

    if shown:
        stdout.print(f"{escape(str(scan))} searched against {result.searched} scans", markup=True)
        stdout.print(_table(shown, ratios))
        if population:
            stdout.print(f"log10 LR: {escape(population.identity)}")
        stdout.print(LEAD_SENTENCE, style="bold")
    explain_nothing(gallery, result)
    for stage in result.stages:
        stdout.print(
            f"{STAGES[stage.stage]:<12}{stage.records:>9,} scans {stage.seconds:>8.2f} s",
            markup=False,
        )


def _table(shown: tuple[Candidate, ...], ratios: list[float]) -> Any:
    from rich.markup import escape
    from rich.table import Table

    table = Table()
    for column in ("rank", "scan", "congruent cells", "aligned r", "log10 LR", "case", "exhibit"):
        table.add_column(column, justify="left" if column in ("scan", "case") else "right")
    for candidate, ratio in zip(shown, ratios, strict=True):
        comparison, record = candidate.comparison, candidate.record
        table.add_row(
            str(candidate.rank),
            escape(record.name),
            f"{comparison.congruent_cells} of {comparison.cells}",
            f"{comparison.aligned_correlation:.3f}",
            "-" if math.isnan(ratio) else f"{ratio:+.2f}",
            escape(record.labels.get("case", "")),
            escape(record.labels.get("exhibit", "")),
        )
    return table


def explain_nothing(gallery: Path, result: SearchResult) -> None:
    """Why there are no candidates, where there are none."""
    from headstamp.reports.wording import NO_CANDIDATES, NOTHING_SEARCHED

    if result.candidates:
        return
    if not result.searched:
        stderr.print(f"{gallery}: {NOTHING_SEARCHED}", markup=False)
    else:
        stderr.print(NO_CANDIDATES, markup=False)
