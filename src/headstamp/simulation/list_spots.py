"""Where the synthetic list has shootings: uneven areas, planted hot spots, near repeats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.simulation.city_places import BLOCK, street_address
from headstamp.simulation.list_areas import CityArea, parts

SPOTS: Final = 6
SPOT_SIGMA: Final = 220.0
MARGIN: Final = 700.0
"""Least distance from a hot spot's middle to the edge of its district."""

SPOT_SHARE: Final = 0.045
"""Of the incidents, for each hot spot."""

REPEAT_SHARE: Final = 0.10
REPEAT_METRES: Final = 200
REPEAT_DAYS: Final = 14
UNEVEN: Final = 0.8


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An incident: when and where, metres; its hot spot; the earlier one it repeats, by index."""

    when: datetime
    x: float
    y: float
    spot: int | None = None
    repeats: int | None = None


def draw_spots(random: np.random.Generator) -> NDArray[np.float64]:
    """The middles of the hot spots, each in a district of its own; float64 (spots, 2), metres."""
    districts = parts("district")
    chosen = random.choice(len(districts), SPOTS, replace=False).tolist()
    middles = [
        random.uniform((d.west + MARGIN, d.south + MARGIN), (d.east - MARGIN, d.north - MARGIN))
        for d in (districts[n] for n in chosen)
    ]
    return np.asarray(middles, dtype=np.float64)


def place(
    random: np.random.Generator, times: list[datetime], spots: NDArray[np.float64]
) -> list[Occurrence]:
    """Put each incident somewhere, and let some be followed by a repeat nearby, in order."""
    areas = parts("area")
    chance = np.asarray([one.population for one in areas]) * _burdens(random, len(areas))
    where = random.choice(len(areas), len(times), p=chance / chance.sum()).tolist()
    draws = random.random(len(times)).tolist()
    made = []
    for when, area, draw in zip(times, where, draws, strict=True):
        spot = int(draw / SPOT_SHARE) if draw < SPOTS * SPOT_SHARE else None
        if spot is None:
            x, y = _somewhere(random, areas[area])
        else:
            x, y = _about(random, spots[spot])
        made.append(Occurrence(when, *_block(x, y), spot))
    return _with_repeats(random, made)


def address(one: Occurrence) -> str:
    """Of the block, as ``12XX W Alder St``."""
    return street_address(round((one.x - BLOCK / 2) / BLOCK), round((one.y - BLOCK / 2) / BLOCK))


def _burdens(random: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Relative risk of a resident by area: it falls with an area's rank, which is drawn."""
    ranks = 1.0 + random.permutation(count)
    return np.asarray(ranks**-UNEVEN, dtype=np.float64)


def _somewhere(random: np.random.Generator, area: CityArea) -> tuple[float, float]:
    x, y = random.uniform((area.west, area.south), (area.east, area.north))
    return float(x), float(y)


def _about(random: np.random.Generator, middle: NDArray[np.float64]) -> tuple[float, float]:
    """Cut off so that a hot spot stays within its district."""
    away = np.clip(random.normal(0.0, SPOT_SIGMA, 2), -MARGIN, MARGIN - 1)
    return float(middle[0] + away[0]), float(middle[1] + away[1])


def _block(x: float, y: float) -> tuple[float, float]:
    """The middle of the block that a point lies in."""
    return (np.floor(x / BLOCK) + 0.5) * BLOCK, (np.floor(y / BLOCK) + 0.5) * BLOCK


def _with_repeats(random: np.random.Generator, made: list[Occurrence]) -> list[Occurrence]:
    """Repeats happen at the most ``REPEAT_METRES`` away; none comes after the last incident."""
    steps = [(0, 0), (0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (2, 0), (0, -2)]
    inside = {(p.west, p.south, p.east, p.north) for p in parts("district")}
    followed = np.flatnonzero(random.random(len(made)) < REPEAT_SHARE).tolist()
    repeats = []
    for index in followed:
        first = made[index]
        wait = timedelta(minutes=int(random.integers(60, REPEAT_DAYS * 1440)))
        dx, dy = steps[int(random.integers(len(steps)))]
        x, y = first.x + dx * BLOCK, first.y + dy * BLOCK
        if not any(w <= x < e and s <= y < n for w, s, e, n in inside):
            x, y = first.x, first.y
        if first.when + wait <= made[-1].when:
            repeats.append(Occurrence(first.when + wait, x, y, first.spot, index))
    return _in_order([*made, *repeats])


def _in_order(made: list[Occurrence]) -> list[Occurrence]:
    order = sorted(range(len(made)), key=lambda n: (made[n].when, n))
    place_of = {old: new for new, old in enumerate(order)}
    return [
        Occurrence(
            made[n].when,
            made[n].x,
            made[n].y,
            made[n].spot,
            None if (of := made[n].repeats) is None else place_of[of],
        )
        for n in order
    ]
