"""The city's exhibits with their custody, and the guns among them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from headstamp.simulation import city_records as simulated
from headstamp.simulation.city_people import LABORATORIES
from headstamp.simulation.city_records import City
from headstamp.web.accounts.models import User
from headstamp.web.casework.models import Incident
from headstamp.web.demonstration.people import People
from headstamp.web.evidence import actions, custody
from headstamp.web.evidence.models import CustodyTransfer, Exhibit
from headstamp.web.roles import Role

Action = CustodyTransfer.Action


def add_exhibits(city: City, people: People, incidents: dict[str, Incident]) -> dict[str, Exhibit]:
    """Register the exhibits of these incidents; by number."""
    guns = {gun.id: gun for gun in city.firearms}
    made = {}
    for one in city.exhibits:
        if one.incident not in incidents:
            continue
        incident = incidents[one.incident]
        registrar = registrar_of(one, incident, people)
        exhibit = actions.add_exhibit(
            incident=incident,
            by=registrar,
            condition="Unsealed" if one.kind == "test_fire" else "As found",
            place="" if one.kind != "test_fire" else "Laboratory, water tank",
            number=one.number,
            kind=one.kind,
            collected_at=one.collected_at,
            headstamp_maker=one.headstamp_maker,
            calibre=one.calibre,
            place_x_m=one.x_m,
            place_y_m=one.y_m,
        )
        if one.kind == "firearm" and one.firearm in guns:
            _describe(exhibit, guns[one.firearm], registrar)
        if one.incident != city.incidents[-1].number:
            _kept(exhibit, one, registrar, people)
        made[one.number] = exhibit
    return made


def _describe(exhibit: Exhibit, gun: simulated.Firearm, by: User) -> None:
    can_be_read = gun.serial_status == "intact"
    actions.describe_firearm(
        exhibit,
        by=by,
        maker=gun.maker,
        model=gun.model,
        calibre=gun.calibre,
        type=gun.type,
        serial=gun.serial if can_be_read else "",
        serial_status=gun.serial_status,
    )


def registrar_of(one: simulated.Exhibit, incident: Incident, people: People) -> User:
    """Who enters an exhibit: its collector, or for another laboratory's test fires a technician."""
    collector = people.by_email[one.collector]
    if collector.agency_id == incident.agency_id:
        return collector
    return people.one(incident.agency.code, Role.TECHNICIAN)


def _kept(exhibit: Exhibit, one: simulated.Exhibit, holder: User, people: People) -> None:
    """What became of it since: handed to an examiner if it was scanned, then stored."""
    laboratory = LABORATORIES.get(holder.agency.code)
    when = one.collected_at + timedelta(hours=3)
    if one.scanned and one.kind != "test_fire" and laboratory:
        examiner = people.one(laboratory, Role.EXAMINER)
        _entry(exhibit, Action.HANDED_OVER, holder, examiner, when, seal=f"S{one.number[-6:]}")
        holder, when = examiner, when + timedelta(days=1)
    _entry(exhibit, Action.STORED, holder, holder, when, place="Property room")


def _entry(
    exhibit: Exhibit,
    action: str,
    released_by: User,
    received_by: User,
    when: datetime,
    **facts: str,
) -> None:
    at = min(when, timezone.now())
    custody.append_entry(
        exhibit,
        action=action,
        released_by=released_by,
        received_by=received_by,
        released_at=at,
        at=at,
        **facts,
    )
