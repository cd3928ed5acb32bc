"""Records are found by the beginnings of their words, the same ones on both databases."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.records import signed_in

from headstamp.web.casework import actions, words
from headstamp.web.casework.models import Incident, IncidentWord
from headstamp.web.casework.queries import search_incidents
from headstamp.web.evidence import actions as evidence
from headstamp.web.evidence.models import Exhibit, ExhibitWord
from headstamp.web.evidence.queries import search_exhibits, search_scans
from headstamp.web.lists import indexed

pytestmark = pytest.mark.django_db

WAYS = {
    "one by one": (500, 5000, 20_000),
    "all at once": (0, 5000, 20_000),
    "in the order of the list": (0, 0, 20_000),
    "asked": (0, 0, 0),
}


@pytest.fixture(params=WAYS)
def way(request, monkeypatch):
    """Each of the ways in which rare and common words are looked for."""
    few, many, common = WAYS[request.param]
    monkeypatch.setattr(indexed, "FEW", few)
    monkeypatch.setattr(indexed, "MANY", many)
    monkeypatch.setattr(indexed, "COMMON", common)
    monkeypatch.setattr(words, "COMMON", common)


@pytest.fixture
def analyst(records):
    return records.person("analyst")


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        *(("PV24-001234", True), ("pv24-0012", True), ("PV24 001234", True), ("pv240012", True)),
        *(("24-001234", False), ("001234", False), ("PV24-001234-1", False)),
        *(("Alder", True), ("alder st", True), ("street ALDER", True), ("12XX alder", True)),
        *(("lder", False), ("alder elm", False), ("alders", False), ("alder  ", True)),
        *(
            ("café", True),
            ("CAFE", True),
            ("Cafe\u0301", True),
            ("straße", True),
            ("STRASSE", True),
        ),
        *(("robb", True), ("armed robbery", True), ("robbery unarmed", False)),
        *(("%", False), ("_", False), ("al%er", False), ("#pv24", True), ("—", False)),
    ],
)
def test_a_text_finds_a_record_by_beginnings_of_its_words(text, is_found, analyst, records):
    made = records.incident(
        number="PV24-001234",
        address="12XX Alder Street, Café Straße",
        offence_title="Robbery, armed",
    )
    records.incident(number="JB-9", address="Elm Road")
    assert list(search_incidents(analyst, text)) == ([made] if is_found else [])


@pytest.mark.usefixtures("way")
def test_several_are_found_each_once_and_in_order(analyst, records):
    made = [records.incident(number=f"A-{i}", address="Elm Elmwood Elms") for i in range(3)]
    made.sort(key=lambda one: (one.occurred_at, one.number), reverse=True)
    assert list(search_incidents(analyst, "elm")) == made
    assert list(search_incidents(analyst, "a1")) == [one for one in made if one.number == "A-1"]


def test_a_word_finds_nothing_out_of_reach(records):
    records.incident("MPD", address="Alder Street", marking="agency")
    assert not search_incidents(records.person("analyst", "PVPD"), "alder")


def test_exhibits_are_found_by_headstamp_and_description(analyst, records):
    made = records.exhibit(headstamp_maker="O-V-L", description="Beside the kerb", number="Z/7 b")
    for text in ("o-v-l", "OVL kerb", "kerb besi", "z7b", "Z-7"):
        found = list(search_exhibits(analyst, text))
        assert found == ([made] if text != "OVL kerb" else []), text


def test_scans_are_found_by_the_number_of_their_exhibit_however_it_is_written(analyst, records):
    made = records.scan(1, 1, of=records.exhibit(number="HX-7-01", description="KX-7"))
    assert list(search_scans(analyst, "hx 7")) == [made]
    assert not search_scans(analyst, "KX-7")
    assert not search_scans(analyst, "-")


def test_a_changed_record_is_found_by_what_it_says_now(analyst, records):
    made = records.incident(number="HX-1", address="Alder Street")
    changes = {"number": "HX-2", "address": "Elm Street"}
    actions.change_incident(made, version=1, changes=changes, by=made.created_by)
    found = {text: bool(search_incidents(analyst, text)) for text in ("hx-1", "hx-2", "alder")}
    assert found == {"hx-1": False, "hx-2": True, "alder": False}
    assert search_incidents(analyst, "elm street")
    exhibit = records.exhibit(of=made, by=made.created_by, description="Brass")
    evidence.change_exhibit(exhibit, version=1, changes={"description": ""}, by=made.created_by)
    assert not search_exhibits(analyst, "brass")


def test_imported_records_are_found_and_imported_changes_too(analyst):
    browser = signed_in(analyst)
    for place in ("Alder Street", "Elm Street"):
        table = f"Incident number,Occurred,Place\nHX-1,5/6/2017,{place}\n".encode()
        sent = {"kind": "incidents", "table": SimpleUploadedFile("t.csv", table)}
        page = browser.post("/imports/new/", sent)["Location"]
        browser.post(f"{page}run/", {"update": "1"})
        assert [one.address for one in search_incidents(analyst, place)] == [place]
    assert not search_incidents(analyst, "alder")


def test_every_record_of_a_scene_has_the_words_of_its_fields(records):
    records.scan(1, 1)
    for model, kind in ((Incident, IncidentWord), (Exhibit, ExhibitWord)):
        for one in model.objects.all():
            kept = kind.objects.filter(record=one).values_list("word", flat=True)
            assert sorted(kept) == sorted(words.words_of(one))
            assert kept


def test_a_number_longer_than_a_word_can_be_is_found(analyst, records):
    made = records.exhibit(number="X" * 50)
    assert list(search_exhibits(analyst, "x" * 50)) == [made]
    assert list(search_exhibits(analyst, "x" * 100)) == [made]
