"""What happened at each incident: offence, victims, status, number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from headstamp.simulation.city_people import CITY_POLICE, COUNTY, NEIGHBOUR
from headstamp.simulation.city_places import Places, areas
from headstamp.simulation.city_records import Incident
from headstamp.simulation.city_times import Seconds

PREFIX: Final = {CITY_POLICE: "PV", COUNTY: "VC", NEIGHBOUR: "MP"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of incident: its NIBRS offence, its share, and how often it ends in each status.

    ``killed``, ``wounded`` and ``shot_at`` are the least number and the mean of those beyond it.
    """

    code: str
    title: str
    share: float
    cleared: float
    killed: tuple[int, float] = (0, 0.0)
    wounded: tuple[int, float] = (0, 0.0)
    shot_at: tuple[int, float] = (0, 0.0)


HOMICIDE: Final = "09A"
WOUNDING: Final = 1
POSSESSION: Final = 5
KINDS: Final = (
    Kind(
        HOMICIDE, "Murder and nonnegligent manslaughter", 0.15, 0.42, (1, 0.06), (0, 0.35), (0, 0.5)
    ),
    Kind("13A", "Aggravated assault: shooting, wounded", 0.49, 0.11, (0, 0.0), (1, 0.25), (0, 0.5)),
    Kind("13A", "Aggravated assault: shot at, not hit", 0.18, 0.07, (0, 0.0), (0, 0.0), (1, 0.6)),
    Kind("520", "Weapon law violation: unlawful discharge", 0.13, 0.05),
    Kind("120", "Robbery with a firearm", 0.05, 0.14, (0, 0.0), (0, 0.4), (1, 0.2)),
    Kind("520", "Weapon law violation: unlawful possession", 0.0, 0.85),
)


def draw_kinds(random: np.random.Generator, possession: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Index into ``KINDS`` of each incident; somebody is wounded at the newest."""
    kinds = random.choice(len(KINDS), len(possession), p=[kind.share for kind in KINDS])
    kinds[possession] = POSSESSION
    kinds[-1] = WOUNDING
    return kinds


def make_incidents(
    random: np.random.Generator,
    kinds: NDArray[np.int64],
    places: Places,
    *,
    occurred: Seconds,
    reported: Seconds,
    zone: ZoneInfo,
) -> tuple[Incident, ...]:
    """The incidents in the order they occurred."""
    districts = areas()
    agencies = [districts[area].agency for area in places.area.tolist()]
    numbers = _numbers(random, agencies, reported, zone)
    killed, wounded, shot_at = _victims(random, kinds)
    statuses = _statuses(random, kinds, occurred)
    return tuple(
        Incident(
            number=numbers[i],
            occurred_at=datetime.fromtimestamp(int(occurred[i]), UTC),
            reported_at=datetime.fromtimestamp(int(reported[i]), UTC),
            area=districts[places.area[i]].name,
            address=places.address[i],
            x_m=float(places.x[i]),
            y_m=float(places.y[i]),
            offence_code=KINDS[kinds[i]].code,
            offence_title=KINDS[kinds[i]].title,
            status=statuses[i],
            homicides=int(killed[i]),
            nonfatal=int(wounded[i]),
            shot_at=int(shot_at[i]),
            agency=agencies[i],
        )
        for i in range(len(kinds))
    )


def _victims(random: np.random.Generator, kinds: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    counts = []
    for name in ("killed", "wounded", "shot_at"):
        least, mean = np.asarray([getattr(kind, name) for kind in KINDS]).T
        counts.append(least[kinds].astype(np.int64) + random.poisson(mean[kinds]))
    return counts


def _statuses(
    random: np.random.Generator, kinds: NDArray[np.int64], occurred: Seconds
) -> list[str]:
    """Cleared more often the older it is; what is old and not cleared is set aside by and by."""
    age_days = (occurred[-1] - occurred) / 86400
    cleared = np.asarray([kind.cleared for kind in KINDS])[kinds] * (1 - np.exp(-age_days / 30))
    homicide = np.asarray([kind.code == HOMICIDE for kind in KINDS])[kinds]
    drawn = random.random((2, len(kinds)))
    aside = ~homicide & (age_days > 60) & (drawn[1] < 0.55)
    closed = drawn[1] < 0.04
    names = np.select(
        [drawn[0] < cleared, aside & closed, aside], ["cleared", "closed", "suspended"], "open"
    )
    return [str(name) for name in names]


def _numbers(
    random: np.random.Generator, agencies: list[str], reported: Seconds, zone: ZoneInfo
) -> list[str]:
    """Running numbers in the order of reports, by agency and year.

    They have gaps, since an agency numbers everything that is reported to it.
    """
    years = [datetime.fromtimestamp(when, zone).year for when in reported.tolist()]
    widest = max(2, min(40, 900_000 // len(agencies)))
    steps = random.integers(1, widest, len(agencies)).tolist()
    counters: dict[tuple[str, int], int] = {}
    numbers = [""] * len(agencies)
    for place, step in zip(np.argsort(reported, kind="stable").tolist(), steps, strict=True):
        series = agencies[place], years[place]
        counters[series] = counters.get(series, 0) + step
        numbers[place] = f"{PREFIX[series[0]]}{series[1] % 100:02d}-{counters[series]:06d}"
    return numbers
