"""A synthetic city's list of shootings and murders over many years, with its truth."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from headstamp.simulation.list_areas import CityArea, Kind, degrees, parts
from headstamp.simulation.list_days import SEASON, WEEKEND, draw_occurrences, year_factors
from headstamp.simulation.list_records import HotSpot, ListTruth, Victim, VictimList
from headstamp.simulation.list_spots import (
    REPEAT_DAYS,
    REPEAT_METRES,
    REPEAT_SHARE,
    SPOT_SHARE,
    SPOT_SIGMA,
    Occurrence,
    address,
    draw_spots,
    place,
)

FATAL: Final = 0.2
BY_POLICE: Final = 0.015
OTHER_MEANS: Final = 0.04
"""Share of the incidents that are murders without a firearm."""

LISTED: Final = ((0, 0.62), (1, 0.24), (2, 0.05), (4, 0.04), (7, 0.03), (14, 0.015), (40, 0.005))
"""Days until a row is on the list, with their shares."""

DEATHS: Final = ((0, 0.72), (1, 0.10), (3, 0.07), (9, 0.05), (35, 0.04), (120, 0.015), (400, 0.005))
"""Days from injury to death, with their shares."""


def plan_list(
    seed: int, years: int = 20, last: date = date(2026, 6, 30), per_year: float = 520.0
) -> VictimList:
    """Draw a list; the same arguments give the same one.

    Parameters
    ----------
    seed : int
        Not negative.
    years : int
        Calendar years that the list reaches back over, with that of its last day.
    last : date
        The last day on which something happens.
    per_year : float
        Mean number of incidents in the first year, before repeats.

    Raises
    ------
    ValueError
        If there would be no year or no incident.
    """
    if years < 1 or per_year <= 0:
        raise ValueError(f"{years} years with {per_year} incidents: ask for one or more of each")
    first = date(last.year - years + 1, 1, 1)
    when, where, what, late = (np.random.default_rng([seed, stream]) for stream in range(80, 84))
    spots = draw_spots(where)
    happened = place(where, draw_occurrences(when, first, last, per_year), spots)
    victims = _victims(what, late, happened)
    return VictimList(tuple(victims), _truth(seed, first, last, spots))


def _truth(seed: int, first: date, last: date, spots: Any) -> ListTruth:
    return ListTruth(
        seed=seed,
        first=first,
        last=last,
        by_year=year_factors(first.year, last.year),
        season=SEASON,
        weekend=WEEKEND,
        hot_spots=tuple(
            HotSpot(*degrees(float(x), float(y)), SPOT_SIGMA, SPOT_SHARE) for x, y in spots
        ),
        repeat_share=REPEAT_SHARE,
        repeat_metres=REPEAT_METRES,
        repeat_days=REPEAT_DAYS,
    )


def _victims(
    what: np.random.Generator, late: np.random.Generator, happened: list[Occurrence]
) -> list[Victim]:
    numbers = _incident_numbers(happened)
    found = []
    for one, number in zip(happened, numbers, strict=True):
        firearm = bool(what.random() >= OTHER_MEANS)
        by_police = firearm and bool(what.random() < BY_POLICE)
        count = 1 + int(what.poisson(0.22)) if firearm else 1
        for position in range(count):
            dies = not firearm or bool(what.random() < FATAL)
            found.append(
                Victim(
                    number=f"{number}-{position + 1}",
                    incident=number,
                    **_days(late, one, dies),
                    firearm=firearm,
                    by_police=by_police,
                    **_where(one),
                    hot_spot=one.spot,
                    repeats="" if one.repeats is None else numbers[one.repeats],
                )
            )
    return found


def _incident_numbers(happened: list[Occurrence]) -> list[str]:
    """``PV26-000123``: counted anew each year."""
    so_far = Counter[int]()
    numbers = []
    for one in happened:
        so_far[one.when.year] += 1
        numbers.append(f"PV{one.when.year % 100:02d}-{so_far[one.when.year]:06d}")
    return numbers


def _days(late: np.random.Generator, one: Occurrence, dies: bool) -> dict[str, Any]:
    day = one.when.date()
    listed = day + timedelta(days=_delay(late, LISTED))
    death = day + timedelta(days=_delay(late, DEATHS)) if dies else None
    known = None if death is None else max(listed, death + timedelta(days=_delay(late, LISTED)))
    return {"occurred": one.when, "listed": listed, "death": death, "death_listed": known}


def _delay(late: np.random.Generator, shares: tuple[tuple[int, float], ...]) -> int:
    draw = late.random()
    for days, share in shares:
        if draw < share:
            return days
        draw -= share
    return shares[-1][0]


def _where(one: Occurrence) -> dict[str, Any]:
    latitude, longitude = degrees(one.x, one.y)
    return {
        "address": address(one),
        "latitude": latitude,
        "longitude": longitude,
        **{kind: _part(kind, one).code for kind in ("district", "area", "beat")},
    }


def _part(kind: Kind, one: Occurrence) -> CityArea:
    return next(part for part in parts(kind) if part.holds(one.x, one.y))
