"""The charts of a validation report, each with the table it is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from headstamp.evaluation.roc import OperatingPoints, operating_points
from headstamp.evaluation.thresholds import FIXED
from headstamp.evaluation.tippett import tippett
from headstamp.evaluation.validation import PRIMARY_SCORE, Validation
from headstamp.reports import charts

BINS: Final = 24
MOST_POINTS: Final = 400
"""Points drawn of a curve."""

MOST_ROWS: Final = 25
"""Rows shown of a curve's table."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart and its table.

    Parameters
    ----------
    name : str
        Of its file, without ending.
    title, caption : str
    specification : dict
        Vega-Lite.
    columns : tuple of str
    rows : tuple of tuple of str
    """

    name: str
    title: str
    caption: str
    specification: charts.Specification
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figures(validation: Validation, labels: dict[str, str]) -> tuple[Figure, ...]:
    """Score distributions, ROC, DET and Tippett plot; those without data are left out."""
    drawn = [
        _histogram(validation, name, labels.get(name, name))
        for name in validation.scores
        if np.isfinite(validation.pairs.scores[name]).any()
    ]
    if 0 < validation.same < len(validation.pairs):
        points = operating_points(validation.pairs.scores[PRIMARY_SCORE], validation.pairs.same)
        drawn += [_roc(points), _det(points, validation)]
    if validation.scores["log10_lr"].same.median == validation.scores["log10_lr"].same.median:
        drawn.append(_tippett(validation))
    return tuple(drawn)


def _histogram(validation: Validation, name: str, label: str) -> Figure:
    values, same = validation.pairs.scores[name], validation.pairs.same
    edges = _edges(values)
    counts = [
        np.histogram(values[chosen & np.isfinite(values)], edges)[0] for chosen in (same, ~same)
    ]
    totals = [int(np.count_nonzero(chosen)) for chosen in (same, ~same)]
    data = [
        {
            "low": _short(edges[index]),
            "high": _short(edges[index + 1]),
            "share": _short(count[index] / total),
            "truth": truth,
        }
        for truth, count, total in zip(charts.TRUTHS, counts, totals, strict=True)
        if total
        for index in range(len(count))
    ]
    threshold = FIXED.get(name)
    where = "" if threshold is None else f" The dashed rule is the threshold {threshold:g}."
    missing = int(np.count_nonzero(~np.isfinite(values)))
    absent = f" {missing} pairs without this score are not drawn." if missing else ""
    rows = tuple(
        (f"{edges[i]:.3g} to {edges[i + 1]:.3g}", str(counts[0][i]), str(counts[1][i]))
        for i in range(len(edges) - 1)
        if counts[0][i] or counts[1][i]
    )
    return Figure(
        name=f"scores-{name.replace('_', '-')}",
        title=f"Distribution: {label}",
        caption=f"Share of the {totals[0]} same-firearm and the {totals[1]} different-firearm "
        f"pairs, each kind on its own scale.{where}{absent}",
        specification=charts.histogram(label, data, threshold),
        columns=(label, *charts.TRUTHS),
        rows=rows,
    )


def _edges(values: NDArray[np.float64]) -> NDArray[np.float64]:
    known = values[np.isfinite(values)]
    low, high = float(known.min()), float(known.max())
    if np.all(known == np.round(known)):
        step = max(1, int(np.ceil((high - low + 1) / BINS)))
        return np.arange(low - 0.5, high + step + 0.5, step)
    if high == low:
        low, high = low - 0.5, high + 0.5
    return np.linspace(low, high, BINS + 1)


def _roc(points: OperatingPoints) -> Figure:
    chosen = _corners(points)
    data = [
        {
            "false": _short(points.false[index]),
            "linked": _short(1.0 - points.missed[index]),
            "order": order,
        }
        for order, index in enumerate(chosen)
    ]
    return Figure(
        name="roc",
        title="ROC curve of the aligned correlation",
        caption="Each point is a threshold: pairs at or above it are linked.",
        specification=charts.roc(data),
        columns=("threshold", "same firearm linked", "different firearms linked"),
        rows=tuple(
            (_threshold(points, i), _percent(1.0 - points.missed[i]), _percent(points.false[i]))
            for i in _thinned(chosen, MOST_ROWS)
        ),
    )


def _det(points: OperatingPoints, validation: Validation) -> Figure:
    least_missed, least_false = 0.5 / validation.same, 0.5 / validation.different
    chosen = _corners(points)
    missed = np.clip(points.missed, least_missed, 1.0 - least_missed)
    false = np.clip(points.false, least_false, 1.0 - least_false)
    data = [
        {
            "false": _short(float(stats.norm.ppf(false[index]))),
            "missed": _short(float(stats.norm.ppf(missed[index]))),
            "order": order,
        }
        for order, index in enumerate(chosen)
    ]
    shares = [0.0001, 0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999, 0.9999]
    smallest = min(least_missed, least_false)
    shares = [share for share in shares if min(share, 1 - share) >= smallest / 10]
    ticks = [(float(stats.norm.ppf(share)), f"{100 * share:g} %") for share in shares]
    return Figure(
        name="det",
        title="DET curve of the aligned correlation",
        caption="Axes are normal deviates. No errors at all cannot be drawn on them: such a "
        "rate is drawn as half an error.",
        specification=charts.det(data, ticks),
        columns=("threshold", "same firearm missed", "different firearms linked"),
        rows=tuple(
            (_threshold(points, i), _percent(points.missed[i]), _percent(points.false[i]))
            for i in _thinned(chosen, MOST_ROWS)
        ),
    )


def _tippett(validation: Validation) -> Figure:
    curves = tippett(validation.pairs.scores["log10_lr"], validation.pairs.same)
    chosen = _thinned(np.arange(len(curves.log10_lr)), MOST_POINTS)
    data: list[dict[str, Any]] = [
        {
            "log10_lr": _short(curves.log10_lr[index]),
            "share": _short(share[index]),
            "truth": truth,
        }
        for truth, share in zip(charts.TRUTHS, (curves.same, curves.different), strict=True)
        for index in chosen
        if np.isfinite(share[index])
    ]
    calibration = validation.calibration
    bounds = (calibration.lower, calibration.upper) if calibration else ()
    return Figure(
        name="tippett",
        title="Tippett plot",
        caption="Share of the pairs with at least so large a likelihood ratio, both firearms of "
        "a pair left out of its calibration. Dashed rules: LR = 1 and the bounds of the "
        "calibration on all pairs.",
        specification=charts.tippett(data, bounds),
        columns=("log10 LR", *charts.TRUTHS),
        rows=tuple(
            (
                f"{curves.log10_lr[i]:.2f}",
                _percent(curves.same[i]),
                _percent(curves.different[i]),
            )
            for i in _thinned(chosen, MOST_ROWS)
        ),
    )


def _corners(points: OperatingPoints) -> NDArray[np.intp]:
    """Where the curve turns, and its ends."""
    moved = np.sign(np.diff(points.missed)) + 2 * np.sign(np.diff(points.false))
    turns = 1 + np.flatnonzero(moved[1:] != moved[:-1])
    return _thinned(np.concatenate([[0], turns, [len(points.missed) - 1]]), MOST_POINTS)


def _thinned(chosen: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    if len(chosen) <= most:
        return chosen
    return chosen[np.unique(np.linspace(0, len(chosen) - 1, most).round().astype(np.intp))]


def _threshold(points: OperatingPoints, index: int) -> str:
    value = float(points.threshold[index])
    if np.isinf(value):
        return "none linked" if value > 0 else "all linked"
    return f"{value:.4f}"


def _percent(share: float) -> str:
    return "undefined" if np.isnan(share) else f"{100 * share:.2f} %"


def _short(value: float) -> float:
    """Six digits: enough for a picture, the same on every machine."""
    return float(f"{value:.6g}")
