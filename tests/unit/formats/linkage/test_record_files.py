"""Tables of records to be linked."""

from __future__ import annotations

from pathlib import Path

import pytest

from headstamp.errors import LinkageError, UnreadableTableError
from headstamp.formats.linkage.record_files import COLUMNS, read_records
from headstamp.formats.linkage.traced import traced_records
from headstamp.formats.trace_tables.importing import import_traces
from headstamp.linkage.records import KINDS, DealerRecord, FirearmRecord, PersonRecord, columns


@pytest.fixture
def table(tmp_path: Path):
    """``table(text)`` writes a CSV file."""

    def write(text: str, name: str = "records.csv") -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def test_columns_may_stand_in_any_order_and_be_called_otherwise(table) -> None:
    path = table(
        "Record ID,Caliber,Source,Serial Number,Manufacturer,Colour\n"
        "7,9mm Luger,police,AB-12 345,glk,black\n"
    )
    assert read_records("firearm", [path]) == (
        FirearmRecord("police", "7", "AB-12 345", "Glock", "", "9 mm Luger", ""),
    )


def test_dates_of_birth_are_read_as_far_as_they_are_known(table) -> None:
    path = table(
        "source,id,given,family,dob\nc,1,Uma,B,05/07/1990\nc,2,Uma,B,1990-05\nc,3,Uma,B,\n"
    )
    people = [one for one in read_records("person", [path]) if isinstance(one, PersonRecord)]
    assert [one.born for one in people] == ["1990-05-07", "1990-05", ""]


def test_several_tables_are_one_list_and_an_id_is_free_in_another_source(table) -> None:
    one = table("source,id,name\na,1,Alder Arms\n", "a.csv")
    other = table("source,id,name\nb,1,Alder Arms\n", "b.csv")
    assert read_records("dealer", [one, other]) == (
        DealerRecord("a", "1", "Alder Arms"), DealerRecord("b", "1", "Alder Arms"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("source,id,given\n", "no rows"),
        ("given,family\nUma,B\n", "has no column source and no column id"),
        ("source,given\na,Uma\n", "has no column id; a table of persons has source, id and given"),
        ("source,id,serial\na,1,AB1\n", "none of the columns of a person: given, family, born"),
        ("source,id,given\na,1,Uma\na,1,Zane\n", "row 3: a:1 was there already .*row 2"),
        ("source,id,given\na,,Uma\n", "row 2: has no id"),
        ("source,id,given\n,1,Uma\n", "row 2: has no source"),
        ("source,id,given\na:b,1,Uma\n", "row 2: the source a:b holds a colon"),
        ("source,id,born\na,1,31/12/1990\n", "row 2: 31/12/1990 is no date of birth"),
        ("source,id,born\na,1,1990-13\n", "row 2: 1990-13 is no date of birth"),
        ("source,id,born\na,1,1990-02-30\n", "row 2: 1990-02-30 is no date"),
        ("source,id,given\na,1,Uma,more\n", "row 2: has 1 values beyond the last column"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_and_says_why(table, text, said) -> None:
    with pytest.raises(UnreadableTableError, match=said):
        read_records("person", [table(text)])


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path) -> None:
    with pytest.raises(UnreadableTableError, match="no such file"):
        read_records("person", [tmp_path / "none.csv"])


def test_every_field_of_every_kind_has_a_column() -> None:
    assert set(COLUMNS) == {field for kind in KINDS for field in columns(kind)}


def test_firearms_and_dealers_of_a_folder_of_traces_are_records(table, tmp_path) -> None:
    header = (
        "trace_id,serial,maker,recovery_date,dealer_name,dealer_licence,dealer_city,dealer_state"
    )
    path = table(
        f"{header}\nT1,ab-123,glk,2016-05-01,Alder Arms,3361,Calder,IN\n"
        "T2,OBLITERATED,Rusk,2016-06-01,Alder Arms,3361,Calder,IN\n"
        "T3,,Rusk,2016-07-01,,,,\n"
    )
    import_traces(path, tmp_path / "data", retrieved="2018-03-01")
    guns = traced_records("firearm", tmp_path / "data")
    assert [(one.id, one.serial, one.maker) for one in guns if isinstance(one, FirearmRecord)] == [
        ("T1", "ab-123", "Glock"), ("T2", "OBLITERATED", "Rusk"), ("T3", "", "Rusk"),
    ]  # fmt: skip
    assert traced_records("dealer", tmp_path / "data") == (
        DealerRecord("traces", "T1", "Alder Arms", "3361", "Calder", "", "IN"),
    )
    with pytest.raises(LinkageError, match="no persons"):
        traced_records("person", tmp_path / "data")
