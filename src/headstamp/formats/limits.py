"""How large a scan may be and what numbers make sense."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from headstamp.errors import UnreadableScanError

MOST_POINTS: Final = 200_000_000
"""Points of a scan; 14,000 x 14,000. A breech face at 1 um has 25 million."""

SPACINGS: Final = (1e-12, 1e3)
"""Metres: spacings outside these bounds are refused."""

HIGHEST: Final = 1e9
"""Metres: a height beyond this is a program's way to say that nothing was measured."""

_TALL: Final = 0.1
_WIDE: Final = 1e-3


def refuse_size(columns: int, rows: int, name: str) -> None:
    """Raise UnreadableScanError for sizes that no scan has."""
    if columns <= 0 or rows <= 0:
        raise UnreadableScanError(
            f"{name}: the size {columns} x {rows} is impossible; export it again"
        )
    if columns * rows > MOST_POINTS:
        raise UnreadableScanError(
            f"{name}: {columns} x {rows} points are more than the {MOST_POINTS:,} that are read; "
            "crop the scan or export it at a coarser spacing"
        )


def refuse_spacing(spacing_x: float, spacing_y: float, name: str) -> None:
    """Raise UnreadableScanError for spacings that are not positive numbers of a measurement."""
    for axis, spacing in (("x", spacing_x), ("y", spacing_y)):
        if not SPACINGS[0] <= spacing <= SPACINGS[1]:
            raise UnreadableScanError(
                f"{name}: the spacing along {axis} is {spacing:g} m; correct it in the exporting "
                "program"
            )


def without_impossible(heights: NDArray[np.floating[Any]], warnings: list[str]) -> None:
    """Set infinite heights and those beyond ``HIGHEST`` to NaN, in place, and say so."""
    impossible = np.abs(heights) > HIGHEST
    count = int(np.count_nonzero(impossible))
    if count:
        heights[impossible] = np.nan
        warnings.append(f"{count:,} impossible heights were taken as not measured")


def doubts(heights: NDArray[np.floating[Any]], spacing_x: float, spacing_y: float) -> list[str]:
    """Warnings where the numbers are so large that the unit is probably not the metre."""
    found = []
    spacing = max(spacing_x, spacing_y)
    if spacing > _WIDE:
        found.append(f"the points are {spacing:g} m apart: check the unit in the exporting program")
    measured = heights[np.isfinite(heights)]
    span = float(measured.max()) - float(measured.min()) if measured.size else 0.0
    if span > _TALL:
        found.append(f"the heights span {span:g} m: check the unit in the exporting program")
    return found
