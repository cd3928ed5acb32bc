"""How large a scan may be and what spacings make sense."""

from __future__ import annotations

import math
from typing import Final

from headstamp.errors import UnreadableScanError

MOST_POINTS: Final = 200_000_000
"""Points of a scan; 14,000 x 14,000. A breech face at 1 um has 25 million."""


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
    """Raise UnreadableScanError for spacings that are not positive numbers."""
    for axis, spacing in (("x", spacing_x), ("y", spacing_y)):
        if not (math.isfinite(spacing) and spacing > 0):
            raise UnreadableScanError(
                f"{name}: the spacing along {axis} is {spacing:g} m; correct it in the exporting "
                "program"
            )
