"""A table of results may name persons in any column, and where no column for them is."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from tests.web.traces.test_attacks import HEADER, NAME, handed_in, imported, told

from headstamp.web.refusals import Refusal
from headstamp.web.traces.models import TraceResult
from headstamp.web.traces.tables import actions

pytestmark = pytest.mark.django_db

BARE = "trace_id,recovery_date,buyer"
SHOWN = ("dealer", "maker", "model", "serial")
FAULTED = ("status", "possessor_age", "sold")


def page_of(client, table):
    return client.get(reverse("traces:table", args=[table.pk]))


@pytest.mark.parametrize("field", [*SHOWN, *FAULTED])
def test_a_commander_learns_no_buyer_by_saying_that_the_column_is_another(
    field, records, signed_in
):
    table = handed_in(records, f"T1,2016-05-01,{NAME}", header=BARE)
    mapped = {"column-trace": "trace_id", "column-recovered": "recovery_date", "order": "mdy"}
    mapped[f"column-{field}"] = "buyer"
    address = reverse("traces:map_table", args=[table.pk])
    with transaction.atomic():
        shown = signed_in(records.person("analyst")).post(address, mapped, follow=True)
        assert told(shown) == (field in SHOWN)  # a cell at fault is quoted to nobody
        transaction.set_rollback(True)
    client = signed_in(records.person("commander"))
    assert not told(client.post(address, mapped, follow=True))
    assert not told(page_of(client, table))
    assert table.columns == type(table).objects.get(pk=table.pk).columns


def test_the_first_row_of_a_table_without_a_header_is_shown_to_analysts_alone(records, signed_in):
    table = handed_in(records, f"T2,2016-05-02,{NAME}-2", header=f"T1,2016-05-01,{NAME}-1")
    assert told(page_of(signed_in(records.person("analyst")), table))
    page = page_of(signed_in(records.person("commander")), table)
    assert page.status_code == 200
    assert "Nobody has said yet what its columns mean" in page.text
    assert not told(page)


@pytest.mark.parametrize("column", HEADER.split(",")[4:10])
def test_a_name_in_the_wrong_column_is_quoted_in_no_doubt(column, records, signed_in):
    cells = dict.fromkeys(HEADER.split(","), "")
    cells |= {"trace_id": "T1", "recovery_date": "2016-05-01", column: f"sold to {NAME}"}
    table = imported(records, ",".join(cells.values()))
    assert NAME not in str(table.faults)
    found = TraceResult.objects.get()
    assert NAME not in found.doubt
    if column == "sale_date":
        assert found.doubt == "sale_date: is no date that is known"


def test_rows_that_cannot_be_read_name_nobody_outside_their_file(records, signed_in):
    table = handed_in(records, "T1,2016-05-01,,,,,,,,,", f"T2,{NAME},,,,,,,,,", f"T3,{NAME}")
    page = page_of(signed_in(records.person("commander")), table)
    assert "Row 3: recovery_date: is no date that is known" in page.text
    assert not told(page)
    none = handed_in(records, f"T4,{NAME}", header="trace_id,recovery_date")
    with pytest.raises(Refusal, match="can be read as a trace") as refused:
        actions.run(none, by=none.created_by)
    assert NAME not in str(refused.value)


def test_the_name_of_a_file_stays_with_its_agency(records, signed_in):
    request = records.trace(upto="submitted")
    header = "trace_id,recovery_date"
    for day in ("2016-05-01", "2016-05-02"):
        imported(records, f"T1,{day}", f"{request.number},2026-05-04", header=header,
                 name=f"{NAME}.csv")  # fmt: skip
    pages = [
        reverse("traces:conflicts"),
        reverse("traces:request", args=[request.pk]),
        *(reverse("traces:result", args=[one.pk]) for one in TraceResult.objects.all()),
    ]
    assert told(signed_in(records.person("analyst")).get(pages[0]))
    records.agreement("PVPD", "OTHER", "agency")
    client = signed_in(records.person("analyst", "OTHER"))
    assert "a table of PVPD, row 2" in client.get(pages[0]).text
    assert not [page for page in pages if told(client.get(page))]


def test_markup_in_a_key_is_shown_as_it_was_written(records, signed_in):
    key = "<script>alert(1)</script>"
    row = "{},2016-05-01,Chicago,IL,2016-03-01,Shop A,IN,{},,,"
    imported(records, row.format("T1", key), row.format("T2", key))
    page = signed_in(records.person("analyst")).get(reverse("traces:networks")).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
