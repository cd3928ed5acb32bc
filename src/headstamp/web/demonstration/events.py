"""The city's incidents and scenes, and the cases that hold some of them together."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Final

import numpy as np

from headstamp.simulation import city_records as simulated
from headstamp.simulation.city_people import CITY_POLICE
from headstamp.simulation.city_records import City
from headstamp.web.accounts.models import User
from headstamp.web.casework import actions, cases
from headstamp.web.casework.models import Incident, Scene
from headstamp.web.casework.record import Marking
from headstamp.web.demonstration.people import People
from headstamp.web.demonstration.sketches import sketch
from headstamp.web.roles import Role

CASES: Final = 6
SKETCHED: Final = 12
"""Scenes, counted from the newest, of which there is a sketch."""

WEATHER: Final = ("Dry, street lights", "Rain", "Dry, daylight", "Snow, dark", "Fog, street lights")
REFERENCE: Final = (41.88, -87.63)
METRES_A_DEGREE: Final = 111_320.0


def add_incidents(city: City, people: People) -> dict[str, Incident]:
    """Register every incident with its scene; by number."""
    random = np.random.default_rng([city.seed, 60])
    collected: dict[str, list[simulated.Exhibit]] = {}
    for exhibit in city.exhibits:
        if exhibit.kind != "test_fire":
            collected.setdefault(exhibit.incident, []).append(exhibit)
    made = {}
    for age, one in zip(range(len(city.incidents))[::-1], city.incidents, strict=True):
        found = collected.get(one.number, [])
        lead = people.by_email[found[0].collector] if found else None
        technician = lead or people.one(one.agency, Role.TECHNICIAN)
        incident = made[one.number] = _register(one, technician)
        weather = WEATHER[int(random.integers(len(WEATHER)))]
        scene = _work_scene(incident, found, technician, weather=weather, is_open=age == 0)
        if found and age < SKETCHED:
            _draw(scene, found, technician)
    return made


def _register(one: simulated.Incident, technician: User) -> Incident:
    latitude = REFERENCE[0] + one.y_m / METRES_A_DEGREE
    return actions.add_incident(
        by=technician,
        number=one.number,
        occurred_at=one.occurred_at,
        reported_at=one.reported_at,
        address=one.address,
        area=one.area,
        latitude=latitude,
        longitude=REFERENCE[1] + one.x_m / (METRES_A_DEGREE * math.cos(math.radians(latitude))),
        offence_code=one.offence_code,
        offence_title=one.offence_title,
        status=one.status,
        homicides=one.homicides,
        nonfatal=one.nonfatal,
        shot_at=one.shot_at,
    )


def _work_scene(
    incident: Incident,
    found: list[simulated.Exhibit],
    technician: User,
    *,
    weather: str,
    is_open: bool,
) -> Scene:
    times = [one.collected_at for one in found] or [incident.occurred_at + timedelta(hours=1)]
    return actions.open_scene(
        incident,
        by=technician,
        arrived_at=min(times) - timedelta(minutes=10),
        released_at=None if is_open else max(times) + timedelta(minutes=25),
        weather=weather,
    )


def _draw(scene: Scene, found: list[simulated.Exhibit], technician: User) -> None:
    actions.add_photograph(
        scene,
        chunks=[sketch(found)],
        file_name=f"sketch-{scene.incident.number}.png",
        kind="sketch",
        caption="Sketch with a grid of 5 m; numbers are exhibits",
        by=technician,
    )


def add_cases(city: City, people: People, incidents: dict[str, Incident]) -> None:
    """Cases of the city's police over guns fired at several incidents; one of them restricted."""
    busiest = sorted(city.firearms, key=lambda gun: (-len(gun.used_in), gun.id))
    analyst = people.one(CITY_POLICE, Role.ANALYST)
    count = 0
    for gun in busiest:
        own = [
            incidents[number]
            for number in gun.used_in
            if number in incidents and incidents[number].agency_id == analyst.agency_id
        ]
        if len(own) < 2 or count == CASES:
            continue
        count += 1
        _open_case(count, own, people, analyst)


def _open_case(count: int, own: list[Incident], people: People, analyst: User) -> None:
    investigators = people.of(CITY_POLICE, Role.INVESTIGATOR)
    lead = investigators[count % len(investigators)]
    case = cases.add_case(
        number=f"SF-{count:03d}", title=f"Shootings from {own[0].address}", by=lead
    )
    others = [analyst, people.one("FFB", Role.INVESTIGATOR)]
    if count % 2:
        others.append(people.one("PVSA", Role.PROSECUTOR))
    for person in others:
        if person is not lead:
            cases.add_member(case, person=person, by=lead)
    for incident in own:
        cases.add_incident(case, incident=incident, by=lead)
    if count == 1:
        incident = own[0]
        actions.change_incident(
            incident,
            version=incident.version,
            changes={
                "marking": Marking.RESTRICTED,
                "investigative_note": "A witness asked not to be named; see the case file.",
            },
            by=lead,
        )
