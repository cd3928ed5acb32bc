"""What a contact sheet says, as texts ready to print; pages and PDFs share it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from headstamp.reports import wording
from headstamp.reports.numbers import decimal, parameter_parts, sentences
from headstamp.reports.population_content import error_rate_rows, population_rows

if TYPE_CHECKING:
    from headstamp.reports.contact_sheet import SearchReport, SheetCandidate


def content(report: SearchReport) -> dict[str, Any]:
    """All texts of a sheet; values are strings, booleans, and lists and dictionaries of them."""
    population = report.population
    return {
        "wording": {
            "unconfirmed": wording.UNCONFIRMED,
            "lead": wording.LEAD_SENTENCE,
            "unconfirmed_sentence": wording.UNCONFIRMED_SENTENCE,
            "state": wording.LEAD_STATE,
            "measure": wording.MEASURE,
            "shows": wording.SEARCH_SHOWS,
            "does_not_show": wording.SEARCH_DOES_NOT_SHOW,
            "no_candidates": wording.NO_CANDIDATES,
            "nothing_searched": wording.NOTHING_SEARCHED,
            "no_population": wording.NO_POPULATION,
            "limits": list(wording.LIMITS),
        },
        "program": report.versions.get("headstamp", ""),
        "query": {"name": report.query_name, "sha256": report.query_sha256},
        "searched": f"{report.searched:,}",
        "anything_searched": report.searched > 0,
        "count": str(len(report.candidates)),
        "candidates": [_candidate(candidate) for candidate in report.candidates],
        "has_truth": any(candidate.truth for candidate in report.candidates),
        "gallery": [list(row) for row in report.gallery],
        "stages": list(_stages(report)),
        "population": population_rows(population) if population else [],
        "error_rates": error_rate_rows(population) if population else [],
        "warnings": sentences(report.warnings),
        "parameters": list(parameter_parts(report.parameters)),
        "versions": [[name, text] for name, text in report.versions.items()],
    }


def _candidate(candidate: SheetCandidate) -> dict[str, Any]:
    return {
        "rank": str(candidate.rank),
        "scan": candidate.scan,
        "congruent": f"{candidate.congruent_cells} of {candidate.cells}",
        "correlation": decimal(candidate.aligned_correlation),
        "log10_lr": decimal(candidate.log10_lr) if math.isfinite(candidate.log10_lr) else "none",
        "support": wording.support_in_words(candidate.log10_lr),
        "labels": [list(label) for label in candidate.labels if label[1]],
        "sha256": candidate.sha256,
        "link": quote(candidate.report_link, safe="/"),
        "truth": candidate.truth,
        "image": f"candidate_{candidate.rank}" if candidate.surface is not None else "",
    }


def _stages(report: SearchReport) -> Iterator[list[str]]:
    for name, scans, seconds in report.stages:
        yield [name, f"{scans:,}", f"{seconds:.2f} s"]
    if report.stages:
        yield ["All", f"{report.searched:,}", f"{sum(stage[2] for stage in report.stages):.2f} s"]
