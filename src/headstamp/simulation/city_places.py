"""The districts of the synthetic city, and where in them shootings occur."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.simulation.city_names import STREETS
from headstamp.simulation.city_people import CITY_POLICE, COUNTY, NEIGHBOUR
from headstamp.simulation.city_records import Area

SIDE: Final = 3000.0
COLUMNS: Final = 4
ROWS: Final = 3
BLOCK: Final = 100.0

DISTRICTS: Final = (
    ("Saltworks", CITY_POLICE, 38_200),
    ("Harbor Gate", CITY_POLICE, 51_700),
    ("Old Quay", CITY_POLICE, 44_900),
    ("Marlow Point", NEIGHBOUR, 63_400),
    ("Tannery Row", CITY_POLICE, 47_300),
    ("Courthouse", CITY_POLICE, 29_600),
    ("Lantern Hill", CITY_POLICE, 56_100),
    ("Foundry", CITY_POLICE, 42_800),
    ("Reedland", COUNTY, 21_500),
    ("Millrace", CITY_POLICE, 49_000),
    ("Orchard Heights", CITY_POLICE, 61_200),
    ("Ferry Bend", CITY_POLICE, 35_700),
)
"""Name, patrolling agency and population, row by row from the south-west."""

OUTSIDE_SHARE: Final = {NEIGHBOUR: 0.06, COUNTY: 0.03}
"""Share of all incidents beyond the city's limits; the rest falls within, very unevenly."""

UNEVEN: Final = 0.7

SPOTS: Final = 5
"""Corners of a district at which shootings gather."""


@dataclass(frozen=True, slots=True)
class Places:
    """Of each incident: its area's index, its block's address and the block's middle, metres."""

    area: NDArray[np.int64]
    address: list[str]
    x: NDArray[np.float64]
    y: NDArray[np.float64]


def areas() -> tuple[Area, ...]:
    """The districts on their grid; the city's local frame begins at its centre."""
    found = []
    for number, (name, agency, population) in enumerate(DISTRICTS):
        west, south = _corner(np.asarray(number))
        left, low = float(west), float(south)
        right, top = left + SIDE, low + SIDE
        ring = ((left, low), (right, low), (right, top), (left, top))
        found.append(Area(name, agency, ring, population))
    return tuple(found)


def draw_places(random: np.random.Generator, count: int) -> Places:
    """A block for each incident; the newest, the last, lies within the city."""
    area = random.choice(len(DISTRICTS), count, p=_shares(random))
    inside = [n for n, (_, agency, _) in enumerate(DISTRICTS) if agency == CITY_POLICE]
    if area[-1] not in inside:
        area[-1] = random.choice(inside)
    offsets = _offsets(random, area)
    west, south = _corner(area)
    x, y = west + offsets[:, 0], south + offsets[:, 1]
    column, row = np.floor(x / BLOCK), np.floor(y / BLOCK)
    on_street = random.random(count) < 0.55
    numbers = zip(column.tolist(), row.tolist(), on_street.tolist(), strict=True)
    address = [_address(int(c), int(r), street) for c, r, street in numbers]
    # A street runs along the southern edge of its blocks, an avenue along their western one.
    return Places(
        area,
        address,
        (column + np.where(on_street, 0.5, 0.0)) * BLOCK,
        (row + np.where(on_street, 0.0, 0.5)) * BLOCK,
    )


def _shares(random: np.random.Generator) -> NDArray[np.float64]:
    agencies = [agency for _, agency, _ in DISTRICTS]
    within = np.asarray([agency == CITY_POLICE for agency in agencies])
    shares = np.asarray([OUTSIDE_SHARE.get(agency, 0.0) for agency in agencies])
    # The burden falls with a district's rank; which district has which rank is drawn.
    uneven = (1.0 + random.permutation(int(within.sum()))) ** -UNEVEN
    shares[within] = (1 - shares.sum()) * uneven / uneven.sum()
    return shares


def _offsets(random: np.random.Generator, area: NDArray[np.int64]) -> NDArray[np.float64]:
    """Metres from each area's south-western corner, float64 (n, 2)."""
    spots = random.uniform(0.15 * SIDE, 0.85 * SIDE, (len(DISTRICTS), SPOTS, 2))
    spot = spots[area, random.integers(SPOTS, size=len(area))]
    near = random.normal(spot, 220.0)
    anywhere = random.uniform(0, SIDE, (len(area), 2))
    gathers = random.random((len(area), 1)) < 0.6
    return np.clip(np.where(gathers, near, anywhere), 0, SIDE - 1)


def _corner(area: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    column, row = area % COLUMNS, area // COLUMNS
    west = np.asarray((column - COLUMNS / 2) * SIDE, dtype=np.float64)
    south = np.asarray((row - ROWS / 2) * SIDE, dtype=np.float64)
    return west, south


def street_address(column: int, row: int) -> str:
    """The block, counted from the city's centre, on the street at its southern edge."""
    return _address(column, row, on_street=True)


def _address(column: int, row: int, on_street: bool) -> str:
    """``12XX W Alder St`` or ``12XX N 34th Ave``; numbers count from the city's centre."""
    if on_street:
        line = row + round(ROWS * SIDE / BLOCK / 2)
        kind = "Pl" if line % 2 else "St"
        return f"{_hundreds(column)}XX {'E' if column >= 0 else 'W'} {STREETS[line // 2]} {kind}"
    line = column + round(COLUMNS * SIDE / BLOCK / 2) + 1
    return f"{_hundreds(row)}XX {'N' if row >= 0 else 'S'} {_ordinal(line)} Ave"


def _hundreds(line: int) -> int:
    return line + 1 if line >= 0 else -line


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 <= number % 100 <= 20 else ending}"
