"""From the stored values of an X3P file to heights on a regular grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from headstamp.errors import UnreadableScanError
from headstamp.formats.limits import refuse_size
from headstamp.formats.scan_file import FileHeights
from headstamp.formats.x3p_document import Axis, Document

USUAL_SPAN: Final = 1e-5
"""Metres between the lowest and the highest point of a fine mark, to tell units apart."""

SPARSEST: Final = 20
"""Grid points a listed point at most; a list that needs more does not lie on a grid."""

_UNKNOWN_STEP: Final = 1e-6

Stored: TypeAlias = dict[str, NDArray[Any]]
"""Stored values of the axes x, y, z: (points,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Heights (H, W), metres; spacing and place of the first point as (x, y), metres.

    ``flipped`` says of x and y whether the file's order was turned round.
    """

    heights: FileHeights
    spacing: tuple[float, float]
    offset: tuple[float, float]
    flipped: tuple[bool, bool] = (False, False)


def scaled(values: NDArray[Any], axis: Axis, label: str, warnings: list[str]) -> FileHeights:
    """Stored values of an axis in metres, NaN where nothing was measured.

    Whole numbers are multiplied by the increment. So are floating-point values, except where an
    increment other than 1 would make them absurd: some programs write one and store metres.
    """
    if axis.incremental:
        warnings.append(f"{label} is called incremental but stores values; they were read")
    increment = axis.increment
    if axis.dtype.kind == "f":
        if increment in (None, 0.0, 1.0) or _metres(values, increment or 1.0, label, warnings):
            increment = 1.0
    elif increment in (None, 0.0):
        warnings.append(f"{label} gives no increment; its values were taken as metres")
        increment = 1.0
    if axis.dtype.kind == "f" and increment == 1.0 and not axis.offset:
        return np.array(values, dtype=values.dtype)
    with np.errstate(all="ignore"):
        return np.asarray(values.astype(np.float64) * increment + axis.offset)


def _metres(values: NDArray[Any], increment: float, label: str, warnings: list[str]) -> bool:
    """Whether floating-point values are metres in spite of their increment: whichever reading
    spans closer to ``USUAL_SPAN`` is taken, in the logarithm; metres where both are as close."""
    with np.errstate(all="ignore"):
        measured = values[np.isfinite(values)]
        span = float(np.ptp(measured.astype(np.float64))) if measured.size else 0.0
        far = np.abs(np.log10(np.array([span, span * abs(increment)]) / USUAL_SPAN))
    metres = not far[1] < far[0]
    how = "as other readers do, they were taken as metres" if metres else "they were multiplied"
    warnings.append(
        f"{label} stores floating-point values and an increment of {increment:g}; {how}"
    )
    return metres


def from_matrix(document: Document, stored: Stored, name: str, warnings: list[str]) -> Grid:
    """The first layer of a matrix, its rows along y."""
    columns, rows, layers = document.size or (0, 0, 0)
    if layers > 1:
        warnings.append(f"the file holds {layers} layers; only the first was read")
    shape = (layers, rows, columns)
    heights = scaled(stored["z"].reshape(shape)[0], document.z, "axis CZ", warnings)
    spacing, offset, flipped = [], [], []
    for label, axis, key, way in (("CX", document.x, "x", 1), ("CY", document.y, "y", 0)):
        if key not in stored:
            spacing.append(axis.increment or 0.0)
            offset.append(axis.offset)
            flipped.append(False)
            continue
        places = scaled(stored[key].reshape(shape)[0], axis, f"axis {label}", warnings)
        step, first = _regular(places, way, label, name, warnings)
        if step < 0:
            warnings.append(f"the places along {label} run backwards; the scan was turned round")
            heights = np.flip(heights, way)
        spacing.append(abs(step))
        offset.append(first)
        flipped.append(step < 0)
    return Grid(
        np.ascontiguousarray(heights),
        (spacing[0], spacing[1]),
        (offset[0], offset[1]),
        (flipped[0], flipped[1]),
    )


def _regular(
    places: FileHeights, way: int, label: str, name: str, warnings: list[str]
) -> tuple[float, float]:
    """The step of an axis whose places are stored point by point, and the lowest place."""
    known = places[np.isfinite(places)]
    if not known.size:
        raise UnreadableScanError(f"{name}: axis {label} stores no places; export the scan again")
    first = float(known.min())
    if places.shape[way] < 2:
        warnings.append(f"one point along {label} has no spacing; 1 um was assumed")
        return _UNKNOWN_STEP, first
    with np.errstate(all="ignore"):
        steps = np.diff(places.astype(np.float64), axis=way)
    steps = steps[np.isfinite(steps)]
    if not steps.size:
        raise UnreadableScanError(f"{name}: axis {label} stores no places; export the scan again")
    step = float(np.median(steps))
    if np.abs(steps - step).max() > 0.01 * abs(step):
        warnings.append(f"the places along {label} are uneven; their median step was used")
    return step, first


def from_list(document: Document, stored: Stored, name: str, warnings: list[str]) -> Grid:
    """Points in any order, put on the grid of their places."""
    x, y, z = (
        np.asarray(scaled(stored[key], axis, f"axis C{key.upper()}", warnings), dtype=np.float64)
        for key, axis in (("x", document.x), ("y", document.y), ("z", document.z))
    )
    known = np.isfinite(x) & np.isfinite(y)
    if not known.any():
        raise UnreadableScanError(f"{name}: the list of points holds no places; export it again")
    x, y, z = x[known], y[known], z[known]
    step_x, step_y = _step(x), _step(y)
    columns, rows = _places(x, step_x), _places(y, step_y)
    if not columns.max() * rows.max() <= SPARSEST * len(z) + 100:
        raise UnreadableScanError(
            f"{name}: its {len(z):,} points do not lie on a grid; export the scan as a matrix"
        )
    column, row = columns.astype(np.int64), rows.astype(np.int64)
    shape = int(row.max()) + 1, int(column.max()) + 1
    refuse_size(shape[1], shape[0], name)
    heights = np.full(shape, np.nan)
    heights[row, column] = z
    warnings.append(f"a list of {len(z):,} points was put on a grid of {shape[1]} x {shape[0]}")
    return Grid(heights, (step_x, step_y), (float(x.min()), float(y.min())))


def _places(places: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    with np.errstate(all="ignore"):
        return np.asarray(np.rint((places - places.min()) / step))


def _step(places: NDArray[np.float64]) -> float:
    """The usual distance of neighbouring places along one axis, metres."""
    with np.errstate(all="ignore"):
        ordered = np.unique(places)
        gaps = np.diff(ordered)
        extent = float(ordered[-1] - ordered[0])
    gaps = gaps[gaps > 1e-6 * extent]
    return float(np.median(gaps)) if len(gaps) else _UNKNOWN_STEP
