"""Registering exhibits: numbers, dates, the next one, changes, withdrawal, labels."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from tests.web.forms import form_of, text_of
from tests.web.records import signed_in

from headstamp.web.evidence import actions
from headstamp.web.evidence.models import Exhibit
from headstamp.web.evidence.queries import next_number, search_exhibits
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def technician(records):
    return records.person("technician")


@pytest.fixture
def incident(records, technician):
    return records.incident(by=technician, number="HX1")


def new(browser, incident, **fields):
    address = f"/incidents/{incident.pk}/exhibits/new/"
    return browser.post(address, {**form_of(browser.get(address), "number"), **fields})


def test_the_form_proposes_all_that_a_cartridge_case_needs(incident, technician):
    answer = new(signed_in(technician), incident)
    made = Exhibit.objects.get()
    assert answer["Location"] == f"/exhibits/{made.pk}/"
    assert (made.number, made.kind, made.marking) == ("HX1-01", "cartridge_case", "agency")
    assert made.holder == made.collector == technician
    assert timezone.now() - made.collected_at < timedelta(minutes=2)


@pytest.mark.parametrize(
    ("taken", "proposed"),
    [
        ([], "HX1-01"),
        (["HX1-01"], "HX1-02"),
        (["HX1-01", "HX1-03"], "HX1-04"),
        (["HX1-09"], "HX1-10"),
        (["HX1-99"], "HX1-100"),
        (["HX1-A", "HX1-1x", "HX1-"], "HX1-01"),
        (["HX1-07", "HX10-55", "HX1-2-08"], "HX1-08"),
        (["HX1-1"], "HX1-02"),
    ],
)
def test_the_number_after_the_highest_is_proposed(records, incident, taken, proposed):
    for number in taken:
        records.exhibit(of=incident, number=number)
    assert next_number(incident) == proposed


def test_another_agencys_numbers_play_no_part(records, incident):
    theirs = records.incident("MPD", number="HX1")
    records.exhibit("MPD", of=theirs, number="HX1-07")
    assert next_number(incident) == "HX1-01"
    assert next_number(theirs) == "HX1-08"


def test_numbers_with_signs_of_patterns_are_taken_literally(records, technician):
    odd = records.incident(by=technician, number="H.1+(%_")
    records.exhibit(of=odd, number="H.1+(%_-04")
    records.exhibit(of=odd, number="HX1+(%_-09")
    assert next_number(odd) == "H.1+(%_-05"


def test_of_two_technicians_at_once_the_second_is_given_the_next_number(records, incident):
    first, second = (signed_in(records.person("technician")) for _ in range(2))
    address = f"/incidents/{incident.pk}/exhibits/new/"
    forms = [form_of(browser.get(address), "number") for browser in (first, second)]
    assert forms[0]["number"] == forms[1]["number"] == ["HX1-01"]
    assert first.post(address, forms[0]).status_code == 302
    answer = second.post(address, {**forms[1], "description": "By the door"})
    assert answer.status_code == 422
    page = text_of(answer)
    assert "in use already" in page
    assert "<strong>HX1-02</strong>" in page
    assert 'value="By the door"' in page
    again = {**form_of(answer, "number"), "number": "HX1-02"}
    assert second.post(address, again).status_code == 302
    assert Exhibit.objects.filter(description="By the door").get().number == "HX1-02"


def test_the_next_one_starts_from_the_last(incident, technician):
    browser = signed_in(technician)
    facts = {"calibre": "9 mm & x", "headstamp_maker": "WIN", "kind": "bullet", "another": "1"}
    answer = new(browser, incident, **facts)
    form = form_of(browser.get(answer["Location"]), "number")
    assert form["number"] == ["HX1-02"]
    assert form["calibre"] == ["9 mm & x"]
    assert form["headstamp_maker"] == ["WIN"]
    assert form["kind"] == ["bullet"]


@pytest.mark.parametrize(
    ("collected_at", "sentence"),
    [
        ("2999-01-01T00:00", "lies in the future"),
        ("1949-12-31T23:59", "lies before 1950"),
        ("2017-02-30T10:00", "Enter a valid date/time"),
        ("2017-03-12T02:30", "Clocks went forward"),
        ("2020-05-04T23:59", "before the incident occurred"),
        ("", "This field is required"),
    ],
)
def test_a_date_that_cannot_be_is_refused(records, technician, collected_at, sentence):
    # It occurred on 5 May 2020 at 22:00 in Chicago.
    occurred = datetime(2020, 5, 6, 3, 0, tzinfo=UTC)
    incident = records.incident(by=technician, occurred_at=occurred)
    answer = new(signed_in(technician), incident, collected_at=collected_at)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Exhibit.objects.exists()


@pytest.mark.parametrize(
    ("precision", "collected_at", "is_taken"),
    [
        ("minute", "2020-05-05T21:00", True),  # the same day: clocks of two people differ
        ("day", "2020-05-05T00:00", True),
        ("day", "2020-05-04T23:59", False),
        ("month", "2020-05-01T00:00", True),
        ("month", "2020-04-30T23:59", False),
    ],
)
def test_the_day_of_the_incident_counts_as_well_as_it_is_known(
    records, technician, precision, collected_at, is_taken
):
    incident = records.incident(
        by=technician, occurred_at=datetime(2020, 5, 6, 3, 0, tzinfo=UTC), precision=precision
    )
    answer = new(signed_in(technician), incident, collected_at=collected_at)
    assert (answer.status_code == 302) == is_taken


@pytest.mark.parametrize(
    "fields",
    [
        *({"number": ""}, {"number": "N" * 51}, {"kind": "spaceship"}, {"marking": "secret"}),
        *({"place_x_m": "nan"}, {"place_y_m": "1e999"}, {"place_x_m": "left"}),
        *({"calibre": "9" * 41}, {"description": "x" * 301}),
    ],
)
def test_values_that_cannot_be_are_refused(incident, technician, fields):
    answer = new(signed_in(technician), incident, **fields)
    assert answer.status_code == 422
    assert not Exhibit.objects.exists()


def test_a_withdrawn_incident_takes_no_exhibits(records, incident, technician):
    from headstamp.web.casework.actions import withdraw_incident

    withdraw_incident(incident, reason="Entered twice", by=records.person("commander"))
    answer = new(signed_in(technician), incident)
    assert answer.status_code == 422
    assert "has been withdrawn" in text_of(answer)


def test_another_agencys_incident_takes_no_exhibits(records, technician):
    theirs = records.incident("MPD", marking="open")
    answer = new(signed_in(technician), theirs)
    assert answer.status_code == 422
    assert "owns this record" in text_of(answer)


def test_withdrawing_needs_a_reason_and_keeps_the_record(records, technician):
    exhibit = records.exhibit(by=technician)
    browser = signed_in(technician)
    for reason in ("", "   ", "x" * 301):
        browser.post(f"/exhibits/{exhibit.pk}/withdraw/", {"reason": reason})
        exhibit.refresh_from_db()
        assert not exhibit.is_withdrawn
    browser.post(f"/exhibits/{exhibit.pk}/withdraw/", {"reason": "A bottle cap"})
    page = text_of(browser.get(f"/exhibits/{exhibit.pk}/"))
    assert "A bottle cap" in page
    assert exhibit not in search_exhibits(technician)
    assert exhibit in search_exhibits(technician, withdrawn=True)
    exhibit.refresh_from_db()
    assert (exhibit.withdrawn_reason, exhibit.version) == ("A bottle cap", 2)
    with pytest.raises(Refusal, match="withdrawn already"):
        actions.withdraw_exhibit(exhibit, reason="Again", by=technician)


def test_a_withdrawn_exhibit_keeps_its_number(records, technician, incident):
    exhibit = records.exhibit(of=incident, by=technician)
    actions.withdraw_exhibit(exhibit, reason="A bottle cap", by=technician)
    assert next_number(incident) == "HX1-02"
    assert new(signed_in(technician), incident, number=exhibit.number).status_code == 422


def test_exhibits_are_found_by_what_is_known_of_them(records, technician):
    one = records.exhibit(by=technician, number="A-1", calibre="9 mm", headstamp_maker="WIN")
    other = records.exhibit(by=technician, number="B-1", kind="bullet", description="In the wall")
    for text, found in {"a-": {one}, "win": {one}, "wall": {other}, "": {one, other}}.items():
        assert set(search_exhibits(technician, text)) == found
    assert set(search_exhibits(technician, kind="bullet")) == {other}
    assert set(search_exhibits(technician, calibre="9 MM")) == {one}
    assert set(search_exhibits(technician, "%")) == set()
    assert set(search_exhibits(records.person("technician"), held_by_me=True)) == set()
    records.scan(1, 1, of=one, by=technician)
    assert set(search_exhibits(technician, scanned="yes")) == {one}
    assert set(search_exhibits(technician, scanned="no")) == {other}


def test_a_label_opens_its_exhibit(records, technician, incident):
    import segno

    exhibit = records.exhibit(of=incident, by=technician, calibre="9 mm")
    page = text_of(signed_in(technician).get(f"/incidents/{incident.pk}/labels/"))
    address = f"http://testserver/exhibits/{exhibit.pk}/"
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=2, omitsize=True, svgclass="hs-qr", lineclass=None
    )
    assert drawn in page
    assert exhibit.number in page


def test_labels_are_of_exhibits_in_reach_and_in_use(records, technician, incident):
    shown = records.exhibit(of=incident, by=technician)
    records.exhibit(of=incident, number="HID-1", marking="restricted")
    gone = records.exhibit(of=incident, by=technician, number="GONE-1")
    actions.withdraw_exhibit(gone, reason="A bottle cap", by=technician)
    browser = signed_in(technician)
    page = text_of(browser.get(f"/incidents/{incident.pk}/labels/"))
    assert shown.number in page
    assert "HID-1" not in page
    assert "GONE-1" not in page
    alone = text_of(browser.get(f"/incidents/{incident.pk}/labels/", {"exhibit": "nothing"}))
    assert shown.number not in alone
