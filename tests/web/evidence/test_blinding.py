"""Technicians and examiners never learn of suspects: by no page, form, export, search, conflict."""

from __future__ import annotations

import pytest
from django.db import transaction
from tests.web.forms import form_of, text_of
from tests.web.records import signed_in, work

SUSPECT = "Mortimer"
BLIND = ("technician", "examiner")
SEEING = ("analyst", "investigator", "prosecutor", "commander", "monitor")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, making_records):
    """An incident and a gun with all that is known of a suspect."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        yield _world(making_records)
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def _world(make):
    from headstamp.web.casework.models import Incident
    from headstamp.web.comparisons.models import BallisticLink, Comparison
    from headstamp.web.evidence.models import Exhibit

    investigator = make.person("investigator")
    incident = make.incident(by=investigator, investigative_note=f"{SUSPECT} did it")
    raw = {"OFFENDER": SUSPECT, f"{SUSPECT} COLUMN": "x"}
    Incident.objects.filter(pk=incident.pk).update(raw=raw, source_row=2)
    gun = make.exhibit(of=incident, kind="firearm")
    Exhibit.objects.filter(pk=gun.pk).update(raw=raw, source_row=3)
    make.firearm(of=gun, by=investigator, possessor_note=f"From {SUSPECT}'s car")
    scans = [make.scan(1, n, of=make.exhibit(of=incident)) for n in range(2)]
    work()
    return {
        "incident": incident,
        "gun": gun,
        "exhibit": scans[0].exhibit,
        "scan": scans[0],
        "scene": make.scene(of=incident),
        "link": BallisticLink.objects.get(),
        "comparison": Comparison.objects.first(),
    }


PAGES = (
    *("/", "/incidents/", "/incidents/?q={suspect}", "/exhibits/?q={suspect}", "/firearms/"),
    *("/firearms/?q={suspect}", "/search/?q={suspect}", "/queue/?state=all", "/scans/"),
    *("/incidents/{incident}/", "/exhibits/{gun}/", "/exhibits/{exhibit}/", "/scans/{scan}/"),
    *("/scenes/{scene}/", "/links/{link}/", "/comparisons/{comparison}/"),
    *("/comparisons/{comparison}/data/", "/incidents/{incident}/labels/"),
    *("/incidents/{incident}/change/", "/exhibits/{gun}/firearm/", "/exhibits/{gun}/change/"),
)


def pages(world):
    keys = {name: one.pk for name, one in world.items()}
    return [page.format(**keys, suspect=SUSPECT) for page in PAGES]


@pytest.mark.django_db
@pytest.mark.parametrize("role", BLIND)
def test_no_page_tells_the_blind_roles_of_a_suspect(role, world, records):
    browser = signed_in(records.person(role))
    for page in pages(world):
        answer = browser.get(page)
        assert answer.status_code in (200, 403), page
        typed = f"“{SUSPECT}”", f'value="{SUSPECT}"', f"q={SUSPECT}"
        text = text_of(answer)
        for own_words in typed:
            text = text.replace(own_words, "")
        assert SUSPECT not in text, page


@pytest.mark.django_db
@pytest.mark.parametrize("role", SEEING)
def test_the_other_roles_are_told_where_it_stands(role, world, records):
    browser = signed_in(records.person(role))
    told = {
        page for page in pages(world) if SUSPECT in text_of(browser.get(page)) and "q=" not in page
    }
    keys = {name: one.pk for name, one in world.items()}
    expected = {f"/incidents/{keys['incident']}/", f"/exhibits/{keys['gun']}/"}
    assert expected <= told


@pytest.mark.django_db
@pytest.mark.parametrize("role", [*BLIND, *SEEING])
def test_no_export_tells_of_a_suspect(role, world, records):
    browser = signed_in(records.person(role))
    answer = browser.get("/incidents/export/")
    if answer.status_code == 200:
        assert SUSPECT not in b"".join(answer.streaming_content).decode()


@pytest.mark.django_db
def test_a_search_for_a_suspect_finds_no_gun_and_no_incident(world, records):
    from headstamp.web.casework.queries import search_incidents
    from headstamp.web.evidence.queries import search_exhibits, search_firearms

    for role in (*BLIND, *SEEING):
        user = records.person(role)
        for search in (search_incidents, search_exhibits, search_firearms):
            assert not search(user, SUSPECT)


@pytest.mark.django_db
def test_a_blind_role_that_sends_the_hidden_field_changes_nothing(world, records):
    from headstamp.web.evidence.models import Firearm

    address = f"/exhibits/{world['gun'].pk}/firearm/"
    browser = signed_in(records.person("technician"))
    form = form_of(browser.get(address), "maker")
    browser.post(address, {**form, "maker": "N", "possessor_note": "", "version": "1"})
    gun = Firearm.objects.get(exhibit=world["gun"])
    assert gun.maker == "N"
    assert SUSPECT in gun.possessor_note


@pytest.mark.django_db
def test_a_conflict_over_a_gun_does_not_tell_the_blind_role(world, records):
    address = f"/exhibits/{world['gun'].pk}/firearm/"
    blind, seeing = (
        signed_in(records.person("technician")),
        signed_in(records.person("investigator")),
    )
    form = form_of(blind.get(address), "maker")
    change = form_of(seeing.get(address), "maker")
    sent = {**change, "maker": "Seen", "possessor_note": f"{SUSPECT}'s cousin"}
    assert seeing.post(address, sent).status_code == 302
    answer = blind.post(address, {**form, "maker": "Blind"})
    assert answer.status_code == 409
    assert SUSPECT not in text_of(answer)
