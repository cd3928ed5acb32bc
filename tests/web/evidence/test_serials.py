"""Serial numbers and firearms: found whatever the spelling, described once."""

from __future__ import annotations

import pytest
from tests.web.forms import form_of, text_of
from tests.web.records import signed_in

from headstamp.tracing.serials import normalised
from headstamp.web.evidence import actions
from headstamp.web.evidence.queries import search_firearms
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("serial", "plain"),
    [
        *(("ab-123 45", "AB12345"), ("AB12345", "AB12345"), (" a.b/1_2#3 ", "AB123"), ("", "")),
        *(("---", ""), ("\uff21\uff22\uff11\uff12", "AB12"), ("№5", "NO5"), ("Ä1", "1")),
    ],
)
def test_a_serial_number_is_its_letters_and_digits(serial, plain):
    assert normalised(serial) == plain


def test_normalising_twice_changes_nothing():
    for serial in ("ab-1", "\uff21 1", "ﬁ-9", "x" * 40):
        assert normalised(normalised(serial)) == normalised(serial)


@pytest.mark.parametrize("text", ["AB12345", "ab-123-45", " aB 123 45", "ab12", "12345", "b1234"])
def test_a_gun_is_found_whatever_the_spelling(records, text):
    technician = records.person("technician")
    gun = records.firearm(by=technician, serial="Ab 123-45")
    records.firearm(by=technician, serial="ZZ99999")
    assert list(search_firearms(technician, text)) == [gun]
    page = text_of(signed_in(technician).get("/search/", {"q": text}))
    assert "Ab 123-45" in page


@pytest.mark.parametrize("text", ["-", "99999Z", "Q", "%", "_"])
def test_what_is_no_part_of_it_finds_nothing(records, text):
    technician = records.person("technician")
    records.firearm(by=technician, serial="ZZ99999")
    assert not search_firearms(technician, text)


def test_a_gun_is_found_by_maker_model_and_calibre_too(records):
    technician = records.person("technician")
    gun = records.firearm(by=technician, maker="Smith & Wesson", model="SD9", calibre="9 mm")
    for text in ("smith", "sd9", "9 MM"):
        assert list(search_firearms(technician, text)) == [gun]


def test_a_corrected_serial_number_is_found_by_its_new_spelling(records):
    technician = records.person("technician")
    gun = records.firearm(by=technician, serial="AB-1")
    actions.change_firearm(gun, version=1, changes={"serial": "CD-22"}, by=technician)
    assert list(search_firearms(technician, "cd 22")) == [gun]
    assert not search_firearms(technician, "AB1")


def test_only_a_firearm_is_described_as_one_and_once(records):
    technician = records.person("technician")
    facts = {"maker": "M", "calibre": "9 mm", "type": "pistol"}
    with pytest.raises(Refusal, match="that is a firearm"):
        actions.describe_firearm(records.exhibit(by=technician), by=technician, **facts)
    gun = records.firearm(by=technician)
    with pytest.raises(Refusal, match="described already"):
        actions.describe_firearm(gun.exhibit, by=technician, **facts)
    with pytest.raises(Refusal, match="stays firearm"):
        actions.change_exhibit(gun.exhibit, version=1, changes={"kind": "bullet"}, by=technician)


def test_nothing_is_described_of_another_agencys_or_a_withdrawn_exhibit(records):
    technician = records.person("technician")
    facts = {"maker": "M", "calibre": "9 mm", "type": "pistol"}
    theirs = records.exhibit("MPD", kind="firearm", marking="open")
    with pytest.raises(Refusal, match="owns this record"):
        actions.describe_firearm(theirs, by=technician, **facts)
    gone = records.exhibit(by=technician, kind="firearm")
    actions.withdraw_exhibit(gone, reason="A toy", by=technician)
    gone.refresh_from_db()
    with pytest.raises(Refusal, match="withdrawn"):
        actions.describe_firearm(gone, by=technician, **facts)


def test_a_gun_is_described_through_its_page(records):
    technician = records.person("technician")
    exhibit = records.exhibit(by=technician, kind="firearm")
    browser = signed_in(technician)
    address = f"/exhibits/{exhibit.pk}/firearm/"
    form = form_of(browser.get(address), "maker")
    assert browser.post(address, form).status_code == 422
    sent = {**form, "maker": "Taurus", "calibre": "9 mm", "type": "pistol", "serial": "T-1"}
    assert browser.post(address, sent).status_code == 302
    assert "T-1" in text_of(browser.get(f"/exhibits/{exhibit.pk}/"))
