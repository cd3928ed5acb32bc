"""A record that is marked anew takes along what was given its marking."""

from __future__ import annotations

import pytest

from headstamp.web.audit.models import AuditEvent
from headstamp.web.casework import actions as casework
from headstamp.web.evidence import actions as evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def below(records):
    """An incident with a record of every kind below it."""
    by = records.person("technician")
    incident = records.incident(by=by)
    scene = records.scene(of=incident, by=by)
    exhibit = records.exhibit(of=incident, by=by)
    gun = records.exhibit(of=incident, by=by, kind="firearm")
    return {
        "incident": incident,
        "scene": scene,
        "photograph": records.photograph(of=scene, by=by),
        "exhibit": exhibit,
        "gun": gun,
        "firearm": records.firearm(of=gun, by=by),
        "scan": records.scan(1, 1, of=exhibit, by=by),
    }


def markings(found):
    for one in found.values():
        one.refresh_from_db()
    return {name: one.marking for name, one in found.items()}


def mark(incident, marking, person):
    return casework.change_incident(
        incident, version=incident.version, changes={"marking": marking}, by=person("commander")
    )


@pytest.mark.parametrize("marking", ["open", "case", "restricted"])
def test_everything_below_an_incident_follows_it(below, marking, person):
    mark(below["incident"], marking, person)
    assert markings(below) == dict.fromkeys(below, marking)
    event = AuditEvent.objects.get(action="casework.marking_carried")
    counts = {"scene": 1, "photograph": 1, "exhibit": 2, "firearm": 1, "scan": 1}
    assert event.detail == {"from": "agency", "to": marking, **counts}


def test_what_was_marked_otherwise_on_purpose_stays(below, person):
    evidence.change_exhibit(
        below["exhibit"], version=1, changes={"marking": "open"}, by=person("technician")
    )
    assert markings(below)["scan"] == "open"
    mark(below["incident"], "restricted", person)
    stays = {"exhibit": "open", "scan": "open"}
    assert markings(below) == {**dict.fromkeys(below, "restricted"), **stays}


def test_scans_and_firearms_follow_their_exhibit_alone(below, person):
    evidence.change_exhibit(
        below["gun"], version=1, changes={"marking": "restricted"}, by=person("technician")
    )
    follows = {"gun": "restricted", "firearm": "restricted"}
    assert markings(below) == {**dict.fromkeys(below, "agency"), **follows}


def test_other_incidents_and_other_changes_carry_nothing(below, person, records):
    other = records.exhibit()
    mark(below["incident"], "restricted", person)
    other.refresh_from_db()
    assert other.marking == "agency"
    events = AuditEvent.objects.filter(action="casework.marking_carried").count()
    incident = below["incident"]
    incident.refresh_from_db()
    casework.change_incident(
        incident, version=incident.version, changes={"address": "Ash"}, by=person("analyst")
    )
    assert AuditEvent.objects.filter(action="casework.marking_carried").count() == events


def test_a_form_opened_before_is_still_merged(below, person):
    technician = person("technician")
    mark(below["incident"], "restricted", person)
    evidence.change_exhibit(
        below["exhibit"],
        version=1,
        changes={"calibre": "9 mm"},
        opened={"calibre": ""},
        by=technician,
    )
    below["exhibit"].refresh_from_db()
    assert (below["exhibit"].calibre, below["exhibit"].marking) == ("9 mm", "restricted")
