"""Tables of traces, however they are written: what is kept, what is set aside, and why."""

from __future__ import annotations

import csv

import duckdb
import openpyxl
import pytest
from tests.unit.formats.trace_tables.tables import COLUMNS, PLAIN, row, write

from headstamp.errors import UnreadableTableError
from headstamp.formats.trace_tables.batches import batches, folder_of, rows_of
from headstamp.formats.trace_tables.importing import import_traces
from headstamp.formats.trace_tables.schema import read_mapping


@pytest.fixture
def bring(tmp_path):
    """Import rows into the folder ``data``."""

    def call(*rows, name="t.csv", retrieved="2018-03-01", **more):
        return import_traces(
            write(tmp_path / name, *rows), tmp_path / "data", retrieved=retrieved, **more
        )

    return call


@pytest.fixture
def kept(tmp_path):
    """The rows of the folder's only batch as dictionaries."""

    def call():
        (one,) = batches(tmp_path / "data")
        found = duckdb.sql(f"SELECT * FROM '{rows_of(tmp_path / 'data', one)}' ORDER BY row")  # noqa: S608
        return [dict(zip(found.columns, values, strict=True)) for values in found.fetchall()]

    return call


def test_every_field_gets_its_meaning_and_keeps_what_was_written(bring, kept) -> None:
    made = bring(row("T1"))
    (found,) = kept()
    assert (made.batch.rows, made.batch.rejected, made.doubtful, made.faults) == (1, 0, 0, ())
    assert {name: found[name] for name in (
        "trace", "serial", "serial_written", "serial_status", "maker", "maker_written", "calibre",
        "calibre_written", "type", "type_written", "recovery_state", "dealer_state",
        "possessor_age", "purchaser_is_possessor", "multiple_sale", "status", "gun", "dealer_key",
    )} == {
        "trace": "T1", "serial": "AB1234", "serial_written": "ab-1234", "serial_status": "intact",
        "maker": "Glock", "maker_written": "Glock Inc.", "calibre": "9 mm Luger",
        "calibre_written": "9mm", "type": "pistol", "type_written": "PI", "recovery_state": "IL",
        "dealer_state": "IN", "possessor_age": 22.0, "purchaser_is_possessor": "no",
        "multiple_sale": True, "status": "completed_to_purchaser", "gun": "Glock AB1234",
        "dealer_key": "33604507",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2016-05-01", "2016-05-01", "2016-05-01"),
        ("05/01/2016", "2016-05-01", "2016-05-01"),
        ("2016-05-01 00:00:00", "2016-05-01", "2016-05-01"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2016-02-00", "2016-02-01", "2016-02-29"),
        ("2/2016", "2016-02-01", "2016-02-29"),
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-00-00", "2016-01-01", "2016-12-31"),
        ("", "None", "None"),
    ],
)
def test_a_date_may_be_a_day_a_month_or_a_year(bring, kept, written, first, last) -> None:
    bring(row("T1", sale_date=written))
    (found,) = kept()
    assert (str(found["sold_first"]), str(found["sold_last"])) == (first, last)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sale_date": "2017-06-02"}, "was sold on 2017-06-02, after its recovery on 2017-06-01"),
        ({"sale_date": "2016-02-30"}, "sale_date: 2016-02-30 is no date that is known"),
        ({"sale_date": "16"}, "sale_date: 16 is no date that is known"),
        ({"sale_date": "1850"}, "sale_date: 1850 is before 1900-01-01"),
        ({"serial": "A1" * 21}, "serial has more than 40 characters"),
        ({"serial": "ABCDE"}, "serial has no digit"),
        ({"dealer_state": "Illinoise"}, "dealer_state: Illinoise is no state"),
        ({"possessor_age": "150"}, "possessor_age: 150 is no age from 0 to 120"),
        ({"purchaser_is_possessor": "maybe"}, "is neither yes, no nor unknown"),
        ({"multiple_sale": "perhaps"}, "multiple_sale: perhaps is neither yes nor no"),
        ({"completion_status": "lost"}, "completion_status: lost is no state of a trace"),
    ],
)
def test_what_means_nothing_or_contradicts_is_kept_with_a_doubt(bring, kept, changed, said) -> None:
    made = bring(row("T0"), row("T1", **changed))
    assert (made.batch.rows, made.doubtful) == (2, 1)
    assert made.faults[0].startswith("row 3: ")
    assert said in made.faults[0]
    assert said in kept()[1]["fault"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"trace_id": " "}, "trace_id is missing"),
        ({"recovery_date": ""}, "recovery_date is missing"),
        ({"recovery_date": "yesterday"}, "recovery_date: yesterday is no date that is known"),
        ({"recovery_date": "2018-03-02"}, "recovery_date: 2018-03-02 lies ahead of 2018-03-01"),
    ],
)
def test_a_row_without_id_or_day_is_set_aside_with_the_reason(
    bring, tmp_path, changed, said
) -> None:
    made = bring(row("T0"), row("T1") | changed)
    place = folder_of(tmp_path / "data", made.batch)
    rows = list(csv.DictReader((place / "rejected.csv").open(encoding="utf-8")))
    assert (made.batch.rows, made.batch.rejected) == (1, 1)
    assert [(one["row"], one["what is wrong"]) for one in rows] == [("3", said)]
    assert rows[0]["maker"] == PLAIN["maker"]


def test_a_malformed_line_is_set_aside_and_the_numbers_of_the_rest_stay(
    tmp_path, bring, kept
) -> None:
    path = write(tmp_path / "t.csv", row("T1"), row("T2"))
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([first, "only,three,cells", *rest]) + "\n", encoding="utf-8")
    made = import_traces(path, tmp_path / "data", retrieved="2018-03-01")
    assert (made.batch.rows, made.batch.rejected) == (2, 1)
    assert [one["row"] for one in kept()] == [3, 4]


def test_every_row_is_kept_as_it_came(bring, tmp_path) -> None:
    made = bring(row("T1"), row("T2", recovery_date="?"))
    source = folder_of(tmp_path / "data", made.batch) / "source.parquet"
    found = duckdb.sql(f"SELECT trace_id, serial, recovery_date FROM '{source}'").fetchall()  # noqa: S608
    assert found == [("T1", "ab-1234", "2017-06-01"), ("T2", "ab-1234", "?")]


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({}, "33604507"),
        ({"dealer_licence": "336001012A04507"}, "33604507"),  # renewed: the middle is its expiry
        ({"dealer_licence": "3-36-04507"}, "33604507"),
        ({"dealer_licence": ""}, "ALDER ARMS|CALDER|IN"),
        ({"dealer_licence": "", "dealer_name": ""}, None),
    ],
)
def test_a_dealer_is_told_apart_by_licence_or_by_name_and_place(bring, kept, changed, key) -> None:
    bring(row("T1", **changed))
    assert kept()[0]["dealer_key"] == key


@pytest.mark.parametrize("serial", ["NONE", "UNKNOWN", "OBLITERATED", "", "AB?1"])
def test_a_gun_without_a_whole_serial_number_is_told_apart_by_its_trace(
    bring, kept, serial
) -> None:
    bring(row("T1", serial=serial))
    assert kept()[0]["gun"] == "trace T1"


def test_the_same_file_is_imported_once_whatever_its_name(bring, tmp_path) -> None:
    first = bring(row("T1"))
    again = bring(row("T1"), name="other.csv", retrieved="2018-03-05")
    assert (first.is_new, again.is_new) == (True, False)
    assert again.batch == first.batch
    assert len(batches(tmp_path / "data")) == 1


def test_a_row_that_says_again_what_an_earlier_one_says_is_set_aside(bring) -> None:
    made = bring(row("T1"), row("T1"))
    assert (made.batch.rows, made.batch.rejected, made.repeated) == (1, 1, 1)


def test_a_workbook_is_read_below_its_title(tmp_path, kept) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Traces of the year"])
    sheet.append(["Trace ID", "Serial Number", "Recovery Date", "Sale Date"])
    from datetime import datetime

    sheet.append(["T1", "AB12", datetime(2017, 6, 1), 2016])  # noqa: DTZ001
    book.save(tmp_path / "t.xlsx")
    import_traces(tmp_path / "t.xlsx", tmp_path / "data", retrieved="2018-03-01")
    (found,) = kept()
    assert (found["trace"], str(found["recovered_first"]), str(found["sold_first"])) == (
        "T1", "2017-06-01", "2016-01-01",
    )  # fmt: skip


MAPPING = """
[fields]
trace = "Number"
recovered = {column = "Found", formats = ["%d.%m.%Y"]}
dealer_state = "From"
"""


def test_another_layout_is_read_by_a_mapping(tmp_path, kept) -> None:
    table = tmp_path / "t.csv"
    table.write_text("Number;Found;From\n1;24.12.2017;Indiana\n2;31.12.2017;Ohio\n", "utf-8")
    mapping = tmp_path / "m.toml"
    mapping.write_text(MAPPING, "utf-8")
    with pytest.raises(UnreadableTableError, match="--mapping"):
        import_traces(table, tmp_path / "data", retrieved="2018-03-01")
    schema = read_mapping(mapping)
    import_traces(table, tmp_path / "data", retrieved="2018-03-01", schema=schema)
    assert [(one["trace"], str(one["recovered_first"]), one["dealer_state"]) for one in kept()] == [
        ("1", "2017-12-24", "IN"), ("2", "2017-12-31", "OH"),
    ]  # fmt: skip
    mapping.write_text(MAPPING.replace('dealer_state = "From"', ""), "utf-8")
    with pytest.raises(UnreadableTableError, match="another mapping"):
        import_traces(table, tmp_path / "data", retrieved="2018-03-01",
                      schema=read_mapping(mapping))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "fields"),
        ("[fields]\ntrace = 'N'\n", "recovered"),
        ("[fields]\ntrace = 'N'\nrecovered = 'D'\nshoe_size = 'S'\n", "shoe_size"),
        ("[fields\n", "cannot|can be read"),
    ],
)
def test_a_mapping_that_is_none_is_refused_with_the_reason(tmp_path, text, said) -> None:
    (tmp_path / "m.toml").write_text(text, "utf-8")
    with pytest.raises(UnreadableTableError, match=said):
        read_mapping(tmp_path / "m.toml")


def test_a_table_without_what_it_must_have_leaves_nothing_behind(tmp_path) -> None:
    header = tuple(one for one in COLUMNS if one != "recovery_date")
    path = write(tmp_path / "t.csv", row("T1"), header=header)
    with pytest.raises(UnreadableTableError, match="recovery_date"):
        import_traces(path, tmp_path / "data", retrieved="2018-03-01")
    assert not (tmp_path / "data").exists()


def test_a_table_of_which_no_row_can_be_read_leaves_nothing_behind(bring, tmp_path) -> None:
    with pytest.raises(UnreadableTableError, match="nothing in it"):
        bring(row("T1", recovery_date=""))
    assert not (tmp_path / "data").exists()
