"""Incidents: entered, found, exported, withdrawn."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from tests.web.forms import form_of, text_of
from tests.web.records import signed_in

from headstamp.web.audit.models import AuditEvent
from headstamp.web.casework.models import Incident
from headstamp.web.casework.queries import search_incidents

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(records):
    return signed_in(records.person("investigator"))


def enter(browser, **fields):
    form = form_of(browser.get("/incidents/new/"), "number")
    sent = {**form, "number": "HX-1", "occurred_at": "2020-05-06T22:05", **fields}
    return browser.post("/incidents/new/", sent)


def exported(browser, **filters):
    answer = browser.get("/incidents/export/", filters)
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_an_incident_is_kept_as_it_was_entered(browser):
    answer = enter(browser, address="Alder & Elm", homicides="1", nonfatal="2", precision="hour")
    made = Incident.objects.get()
    assert answer["Location"] == f"/incidents/{made.pk}/"
    assert made.occurred_at == datetime(2020, 5, 7, 3, 5, tzinfo=UTC)
    assert (made.address, made.homicides, made.nonfatal) == ("Alder & Elm", 1, 2)
    assert "2020-05-06 about 22:00" in text_of(browser.get(answer["Location"]))


def test_an_incident_in_the_hour_that_comes_twice_can_be_entered_and_changed(browser):
    # Clocks went back in Chicago on 1 November 2020 at 2 a.m., in the night of a Saturday.
    answer = enter(browser, occurred_at="2020-11-01T01:30")
    assert answer.status_code == 302
    made = Incident.objects.get()
    assert made.occurred_at == datetime(2020, 11, 1, 6, 30, tzinfo=UTC)
    second = datetime(2020, 11, 1, 7, 30, tzinfo=UTC)
    Incident.objects.update(occurred_at=second)
    address = f"/incidents/{made.pk}/change/"
    form = form_of(browser.get(address), "address")
    assert browser.post(address, {**form, "address": "Ash"}).status_code == 302
    made.refresh_from_db()
    assert (made.occurred_at, made.address) == (second, "Ash")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"occurred_at": "2999-01-01T00:00"}, "lies in the future"),
        ({"occurred_at": "1900-01-01T00:00"}, "lies before 1950"),
        ({"occurred_at": "2017-02-30T10:00"}, "Enter a valid date/time"),
        ({"occurred_at": "2017-03-12T02:30"}, "Clocks went forward"),
        ({"occurred_at": ""}, "This field is required"),
        ({"reported_at": "2999-01-01T00:00"}, "reported lies in the future"),
        ({"reported_at": "2020-05-06T22:04"}, "reported before it occurred"),
        ({"homicides": "-1"}, "greater than or equal to 0"),
        ({"homicides": "99999"}, "less than or equal to 1000"),
        ({"homicides": "one"}, "Enter a whole number"),
        ({"status": "forgotten"}, "Select a valid choice"),
        ({"marking": "secret"}, "Select a valid choice"),
        ({"number": "  "}, "This field is required"),
    ],
)
def test_what_cannot_be_is_refused_where_it_was_typed(browser, fields, sentence):
    answer = enter(browser, address="Typed before", **fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "Typed before" in text_of(answer)
    assert not Incident.objects.exists()


def test_a_number_is_used_once_an_agency(browser, records):
    records.incident(number="HX-1")
    answer = enter(browser)
    assert answer.status_code == 422
    assert "with this number already" in text_of(answer)
    assert enter(signed_in(records.person("analyst", "MPD"))).status_code == 302


def test_incidents_are_found_by_what_is_known_of_them(records):
    analyst = records.person("analyst")
    day = datetime(2020, 5, 6, 18, tzinfo=UTC)
    one = records.incident(number="HX-1", address="Alder Street", occurred_at=day, area="7")
    other = records.incident(
        number="JB-2",
        address="Elm Street",
        offence_title="HOMICIDE",
        status="closed",
        occurred_at=day + timedelta(days=9),
    )
    found = {"hx": {one}, "alder s": {one}, "homi": {other}, "X-1": set(), "%": set()}
    for text, expected in found.items():
        assert set(search_incidents(analyst, text)) == expected, text
    assert set(search_incidents(analyst, status="closed")) == {other}
    assert set(search_incidents(analyst, area="7")) == {one}
    assert set(search_incidents(analyst, occurred_from=day.date())) == {one, other}
    assert set(search_incidents(analyst, occurred_until=day.date())) == {one}
    assert list(search_incidents(analyst)) == [other, one]


def test_the_days_of_a_filter_are_days_of_the_place(records):
    # 11.30 p.m. on 6 May in Chicago is 7 May in UTC.
    made = records.incident(occurred_at=datetime(2020, 5, 7, 4, 30, tzinfo=UTC))
    browser = signed_in(records.person("analyst"))
    for day, found in (("2020-05-06", True), ("2020-05-07", False)):
        query = {"occurred_from": day, "occurred_until": day}
        page = text_of(browser.get("/incidents/", query))
        assert (made.number in page) == found
        assert bool(exported(browser, **query)) == found


def test_a_filter_that_finds_nothing_offers_to_clear_it(browser, records):
    records.incident()
    for query in ({"q": "nothing"}, {"status": "closed"}, {"occurred_from": "x"}):
        page = text_of(browser.get("/incidents/", query))
        assert "Nothing found" in page
        assert "Clear" in page


def test_an_export_holds_what_the_list_shows_and_no_formula(records):
    records.incident(number="HX-1", address="=HYPERLINK(1)", area="+1", homicides=1)
    records.incident("MPD", number="THEIRS")
    records.incident(number="HIDDEN", marking="restricted")
    gone = records.incident(number="GONE")
    from headstamp.web.casework.actions import withdraw_incident

    withdraw_incident(gone, reason="Twice", by=records.person("commander"))
    analyst = records.person("analyst")
    (row,) = exported(signed_in(analyst))
    assert row["Number"] == "HX-1"
    assert row["Place"] == "'=HYPERLINK(1)"
    assert row["Area"] == "+1"
    assert row["Killed"] == "1"
    event = AuditEvent.objects.get(action="casework.exported")
    assert (event.actor, event.detail["what"]) == (str(analyst.pk), "incidents")
    monitor = records.person("monitor", "OIM")
    numbers = {one["Number"] for one in exported(signed_in(monitor))}
    assert numbers == {"HX-1", "THEIRS", "HIDDEN"}


def test_an_export_that_is_asked_for_wrongly_is_empty(records):
    records.incident()
    assert exported(signed_in(records.person("analyst")), occurred_from="yesterday") == []


def test_an_export_of_many_is_whole(records):
    agency, now = records.agency("PVPD"), timezone.now()
    Incident.objects.bulk_create(
        Incident(agency=agency, number=f"N-{n:05d}", occurred_at=now) for n in range(2500)
    )
    rows = exported(signed_in(records.person("analyst")))
    assert len({row["Number"] for row in rows}) == len(rows) == 2500


def test_a_withdrawn_incident_stays_readable_with_its_reason(records):
    made, browser = records.incident(), signed_in(records.person("commander"))
    for reason in ("", "  ", "x" * 301):
        browser.post(f"/incidents/{made.pk}/withdraw/", {"reason": reason})
        made.refresh_from_db()
        assert not made.is_withdrawn
    browser.post(f"/incidents/{made.pk}/withdraw/", {"reason": "Entered twice"})
    page = text_of(browser.get(f"/incidents/{made.pk}/"))
    assert "Entered twice" in page
    assert made.number not in text_of(browser.get("/incidents/"))
    assert made.number in text_of(browser.get("/incidents/", {"withdrawn": "on"}))
    answer = browser.post(f"/incidents/{made.pk}/withdraw/", {"reason": "Again"}, follow=True)
    assert "withdrawn already" in text_of(answer)


def test_another_agency_changes_and_withdraws_nothing(records):
    theirs = records.incident("MPD", marking="open")
    browser = signed_in(records.person("commander"))
    browser.post(f"/incidents/{theirs.pk}/withdraw/", {"reason": "Ours now"})
    address = f"/incidents/{theirs.pk}/change/"
    answer = browser.post(address, {**form_of(browser.get(address), "address"), "address": "X"})
    assert answer.status_code == 422
    assert "owns this record" in text_of(answer)
    theirs.refresh_from_db()
    assert (theirs.is_withdrawn, theirs.version) == (False, 1)


def test_raw_values_of_an_import_are_shown_row_by_row(records):
    made = records.incident()
    raw = [{"row": 2, "values": {"No": "1", "Who": "A"}}, {"row": 5, "values": {"Who": "B"}}]
    Incident.objects.filter(pk=made.pk).update(raw=raw, source_row=2)
    page = text_of(signed_in(records.person("analyst")).get(f"/incidents/{made.pk}/"))
    assert "As imported, row 2" in page
    assert "As imported, row 5" in page
    assert "<dt>Who</dt><dd>B</dd>" in page
