"""Two people change one record, through the forms of every kind of record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from tests.web.forms import form_of, text_of
from tests.web.records import signed_in

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Kind:
    """A kind of record: where it is changed, by whom, and two of its fields."""

    address: str
    role: str
    one: str
    other: str
    first: str = "First"
    second: str = "Second"


KINDS = {
    "incident": Kind("/incidents/{}/change/", "investigator", "address", "area"),
    "scene": Kind("/scenes/{}/change/", "technician", "weather", "note"),
    "exhibit": Kind("/exhibits/{}/change/", "technician", "calibre", "description"),
    "firearm": Kind("/exhibits/{}/firearm/", "technician", "serial", "importer"),
    "agency": Kind("/agencies/{}/", "administrator", "name", "ori", "First", "ILCPD0000"),
    "person": Kind("/people/{}/", "administrator", "name", "role", "First", "analyst"),
    "case": Kind("/cases/{}/change/", "analyst", "title", "number"),
}


@pytest.fixture
def made(records):
    """``made(kind)``: a record of this kind and the record its address names."""

    def gun() -> tuple[Any, Any]:
        found = records.firearm()
        return found, found.exhibit

    makers = {
        "incident": records.incident,
        "scene": records.scene,
        "exhibit": records.exhibit,
        "agency": lambda: records.agency("OTHER"),
        "person": lambda: records.person("technician"),
        "case": records.case,
    }
    return lambda kind: gun() if kind == "firearm" else (makers[kind](),) * 2


@pytest.fixture
def two(records, made):
    """``two(kind)``: a record, and two browsers with its form open."""

    def open_both(kind: str):
        record, named = made(kind)
        about = KINDS[kind]
        address = about.address.format(named.pk)
        browsers = [signed_in(records.person(about.role)) for _ in range(2)]
        forms = [form_of(browser.get(address), about.one) for browser in browsers]
        sends = [
            lambda fields, browser=browser, form=form: browser.post(address, {**form, **fields})
            for browser, form in zip(browsers, forms, strict=True)
        ]
        return record, about, sends, browsers, address

    return open_both


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_sent_back_untouched_changes_nothing(kind, two):
    record, _, (first, _), _, _ = two(kind)
    assert first({}).status_code == 302
    before = record.version
    record.refresh_from_db()
    assert record.version == before


@pytest.mark.parametrize("kind", KINDS)
def test_changes_of_different_fields_are_both_kept_without_asking(kind, two):
    record, about, (first, second), _, _ = two(kind)
    assert first({about.one: about.first}).status_code == 302
    assert second({about.other: about.second}).status_code == 302
    record.refresh_from_db()
    assert getattr(record, about.one) == about.first
    assert getattr(record, about.other) == about.second


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_editor_of_a_field_is_shown_both_versions(kind, two):
    record, about, (first, second), _, _ = two(kind)
    assert first({about.one: "Mine first"}).status_code == 302
    answer = second({about.one: "Mine later", about.other: about.second})
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Mine first" in page
    assert "Mine later" in page
    record.refresh_from_db()
    assert getattr(record, about.one) == "Mine first"
    assert getattr(record, about.other) != about.second


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("choice", ["theirs", "yours"])
def test_what_is_chosen_is_kept_with_the_rest_of_the_form(kind, choice, two):
    record, about, (first, second), browsers, address = two(kind)
    first({about.one: "Mine first"})
    conflict = second({about.one: "Mine later", about.other: about.second})
    chosen = "Mine first" if choice == "theirs" else "Mine later"
    answer = browsers[1].post(address, {**form_of(conflict, about.one), about.one: chosen})
    assert answer.status_code == 302
    record.refresh_from_db()
    assert getattr(record, about.one) == chosen
    assert getattr(record, about.other) == about.second


@pytest.mark.parametrize("kind", KINDS)
def test_a_third_editor_between_conflict_and_choice_is_not_overwritten(kind, two):
    record, about, (first, second), browsers, address = two(kind)
    first({about.one: "Mine first"})
    conflict = second({about.one: "Mine later"})
    form = form_of(browsers[0].get(address), about.one)
    browsers[0].post(address, {**form, about.one: "Mine between"})
    answer = browsers[1].post(address, {**form_of(conflict, about.one), about.one: "Mine later"})
    assert answer.status_code == 409
    assert "Mine between" in text_of(answer)
    record.refresh_from_db()
    assert getattr(record, about.one) == "Mine between"


@pytest.mark.parametrize("kind", ["incident", "exhibit"])
def test_a_withdrawn_record_refuses_the_form_that_was_open(kind, two, records):
    from headstamp.web.casework.changes import withdraw

    record, about, (first, _), _, _ = two(kind)
    withdraw(record, reason="Entered twice", by=records.person("commander"), action="test.x")
    answer = first({about.one: "Late"})
    assert answer.status_code == 422
    assert "has been withdrawn" in text_of(answer)
    record.refresh_from_db()
    assert getattr(record, about.one) != "Late"


def test_a_field_one_is_not_shown_survives_and_is_in_no_conflict(records):
    investigator, technician = records.person("investigator"), records.person("technician")
    incident = records.incident(by=investigator, investigative_note="The brother did it")
    address = f"/incidents/{incident.pk}/change/"
    blind, seeing = signed_in(technician), signed_in(investigator)
    form = form_of(blind.get(address), "address")
    assert not any("investigative_note" in name for name in form)
    change = form_of(seeing.get(address), "address")
    seeing.post(address, {**change, "address": "Ash", "investigative_note": "The cousin did it"})
    answer = blind.post(address, {**form, "address": "Oak"})
    assert answer.status_code == 409
    assert "cousin" not in text_of(answer)
    assert "brother" not in text_of(answer)
    sent = {**form_of(answer, "address"), "address": "Oak", "investigative_note": "Nobody did it"}
    assert blind.post(address, sent).status_code == 302
    incident.refresh_from_db()
    assert (incident.address, incident.investigative_note) == ("Oak", "The cousin did it")


def test_a_conflict_names_choices_as_the_form_does(records):
    incident = records.incident()
    address = f"/incidents/{incident.pk}/change/"
    browsers = [signed_in(records.person("analyst")) for _ in range(2)]
    forms = [form_of(browser.get(address), "status") for browser in browsers]
    browsers[0].post(address, {**forms[0], "status": "cleared", "occurred_at": "2020-05-06T07:08"})
    page = text_of(
        browsers[1].post(
            address, {**forms[1], "status": "suspended", "occurred_at": "2020-05-06T09:10"}
        )
    )
    for shown in ("Cleared", "Suspended", "2020-05-06 07:08", "2020-05-06 09:10"):
        assert f"<br>{shown}</label>" in page


def test_a_conflict_over_a_box_to_tick_can_be_decided_both_ways(records):
    from headstamp.web.evidence import actions

    by = records.person("technician")
    exhibit = records.exhibit(by=by, kind="firearm")
    gun = actions.describe_firearm(exhibit, by=by, maker="M", calibre="9 mm", type="pistol")
    address = f"/exhibits/{exhibit.pk}/firearm/"
    one, other = signed_in(by), signed_in(records.person("technician"))
    form = form_of(other.get(address), "maker")
    change = form_of(one.get(address), "maker")
    one.post(address, {**change, "conversion_device": "on", "maker": "N"})
    answer = other.post(address, {**form, "maker": "O"})
    kept = form_of(answer, "maker")
    assert kept["conversion_device"] == ["on"]
    other.post(address, {**kept, "maker": "O"})
    gun.refresh_from_db()
    assert gun.conversion_device
    assert gun.maker == "O"


def test_a_number_that_is_taken_is_refused_where_it_was_typed(records):
    taken, incident = records.incident(number="X-1"), records.incident(number="X-2")
    browser = signed_in(records.person("investigator"))
    address = f"/incidents/{incident.pk}/change/"
    form = form_of(browser.get(address), "number")
    answer = browser.post(address, {**form, "number": taken.number, "address": "Typed"})
    assert answer.status_code == 422
    assert "with this number already" in text_of(answer)
    assert 'value="Typed"' in text_of(answer)
