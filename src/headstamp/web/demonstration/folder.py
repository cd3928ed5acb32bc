"""A folder of scans as a small city: its scenes are incidents, its files exhibits."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from headstamp.formats.scene_table import CollectedScan, newest_scene
from headstamp.simulation.city_names import CITY, STATE, TIME_ZONE
from headstamp.simulation.city_people import AGENCIES, CITY_POLICE, draw_staff, emails
from headstamp.simulation.city_places import areas
from headstamp.simulation.city_records import City, Exhibit, Incident

UNDATED: Final = datetime(2000, 1, 1, 12, tzinfo=UTC)
"""Where neither table nor file says when; a day more for each scene that follows."""


def city_of(scans: list[CollectedScan], seed: int) -> tuple[City, dict[str, Path]]:
    """The city and the file of each exhibit's number.

    Scans without an incident are one each. The newest scene comes last.
    """
    staff = draw_staff(np.random.default_rng([seed, 20]))
    technician = emails(staff, CITY_POLICE, "technician")[0]
    newest = newest_scene(scans)
    scenes: dict[str, list[CollectedScan]] = {}
    for number, scan in enumerate(scans, 1):
        scenes.setdefault(scan.incident or f"SCAN-{number:04d}", []).append(scan)
    last = next(name for name, found in scenes.items() if newest[0] in found)
    order = sorted(scenes, key=lambda name: (name == last, _day(scenes[name]), name))
    incidents, exhibits, files = [], [], {}
    for place, name in enumerate(order):
        when = _when(_day(scenes[name]), place)
        incidents.append(_incident(name, when))
        for count, scan in enumerate(scenes[name], 1):
            exhibit = _exhibit(f"{name}-{count:02d}", name, when, technician, scan.source or None)
            exhibits.append(exhibit)
            files[exhibit.number] = scan.path
    city = City(
        seed=seed,
        name=CITY,
        state=STATE,
        time_zone=TIME_ZONE,
        agencies=AGENCIES,
        staff=staff,
        areas=areas(),
        incidents=tuple(incidents),
        firearms=(),
        exhibits=tuple(exhibits),
    )
    return city, files


def _day(scene: list[CollectedScan]) -> str:
    return max(scan.date for scan in scene)


def _when(day: str, place: int) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day[:10]), time(12), UTC)
    except ValueError:
        return UNDATED + timedelta(days=place)


def _incident(name: str, when: datetime) -> Incident:
    return Incident(
        number=name,
        occurred_at=when,
        reported_at=when,
        area="",
        address="Place not known",
        x_m=0.0,
        y_m=0.0,
        offence_code="",
        offence_title="Scans from a folder",
        status="open",
        homicides=0,
        nonfatal=0,
        shot_at=0,
        agency=CITY_POLICE,
    )


def _exhibit(
    number: str, incident: str, when: datetime, collector: str, gun: str | None
) -> Exhibit:
    return Exhibit(
        number=number,
        incident=incident,
        kind="cartridge_case",
        headstamp_maker="",
        calibre="",
        collected_at=when,
        collector=collector,
        x_m=None,
        y_m=None,
        firearm=gun,
        scanned=True,
        gun_index=None,
        firing_index=None,
    )
