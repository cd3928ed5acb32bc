"""A synthetic city a strike force works in: its agencies, shootings, guns and exhibits."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from headstamp.simulation import city_exhibits as finding
from headstamp.simulation.city_exhibits import TEST_FIRE, Finds, draw_finds
from headstamp.simulation.city_firearms import Armoury, draw_armoury, make_firearms
from headstamp.simulation.city_guns import Uses, draw_uses
from headstamp.simulation.city_incidents import draw_kinds, make_incidents
from headstamp.simulation.city_names import CITY, STATE, TIME_ZONE
from headstamp.simulation.city_people import AGENCIES, LABORATORIES, draw_staff, emails
from headstamp.simulation.city_places import areas, draw_places
from headstamp.simulation.city_records import City, Exhibit, Firearm, Incident, Staff
from headstamp.simulation.city_scanning import choose_scanned
from headstamp.simulation.city_times import Seconds, draw_delays, draw_times

INCIDENTS_PER_GUN = 5
EXHIBITS_PER_INCIDENT = 2


def plan_city(
    seed: int,
    incidents: int = 400,
    year: int = 2026,
    guns: int = 60,
    *,
    scans: int = 120,
    exhibits: int | None = None,
    last_day: date | None = None,
) -> City:
    """Draw a city; the same arguments give the same one.

    Parameters
    ----------
    seed : int
        Not negative.
    incidents : int
        At least five times ``guns``. They lie within the 365 days up to the last.
    year : int
        Of 31 December, the last day, unless ``last_day`` is given.
    guns : int
        At least 2, each fired at an incident or recovered. What any other gun left names none.
    scans : int
        Cartridge cases and test fires that are scanned, as far as there are as many. The newest
        incident has three, all of one gun that has three or more earlier ones;
        these are scanned whatever was asked for.
    exhibits : int, optional
        Twice the incidents unless given; more where the guns alone leave more.
    last_day : date, optional
        Local day of the newest incident.

    Raises
    ------
    ValueError
        If there are too few guns, or too few incidents for them.
    """
    if guns < 2 or incidents < INCIDENTS_PER_GUN * guns:
        raise ValueError(
            f"{guns} guns and {incidents} incidents: ask for two guns or more, and for "
            f"{INCIDENTS_PER_GUN} times as many incidents"
        )
    zone = ZoneInfo(TIME_ZONE)
    people, where, when, shots, what, found, chance = (
        np.random.default_rng([seed, stream]) for stream in range(20, 27)
    )
    # 1. Who is there, and where and when something happens.
    staff = draw_staff(people)
    places = draw_places(where, incidents)
    occurred = draw_times(when, incidents, last_day or date(year, 12, 31), zone)
    reported = occurred + draw_delays(when, incidents)
    reported[:-1] = np.minimum(reported[:-1], occurred[-1] - 120)
    # 2. Which guns are fired there, and what that was.
    uses = draw_uses(shots, guns, places.area, occurred)
    armoury = draw_armoury(shots, uses)
    kinds = draw_kinds(what, uses.possession)
    events = make_incidents(what, kinds, places, occurred=occurred, reported=reported, zone=zone)
    firearms = make_firearms(shots, armoury, uses, events)
    # 3. What is collected, and what of it is scanned.
    target = EXHIBITS_PER_INCIDENT * incidents if exhibits is None else exhibits
    finds = draw_finds(found, uses, kinds, target)
    times = finding.collected(found, finds, reported, int(occurred[-1]))
    scanned = choose_scanned(chance, finds, armoury.compared, uses.lead, scans)
    collected = _exhibits(
        random=found,
        finds=finds,
        uses=uses,
        times=times,
        scanned=scanned,
        incidents=events,
        armoury=armoury,
        firearms=firearms,
        staff=staff,
    )
    return City(seed, CITY, STATE, TIME_ZONE, AGENCIES, staff, areas(), events, firearms, collected)


def _exhibits(
    *,
    random: np.random.Generator,
    finds: Finds,
    uses: Uses,
    times: Seconds,
    scanned: NDArray[np.bool_],
    incidents: tuple[Incident, ...],
    armoury: Armoury,
    firearms: tuple[Firearm, ...],
    staff: tuple[Staff, ...],
) -> tuple[Exhibit, ...]:
    makers, calibres = finding.ammunition(random, finds, uses, armoury)
    sketch = finding.sketched(random, finds, len(incidents))
    collectors = _collectors(random, finds, incidents, staff)
    guns, firings = finds.gun.tolist(), (np.cumsum(scanned) - 1).tolist()
    numbers = [incidents[i].number for i in finds.incident.tolist()]
    return tuple(
        Exhibit(
            number=f"{numbers[i]}-{position + 1:02d}",
            incident=numbers[i],
            kind=finding.KIND_NAMES[kind],
            headstamp_maker=makers[i],
            calibre=calibres[i],
            collected_at=datetime.fromtimestamp(int(times[i]), UTC),
            collector=collectors[i],
            x_m=None if kind == TEST_FIRE else float(sketch[i, 0]),
            y_m=None if kind == TEST_FIRE else float(sketch[i, 1]),
            firearm=firearms[guns[i]].id if guns[i] >= 0 else None,
            scanned=bool(scanned[i]),
            gun_index=guns[i] if scanned[i] else None,
            firing_index=firings[i] if scanned[i] else None,
        )
        for i, (position, kind) in enumerate(
            zip(finds.position.tolist(), finds.kind.tolist(), strict=True)
        )
    )


def _collectors(
    random: np.random.Generator,
    finds: Finds,
    incidents: tuple[Incident, ...],
    staff: tuple[Staff, ...],
) -> list[str]:
    """A technician of the incident's agency; for test fires an examiner of its laboratory."""
    technicians = {code: emails(staff, code, "technician") for code in LABORATORIES}
    examiners = {code: emails(staff, lab, "examiner") for code, lab in LABORATORIES.items()}
    # One person works a scene, another its test fires.
    turn = random.integers(1 << 16, size=len(incidents)).tolist()
    collectors = []
    for i, kind in zip(finds.incident.tolist(), finds.kind.tolist(), strict=True):
        people = (examiners if kind == TEST_FIRE else technicians)[incidents[i].agency]
        collectors.append(people[turn[i] % len(people)])
    return collectors
