"""Lists in workbooks: which sheet, which rows, and what is no workbook."""

from __future__ import annotations

import re
import zipfile

import openpyxl
import pytest
from tests.unit.formats.incident_lists.lists import HEADER, left_behind

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.importing import import_list
from headstamp.formats.incident_lists.known_schemas import read_mapping


def test_the_sheet_with_the_list_is_found_below_its_notes(tmp_path, mapping, data, rows):
    book = openpyxl.Workbook()
    book.active.append(["Read me first", "please"])
    sheet = book.create_sheet("Rows")
    sheet.append(["Shootings of Alder", None])
    sheet.append([])
    sheet.append(HEADER.split(","))
    sheet.append([1, "A1", "2020-03-04", "21:30", "Y", "007", 41.5, -88.1])
    sheet.append([None] * 8)
    book.save(tmp_path / "list.xlsx")
    made = import_list(
        tmp_path / "list.xlsx", data, retrieved="2020-12-31", schema=read_mapping(mapping)
    )
    assert rows(made, "victim, fatal, longitude") == [("1", True, -88.1)]


def workbook(path, **sheets):
    """A workbook with these rows by title."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def cells(number, day="2020-03-04"):
    return [number, f"A{number}", day, "21:30", "Y", "007", 41.5, -88.1]


def test_rows_of_a_sheet_keep_their_number_below_notes_and_empty_rows(
    tmp_path, mapping, data, rejected
):
    lines = [["Notes"], [], HEADER.split(","), cells(1), [], cells(2, "never"), cells(3)]
    path = workbook(tmp_path / "list.xlsx", Rows=lines)
    made = import_list(path, data, retrieved="2020-12-31", schema=read_mapping(mapping))
    assert rejected(made) == [(6, "Date: never is no date that is known")]


def test_a_workbook_with_the_list_on_two_sheets_is_refused(tmp_path, mapping, data):
    header = HEADER.split(",")
    path = workbook(tmp_path / "list.xlsx", First=[header, cells(1)], Second=[header, cells(2)])
    with pytest.raises(UnreadableTableError, match=r"several sheets .* \(First, Second\)"):
        import_list(path, data, retrieved="2020-12-31", schema=read_mapping(mapping))
    assert not left_behind(data)


def changed(path, part, change):
    """The workbook with the XML of one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_rows_beyond_the_size_that_a_sheet_says_it_has_are_read(tmp_path, mapping, data):
    path = workbook(tmp_path / "list.xlsx", Rows=[HEADER.split(","), cells(1), cells(2), cells(3)])
    changed(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:H2"', xml),
    )
    made = import_list(path, data, retrieved="2020-12-31", schema=read_mapping(mapping))
    assert made.vintage.rows == 3


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path, mapping, data):
    path = workbook(tmp_path / "list.xlsx", Rows=[HEADER.split(","), cells(1)])
    changed(path, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 60_000_000)
    with pytest.raises(UnreadableTableError, match="far more than its size"):
        import_list(path, data, retrieved="2020-12-31", schema=read_mapping(mapping))


def test_a_packed_list_is_refused_with_what_to_do(bring, tmp_path):
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        archive.writestr("list.csv", HEADER)
    with pytest.raises(UnreadableTableError, match="unpack it"):
        bring((tmp_path / "packed.zip").read_bytes())


def test_a_workbook_without_the_list_is_refused(tmp_path, mapping, data):
    book = openpyxl.Workbook()
    book.active.append(["Number", "Place"])
    book.save(tmp_path / "list.xlsx")
    with pytest.raises(UnreadableTableError, match="no sheet has the columns"):
        import_list(
            tmp_path / "list.xlsx", data, retrieved="2020-12-31", schema=read_mapping(mapping)
        )
    assert not left_behind(data)
