"""Workbooks of other layouts, and of what is none."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.formats.trace_workbooks.sheets import PLAIN, changed, workbook

from headstamp.errors import UnreadableTableError
from headstamp.formats.trace_workbooks.grid import address
from headstamp.formats.trace_workbooks.reading import TraceWorkbook, read_workbook
from headstamp.tracing.flows import sources_of

ILLINOIS = [("IL", 40), ("IN", 30), ("WI", 8)]


def read(tmp_path: Path, *sheets: list[list[Any]], **options: Any) -> TraceWorkbook:
    return read_workbook(workbook(tmp_path / "flows_2020.xlsx", *sheets), **options)


def into_illinois(found: TraceWorkbook) -> list[tuple[str, int]]:
    return [(one.source, one.share.part) for one in sources_of(found.matrix, "IL")]


def transposed(rows: list[list[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


@pytest.mark.parametrize(
    "rows",
    [
        PLAIN,
        [[None, None, "Recovery State"], *PLAIN[1:]],
        [["Sources of guns"], [], [None] * 6, *PLAIN],
        [["Recovery State"], ["", "Source State", *PLAIN[1][2:]], *PLAIN[2:]],
        [["x", "Source State / Recovery State", *PLAIN[1][2:]], *PLAIN[2:]],
        [[None, None, *PLAIN[1][2:]], ["Source State", *PLAIN[2][1:]], *PLAIN[3:]],
        [["Recovery State"], ["Source State", None, "il", "IN", "Wisconsin ", "Sum"], *PLAIN[2:]],
        [*PLAIN, [], [None, "- Query of April 11, 2021."]],
    ],
)  # fmt: skip
def test_the_same_table_is_read_from_any_layout(tmp_path: Path, rows: list[list[Any]]) -> None:
    found = read(tmp_path, rows)
    assert into_illinois(found) == ILLINOIS
    assert found.problems == ()
    assert found.matrix.year == 2020


def test_a_table_with_sources_across_is_turned(tmp_path: Path) -> None:
    turned = transposed([row[1:] for row in PLAIN[1:]])
    rows = [["Source State"], *[[None, *row] for row in turned]]
    rows[1][0] = "Recovery State"
    found = read(tmp_path, rows)
    assert into_illinois(found) == ILLINOIS
    assert found.problems == ()


def test_the_table_may_be_on_any_sheet_of_any_name(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "b_2020.xlsx", [["About"]], [["IL", "IN"]], PLAIN, titles=("Read", "x", "Año 1")
    )
    assert read_workbook(path).sheet == "Año 1"


def test_an_extra_country_is_kept_under_its_name(tmp_path: Path) -> None:
    rows = [*PLAIN[:5], [None, "NEVERLAND", 2, 0, 0, 2], [None, "TOTAL", 80, 70, 76, 226]]
    found = read(tmp_path, rows)
    assert found.problems == ()
    assert into_illinois(found) == [*ILLINOIS, ("NEVERLAND", 2)]


@pytest.mark.parametrize(
    ("row", "column", "value", "cell", "should_say"),
    [
        (2, 5, 54, "F3", 55),
        (5, 3, 71, "D6", 70),
        (5, 5, 1, "F6", 224),
        (2, 5, None, "F3", 55),
        (2, 5, "many", "F3", 55),
        (5, 5, "#REF!", "F6", 224),
    ],
)
def test_a_wrong_total_is_reported_by_its_cell(
    tmp_path: Path, row: int, column: int, value: Any, cell: str, should_say: int
) -> None:
    (problem,) = read(tmp_path, changed(row, column, value)).problems
    assert (problem.cell, problem.says, problem.should_say) == (cell, value, should_say)


@pytest.mark.parametrize("value", ["*", -4, 2.5, "4 guns", "9" * 400])
def test_what_is_no_number_of_guns_is_reported_and_not_guessed(tmp_path: Path, value: Any) -> None:
    problems = {one.cell: one for one in read(tmp_path, changed(3, 2, value)).problems}
    assert set(problems) == {"C4", "F4", "C6", "F6"}
    assert (problems["C4"].says, problems["C4"].should_say) == (value, None)


def test_text_that_is_a_number_is_one_and_empty_cells_are_said(tmp_path: Path) -> None:
    assert read(tmp_path, changed(3, 3, "60")).problems == ()
    found = read(tmp_path, changed(4, 3, None))
    assert found.problems == ()
    assert "1 empty cells were read as 0." in found.notes


def test_without_labels_one_must_say_which_side_is_the_source(tmp_path: Path) -> None:
    rows = [[None, *row[1:]] for row in PLAIN]
    with pytest.raises(UnreadableTableError, match="--rows source"):
        read(tmp_path, rows)
    assert into_illinois(read(tmp_path, rows, rows_are="source")) == ILLINOIS
    assert into_illinois(read(tmp_path, rows, rows_are="recovery")) == [
        ("IL", 40), ("IN", 10), ("WI", 5),
    ]  # fmt: skip


def test_a_state_twice_is_an_error_with_its_cell(tmp_path: Path) -> None:
    rows = [*PLAIN[:4], [None, "INDIANA", 1, 1, 1, 3], [None, "INDIANA", 1, 1, 1, 3]]
    with pytest.raises(UnreadableTableError, match="cell B6: INDIANA is there twice"):
        read(tmp_path, rows)


def test_two_names_of_one_place_are_both_kept(tmp_path: Path) -> None:
    rows = [*PLAIN[:5], [None, "GUAM", 1, 0, 0, 1], [None, "NORTHERN MARIANA ISLANDS", 2, 0, 0, 2]]
    assert read(tmp_path, rows).matrix.sources[-2:] == ("GU", "NORTHERN MARIANA ISLANDS")


@pytest.mark.parametrize(
    ("note", "year", "remark"),
    [
        ("Traced between 1/1/2019 - 12/31/2019; query of April 11, 2020", 2019, True),
        ("Calendar Year 2020", 2020, False),
        ("Statistics are of January 1, 2018 to December 31, 2018", 2018, True),
    ],
)
def test_the_sheet_is_believed_about_its_year(
    tmp_path: Path, note: str, year: int, remark: bool
) -> None:
    found = read(tmp_path, [*PLAIN, [], [note]])
    assert found.matrix.year == year
    assert any("also names 2020" in one for one in found.notes) == remark


def test_a_year_that_is_nowhere_must_be_given(tmp_path: Path) -> None:
    path = workbook(tmp_path / "flows.xlsx", PLAIN)
    with pytest.raises(UnreadableTableError, match="--year"):
        read_workbook(path)
    assert read_workbook(path, 2021).matrix.year == 2021


def test_a_csv_file_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "2020.csv"
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in PLAIN]
    path.write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8")
    assert into_illinois(read_workbook(path)) == ILLINOIS


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "states both across and down"),
        (b"a,b\n1,2\n", "states both across and down"),
        (b"\xff\xfe\x00bad", "neither"),
        (b"PK\x03\x04 and no more", "no .xlsx workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .xlsx"),
        (b"\x00" * 50, "states both across and down|neither"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "2020.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableTableError, match=why):
        read_workbook(path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTableError, match="cannot be read"):
        read_workbook(tmp_path / "none.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2020.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(UnreadableTableError, match="50 MB"):
        read_workbook(path)


@given(st.integers(0, 16_383))
def test_addresses_are_those_of_the_spreadsheet(column: int) -> None:
    from openpyxl.utils import get_column_letter

    assert address(6, column) == f"{get_column_letter(column + 1)}7"
