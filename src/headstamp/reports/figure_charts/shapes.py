"""Boundaries laid flat for drawing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from headstamp.reports.charts import Specification
from headstamp.reports.figure_charts.frame import QUIET, WIDTH

TALLEST: Final = 560
PROJECTION: Final[Specification] = {"type": "identity", "reflectY": True}

Position = Sequence[float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A flat sheet on which a city lies: metres east and north of its middle.

    Over a city the error of an equirectangular projection is less than a line's width.
    """

    longitude: float
    latitude: float
    width: float
    height: float

    @classmethod
    def around(cls, positions: Sequence[Position]) -> Sheet:
        """The sheet that holds positions, longitude first.

        Raises
        ------
        ValueError
            If there is none.
        """
        longitudes, latitudes = zip(*(one[:2] for one in positions), strict=True)
        middle = (min(latitudes) + max(latitudes)) / 2
        east = (max(longitudes) - min(longitudes)) * math.cos(math.radians(middle))
        return cls(
            (min(longitudes) + max(longitudes)) / 2,
            middle,
            max(1.0, east * 111_320.0),
            max(1.0, (max(latitudes) - min(latitudes)) * 111_320.0),
        )

    def flat(self, position: Position) -> list[int]:
        """A position in whole metres."""
        shrunk = math.cos(math.radians(self.latitude))
        return [
            round((position[0] - self.longitude) * 111_320.0 * shrunk),
            round((position[1] - self.latitude) * 111_320.0),
        ]

    @property
    def size(self) -> Specification:
        """Width and height of the drawing, pixels."""
        height = round(WIDTH * self.height / self.width)
        if height <= TALLEST:
            return {"width": WIDTH - 10, "height": height}
        return {"width": WIDTH - 10, "height": TALLEST}


def positions(collection: Mapping[str, Any]) -> Iterator[Position]:
    """Every corner of a collection's polygons."""
    for feature in collection["features"]:
        yield from _corners((feature.get("geometry") or {}).get("coordinates", ()))


def laid_flat(sheet: Sheet, geometry: Mapping[str, Any]) -> dict[str, Any]:
    """A geometry on the sheet."""
    return {"type": geometry["type"], "coordinates": _flat(sheet, geometry["coordinates"])}


def outlines(sheet: Sheet, collection: Mapping[str, Any]) -> Specification:
    """A layer of thin boundaries."""
    return {
        "data": {"values": features(sheet, collection)},
        "mark": {"type": "geoshape", "fill": "#ffffff", "stroke": QUIET, "strokeWidth": 0.6},
    }


def features(sheet: Sheet, collection: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Polygons on the sheet, without what else is known of them."""
    return [
        {"type": "Feature", "properties": {}, "geometry": laid_flat(sheet, one["geometry"])}
        for one in collection["features"]
        if one.get("geometry")
    ]


def _corners(coordinates: Any) -> Iterator[Position]:
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates
        return
    for one in coordinates:
        yield from _corners(one)


def _flat(sheet: Sheet, coordinates: Any) -> Any:
    if coordinates and isinstance(coordinates[0], int | float):
        return sheet.flat(coordinates)
    return [_flat(sheet, one) for one in coordinates]
