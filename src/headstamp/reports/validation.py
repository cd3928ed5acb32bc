"""A validation as a page, figures, tables and JSON; byte-identical when repeated."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

import numpy as np
from markupsafe import Markup

from headstamp.evaluation.error_rates import ErrorRates, Rate
from headstamp.evaluation.method import Method
from headstamp.evaluation.validation import PRIMARY_SCORE, ScoreSummary, Spread, Validation
from headstamp.formats.json_text import json_text
from headstamp.reports.charts import STYLE, render_svg
from headstamp.reports.pages import render_page
from headstamp.reports.validation_charts import Figure, figures

WORST: Final = 10
"""Pairs of each truth that a report lists by name."""

LABELS: Final = {
    "aligned_correlation": "aligned correlation",
    "congruent_cells": "congruent cells, both directions",
    "congruent_fraction": "congruent fraction of the cells",
    "cmc": "CMC (Song 2013)",
    "high_cmc": "High-CMC (Tong 2015)",
    "log10_lr": "log10 likelihood ratio",
}

COUNTS: Final = frozenset({"congruent_cells", "cmc", "high_cmc"})
"""Scores that are whole numbers."""


@dataclass(frozen=True, slots=True)
class ValidatedScan:
    """One scan of the collection.

    Parameters
    ----------
    file : str
        As the table of truth names it.
    source : str
    sha256 : str
        Of the file; empty when it could not be read.
    instrument : str
    usable_area : float
        Square metres; NaN when it could not be prepared.
    warnings : tuple of str
    failure : str
        Why it could not be used; empty when it was.
    """

    file: str
    source: str
    sha256: str = ""
    instrument: str = ""
    usable_area: float = math.nan
    warnings: tuple[str, ...] = ()
    failure: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ValidationResult:
    """Everything a validation report states.

    Parameters
    ----------
    collection : str
        Name of the folder.
    source_column : str
    used : tuple of ValidatedScan
        In the order that ``validation.pairs`` counts them in.
    unreadable : tuple of ValidatedScan
        Scans that could not be read or prepared.
    validation : Validation
    method : Method
    """

    collection: str
    source_column: str
    used: tuple[ValidatedScan, ...]
    unreadable: tuple[ValidatedScan, ...]
    validation: Validation
    method: Method


def as_json(result: ValidationResult) -> dict[str, Any]:
    """The numbers under their published keys; an undefined one is NaN, its reason beside it."""
    found = result.validation
    return {
        "pairs": len(found.pairs),
        "same": found.same,
        "different": found.different,
        "scans": len(result.used),
        "firearms": found.pairs.firearms,
        "score": PRIMARY_SCORE,
        "auc": found.auc,
        "equal_error_rate": found.equal_error_rate,
        "equal_error_rate_interval": list(found.equal_error_rate_interval),
        "cllr": found.cllr,
        "cllr_interval": list(found.cllr_interval),
        "cllr_min": found.cllr_min,
        "cllr_floor": found.cllr_floor,
        "misleading": {"same": found.misleading_same, "different": found.misleading_different},
        "scores": {name: _summary(entry) for name, entry in found.scores.items()},
        "error_rates": [_error_rates(entry) for entry in found.error_rates],
        "without_overlap": {
            "same": found.without_score_same,
            "different": found.without_score_different,
        },
        "without_likelihood_ratio": {
            "same": found.without_lr_same,
            "different": found.without_lr_different,
        },
        "undefined": dict(found.undefined),
        "unreadable": [
            {"file": scan.file, "source": scan.source, "reason": scan.failure}
            for scan in result.unreadable
        ],
        "calibration": _calibration(found),
        "method": {
            "processing_version": result.method.processing_version,
            "processing": dict(result.method.processing),
            "comparison_version": result.method.comparison_version,
            "comparison": dict(result.method.comparison),
        },
    }


def report_files(result: ValidationResult) -> dict[str, bytes]:
    """The files of a report, by name: page, figures, numbers, pairs and scans."""
    drawn = figures(result.validation, LABELS)
    pictures = {figure.name: render_svg(figure.name, figure.specification) for figure in drawn}
    files = {
        "index.html": _page(result, drawn, pictures),
        "validation.json": json_text(as_json(result)) + "\n",
        "pairs.csv": _pairs_csv(result),
        "scans.csv": _scans_csv(result),
    }
    files |= {f"{name}.svg": svg for name, svg in pictures.items()}
    return {name: text.encode("utf-8") for name, text in files.items()}


def _page(result: ValidationResult, drawn: tuple[Figure, ...], pictures: dict[str, str]) -> str:
    return render_page(
        "validation.html.j2",
        result=result,
        validation=result.validation,
        labels=LABELS,
        counts=COUNTS,
        figures=drawn,
        svg={name: Markup(svg) for name, svg in pictures.items()},  # noqa: S704
        worst_same=_worst(result, same=True),
        worst_different=_worst(result, same=False),
        chart_style=Markup(STYLE),  # noqa: S704
        number=number,
        interval=interval,
    )


def number(value: float, digits: int = 3, percent: bool = False) -> str:
    """A number for people; one that is undefined says so."""
    if value is None or math.isnan(value):
        return "undefined"
    if percent:
        return f"{100 * value:.{digits}f} %"
    if digits == 0:
        return f"{value:g}"
    return f"{value:.{digits}f}"


def interval(values: tuple[float, float], digits: int = 3, percent: bool = False) -> str:
    """An interval for people."""
    if any(math.isnan(value) for value in values):
        return "undefined"
    return " to ".join(number(value, digits, percent) for value in values)


def _worst(result: ValidationResult, same: bool) -> list[dict[str, Any]]:
    """Same-source pairs that score lowest, or different-source pairs that score highest."""
    pairs = result.validation.pairs
    score = pairs.scores[PRIMARY_SCORE]
    score = np.where(np.isnan(score), -np.inf, score)
    chosen = np.flatnonzero(pairs.same == same)
    order = np.argsort(score[chosen] if same else -score[chosen], kind="stable")
    return [_pair(result, int(row)) for row in chosen[order[:WORST]]]


def _pair(result: ValidationResult, row: int) -> dict[str, Any]:
    pairs = result.validation.pairs
    first, second = result.used[pairs.first[row]], result.used[pairs.second[row]]
    return {
        "file_a": first.file,
        "file_b": second.file,
        "source_a": first.source,
        "source_b": second.source,
        "same": int(pairs.same[row]),
        **{name: float(values[row]) for name, values in pairs.scores.items()},
    }


def _pairs_csv(result: ValidationResult) -> str:
    rows = [_pair(result, row) for row in range(len(result.validation.pairs))]
    return _csv([_precise(row) for row in rows])


def _scans_csv(result: ValidationResult) -> str:
    return _csv(
        [
            _precise(
                {
                    "file": scan.file,
                    "source": scan.source,
                    "sha256": scan.sha256,
                    "instrument": scan.instrument,
                    "usable_area_mm2": scan.usable_area * 1e6,
                    "warnings": "; ".join(scan.warnings),
                    "failure": scan.failure,
                }
            )
            for scan in (*result.used, *result.unreadable)
        ]
    )


def _csv(rows: list[dict[str, Any]]) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _precise(row: dict[str, Any]) -> dict[str, Any]:
    """Numbers with six digits, NaN as an empty cell, and no text a spreadsheet would run."""
    return {key: _cell(value) for key, value in row.items()}


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.6g}"
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + value
    return value


def _summary(entry: ScoreSummary) -> dict[str, Any]:
    return {
        "same": _spread(entry.same),
        "different": _spread(entry.different),
        "auc": entry.auc,
        "equal_error_rate": entry.equal_error_rate,
    }


def _spread(entry: Spread) -> dict[str, float]:
    return {"min": entry.minimum, "median": entry.median, "max": entry.maximum}


def _error_rates(entry: ErrorRates) -> dict[str, Any]:
    return {
        "score": entry.score,
        "threshold": entry.threshold,
        "missed": _rate(entry.missed),
        "false": _rate(entry.false),
    }


def _rate(entry: Rate) -> dict[str, Any]:
    return {
        "errors": entry.errors,
        "pairs": entry.trials,
        "rate": entry.rate,
        "interval": list(entry.interval),
        "interval_over_firearms": list(entry.bootstrap),
    }


def _calibration(found: Validation) -> dict[str, Any] | None:
    if found.calibration is None:
        return None
    calibration = found.calibration
    return {
        "mean": list(calibration.mean),
        "scale": list(calibration.scale),
        "slope": list(calibration.slope),
        "intercept": calibration.intercept,
        "log10_lr_bounds": [calibration.lower, calibration.upper],
    }
