"""Points on the map as everybody may see them: with a class of number, and never the number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from headstamp.incidents.places.blocks import CLASSES
from headstamp.incidents.suppression import SMALL

LEVELS: Final = (0.001, 0.01, 0.05)
"""Below which of these a p-value lies is said, not the value."""


def public_points(points: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Points with their class alone; none where a number could be told from their total.

    The total is known. If every block had one, or every block four, it would say so: then no point
    is shown.

    Parameters
    ----------
    points : sequence of mapping
        With ``count`` and ``class``.
    """
    total = sum(one["count"] for one in points)
    ends = [CLASSES[one["class"]] for one in points]
    least, most = sum(low for low, _ in ends), sum(high for _, high in ends)
    spread = len(SMALL) - 1
    can_be_told = any(low == SMALL[0] for low, _ in ends) and (
        total - least < spread or most - total < spread
    )
    if can_be_told:
        return []
    return [{key: value for key, value in one.items() if key != "count"} for one in points]


def public_cells(cells: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Hot spots without their number, and with a statistic too coarse to compute it from."""
    return [
        {
            **{key: value for key, value in one.items() if key != "count"},
            "z": float(round(one["z"])),
            "p": next((level for level in LEVELS if one["p"] <= level), 1.0),
        }
        for one in cells
    ]
