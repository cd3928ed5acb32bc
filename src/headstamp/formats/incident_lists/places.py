"""Where the counted events are: points at block level, hot spots and near repeats of each rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from headstamp.formats.boundaries.whole_city import inside_of
from headstamp.formats.incident_lists.choosing import Applied
from headstamp.formats.incident_lists.counting import Question
from headstamp.incidents.places.blocks import DIGITS, block_of, size_class
from headstamp.incidents.places.ground import Ground, Numbers
from headstamp.incidents.places.hot_spots import HotSpots, hot_spots
from headstamp.incidents.places.near_repeat import (
    PERMUTATIONS,
    Band,
    near_repeats,
    one_event_a_day,
)
from headstamp.incidents.rule_sql import places_sql
from headstamp.incidents.windows import Window, window

YEARS_OF_SPOTS: Final = (3, 2, 1)
"""Years that hot spots and near repeats are looked for in: as many as the list reaches over."""

SEED: Final = 1
WHOLE: Final = ("murders", "shooting_incidents", "shooting_victims")
"""Measures of which near repeats are looked for; the others are parts of these."""

METHOD: Final = (
    "Local Gi* of events in cells of 500 m, each with the eight around it, against all cells; "
    "two-sided, false discovery rate 5 % (Benjamini and Hochberg)"
)


@dataclass(frozen=True)
class Located:
    """The events of a rule in a window that have a place.

    Parameters
    ----------
    day : int64
        Days since the first of the window.
    latitude, longitude : float64, degrees
    address : sequence of str
    without_place : int
        Events that have no coordinates, or some outside the city.
    """

    day: NDArray[np.int64]
    latitude: Numbers
    longitude: Numbers
    address: Sequence[str]
    without_place: int


class Places:
    """The places of what a rule counts, in one jurisdiction.

    Parameters
    ----------
    database : connection of DuckDB
    data : Path
    asked : Question
    """

    def __init__(self, database: Any, data: Path, asked: Question) -> None:
        self.database, self.data, self.asked = database, data, asked
        self.is_inside = inside_of(data, asked.jurisdiction)

    def points(self, applied: Applied) -> dict[str, Any] | None:
        """Blocks with events in 365 days; None where the list has no places, or ends before."""
        one = window("365_days", self.asked.to)
        found = self._located(applied, one)
        if found is None:
            return None
        at = defaultdict(list)
        rounded = zip(found.latitude.round(DIGITS), found.longitude.round(DIGITS), strict=True)
        for place, address in zip(rounded, found.address, strict=True):
            at[place].append(address)
        return {
            **_what(applied, one),
            "period": "365_days",
            "points": [_point(*place, at[place]) for place in sorted(at)],
            "without_place": found.without_place,
        }

    def hot_spots(self, applied: Applied) -> dict[str, Any] | None:
        """Cells that are hot or cold; None where it cannot be told."""
        one = self._years(applied)
        found = self._located(applied, one) if one else None
        if one is None or found is None or not len(found.day):
            return None
        ground = Ground.around(found.latitude, found.longitude)
        inside = self.is_inside
        try:
            spots = hot_spots(
                *ground.metres(found.latitude, found.longitude),
                None if inside is None else lambda *at: inside(*ground.degrees(*at)),
            )
        except ValueError:
            return None
        return {
            **_what(applied, one),
            "cell_metres": int(spots.cell_metres),
            "method": METHOD,
            "cells_compared": len(spots.z),
            "events": len(found.day),
            "without_place": found.without_place,
            "cells": _cells(spots, ground),
        }

    def near_repeat(self, applied: Applied) -> dict[str, Any] | None:
        """Pairs of events by distance and days; None where it cannot be told."""
        if applied.rule.measure not in WHOLE:
            return None
        one = self._years(applied)
        while one is not None:
            found = self._located(applied, one)
            if found is None or len(found.day) < 2:
                return None
            try:
                return {**_what(applied, one), **_repeats(found)}
            except ValueError:  # more pairs than memory is given for
                one = Window(one.first + timedelta(days=(one.days + 1) // 2), one.last)
        return None

    def _years(self, applied: Applied) -> Window | None:
        """As many years as the list reaches over, to the last day."""
        for years in YEARS_OF_SPOTS:
            one = Window(self.asked.to - timedelta(days=365 * years - 1), self.asked.to)
            if not applied.why_out_of_reach(one, self.asked.known_on or applied.counted.day):
                return one
        return None

    def _located(self, applied: Applied, one: Window) -> Located | None:
        known_on = self.asked.known_on or applied.counted.day
        if applied.why_out_of_reach(one, known_on):
            return None
        if not {"latitude", "longitude"} <= set(applied.counted.fields):
            return None
        sql = places_sql(applied.rule, applied.relations(self.data), known_on, one)
        rows = self.database.execute(sql).fetchall()
        return _located(rows, one.first, self.is_inside)


def _located(rows: Sequence[Any], first: date, is_inside: Any) -> Located:
    placed = [row for row in rows if row[1] is not None and row[2] is not None]
    latitude = np.array([row[1] for row in placed], dtype=float)
    longitude = np.array([row[2] for row in placed], dtype=float)
    # 0, 0 is what a table holds that knew no place.
    good = (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180)
    good &= (np.abs(latitude) > 0.01) | (np.abs(longitude) > 0.01)
    if is_inside is not None:
        good &= is_inside(latitude, longitude)
    kept = [row for row, is_good in zip(placed, good, strict=True) if is_good]
    return Located(
        np.array([(row[0] - first).days for row in kept], dtype=np.int64),
        latitude[good],
        longitude[good],
        [row[3] or "" for row in kept],
        len(rows) - len(kept),
    )


def _what(applied: Applied, one: Window) -> dict[str, Any]:
    return {
        "rule": f"{applied.rule.name} v{applied.rule.version}",
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
    }


def _point(latitude: float, longitude: float, addresses: Sequence[str]) -> dict[str, Any]:
    blocks = Counter(block for block in map(block_of, addresses) if block)
    commonest = sorted(blocks, key=lambda block: (-blocks[block], block))
    return {
        "latitude": float(latitude),
        "longitude": float(longitude),
        "block": next(iter(commonest), ""),
        "count": len(addresses),
        "class": size_class(len(addresses)),
    }


def _cells(spots: HotSpots, ground: Ground) -> list[dict[str, Any]]:
    classes = spots.classes()
    return [
        {
            "polygon": _square(spots, index, ground),
            "count": int(spots.count[index]),
            "z": float(spots.z[index]),
            "p": float(spots.p[index]),
            "class": classes[index],
        }
        for index in range(len(classes))
        if classes[index]
    ]


def _square(spots: HotSpots, index: int, ground: Ground) -> list[list[float]]:
    size = spots.cell_metres
    east = spots.east[index] + size * np.array([0, 1, 1, 0, 0])
    north = spots.north[index] + size * np.array([0, 0, 1, 1, 0])
    latitude, longitude = ground.degrees(east, north)
    return [
        [float(x), float(y)] for x, y in zip(longitude.round(6), latitude.round(6), strict=True)
    ]


def _repeats(found: Located) -> dict[str, Any]:
    ground = Ground.around(found.latitude, found.longitude)
    events = one_event_a_day(*ground.metres(found.latitude, found.longitude), found.day)
    return {
        "events": len(events[2]),
        "permutations": PERMUTATIONS,
        "seed": SEED,
        "without_place": found.without_place,
        "cells": [_band(one) for one in near_repeats(*events, SEED)],
    }


def _band(one: Band) -> dict[str, Any]:
    return {
        "metres": [int(end) for end in one.metres],
        "days": list(one.days),
        "observed": one.observed,
        "expected": one.expected,
        "ratio": one.ratio,
        "p": one.p,
    }
