"""A table through the pages: handed in, mapped, looked at, imported, mended, imported again."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.web.forms import forms_of, text_of
from tests.web.records import signed_in

from headstamp.web.audit.models import AuditEvent
from headstamp.web.casework import cases
from headstamp.web.casework.models import ColumnMapping, ImportBatch, Incident
from headstamp.web.evidence.imports import actions
from headstamp.web.evidence.models import Exhibit
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db

HEADER = "Incident number,Occurred,Place,Killed,Longitude\n"


@pytest.fixture
def analyst(records):
    return records.person("analyst")


@pytest.fixture
def browser(analyst):
    return signed_in(analyst)


@pytest.fixture
def hand_in(browser):
    """``hand_in(text)``: the batch, and its page."""

    def send(content, kind="incidents", name="table.csv", by=browser):
        data = content if isinstance(content, bytes) else content.encode()
        sent = {"kind": kind, "table": SimpleUploadedFile(name, data)}
        answer = by.post("/imports/new/", sent)
        assert answer.status_code == 302, text_of(answer)
        batch = ImportBatch.objects.get(pk=answer["Location"].split("/")[2])
        return batch, by.get(answer["Location"])

    return send


def counts(page):
    """The figures of an import's page."""
    shown = re.findall(r'<dt>([^<]+)</dt><dd class="hs-figure"[^>]*>(\d+)<', text_of(page))
    return {name: int(number) for name, number in shown}


def run(browser, batch, **sent):
    return browser.post(f"/imports/{batch.pk}/run/", sent, follow=True)


def mend(browser, batch):
    answer = browser.get(f"/imports/{batch.pk}/rows-to-mend/")
    return b"".join(answer.streaming_content)


def remap(browser, batch, **changes):
    page = browser.get(f"/imports/{batch.pk}/")
    (form,) = [one["fields"] for one in forms_of(page) if one["action"].endswith("/map/")]
    return browser.post(f"/imports/{batch.pk}/map/", {**form, **changes})


def test_a_table_is_looked_at_before_anything_is_stored(hand_in, browser):
    batch, page = hand_in(HEADER + "A-1,5/6/2017 22:15,Alder,1,-87.6\nA-2,2/30/2017,Ash,0,-87.7\n")
    assert counts(page)["New"] == 1
    assert counts(page)["To mend"] == 1
    assert "no date that exists" in text_of(page)
    assert not Incident.objects.exists()
    answer = run(browser, batch)
    assert "1 row imported" in text_of(answer)
    made = Incident.objects.get()
    assert (made.number, made.address, made.homicides, made.longitude) == ("A-1", "Alder", 1, -87.6)
    assert made.raw["Occurred"] == "5/6/2017 22:15"
    assert (made.source_row, made.batch) == (2, batch)
    assert (made.agency, made.marking) == (batch.agency, "agency")
    assert AuditEvent.objects.get(action="casework.imported").detail["new"] == 1


def test_the_same_table_again_stores_nothing(hand_in, browser):
    table = HEADER + "A-1,5/6/2017 22:15,Alder,1,-87.6\nA-2,11/5/2017 1:30,Ash,0,-87.7\n"
    run(browser, hand_in(table)[0])
    batch, page = hand_in(table)
    assert counts(page)["There already"] == 2
    assert counts(page)["New"] == counts(page)["There, but different"] == 0
    run(browser, batch)
    assert Incident.objects.count() == 2
    assert set(Incident.objects.values_list("version", flat=True)) == {1}


def test_changed_rows_are_changed_only_when_asked(hand_in, browser, analyst):
    run(browser, hand_in(HEADER + "A-1,5/6/2017 22:15,Alder,1,-87.6\n")[0])
    new = HEADER + "A-1,5/6/2017 22:15,Alder,2,-87.6\n"
    batch, page = hand_in(new)
    assert counts(page)["There, but different"] == 1
    run(browser, batch)
    assert Incident.objects.get().homicides == 1
    batch, _ = hand_in(new)
    run(browser, batch, update="1")
    made = Incident.objects.get()
    assert (made.homicides, made.version, made.updated_by) == (2, 2, analyst)
    assert made.raw["Killed"] == "2"
    event = AuditEvent.objects.get(action="casework.import_changed")
    assert event.detail == {"fields": ["homicides"], "import": str(batch.pk)}


def test_rows_to_mend_are_mended_in_their_file_and_handed_in_again(hand_in, browser):
    batch, _ = hand_in(
        HEADER + "A-1,5/6/2017,Alder,1,-87.6\nA-2,soon,=2+3,0,-87.7\n,5/6/2017,Ash,,-87.8\n"
    )
    before = mend(browser, batch)
    run(browser, batch)
    after = mend(browser, batch)
    assert before == after
    rows = list(csv.reader(io.StringIO(after.decode("utf-8-sig"))))
    assert rows[0][-1] == "What is wrong"
    assert [row[:-1] for row in rows[1:]] == [
        ["A-2", "soon", "'=2+3", "0", "-87.7"],
        ["", "5/6/2017", "Ash", "", "-87.8"],
    ]
    assert "is no date" in rows[1][-1]
    mended = after.decode("utf-8-sig").replace("soon", "5/7/2017").replace("\r\n,5", "\r\nA-3,5")
    again, page = hand_in(mended)
    assert counts(page)["New"] == 2
    run(browser, again)
    found = Incident.objects.get(number="A-2")
    assert (found.address, found.longitude) == ("=2+3", -87.7)
    assert not mend(browser, again).splitlines()[1:]


def test_a_mapping_that_was_kept_is_proposed_for_the_next_table(hand_in, browser):
    table = "ref;when;mood\nA-1;6.5.2017;1-GLAD\n"
    batch, page = hand_in(table)
    assert "What would become" not in text_of(page)
    chosen = {"column-number": "ref", "column-occurred_at": "when", "column-status": "mood"}
    remap(browser, batch, **chosen, date_order="dmy", name="Our list")
    words = {"word-status": "1-GLAD", "meaning-status": "closed"}
    remap(browser, batch, **words)
    run(browser, batch)
    assert Incident.objects.get().status == "closed"
    assert ColumnMapping.objects.get().name == "Our list"
    other, page = hand_in(table.replace("A-1", "A-2").replace("6.5", "7.5"))
    assert counts(page)["New"] == 1
    assert other.mapping["name"] == "Our list"
    run(browser, other)
    made = Incident.objects.get(number="A-2")
    assert timezone.localtime(made.occurred_at).strftime("%Y-%m-%d") == "2017-05-07"
    assert made.status == "closed"
    assert ColumnMapping.objects.count() == 1


def test_of_two_mappings_that_fit_the_fuller_is_proposed(hand_in, browser):
    for columns, name in ({}, "Short"), ({"column-address": "where"}, "Full"):
        batch, _ = hand_in("ref,when,where\nA-1,5/6/2017,Alder\n")
        chosen = {"column-number": "ref", "column-occurred_at": "when", **columns}
        remap(browser, batch, **chosen, name=name)
        run(browser, batch)
    batch, _ = hand_in("ref,when,where\nA-1,5/6/2017,Alder\n")
    assert batch.mapping["name"] == "Full"


def test_another_agencys_mapping_is_not_proposed(hand_in, browser, records):
    batch, _ = hand_in("ref,when\nA-1,5/6/2017\n")
    remap(browser, batch, **{"column-number": "ref", "column-occurred_at": "when"}, name="Ours")
    run(browser, batch)
    theirs = signed_in(records.person("analyst", "MPD"))
    batch, page = hand_in("ref,when\nA-1,5/6/2017\n", by=theirs)
    assert batch.mapping["name"] == ""
    assert "Ours" not in text_of(page)


def test_another_agencys_table_is_not_there(hand_in, records):
    batch, _ = hand_in(HEADER + "A-1,5/6/2017,Alder,1,\n")
    theirs = signed_in(records.person("commander", "MPD"))
    for address in ("", "rows-to-mend/"):
        assert theirs.get(f"/imports/{batch.pk}/{address}").status_code == 404
    for address in ("run/", "map/", "abandon/"):
        assert theirs.post(f"/imports/{batch.pk}/{address}").status_code == 404
    assert batch.file_name not in text_of(theirs.get("/imports/"))


def test_of_two_who_import_one_table_the_second_is_told(hand_in, browser, records):
    batch, _ = hand_in(HEADER + "A-1,5/6/2017,Alder,1,\n")
    other = signed_in(records.person("commander"))
    run(browser, batch)
    assert "imported or left out already" in text_of(run(other, batch))
    assert "imported or left out already" in text_of(
        other.post(f"/imports/{batch.pk}/abandon/", follow=True)
    )
    answer = other.post(
        f"/imports/{batch.pk}/map/",
        {"column-number": "Incident number", "column-occurred_at": "Occurred"},
    )
    assert answer.status_code == 422
    assert "imported or left out already" in text_of(answer)
    assert Incident.objects.count() == 1


def test_a_table_that_was_mapped_anew_meanwhile_is_looked_at_again(hand_in, browser, analyst):
    batch, _ = hand_in(HEADER + "A-1,5/6/2017,Alder,1,\n")
    stale = ImportBatch.objects.get(pk=batch.pk)
    remap(browser, batch, **{"column-address": ""})
    with pytest.raises(Refusal, match="mapped anew"):
        actions.run(stale, update=False, by=analyst)


def test_a_table_that_was_left_out_stores_nothing(hand_in, browser):
    batch, _ = hand_in(HEADER + "A-1,5/6/2017,Alder,1,\n")
    browser.post(f"/imports/{batch.pk}/abandon/")
    assert "imported or left out already" in text_of(run(browser, batch))
    assert not Incident.objects.exists()
    assert AuditEvent.objects.filter(action="casework.import_abandoned")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"column-number": ""}, "Choose the column for: Incident number"),
        ({"column-address": "Occurred"}, "chosen for two fields"),
        ({"column-address": "No such column"}, "not in the table"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(hand_in, browser, changes, sentence):
    batch, _ = hand_in(HEADER + "A-1,5/6/2017,Alder,1,\n")
    answer = remap(browser, batch, **changes)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "table.csv", "empty"),
        (b"Number,Occurred\n", "table.csv", "no rows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "table.xls", "old or protected Excel"),
        (b"PK\x03\x04junk", "table.xlsx", "no .xlsx workbook"),
        (b"%PDF-1.7\n\x00", "table.csv", "is no table"),
        (b"x,y\n" * 200_002, "table.csv", "more than 200,000 rows"),
    ],
)
def test_what_is_no_table_is_refused(browser, content, name, sentence):
    sent = {"kind": "incidents", "table": SimpleUploadedFile(name, content)}
    answer = browser.post("/imports/new/", sent)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not ImportBatch.objects.exists()


def test_nothing_chosen_and_a_kind_that_does_not_exist_are_refused(browser):
    assert browser.post("/imports/new/", {"kind": "incidents"}).status_code == 422
    sent = {"kind": "people", "table": SimpleUploadedFile("t.csv", b"A,B\n1,2\n")}
    assert browser.post("/imports/new/", sent).status_code == 422


def test_a_workbook_is_imported_too(hand_in, browser):
    book = openpyxl.Workbook()
    book.active.append(["Shootings of the city"])
    book.active.append(["Incident number", "Occurred", "Killed", "Note"])
    book.active.append([1234567, "5/6/2017 22:15", 2.0, "=1+1"])
    stream = io.BytesIO()
    book.save(stream)
    batch, page = hand_in(stream.getvalue(), name="table.xlsx")
    assert counts(page)["New"] == 1
    run(browser, batch)
    made = Incident.objects.get()
    assert (made.number, made.homicides, made.source_row) == ("1234567", 2, 3)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_characters_survive_an_import(hand_in, browser, encoding):
    batch, _ = hand_in((HEADER + "A-1,5/6/2017,Café “Straße”,1,\n").encode(encoding))
    run(browser, batch)
    assert Incident.objects.get().address == "Café “Straße”"


def test_a_day_without_a_time_is_said_to_be_a_day(hand_in, browser):
    run(browser, hand_in(HEADER + "A-1,5/6/2017,Alder,1,\n")[0])
    made = Incident.objects.get()
    assert made.precision == "day"
    assert "2017-05-06</dd>" in text_of(browser.get(f"/incidents/{made.pk}/"))


@pytest.mark.parametrize(
    ("occurred", "shown"),
    [
        ("5/6/2017", "2017-05-06, no time of day"),
        ("2017-05-06T00:00:00Z", "2017-05-06, no time of day"),  # how databases write a day
        ("5/6/2017 0:00", "2017-05-06 00:00"),
        ("5/6/2017 22:15", "2017-05-06 22:15"),
    ],
)
def test_the_preview_says_whether_a_time_of_day_is_known(hand_in, occurred, shown):
    _, page = hand_in(HEADER + f"A-1,{occurred},Alder,1,\n")
    assert f"<td>{shown}</td>" in text_of(page)
    assert "midnight" not in text_of(page)


def test_the_preview_says_so_of_every_column_of_times(hand_in):
    header = "Incident number,Occurred,Reported\n"
    _, page = hand_in(header + "A-1,5/6/2017 22:15,5/7/2017\nA-2,5/6/2017,5/7/2017 0:00\n")
    shown = re.findall(r"<td>([^<]*)</td>", text_of(page))
    assert shown[:3] == ["A-1", "2017-05-06 22:15", "2017-05-07, no time of day"]
    assert shown[3:6] == ["A-2", "2017-05-06, no time of day", "2017-05-07 00:00"]


def test_a_column_that_holds_no_time_of_day_is_quoted(hand_in):
    _, page = hand_in("Incident number,Occurred,Time of day\nA-1,5/6/2017,noon\n")
    fault = (
        "Occurred: &#x27;5/6/2017&#x27; has &#x27;noon&#x27; beside it, which is no time of a day."
    )
    assert fault in text_of(page)


def test_one_row_is_one_row(hand_in, browser):
    header = "Incident number,Occurred,Killed,Status\n"
    batch, page = hand_in(header + "A-1,5/6/2017,1,Strange\n")
    assert "1 row</span>" in text_of(page)
    _, page = hand_in(header + "A-1,5/6/2017,1,Strange\nA-2,5/6/2017,1,Strange\n")
    assert "2 rows</span>" in text_of(page)
    run(browser, hand_in(HEADER + "A-1,5/6/2017,Alder,1,\n")[0])
    batch, page = hand_in(HEADER + "A-1,5/6/2017,Alder,2,\n")
    assert "Change the one record that is different" in text_of(page)
    assert "0 rows imported, 1 updated" in text_of(run(browser, batch, update="1"))


def test_a_restricted_incident_one_cannot_see_is_neither_told_of_nor_changed(
    hand_in, browser, records
):
    hidden = records.incident(number="A-1", marking="restricted", address="Hidden Street")
    rows = "A-1,5/6/2017,Alder,1,\nA-2,5/6/2017,Ash,1,\n"
    batch, page = hand_in(HEADER + rows)
    assert counts(page) | {"New": 1, "To mend": 1, "There, but different": 0} == counts(page)
    assert "in use already" in text_of(page)
    assert "Hidden" not in text_of(page)
    run(browser, batch, update="1")
    hidden.refresh_from_db()
    assert (hidden.address, hidden.version) == ("Hidden Street", 1)
    same = f"A-1,{timezone.localtime(hidden.occurred_at):%m/%d/%Y %H:%M:%S},Hidden Street,,\n"
    _, page = hand_in(HEADER + same)
    assert counts(page)["There already"] == 0  # that would tell what it says


def test_another_agencys_numbers_are_not_spoken_of(hand_in, records):
    records.incident("MPD", number="A-1")
    _, page = hand_in(HEADER + "A-1,5/6/2017,Alder,1,\n")
    assert counts(page)["New"] == 1


def test_a_withdrawn_incident_is_not_changed(hand_in, browser, records):
    from headstamp.web.casework.actions import withdraw_incident

    found = records.incident(number="A-1")
    withdraw_incident(found, reason="Twice", by=records.person("commander"))
    batch, page = hand_in(HEADER + "A-1,5/6/2017,Alder,1,\n")
    assert counts(page)["To mend"] == 1
    assert "has been withdrawn" in text_of(page)
    run(browser, batch, update="1")
    found.refresh_from_db()
    assert found.address != "Alder"


EXHIBITS = "Incident number,Exhibit number,Kind,Collected,Caliber\n"


@pytest.fixture
def incident(records):
    return records.incident(number="HX-1", occurred_at=datetime(2017, 5, 7, 3, tzinfo=UTC))


def test_exhibits_are_imported_into_their_incidents(hand_in, browser, analyst, incident):
    incident.marking = "case"
    incident.save()
    case = cases.add_case(number="C", title="T", by=analyst)
    cases.add_incident(case, incident=incident, by=analyst)
    rows = "HX-1,E-1,Shell casing,5/6/2017,9mm\nHX-1,E-2,Gun,5/7/2017 1:00,\n"
    batch, page = hand_in(EXHIBITS + rows, kind="exhibits")
    assert counts(page)["New"] == 2
    run(browser, batch)
    made = Exhibit.objects.get(number="E-1")
    assert (made.kind, made.calibre, made.incident) == ("cartridge_case", "9mm", incident)
    assert (made.marking, made.holder, made.custody_count) == ("case", None, 0)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("HX-9,E-1,Bullet,5/6/2017,", "no incident 'HX-9'"),
        ("HX-1,E-1,Spaceship,5/6/2017,", "is none of"),
        ("HX-1,E-1,Bullet,5/5/2017,", "before the incident occurred"),
        ("HX-1,,Bullet,5/6/2017,", "Exhibit number is missing"),
        (",E-1,Bullet,5/6/2017,", "Incident number is missing"),
    ],
)
def test_exhibits_that_cannot_be_are_to_mend(hand_in, incident, row, sentence):
    _, page = hand_in(EXHIBITS + row + "\n", kind="exhibits")
    assert counts(page)["To mend"] == 1
    assert sentence in text_of(page).replace("&#x27;", "'")


def test_exhibits_of_hidden_foreign_and_withdrawn_incidents_sound_the_same(hand_in, records):
    from headstamp.web.casework.actions import withdraw_incident

    records.incident(number="HID", marking="restricted")
    records.incident("MPD", number="THEIRS", marking="open")
    gone = records.incident(number="GONE")
    withdraw_incident(gone, reason="Twice", by=records.person("commander"))
    for number in ("HID", "THEIRS", "GONE", "NEVER"):
        _, page = hand_in(EXHIBITS + f"{number},E-1,Bullet,5/6/2017,\n", kind="exhibits")
        sentence = f"Your agency has no incident '{number}' that you can see."
        assert sentence in text_of(page).replace("&#x27;", "'")


def test_an_exhibit_stays_with_its_incident_and_a_described_gun_a_gun(hand_in, records, incident):
    technician = records.person("technician")
    other = records.incident(number="HX-2")
    exhibit = records.exhibit(of=other, by=technician, number="E-1", kind="bullet")
    gun = records.exhibit(of=incident, by=technician, number="E-2", kind="firearm")
    records.firearm(of=gun, by=technician)
    rows = "HX-1,E-1,Bullet,5/7/2017,\nHX-1,E-2,Bullet,5/7/2017,\n"
    _, page = hand_in(EXHIBITS + rows, kind="exhibits")
    assert counts(page)["To mend"] == 2
    assert "of another incident" in text_of(page)
    assert "described as a firearm" in text_of(page)
    assert exhibit.incident == other


def test_script_in_a_table_is_text_on_every_page(hand_in, browser):
    script = "<script>alert(1)</script>"
    table = f'Incident number,Occurred,{script},Status\n"A-1{script}",5/6/2017,{script},{script}\n'
    batch, page = hand_in(table, name=f"{script}.csv")
    assert script not in text_of(page)
    remap(browser, batch, **{"column-address": script, "name": script})
    for address in (f"/imports/{batch.pk}/", "/imports/"):
        assert script not in text_of(browser.get(address))
    remap(browser, batch, **{"column-status": ""})
    assert "1 row imported" in text_of(run(browser, batch))
    made = Incident.objects.get()
    assert made.address == script
    for address in (f"/incidents/{made.pk}/", "/incidents/", f"/imports/{batch.pk}/"):
        assert script not in text_of(browser.get(address))


def test_the_header_of_rows_to_mend_holds_no_formula(hand_in, browser):
    batch, _ = hand_in("=1+1,Incident number,Occurred\nx,A-1,soon\n")
    assert mend(browser, batch).decode("utf-8-sig").startswith("'=1+1,")


def test_a_file_that_was_lost_is_said_so(hand_in, browser):
    from headstamp.web.casework.files import path_of

    batch, _ = hand_in(HEADER + "A-1,5/6/2017,Alder,1,\n")
    path_of(batch.file_id).unlink()
    answer = browser.get(f"/imports/{batch.pk}/")
    assert answer.status_code == 409
    assert "hand it in again" in text_of(answer)
    assert browser.get(f"/imports/{batch.pk}/rows-to-mend/").status_code == 404
    assert "hand it in again" in text_of(run(browser, batch))
