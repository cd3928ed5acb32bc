"""Who sees what: a table of marking and person, and the same rule said a second time in Python."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

pytestmark = pytest.mark.django_db

MARKINGS = ("open", "agency", "case", "restricted")
ALL = set(MARKINGS)
LONG_AGO = timezone.now().date() - timedelta(days=100)
YESTERDAY = timezone.now().date() - timedelta(days=2)
TOMORROW = timezone.now().date() + timedelta(days=2)
SHARED = ["agency", "case", "restricted"]

# who: (role, member of the case, agreement or None, what is seen)
# An agreement: (markings, for which case, from, until, whether it was ended)
OTHERS = {
    "nobody shares with": ("analyst", False, None, {"open"}),
    "agency is shared": ("analyst", False, (["agency"], None), {"open", "agency"}),
    "case is shared": ("analyst", False, (["case"], None), {"open"}),
    "agency is shared for this case": ("analyst", False, (["agency"], "this"), {"open", "agency"}),
    "agency is shared for another case": ("analyst", False, (["agency"], "other"), {"open"}),
    "member without an agreement": ("investigator", True, None, {"open"}),
    "member, case is shared": ("investigator", True, (["case"], None), {"open", "case"}),
    "member, restricted is shared": (
        *("investigator", True, (["restricted"], None)),
        {"open", "restricted"},
    ),
    "member, all is shared": ("investigator", True, (SHARED, None), ALL),
    "member, all is shared for this case": ("investigator", True, (SHARED, "this"), ALL),
    "member, all is shared for another case": ("investigator", True, (SHARED, "other"), {"open"}),
    "agreement not begun": ("analyst", True, (SHARED, None, TOMORROW, None, False), {"open"}),
    "agreement expired": ("analyst", True, (SHARED, None, LONG_AGO, YESTERDAY, False), {"open"}),
    "agreement ended": ("analyst", True, (SHARED, None, LONG_AGO, None, True), {"open"}),
    "agreement until later": ("analyst", True, (SHARED, None, LONG_AGO, TOMORROW, False), ALL),
    "monitor": ("monitor", False, None, ALL),
    "administrator": ("administrator", False, (SHARED, None), set()),
    "administrator, member": ("administrator", True, (SHARED, None), set()),
}
OWN = {
    "own technician": ("technician", False, {"open", "agency"}),
    "own commander": ("commander", False, {"open", "agency"}),
    "own member": ("examiner", True, ALL),
    "own monitor": ("monitor", False, ALL),
    "own administrator": ("administrator", False, set()),
}


def share(make, owner, recipient, markings, case, starts=LONG_AGO, ends=None, ended=False):
    from headstamp.web.casework.models import SharingAgreement

    SharingAgreement.objects.create(
        owner=make.agency(owner),
        recipient=make.agency(recipient),
        markings=markings,
        case=case,
        reason="Strike force",
        starts_on=starts,
        ends_on=ends,
        ended_at=timezone.now() if ended else None,
    )


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, making_records):
    """Records of each marking in one case, and everybody who may or may not see them."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        yield _world(making_records)
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def _world(make):
    from headstamp.web.casework.models import Case, CaseMember

    creator = make.person("investigator", "OWN")
    technician = make.person("technician", "OWN")
    cases = {
        name: Case.objects.create(agency=creator.agency, number=name, title="Shootings")
        for name in ("this", "other")
    }
    records = {
        marking: _records(make, marking, cases["this"], creator, technician) for marking in MARKINGS
    }
    people = {}
    for number, (who, (role, is_member, agreement, _)) in enumerate(OTHERS.items()):
        people[who] = make.person(role, f"W{number}")
        if agreement:
            markings, case, *dates = agreement
            share(make, "OWN", f"W{number}", markings, cases.get(case), *dates)
        if is_member:
            CaseMember.objects.create(case=cases["this"], user=people[who])
    for who, (role, is_member, _) in OWN.items():
        people[who] = make.person(role, "OWN")
        if is_member:
            CaseMember.objects.create(case=cases["this"], user=people[who])
    people["disabled member"] = make.person("examiner", "OWN", is_active=False)
    CaseMember.objects.create(case=cases["this"], user=people["disabled member"])
    people["disabled monitor"] = make.person("monitor", "OWN", is_active=False)
    people["creator"] = creator
    people["creator who moved away"] = make.person("investigator", "AWAY")
    return {"records": records, "people": people}


def _records(make, marking, case, by, technician):
    """A record of every kind, all with one marking."""
    from headstamp.web.casework.models import CaseIncident, Incident, Photograph, Scene
    from headstamp.web.comparisons.models import BallisticLink
    from headstamp.web.evidence.models import Exhibit, Firearm, Scan

    found = {}
    for side in "ab":
        incident = make.incident("OWN", by=by, marking=marking, address="")
        CaseIncident.objects.create(case=case, incident=incident)
        held = make.exhibit("OWN", of=incident, by=by)
        gun = make.exhibit("OWN", of=incident, by=by, kind="firearm")
        scene = make.scene("OWN", of=incident, by=by)
        number = MARKINGS.index(marking) * 2 + "ab".index(side)
        found[side] = {
            Incident: incident,
            Scene: scene,
            Photograph: make.photograph(number, of=scene, by=by),
            Exhibit: held,
            Firearm: make.firearm("OWN", of=gun, by=by),
            Scan: make.scan(900 + number, 1, "OWN", of=held, by=by),
        }
    for one in found["b"].values():
        type(one).objects.filter(pk=one.pk).update(created_by=technician)
    exhibits = [found[side][Exhibit] for side in "ab"]
    link = BallisticLink.objects.create(exhibit_a=exhibits[0], exhibit_b=exhibits[1])
    return {**found["a"], BallisticLink: link, "b": found["b"]}


def seen_by(user, world):
    """For each kind of record, the markings of those a person is given by the queries."""
    from headstamp.web.casework import queries as casework
    from headstamp.web.comparisons import queries as comparisons
    from headstamp.web.evidence import queries as evidence

    sources = (
        *(casework.incidents, casework.scenes, casework.photographs),
        *(evidence.exhibits, evidence.firearms, evidence.scans, comparisons.links),
    )
    found = {}
    for source in sources:
        keys = set(source(user).values_list("pk", flat=True))
        kind = source(user).model
        found[kind.__name__] = {
            marking for marking, made in world["records"].items() if made[kind].pk in keys
        }
    return found


KINDS = ("Incident", "Scene", "Photograph", "Exhibit", "Firearm", "Scan", "BallisticLink")


@pytest.mark.parametrize("who", [*OTHERS, *OWN])
def test_a_person_sees_the_markings_of_the_table(who, world):
    expected = (OTHERS.get(who) or OWN[who])[-1]
    assert seen_by(world["people"][who], world) == dict.fromkeys(KINDS, expected)


@pytest.mark.parametrize("who", ["disabled member", "disabled monitor"])
def test_a_disabled_account_sees_nothing(who, world):
    assert seen_by(world["people"][who], world) == {key: set() for key in KINDS}


def test_who_made_a_record_sees_it_whatever_its_marking(world):
    creator = world["people"]["creator"]
    expected = {**dict.fromkeys(KINDS, ALL), "BallisticLink": {"open", "agency"}}
    assert seen_by(creator, world) == expected


def test_who_made_records_and_went_to_another_agency_sees_them_no_more(world):
    from headstamp.web.casework.models import Incident

    gone = world["people"]["creator who moved away"]
    Incident.objects.filter(agency__code="OWN").update(created_by=gone)
    assert seen_by(gone, world) == {key: {"open"} for key in KINDS}


def test_a_link_needs_both_sides(world, records):
    from headstamp.web.comparisons.models import BallisticLink
    from headstamp.web.comparisons.queries import links
    from headstamp.web.evidence.models import Exhibit

    made = world["records"]
    link = BallisticLink.objects.create(
        exhibit_a=made["open"][Exhibit], exhibit_b=made["restricted"]["b"][Exhibit]
    )
    for who in ("own technician", "nobody shares with", "agency is shared", "administrator"):
        assert not links(world["people"][who]).filter(pk=link.pk), who
    for who in ("own member", "member, all is shared", "monitor"):
        assert links(world["people"][who]).filter(pk=link.pk), who


def expected(user, record, world):
    """The rule of reach, as a person would say it."""
    if not user.is_active or user.role == "administrator":
        return False
    if user.role == "monitor" or record.marking == "open":
        return True
    if record.agency_id == user.agency_id and record.created_by_id == user.pk:
        return True
    its_cases = world["cases_of"][record.incident_key]
    today = timezone.localdate()
    given = [
        one
        for one in world["agreements"]
        if one.owner_id == record.agency_id
        and one.recipient_id == user.agency_id
        and record.marking in one.markings
        and one.ended_at is None
        and one.starts_on <= today
        and (one.ends_on is None or today <= one.ends_on)
    ]
    if record.marking == "agency":
        return record.agency_id == user.agency_id or any(
            one.case_id is None or one.case_id in its_cases for one in given
        )
    mine = its_cases & world["cases_with"][user.pk]
    if not mine:
        return False
    return record.agency_id == user.agency_id or any(
        one.case_id is None or one.case_id in mine for one in given
    )


def _random_world(make, seed):
    from headstamp.web.casework.models import (
        Case,
        CaseIncident,
        CaseMember,
        Incident,
        SharingAgreement,
    )
    from headstamp.web.evidence.models import Exhibit

    draw, now = random.Random(seed), timezone.now()
    agencies = [make.agency(f"R{number}") for number in range(4)]
    roles = ("technician", "analyst", "investigator", "monitor", "administrator")
    people = [
        make.person(draw.choice(roles), draw.choice(agencies).code, is_active=draw.random() < 0.9)
        for _ in range(14)
    ]
    cases = [
        Case.objects.create(agency=draw.choice(agencies), number=f"{seed}-{n}", title="x")
        for n in range(4)
    ]
    incidents = [
        Incident(
            agency=draw.choice(agencies),
            number=f"{seed}-{n}",
            occurred_at=now,
            marking=draw.choice(MARKINGS),
            created_by=draw.choice(people),
        )
        for n in range(60)
    ]
    Incident.objects.bulk_create(incidents)
    exhibits = [
        Exhibit(
            incident=one,
            agency_id=one.agency_id,
            number=one.number,
            kind="other",
            collected_at=now,
            marking=draw.choice(MARKINGS),
            created_by=draw.choice(people),
        )
        for one in incidents
    ]
    Exhibit.objects.bulk_create(exhibits)
    world = {"cases_of": defaultdict(set), "cases_with": defaultdict(set), "agreements": []}
    for case in cases:
        for one in draw.sample(incidents, 25):
            CaseIncident.objects.create(case=case, incident=one)
            world["cases_of"][one.pk].add(case.pk)
        for one in draw.sample(people, 5):
            CaseMember.objects.create(case=case, user=one)
            world["cases_with"][one.pk].add(case.pk)
    for _ in range(14):
        world["agreements"].append(
            SharingAgreement.objects.create(
                owner=draw.choice(agencies),
                recipient=draw.choice(agencies),
                case=draw.choice([None, *cases]),
                markings=draw.sample(SHARED, draw.randint(1, 3)),
                reason="x",
                starts_on=draw.choice([LONG_AGO, TOMORROW, timezone.localdate()]),
                ends_on=draw.choice([None, None, YESTERDAY, TOMORROW, timezone.localdate()]),
                ended_at=draw.choice([None, None, None, now]),
            )
        )
    for one in incidents:
        one.incident_key = one.pk
    for one in exhibits:
        one.incident_key = one.incident_id
    return people, incidents, exhibits, world


def seen_among(made, rows):
    return set(rows.filter(pk__in=[one.pk for one in made]).values_list("pk", flat=True))


@pytest.mark.parametrize("seed", range(8))
def test_the_query_agrees_with_the_rule_said_in_python(seed, records):
    from headstamp.web.casework.queries import incidents as incidents_of
    from headstamp.web.comparisons.models import BallisticLink
    from headstamp.web.comparisons.queries import links
    from headstamp.web.evidence.queries import exhibits as exhibits_of

    people, incidents, exhibits, world = _random_world(records, seed)
    pairs = list(zip(exhibits[::2], exhibits[1::2], strict=True))
    BallisticLink.objects.bulk_create(
        BallisticLink(exhibit_a=one, exhibit_b=other) for one, other in pairs
    )
    for user in people:
        sees = {one.pk: expected(user, one, world) for one in [*incidents, *exhibits]}
        found = seen_among(incidents, incidents_of(user))
        assert found == {one.pk for one in incidents if sees[one.pk]}
        found = seen_among(exhibits, exhibits_of(user))
        assert found == {one.pk for one in exhibits if sees[one.pk]}
        drawn = links(user).filter(exhibit_a__in=[one.pk for one in exhibits])
        met = {(one.exhibit_a_id, one.exhibit_b_id): one for one in drawn}
        assert set(met) == {
            (one.pk, other.pk) for one, other in pairs if sees[one.pk] and sees[other.pk]
        }
        for one in exhibits_of(user).filter(pk__in=sees):
            assert one.incident_seen == sees[one.incident_id]
        for link in met.values():
            assert link.exhibit_a_incident_seen == sees[link.exhibit_a.incident_id]
            assert link.exhibit_b_incident_seen == sees[link.exhibit_b.incident_id]


def test_a_condition_is_as_long_for_many_shared_cases_as_for_one(records):
    from headstamp.web.accounts.models import User
    from headstamp.web.casework.queries import incidents as incidents_of

    member = records.person("analyst", "R0")

    def subqueries():
        return str(incidents_of(User.objects.get(pk=member.pk)).query).count("SELECT")

    counts = []
    for number in range(4):
        case = records.case("R1", number=f"C-{number}")
        case.members.add(member)
        share(records, "R1", "R0", SHARED, case)
        counts.append(subqueries())
    assert len(set(counts)) == 1
