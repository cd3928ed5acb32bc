"""Police districts, community areas and beats of the synthetic city, as polygons with people."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, TypeAlias

from headstamp.simulation.city_names import CITY
from headstamp.simulation.city_people import CITY_POLICE
from headstamp.simulation.city_places import BLOCK, SIDE, areas

Kind: TypeAlias = Literal["district", "area", "beat"]
Point: TypeAlias = tuple[float, float]

KINDS: Final[tuple[Kind, ...]] = ("district", "area", "beat")
REFERENCE: Final[Point] = (41.88, -87.63)
"""Latitude and longitude at which the city's local frame is put down."""

METRES_A_DEGREE: Final = 111_320.0
BEATS_A_SIDE: Final = 3
QUARTERS: Final = ("SW", "SE", "NW", "NE")


@dataclass(frozen=True, slots=True)
class CityArea:
    """A part of the city.

    Parameters
    ----------
    kind, code, name : str
        ``code`` is what the list of victims says.
    west, south, east, north : float
        Metres in the city's frame, on lines between blocks.
    population : int
    """

    kind: Kind
    code: str
    name: str
    west: float
    south: float
    east: float
    north: float
    population: int

    def holds(self, x: float, y: float) -> bool:
        """Whether a point, metres, is within; the western and southern edges are."""
        return self.west <= x < self.east and self.south <= y < self.north


@cache
def parts(kind: Kind) -> tuple[CityArea, ...]:
    """The districts, community areas or beats of what the city's police patrol."""
    districts = tuple(
        CityArea(
            "district", str(number), one.name, *one.polygon[0], *one.polygon[2], one.population
        )
        for number, one in enumerate((a for a in areas() if a.agency == CITY_POLICE), start=1)
    )
    if kind == "district":
        return districts
    divided = _quarters if kind == "area" else _beats
    return tuple(part for one in districts for part in divided(one))


def degrees(x: float, y: float) -> Point:
    """Latitude and longitude of a point of the city's frame, to about a tenth of a metre."""
    latitude = REFERENCE[0] + y / METRES_A_DEGREE
    longitude = REFERENCE[1] + x / (METRES_A_DEGREE * math.cos(math.radians(latitude)))
    return round(latitude, 6), round(longitude, 6)


def boundaries(kind: Kind) -> dict[str, Any]:
    """The polygons as GeoJSON; each has its code as ``area``, its name and its population."""
    return {
        "type": "FeatureCollection",
        "name": f"{CITY}: {kind}",
        "features": [_feature(one) for one in parts(kind)],
    }


def _feature(one: CityArea) -> dict[str, Any]:
    corners = [
        (one.west, one.south),
        (one.east, one.south),
        (one.east, one.north),
        (one.west, one.north),
        (one.west, one.south),
    ]
    ring = [[longitude, latitude] for latitude, longitude in (degrees(*c) for c in corners)]
    return {
        "type": "Feature",
        "properties": {"area": one.code, "name": one.name, "population": one.population},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _quarters(one: CityArea) -> list[CityArea]:
    """Four community areas of unequal size that meet where two streets do."""
    number = int(one.code)
    x = one.west + BLOCK * (11 + number * 3 % 9)
    y = one.south + BLOCK * (11 + number * 5 % 9)
    sides = [
        (one.west, one.south, x, y),
        (x, one.south, one.east, y),
        (one.west, y, x, one.north),
        (x, y, one.east, one.north),
    ]
    names = [f"{one.name} {quarter}" for quarter in QUARTERS]
    return _with_people(one, "area", list(zip(names, names, sides, strict=True)))


def _beats(one: CityArea) -> list[CityArea]:
    """Nine squares, numbered from the south-west: 101 to 109 in the first district."""
    side = SIDE / BEATS_A_SIDE
    squares = []
    for number in range(BEATS_A_SIDE**2):
        west = one.west + side * (number % BEATS_A_SIDE)
        south = one.south + side * (number // BEATS_A_SIDE)
        code = f"{one.code}{number + 1:02d}"
        squares.append((code, f"Beat {code}", (west, south, west + side, south + side)))
    return _with_people(one, "beat", squares)


def _with_people(
    one: CityArea, kind: Kind, divided: list[tuple[str, str, tuple[float, float, float, float]]]
) -> list[CityArea]:
    """Give each part its share of the people by its surface; the last has what remains."""
    left = one.population
    made: list[CityArea] = []
    for code, name, (west, south, east, north) in divided:
        share = (east - west) * (north - south) / SIDE**2
        people = left if len(made) == len(divided) - 1 else round(one.population * share)
        left -= people
        made.append(CityArea(kind, code, name, west, south, east, north, people))
    return made
