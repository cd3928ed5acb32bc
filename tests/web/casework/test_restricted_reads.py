"""Every read of a restricted record is on record; reads of others are not."""

from __future__ import annotations

import pytest
from django.db import transaction
from tests.web.records import signed_in, work

from headstamp.web.audit.models import AuditEvent

READ = "casework.read_restricted"

# address, role, record that is read
READS = {
    "incident": ("/incidents/{incident}/", "technician", ["incident"]),
    "labels": ("/incidents/{incident}/labels/", "technician", ["incident"]),
    "incident form": ("/incidents/{incident}/change/", "technician", ["incident"]),
    "scene": ("/scenes/{scene}/", "technician", ["scene"]),
    "photograph": ("/photographs/{photograph}/", "analyst", ["photograph"]),
    "exhibit": ("/exhibits/{exhibit}/", "analyst", ["exhibit"]),
    "exhibit form": ("/exhibits/{exhibit}/change/", "examiner", ["exhibit"]),
    "scan": ("/scans/{scan}/", "analyst", ["scan"]),
    "surface": ("/scans/{scan}/surface/", "analyst", ["scan"]),
    "heights": ("/scans/{scan}/heights/", "analyst", ["scan"]),
    "picture": ("/scans/{scan}/picture/", "analyst", ["scan"]),
    "mask": ("/scans/{scan}/mask/", "examiner", ["scan"]),
    "mask picture": ("/scans/{scan}/mask/picture/", "examiner", ["scan"]),
    "scan file": ("/scans/{scan}/file/", "examiner", ["scan"]),
    "link": ("/links/{link}/", "analyst", ["exhibit", "other_exhibit"]),
    "comparison": ("/comparisons/{comparison}/", "analyst", ["scan", "other_scan"]),
    "comparison data": ("/comparisons/{comparison}/data/", "analyst", ["scan", "other_scan"]),
}


@pytest.fixture(scope="module", params=["restricted", "case"])
def world(request, django_db_setup, django_db_blocker, making_records):
    """Two exhibits of an incident, linked, and people who are members of its case."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        yield request.param, _world(making_records, request.param)
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def _world(make, marking):
    from headstamp.web.casework import cases
    from headstamp.web.comparisons.models import BallisticLink, Comparison

    people = {role: make.person(role) for role in ("technician", "analyst", "examiner")}
    by = people["technician"]
    incident = make.incident(by=by, marking=marking)
    case = make.case(by=people["analyst"])
    cases.add_incident(case, incident=incident, by=people["analyst"])
    for role in ("technician", "examiner"):
        cases.add_member(case, person=people[role], by=people["analyst"])
    scene = make.scene(of=incident, by=by)
    exhibits = [make.exhibit(of=incident, by=by) for _ in range(2)]
    scans = [make.scan(1, n, of=exhibits[n], by=by) for n in range(2)]
    work()
    link = BallisticLink.objects.get()
    compared = Comparison.objects.get(pk=link.comparison_id)
    swapped = compared.scan_a_id != scans[0].pk
    return {
        "people": people,
        "incident": incident,
        "scene": scene,
        "photograph": make.photograph(of=scene, by=by),
        "exhibit": exhibits[0],
        "other_exhibit": exhibits[1],
        "scan": scans[swapped],
        "other_scan": scans[not swapped],
        "link": link,
        "comparison": compared,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("what", READS)
def test_a_read_of_a_restricted_record_is_on_record(what, world):
    marking, found = world
    address, role, read = READS[what]
    user = found["people"][role]
    keys = {name: one.pk for name, one in found.items() if name != "people"}
    last = AuditEvent.objects.first().sequence
    assert signed_in(user).get(address.format(**keys)).status_code == 200
    events = AuditEvent.objects.filter(sequence__gt=last, action=READ)
    expected = {str(found[name].pk) for name in read} if marking == "restricted" else set()
    assert {one.record for one in events} == expected
    assert {one.actor for one in events} <= {str(user.pk)}


@pytest.mark.django_db
def test_asking_how_far_a_search_is_does_not_fill_the_record(world):
    _, found = world
    last = AuditEvent.objects.first().sequence
    browser = signed_in(found["people"]["technician"])
    assert browser.get(f"/scans/{found['scan'].pk}/progress/").status_code == 204
    assert not AuditEvent.objects.filter(sequence__gt=last, action=READ)


@pytest.mark.django_db
def test_browsers_keep_no_copy_of_what_is_restricted(world):
    marking, found = world
    browser = signed_in(found["people"]["analyst"])
    for address in (
        f"/photographs/{found['photograph'].pk}/",
        f"/scans/{found['scan'].pk}/heights/",
        f"/scans/{found['scan'].pk}/picture/",
        f"/scans/{found['scan'].pk}/mask/picture/",
    ):
        answer = browser.get(address)
        restricted = marking == "restricted"
        kept = "no-store, private" if restricted else "private, no-cache"
        assert (answer["Cache-Control"], answer.has_header("ETag")) == (kept, not restricted)


@pytest.mark.django_db
def test_an_export_names_the_restricted_records_it_took_out(world):
    marking, found = world
    browser = signed_in(found["people"]["analyst"])
    answer = browser.get("/incidents/export/", {"q": found["incident"].number})
    assert found["incident"].number in b"".join(answer.streaming_content).decode()
    event = AuditEvent.objects.filter(action="casework.exported").first()
    expected = [str(found["incident"].pk)] if marking == "restricted" else []
    assert event.detail["restricted"] == expected
    assert event.actor == str(found["people"]["analyst"].pk)
