"""The monitor's pages of the record, which are on record themselves."""

from __future__ import annotations

import pytest
from tests.web.audit.conftest import EVENTS
from tests.web.audit.tampering import drop_guards, sql

from headstamp.web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def monitor(person):
    return person("monitor", "OIM")


@pytest.fixture
def client(monitor, signed_in):
    return signed_in(monitor)


def recorded(action):
    return AuditEvent.objects.filter(action=action)


def test_events_are_listed_newest_first_with_the_names_of_who_did_it(client, person, incident):
    by = person("analyst", name="Quincy Adler")
    incident(by=by)
    page = client.get("/audit/").content.decode()
    assert page.index("audit.viewed") < page.index("casework.incident_added")
    assert "Quincy Adler" in page


def test_looking_is_on_record_once_for_each_filter(client, events):
    events(60)
    for _ in range(3):
        client.get("/audit/")
        client.get("/audit/?page=2")
        client.get("/audit/?action=tests")
    details = [event.detail["filter"] for event in recorded("audit.viewed")]
    assert sorted(details) == ["", "action=tests"]


def test_filters_find_by_action_person_record_outcome_and_day(client, person, incident, events):
    by = person("analyst", name="Quincy Adler")
    found = incident(by=by)
    events(3)

    def rows(query):
        return [event.action for event in client.get(f"/audit/?{query}").context["page"].rows]

    assert rows("action=tests") == ["tests.done"] * 3
    assert set(rows("person=quincy")) == {"casework.incident_added"}
    assert rows(f"record={found.pk}") == ["casework.incident_added"]
    assert rows("outcome=failed") == []
    assert rows("since=2999-01-01") == []
    assert "tests.done" in rows("until=2999-01-01")
    assert "tests.done" in rows("since=0001-01-01")


def test_one_event_shows_its_hash_and_the_recomputed_one(client, events):
    first = events(2).first()
    page = client.get("/audit/1/").content.decode()
    assert page.count(first.hash) == 2
    assert "the same" in page
    for path in ("/audit/999/", "/audit/99999999999999999999999999/", "/audit/0/"):
        assert client.get(path).status_code == 404


def test_an_event_that_was_changed_shows_that_it_is_different(client, events):
    events(2)
    drop_guards(EVENTS)
    sql(f"UPDATE {EVENTS} SET action = 'tests.other' WHERE sequence = 1")
    assert "different" in client.get("/audit/1/").content.decode()


def test_the_check_of_the_whole_says_that_it_is_whole_and_is_on_record(client, events):
    events(4)  # after the monitor's sign-in
    page = client.post("/audit/verify/", follow=True).content.decode()
    assert "All 5 events are whole" in page
    assert recorded("audit.verified").get().outcome == "done"


def test_the_check_names_the_first_broken_event_and_what_guards_are_missing(client, events):
    events(4)
    drop_guards(EVENTS)
    sql(f"UPDATE {EVENTS} SET action = 'tests.other' WHERE sequence = 3")
    page = client.post("/audit/verify/", follow=True).content.decode()
    assert "The record is broken at event 3: its content is not what was put on record." in page
    assert f"Guards are missing in the database: {EVENTS}_no" in page
    assert recorded("audit.verified").get().outcome == "failed"


def test_an_export_holds_what_the_filter_finds_and_is_on_record(client, events):
    events(3)
    text = b"".join(client.get("/audit/export/?action=tests").streaming_content).decode()
    assert text.count("tests.done") == 3
    assert recorded("audit.exported").get().detail == {"filter": "action=tests"}


def test_an_export_by_a_filter_that_cannot_be_read_exports_nothing(client, events):
    events(3)
    answer = client.get("/audit/export/?since=yesterday")
    assert answer["Location"] == "/audit/?since=yesterday"
    assert "valid date" in client.get(answer["Location"]).content.decode()
    assert not recorded("audit.exported").exists()


@pytest.mark.parametrize("role", ["administrator", "commander", "examiner"])
def test_nobody_else_reads_the_record(person, signed_in, role):
    client = signed_in(person(role))
    for path in ("/audit/", "/audit/1/", "/audit/export/"):
        assert client.get(path).status_code == 403
    assert not recorded("audit.viewed").exists()
