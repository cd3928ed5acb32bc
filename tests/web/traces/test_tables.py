"""A table of trace results: handed in, mapped, looked at, imported once."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.records import RESULTS

from headstamp.web.audit.models import AuditEvent
from headstamp.web.refusals import Refusal
from headstamp.web.traces.models import TracePeople, TraceRequest, TraceResult
from headstamp.web.traces.tables import actions
from headstamp.web.traces.tables.queries import conflicts, disputed

pytestmark = pytest.mark.django_db


def handed_in(content, by, name="t.csv"):
    """A table with some content."""
    chunks = [content.encode() if isinstance(content, str) else content]
    return actions.upload(chunks=chunks, file_name=name, retrieved=date(2026, 5, 4), by=by)


def test_rows_become_results_with_everything_they_say(records):
    analyst = records.person("analyst")
    table = handed_in(
        "Trace Number,Serial Number,Manufacturer,Recovered On,Purchase Date,FFL Number,"
        "Source_State,Purchaser ID,Theft or Loss Report,Remark\n"
        "T1,bq-150,S&W,05/01/2016,2015,4-36-031-01-7A-12345,Indiana,P9,no,kept\n",
        analyst,
    )
    actions.run(table, by=analyst)
    found = TraceResult.objects.get()
    assert (found.trace_number, found.serial, found.serial_folded) == ("T1", "BQ150", "80150")
    assert (found.maker, found.dealer_state) == ("Smith & Wesson", "IN")
    assert (found.recovered_first, found.recovered_last) == (date(2016, 5, 1), date(2016, 5, 1))
    assert (found.sold_first, found.sold_last) == (date(2015, 1, 1), date(2015, 12, 31))
    assert found.theft_report is False
    assert found.multiple_sale is None
    assert (found.source_row, found.is_last, found.raw) == (2, True, None)
    people = TracePeople.objects.get()
    assert (people.purchaser, people.possessor) == ("P9", "")
    assert people.written["Remark"] == "kept"
    assert people.written["Manufacturer"] == "S&W"


def test_any_names_of_columns_are_taken_once_somebody_has_said_what_they_mean(records):
    analyst = records.person("analyst")
    content = "Nummer,Funddatum\nT1,1.5.2016\nT2,31.6.2016\n"
    table = handed_in(content, analyst)
    assert table.columns["fields"] == {}
    with pytest.raises(Refusal, match="trace, recovered"):
        actions.remap(table, columns={}, order="dmy", by=analyst)
    with pytest.raises(Refusal, match="two fields"):
        chosen = {"trace": "Nummer", "recovered": "Nummer"}
        actions.remap(table, columns=chosen, order="dmy", by=analyst)
    chosen = {"trace": "Nummer", "recovered": "Funddatum"}
    actions.remap(table, columns=chosen, order="dmy", by=analyst)
    table.refresh_from_db()
    done = actions.run(table, by=analyst)
    assert done.counts == {"new": 1, "same": 0, "different": 0, "doubtful": 0, "set_aside": 1}
    assert done.faults[0][0] == 3
    assert TraceResult.objects.get().recovered_first == date(2016, 5, 1)
    again = handed_in("Nummer,Funddatum\nT3,2.5.2016\n", analyst)
    assert again.columns == {"fields": chosen, "order": "dmy"}  # as the last one was read


def test_the_same_file_is_imported_once(records):
    analyst = records.person("analyst")
    content = f"{RESULTS}\nT1,2016-05-01,IL,2015-05-01,IN,P1\n"
    actions.run(handed_in(content, analyst), by=analyst)
    with pytest.raises(Refusal, match="nothing is imported twice"):
        handed_in(content, analyst)
    assert handed_in(content, records.person("analyst", "OTHER"))  # of whom nothing is said


def test_one_of_two_imports_of_one_table_wins(records):
    analyst = records.person("analyst")
    table = records.trace_table(by=analyst)
    actions.run(table, by=analyst)
    with pytest.raises(Refusal, match="already"):
        actions.run(table, by=analyst)
    with pytest.raises(Refusal, match="already"):
        actions.abandon(table, by=analyst)
    assert TraceResult.objects.count() == 1


def test_what_is_known_is_passed_over_and_what_differs_is_kept_beside_it(records, signed_in):
    analyst = records.person("analyst")
    records.trace_table("T1,2016-05-01,IL,2015-05-01,IN,P1", by=analyst, run=True)
    same = records.trace_table(
        "T1,2016-05-01,IL,2015-05-01,IN,P1", "T2,2016-06,IL,,,", by=analyst, run=True
    )
    assert (same.counts["same"], same.counts["new"]) == (1, 1)
    other = records.trace_table("T1,2016-05-01,IL,2015-07-01,OH,P1", by=analyst, run=True)
    assert other.counts["different"] == 1
    found = TraceResult.objects.filter(trace_number="T1").order_by("created_at")
    assert [one.is_last for one in found] == [False, True]
    page = signed_in(analyst).get(reverse("traces:conflicts")).text
    assert "Dealer state" in page
    assert "OH" in page
    assert "T2" not in page


def test_a_trace_that_stands_twice_in_one_table_keeps_both(records):
    table = records.trace_table(
        "T1,2016-05-01,IL,2015-05-01,IN,P1", "T1,2016-05-01,IL,2014-05-01,IN,P1", run=True
    )
    assert (table.counts["new"], table.counts["different"]) == (1, 1)
    last = TraceResult.objects.get(is_last=True)
    assert (last.sold_first, last.source_row) == (date(2014, 5, 1), 3)


def test_a_result_finds_its_request_and_ends_it(records):
    request = records.trace(upto="submitted")
    analyst = records.person("analyst")
    table = handed_in(
        "trace_id,recovery_date,completion_status\n"
        f"{request.number},2026-05-04,completed to purchaser\n",
        analyst,
    )
    actions.run(table, by=analyst)
    request.refresh_from_db()
    assert request.state == "completed_to_purchaser"
    result = TraceResult.objects.get()
    assert (result.request_id, result.incident_id) == (request.pk, request.incident_id)
    assert [one.kind for one in request.steps.all()] == ["made", "submitted", "result"]


def test_a_result_never_reaches_another_agencys_request(records):
    request = records.trace(code="OTHER", upto="submitted")
    records.trace_table(f"{request.number},2026-05-04,IL,,,", run=True)
    assert TraceResult.objects.get().request is None
    assert TraceRequest.objects.get(pk=request.pk).state == "submitted"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\x03" * 50, "t.csv"),
        (b"\xd0\xcf\x11\xe0old", "old Excel"),
        (b"PK\x03\x04nothing", "t.csv"),
    ],
)
def test_what_is_no_table_is_refused_with_its_name(content, says, records):
    with pytest.raises(Refusal, match=says):
        handed_in(content, records.person("analyst"))


def test_a_workbook_that_unpacks_to_more_than_it_may_is_refused(records):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (1 << 20) * 600)
    with pytest.raises(Refusal, match=r"t\.xlsx"):
        handed_in(stream.getvalue(), records.person("analyst"), "t.xlsx")


def test_a_table_of_which_nothing_can_be_read_imports_nothing(records, signed_in):
    analyst = records.person("analyst")
    table = records.trace_table("T1,31 June,IL,,,", ",2016-05-01,IL,,,", by=analyst)
    with pytest.raises(Refusal, match="nothing was imported"):
        actions.run(table, by=analyst)
    assert not TraceResult.objects.exists()
    page = signed_in(analyst).get(reverse("traces:table", args=[table.pk]))
    assert page.status_code == 422
    assert "nothing in it can be read as a trace" in page.text


def test_doubtful_rows_are_kept_and_said(records):
    analyst = records.person("analyst")
    table = handed_in(
        "trace_id,recovery_date,sale_date,serial,dealer_name,dealer_licence\n"
        "T1,2016-05-01,2017-01-01,ABC123,Gun Shop,\n"
        f"T2,2016-05-01,2015-01-01,{'9' * 41},,\n"
        "T3,2016-05-01,2015-01-01,NONE,,\n"
        "T4,2016-05-01,2015-01-01,OBLITERATED,,\n"
        "T5,2099-05-01,2015-01-01,UNKNOWN,,\n",
        analyst,
    )
    done = actions.run(table, by=analyst)
    assert (done.counts["new"], done.counts["doubtful"], done.counts["set_aside"]) == (4, 2, 1)
    found = {one.trace_number: one for one in TraceResult.objects.all()}
    assert "after its recovery" in found["T1"].doubt
    assert found["T1"].dealer_key
    assert "more than 40 characters" in found["T2"].doubt
    assert (found["T3"].serial, found["T3"].serial_status) == ("", "none")
    assert found["T4"].serial_status == "obliterated"


def test_from_page_to_page(records, signed_in):
    analyst = records.person("analyst")
    client = signed_in(analyst)
    assert "Nothing imported yet" in client.get(reverse("traces:tables")).text
    rows = f"{RESULTS}\nT1,2016-05-01,IL,2015-05-01,IN,P1\nT2,31 June,IL,,,\n"
    file = SimpleUploadedFile("t.csv", rows.encode())
    ahead = client.post(reverse("traces:add_table"), {"table": file, "retrieved": "2999-01-01"})
    assert "lies ahead" in ahead.text
    file.seek(0)
    sent = client.post(reverse("traces:add_table"), {"table": file, "retrieved": "2026-05-04"})
    page = client.get(sent.url).text
    assert "What the rows become" in page
    assert "Row 3" in page
    aside = client.get(f"{sent.url}set-aside/")
    text = b"".join(aside.streaming_content).decode()
    assert "31 June" in text
    done = client.post(f"{sent.url}import/", follow=True).text
    assert "Imported: 1 new traces" in done
    assert AuditEvent.objects.filter(action="traces.table_imported").count() == 1


def test_a_table_is_its_agencys_alone(records, signed_in):
    table = records.trace_table(code="OTHER")
    records.agreement("OTHER", "PVPD", "agency")
    client = signed_in(records.person("analyst"))
    assert client.get(reverse("traces:table", args=[table.pk])).status_code == 404
    assert table.file_name not in client.get(reverse("traces:tables")).text


def test_no_key_of_a_person_is_shown_to_those_who_are_not_entitled(records, signed_in):
    key = "KEY-OF-SOMEBODY"
    records.trace_table(f"T1,2016-05-01,IL,2015-05-01,IN,{key}", run=True)
    records.trace_table(f"T1,2016-05-01,IL,2015-05-01,IN,OTHER-{key}", run=True)
    waiting = records.trace_table(f"T3,2016-05-01,IL,2015-05-01,IN,{key}", f"T4,31 June,IL,,,{key}")
    addresses = [
        reverse("traces:tables"),
        reverse("traces:table", args=[waiting.pk]),
        reverse("traces:set_aside", args=[waiting.pk]),
        reverse("traces:conflicts"),
    ]
    said = " ".join(str(one) for one in AuditEvent.objects.values_list("detail", flat=True))
    assert key not in said

    def shown(role, code="PVPD"):
        client = signed_in(records.person(role, code))
        found = set()
        for address in addresses:
            answer = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if key.encode() in body:
                found.add(address)
        return found

    assert shown("commander") == set()
    assert shown("technician") == set()
    assert shown("analyst") == {addresses[2], addresses[3]}
    assert shown("investigator") == {addresses[3]}
    records.agreement("PVPD", "OTHER", "agency")
    assert shown("analyst", "OTHER") == set()
    other = signed_in(records.person("analyst", "OTHER"))
    assert "shown to those who work the case" in other.get(addresses[3]).text


SLIPPED = (
    "trace_id,recovery_date,sale_date,purchaser_key\n"
    "T1,2016-05-01,KEY-SLIPPED,\n"
    "T2,KEY-SLIPPED,2015-01-01,\n"
)
"""A table in which keys of persons stand in the wrong column."""


def test_a_fault_names_the_column_and_never_the_cell(records, signed_in):
    analyst = records.person("analyst")
    table = handed_in(SLIPPED, analyst)
    commander = signed_in(records.person("commander"))
    addresses = [
        reverse("traces:table", args=[table.pk]),
        reverse("traces:set_aside", args=[table.pk]),
    ]

    def body(address):
        answer = commander.get(address)
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    assert b"sale_date: is no date that is known" in body(addresses[0])
    assert not any(b"KEY-" in body(address) for address in addresses)
    done = actions.run(table, by=analyst)
    assert not any(b"KEY-" in body(address) for address in addresses)
    assert "KEY-" not in str(done.faults)
    assert "KEY-" not in TraceResult.objects.get().doubt


def test_a_commander_says_not_what_columns_mean_and_is_shown_no_rows(records, signed_in):
    table = records.trace_table("T1,2016-05-01,IL,2015-05-01,IN,KEY-1")
    commander = records.person("commander")
    columns = {"trace": "trace_id", "recovered": "recovery_date", "model": "purchaser_key"}
    with pytest.raises(Refusal, match="an analyst"):
        actions.remap(table, columns=columns, order="mdy", by=commander)
    client = signed_in(commander)
    address = reverse("traces:map_table", args=[table.pk])
    answer = client.post(address, {f"column-{field}": name for field, name in columns.items()})
    assert answer.status_code == 422
    assert "KEY-" not in answer.text
    assert "shown to those who may read" in answer.text
    assert client.post(reverse("traces:run_table", args=[table.pk])).status_code == 302


def test_reading_keys_on_pages_of_many_is_on_record_too(records, signed_in):
    for key in ("KEY-1", "KEY-2"):
        records.trace_table(f"T1,2016-05-01,IL,2015-05-01,IN,{key}", run=True)
    waiting = records.trace_table("T3,31 June,IL,,,KEY-3", "T4,2016-05-01,IL,,,")
    client = signed_in(records.person("analyst"))
    read = AuditEvent.objects.filter(action="traces.people_read")
    for count, address in enumerate(
        (
            reverse("traces:conflicts"),
            reverse("traces:set_aside", args=[waiting.pk]),
            reverse("traces:networks"),
        ),
        start=1,
    ):
        client.get(address)
        assert read.count() == count, address


@pytest.mark.parametrize(
    "name", ["place", "Place", "fault", "is_set_aside", "file_row_number", "row", "headstamp_maker"]
)
def test_a_column_may_have_any_name(name, records):
    analyst = records.person("analyst")
    table = handed_in(f"trace_id,recovery_date,{name}\nT1,2016-05-01,true\n", analyst)
    done = actions.run(table, by=analyst)
    assert (done.counts["new"], done.counts["set_aside"]) == (1, 0)
    written = TracePeople.objects.get().written
    assert "true" in written.values()


@pytest.mark.parametrize("name", ["é" * 200 + ".csv", "x" * 300 + ".csv", "../../t.csv", "=1.csv"])
def test_a_file_may_have_any_name(name, records):
    analyst = records.person("analyst")
    rows = "trace_id,recovery_date\nT1,2016-05-01\n"
    assert actions.run(handed_in(rows, analyst, name), by=analyst).counts["new"] == 1


def test_a_table_retrieved_earlier_takes_nothing_back(records):
    analyst = records.person("analyst")
    records.trace_table("T1,2016-05-01,IL,2015-05-01,IN,P1", by=analyst, run=True)
    old = actions.upload(
        chunks=[f"{RESULTS}\nT1,2016-05-01,IL,2014-05-01,OH,P1\n".encode()],
        file_name="old.csv",
        retrieved=date(2017, 1, 1),
        by=analyst,
    )
    actions.run(old, by=analyst)
    assert TraceResult.objects.get(is_last=True).dealer_state == "IN"
    assert TraceResult.objects.count() == 2
    (conflict,) = conflicts(analyst, list(disputed(analyst)))
    assert conflict.last.dealer_state == "IN"


def test_a_result_goes_to_the_request_that_is_not_cancelled(records):
    from headstamp.web.traces import requesting

    first = records.trace(upto="submitted")
    analyst = records.person("analyst")
    requesting.hear(first, state="accepted", trace_number="N-77", version=first.version, by=analyst)
    first.refresh_from_db()
    requesting.cancel(first, text="Wrong", version=first.version, by=analyst)
    second = records.trace(first.exhibit, upto="submitted")
    requesting.hear(
        second, state="accepted", trace_number="N-77", version=second.version, by=analyst
    )
    records.trace_table("N-77,2026-05-04,IL,,,", by=analyst, run=True)
    assert TraceResult.objects.get().request_id == second.pk


def test_our_own_number_is_known_in_small_letters(records):
    request = records.trace(upto="submitted")
    records.trace_table(f"{request.number.lower()},2026-05-04,IL,,,", run=True)
    assert TraceResult.objects.get().request_id == request.pk


def test_traces_whose_numbers_begin_alike_are_not_one(records):
    start = "N" * 45
    done = records.trace_table(f"{start}1,2016-05-01,,,,", f"{start}2,2016-06-01,,,,", run=True)
    assert done.counts["new"] == 2


def test_a_result_that_came_first_is_taken_in_once_its_number_is_written_down(records):
    from headstamp.web.traces import requesting

    records.trace_table("N-88,2026-05-04,IL,,,", run=True)
    records.trace_table("N-88,2026-05-04,IL,,,", code="OTHER", run=True)
    request = records.trace(upto="submitted")
    requesting.hear(
        request,
        state="accepted",
        trace_number="N-88",
        version=request.version,
        by=records.person("analyst"),
    )
    own, other = TraceResult.objects.order_by("agency__code").reverse()
    assert (own.request_id, own.incident_id) == (request.pk, request.incident_id)
    assert other.request is None
