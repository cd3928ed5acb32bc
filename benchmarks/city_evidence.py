"""Incidents, scenes, exhibits, custody and firearms of the city whose pages are measured."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from benchmarks.city_people import People
from headstamp.simulation.city import plan_city
from headstamp.simulation.city_records import City

SEED: Final = 7
MARKINGS: Final = ("open", "agency", "case", "restricted")
MARKING_SHARES: Final = (0.10, 0.75, 0.12, 0.03)
"""Little is open to everybody, so that a small agency's view is a small part of each table."""

METRES_PER_DEGREE: Final = 111_000
NOTE: Final = "Witness names a passenger of a grey saloon; canvass of the block is under way."


@dataclass(frozen=True)
class Sizes:
    """How much is loaded."""

    incidents: int = 50_000
    exhibits: int = 100_000
    scans: int = 20_000
    comparisons: int = 40_000
    links: int = 10_000
    leads: int = 20_000
    events: int = 600_000
    years: int = 10
    last_year: int = 2025


@dataclass
class Evidence:
    """What was loaded, oldest first."""

    incidents: list[Any] = field(default_factory=list)
    exhibits: list[Any] = field(default_factory=list)
    scanned: list[Any] = field(default_factory=list)
    scenes: list[Any] = field(default_factory=list)
    moves: list[Any] = field(default_factory=list)
    firearms: list[Any] = field(default_factory=list)


def plan_decade(sizes: Sizes) -> Iterator[City]:
    """A city for each year, of the same agencies."""
    for year in range(sizes.last_year - sizes.years + 1, sizes.last_year + 1):
        yield plan_city(
            SEED + year,
            sizes.incidents // sizes.years,
            year,
            max(2, sizes.incidents // sizes.years // 6),
            scans=sizes.scans // sizes.years,
            exhibits=sizes.exhibits // sizes.years,
        )


def load_evidence(chance: random.Random, people: People, sizes: Sizes) -> Evidence:
    """Make everything that scenes and storage rooms leave in the database."""
    from headstamp.web.casework.models import Incident, Scene
    from headstamp.web.casework.words import keep_words
    from headstamp.web.evidence.models import CustodyTransfer, Exhibit, Firearm

    found = Evidence()
    for city in plan_decade(sizes):
        known = {one.number: _incident(one, chance, people) for one in city.incidents}
        found.incidents += known.values()
        found.scenes += [_scene(one, chance, people) for one in known.values() if _worked(chance)]
        guns = {one.id: one for one in city.firearms}
        posts = {one.email: (one.agency, one.role) for one in city.staff}
        for planned in city.exhibits:
            collector = chance.choice(people.of(*posts[planned.collector]))
            made = _exhibit(planned, known[planned.incident], collector)
            found.moves += _custody(made, collector, chance, people)
            found.exhibits.append(made)
            if planned.scanned:
                found.scanned.append(made)
            if planned.kind == "firearm" and planned.firearm:
                found.firearms.append(_firearm(made, guns[planned.firearm], collector))
    Incident.objects.bulk_create(found.incidents)
    Scene.objects.bulk_create(found.scenes)
    Exhibit.objects.bulk_create(found.exhibits)
    CustodyTransfer.objects.bulk_create(found.moves)
    Firearm.objects.bulk_create(found.firearms)
    keep_words(found.incidents)
    keep_words(found.exhibits)
    return found


def _worked(chance: random.Random) -> bool:
    return chance.random() < 0.6


def _incident(planned: Any, chance: random.Random, people: People) -> Any:
    from headstamp.web.casework.models import Incident

    by = chance.choice(people.of(planned.agency, "technician", "investigator"))
    return Incident(
        **_owned(people.agencies[planned.agency], by, planned.reported_at),
        marking=chance.choices(MARKINGS, MARKING_SHARES)[0],
        number=planned.number,
        occurred_at=planned.occurred_at,
        reported_at=planned.reported_at,
        address=planned.address,
        area=planned.area,
        latitude=41.8 + planned.y_m / METRES_PER_DEGREE,
        longitude=-87.6 + planned.x_m / METRES_PER_DEGREE,
        offence_code=planned.offence_code,
        offence_title=planned.offence_title,
        status=planned.status,
        homicides=planned.homicides,
        nonfatal=planned.nonfatal,
        shot_at=planned.shot_at,
        investigative_note=NOTE if chance.random() < 0.2 else "",
    )


def _scene(incident: Any, chance: random.Random, people: People) -> Any:
    from headstamp.web.casework.models import Scene

    arrived = incident.reported_at + timedelta(minutes=chance.randint(8, 70))
    by = chance.choice(people.of(incident.agency.code, "technician"))
    return Scene(
        **_owned(incident.agency, by, arrived),
        marking=incident.marking,
        incident=incident,
        arrived_at=arrived,
        released_at=arrived + timedelta(hours=chance.randint(1, 6)),
        lead_technician=by,
        weather="Dry, street lamps",
        note="Cordon from the corner to the alley.",
    )


def _exhibit(planned: Any, incident: Any, collector: Any) -> Any:
    from headstamp.web.evidence.models import Exhibit

    return Exhibit(
        **_owned(incident.agency, collector, planned.collected_at),
        marking=incident.marking,
        incident=incident,
        number=planned.number,
        kind=planned.kind,
        description="Beside the kerb" if planned.kind == "cartridge_case" else "",
        collected_at=planned.collected_at,
        collector=collector,
        place_x_m=planned.x_m,
        place_y_m=planned.y_m,
        headstamp_maker=planned.headstamp_maker,
        calibre=planned.calibre,
    )


def _custody(exhibit: Any, collector: Any, chance: random.Random, people: People) -> list[Any]:
    """Collected; handed over mostly; stored mostly: one to four entries, chained."""
    at, agency = exhibit.collected_at, exhibit.agency.code
    rows = [_move(exhibit, "collected", None, collector, at, place=exhibit.incident.address)]
    holder = collector
    for share, action in ((0.7, "handed_over"), (0.6, "stored"), (0.1, "removed")):
        if chance.random() > share:
            break
        at += timedelta(hours=chance.randint(1, 60))
        giver = holder
        if action == "handed_over":
            holder = chance.choice(people.of(agency, "technician", "examiner"))
        place = "Evidence room, bay 12" if action == "stored" else ""
        rows.append(_move(exhibit, action, giver, holder, at, place=place, seal="S-20418"))
    exhibit.holder = holder
    return rows


def _move(
    exhibit: Any, action: str, giver: Any, taker: Any, at: datetime, *, place: str, seal: str = ""
) -> Any:
    from headstamp.web.audit.chain import START
    from headstamp.web.evidence.models import CustodyTransfer

    row = CustodyTransfer(
        exhibit=exhibit,
        position=exhibit.custody_count + 1,
        action=action,
        released_by=giver,
        released_by_agency=giver.agency if giver else None,
        received_by=taker,
        received_by_agency=taker.agency,
        released_at=at,
        at=at,
        place=place[:120],
        seal=seal,
        previous=exhibit.custody_head or START,
    )
    row.hash = row.expected_hash()
    exhibit.custody_count, exhibit.custody_head = row.position, row.hash
    return row


def _firearm(exhibit: Any, gun: Any, by: Any) -> Any:
    from headstamp.tracing.serials import normalised
    from headstamp.web.evidence.models import Firearm

    serial = "" if gun.serial_status == "obliterated" else gun.serial
    return Firearm(
        **_owned(exhibit.agency, by, exhibit.collected_at + timedelta(hours=20)),
        marking=exhibit.marking,
        incident=exhibit.incident,
        exhibit=exhibit,
        maker=gun.maker,
        model=gun.model,
        calibre=gun.calibre,
        type=gun.type,
        serial=serial,
        serial_normalised=normalised(serial),
        serial_status=gun.serial_status,
    )


def _owned(agency: Any, by: Any, at: datetime) -> dict[str, Any]:
    return {
        "agency": agency,
        "created_by": by,
        "updated_by": by,
        "created_at": at,
        "updated_at": at,
    }
