"""Proposing which column of an unknown list means what."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.importing import import_list
from headstamp.formats.incident_lists.known_schemas import read_mapping
from headstamp.formats.incident_lists.proposing import propose


@pytest.fixture
def proposed(tmp_path):
    """``proposed(text)``: the schema that is proposed for a list, and what is to be decided."""

    def make(text: str) -> tuple:
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        mapping, doubts = propose(path, "alder-shootings", "alder")
        (tmp_path / "mapping.toml").write_text(mapping, encoding="utf-8")
        return read_mapping(tmp_path / "mapping.toml"), doubts

    return make


def columns(schema) -> dict[str, str]:
    return {field: column.names[0] for field, column in schema.columns.items()}


def test_columns_are_found_by_their_names(proposed):
    schema, doubts = proposed(
        "Incident Number,Occurred Date,Victim ID,Neighborhood,Lat,Lng,Is Fatal,Shoe\n"
        "A1,2020-03-04,7,North,41,-88,N,9\n"
    )
    assert columns(schema) == {
        "incident": "Incident Number", "occurred": "Occurred Date", "victim": "Victim ID",
        "area": "Neighborhood", "latitude": "Lat", "longitude": "Lng", "fatal": "Is Fatal",
    }  # fmt: skip
    assert doubts == ()


@pytest.mark.parametrize(
    ("days", "formats"),
    [
        (["2020-03-04", "2020-12-31"], ("%Y-%m-%d",)),
        (["03/04/2020", "12/31/2020"], ("%m/%d/%Y",)),
        (["04/03/2020", "31/12/2020"], ("%d/%m/%Y",)),
        (["03/04/2020 09:05:00 PM"], ("%m/%d/%Y %I:%M:%S %p",)),
        (["2020-03-04", "03/31/2020"], ("%Y-%m-%d", "%m/%d/%Y")),
    ],
)
def test_the_format_of_the_dates_is_the_one_that_reads_them_all(proposed, days, formats):
    rows = "\n".join(f"A{number},{day},1" for number, day in enumerate(days))
    schema, doubts = proposed(f"Case,Date,Beat\n{rows}\n")
    assert schema.columns["occurred"].formats == formats
    assert doubts == ()


def test_dates_that_can_be_read_both_ways_are_for_a_person_to_decide(tmp_path):
    path, mapping = tmp_path / "list.csv", tmp_path / "mapping.toml"
    path.write_text("Case,Date,Beat\nA1,03/04/2020,1\n", encoding="utf-8")
    text, doubts = propose(path, "alder-shootings", "alder")
    assert doubts == ("whether the month or the day comes first in the dates: leave one format",)
    mapping.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableTableError, match="leave the one that the list is written in"):
        read_mapping(mapping)
    mapping.write_text(text.replace('"%m/%d/%Y", ', ""), encoding="utf-8")
    made = import_list(
        path, tmp_path / "data", retrieved="2020-12-31", schema=read_mapping(mapping)
    )
    assert made.vintage.first == "2020-04-03"


def test_rows_with_the_same_case_are_victims(proposed):
    assert proposed("Case,Date,Beat\nA1,2020-03-04,1\nA1,2020-03-04,1\n")[0].unit == "victim"
    assert proposed("Case,Date,Beat\nA1,2020-03-04,1\nA2,2020-03-04,1\n")[0].unit == "incident"


def test_a_list_is_imported_by_the_mapping_that_was_proposed_for_it(proposed, tmp_path):
    schema, _ = proposed("Case,Date,Beat\nA1,2020-03-04,0712\nA2,2020-06-31,0712\n")
    made = import_list(
        tmp_path / "list.csv", tmp_path / "data", retrieved="2020-12-31", schema=schema
    )
    assert (made.vintage.rows, made.vintage.rejected) == (1, 1)


def test_the_sheet_of_a_workbook_is_read_too(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Alder"])
    book.active.append(["Case", "Date", "Beat"])
    book.active.append(["A1", "2020-03-04", "1"])
    book.save(tmp_path / "list.xlsx")
    text, _ = propose(tmp_path / "list.xlsx", "alder-shootings", "alder")
    assert 'incident = { column = "Case" }' in text


def test_names_with_quotation_marks_stay_names(proposed):
    schema, _ = proposed('"The ""Case""",Date,Beat\nA1,2020-03-04,1\n')
    assert columns(schema)["incident"] == 'The "Case"'


def test_what_has_no_date_needs_a_person(tmp_path):
    path = Path(tmp_path / "list.csv")
    path.write_text("Case,Place,Beat\nA1,here,1\n")
    _, doubts = propose(path, "alder-shootings", "alder")
    assert doubts == ("no column was found for 'occurred'",)


def test_what_is_no_table_is_refused(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("just words\n")
    with pytest.raises(UnreadableTableError, match="single column"):
        propose(path, "alder-shootings", "alder")
