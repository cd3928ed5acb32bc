"""Tables as agencies export them: read as text, nothing interpreted, nothing lost silently."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from headstamp.errors import UnreadableTableError
from headstamp.formats import record_table
from headstamp.formats.record_table import read_table


@pytest.fixture
def read(tmp_path):
    """``read(content)``: the table in a file with this content."""

    def from_bytes(content, name="table.csv"):
        path = tmp_path / "stored"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, name)

    return from_bytes


@pytest.fixture
def workbook():
    """``workbook([[...], ...], ...)``: a workbook with these sheets."""

    def make(*sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for number, rows in enumerate(sheets):
            sheet = book.create_sheet(f"Sheet {number}")
            for row in rows:
                sheet.append(row)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return make


def values(table):
    return [tuple(row.values.values()) for row in table.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(read, separator):
    text = separator.join(["Number", "Place"]) + "\n" + separator.join(["1", "Alder"])
    table = read(text)
    assert table.columns == ("Number", "Place")
    assert values(table) == [("1", "Alder")]


def test_commas_in_the_cells_do_not_hide_semicolons(read):
    text = "Number;Place;Note\n1;Alder, Elm, Oak;a, b, c\n2;Ash, Fir;d, e\n"
    assert values(read(text))[0] == ("1", "Alder, Elm, Oak", "a, b, c")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_characters_are_read_in_the_encodings_of_offices(read, encoding):
    text = "Number,Place\n1,Café “Straße”\n"
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    table = read(marks.get(encoding, b"") + text.encode(encoding))
    assert table.columns == ("Number", "Place")
    assert values(table) == [("1", "Café “Straße”")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_the_system_likes(read, end):
    assert values(read(f"A,B{end}1,2{end}3,4{end}")) == [("1", "2"), ("3", "4")]


def test_rows_are_numbered_as_a_spreadsheet_program_counts_them(read):
    text = 'A,B\n1,"two\nlines"\n\n3,x\n'
    assert [(row.number, row.values["A"]) for row in read(text).rows] == [(2, "1"), (4, "3")]


def test_quotes_keep_separators_quotes_and_lines(read):
    text = 'A,B\n"x, ""y""\nz",2\n'
    assert values(read(text)) == [('x, "y"\nz', "2")]


def test_columns_of_one_name_are_told_apart_and_empty_ones_named(read):
    table = read("A,A, ,A,\n1,2,3,4,\n")
    assert table.columns == ("A", "A (2)", "column 3", "A (3)")
    assert values(table) == [("1", "2", "3", "4")]


def test_a_row_with_too_many_cells_says_so_and_one_with_too_few_is_filled(read):
    table = read("A,B\n1,2,3,4\n5\n1,2,,\n")
    assert [row.fault for row in table.rows] == ["has 2 values beyond the last column", "", ""]
    assert values(table)[1] == ("5", "")


def test_a_value_that_is_too_long_says_so(read):
    table = read(f"A,B\n{'x' * 40_000},2\n")
    assert "too long" in table.rows[0].fault
    assert len(table.rows[0].values["A"]) == 32_767


def test_notes_above_the_header_are_passed_over(read):
    table = read("Report of shootings\n\nPrinted 2017-06-30\nNumber,Place\n1,Alder\n")
    assert table.columns == ("Number", "Place")
    assert [row.number for row in table.rows] == [5]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "is empty"),
        (b"A,B\n", "no rows"),
        (b"A,B\n,\n", "no rows"),
        (b"A\n1\n2\n", "one column only"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old or protected Excel"),
        (b"A,B\n\x00,1\n", "is no table"),
        ("A,B\n1,2\n".encode("utf-16-le"), "is no table"),
        (b"A,B\n\x81\x8d,1\n\xff", "characters cannot be read"),
        (b"PK\x03\x04" + bytes(50), "no .xlsx workbook"),
        (b"A,B\n1," + b"x" * 200_000, "no CSV file"),
        (b",".join(b"c%d" % n for n in range(501)) + b"\n1\n", "more than 500 columns"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(read, content, sentence):
    with pytest.raises(UnreadableTableError, match=sentence) as refused:
        read(content, "guns.csv")
    assert str(refused.value).startswith("guns.csv: ")


def test_a_table_of_the_most_rows_is_read_and_one_more_is_refused(read, monkeypatch):
    monkeypatch.setattr(record_table, "MOST_ROWS", 1000)
    lines = "\n".join(f"{n},x" for n in range(1000))
    assert len(read(f"A,B\n{lines}\n").rows) == 1000
    with pytest.raises(UnreadableTableError, match="more than 1,000 rows; split it"):
        read(f"A,B\n{lines}\n1,2\n")


def test_the_real_limit_is_200000_rows(read):
    lines = "1,x\n" * 200_001
    with pytest.raises(UnreadableTableError, match="more than 200,000 rows"):
        read("A,B\n" + lines)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as stream:
        stream.truncate(record_table.LARGEST_FILE + 1)
    with pytest.raises(UnreadableTableError, match="larger than 200 MB"):
        read_table(path)


def test_a_workbook_is_read_as_what_its_cells_show(read, workbook):
    evening, day = datetime(2017, 5, 6, 22, 15), datetime(2017, 5, 6)  # noqa: DTZ001
    row = [1, 2.5, 3.0, "x", None, evening, day]
    row += [date(2017, 5, 6), time(22, 15), True, "=1+1"]
    content = workbook([[f"c{n}" for n in range(len(row))], row])
    found = values(read(content, "table.xlsx"))[0]
    shown = ("1", "2.5", "3", "x", "", "2017-05-06 22:15:00", "2017-05-06", "2017-05-06")
    assert found[:10] == (*shown, "22:15:00", "True")


def test_a_formula_without_a_kept_result_is_empty_and_never_run(read, workbook):
    content = workbook([["A", "B"], ["x", "=SUM(1,2)"]])
    assert values(read(content)) == [("x", "")]


def test_the_first_sheet_with_a_table_is_read(read, workbook):
    content = workbook(
        [["Homicides of the city"], ["See the next sheet"]], [], [["A", "B"], ["1", "2"]]
    )
    table = read(content)
    assert table.columns == ("A", "B")
    assert values(table) == [("1", "2")]


@pytest.mark.parametrize(
    ("sheets", "sentence"),
    [([[]], "is empty"), ([[["A", "B"]]], "no rows"), ([[["A"], ["1"]]], "one column only")],
)
def test_a_workbook_without_a_table_is_refused(read, workbook, sheets, sentence):
    with pytest.raises(UnreadableTableError, match=sentence):
        read(workbook(*sheets))


def test_rows_of_a_workbook_keep_their_numbers_over_gaps(read, workbook):
    content = workbook([["A", "B"], [], ["1", "2"], [], [], ["3", "4"]])
    assert [row.number for row in read(content).rows] == [3, 6]


def test_a_workbook_with_too_many_rows_is_refused(read, workbook, monkeypatch):
    monkeypatch.setattr(record_table, "MOST_ROWS", 5)
    with pytest.raises(UnreadableTableError, match="more than 5 rows"):
        read(workbook([["A", "B"], *[["1", "2"]] * 6], [["A", "B"], ["1", "2"]]))


def test_a_row_far_below_a_gap_is_not_lost(read, workbook):
    book = openpyxl.load_workbook(io.BytesIO(workbook([["A", "B"], ["1", "2"]])))
    book.active.cell(300_000, 1, "far")
    stream = io.BytesIO()
    book.save(stream)
    assert [row.number for row in read(stream.getvalue()).rows] == [2, 300_000]


def archive(**entries):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return stream.getvalue()


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(read, monkeypatch):
    monkeypatch.setattr(record_table, "LARGEST_UNPACKED", 1_000_000)
    with pytest.raises(UnreadableTableError, match="not opened"):
        read(archive(**{"xl/sharedStrings.xml": bytes(2_000_000)}))


def test_entities_in_a_workbook_are_not_unfolded(read, workbook):
    content = workbook([["A", "B"], ["1", "2"]])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY a{n} "{10 * (f"&a{n - 1};" if n else "&a;")}">' for n in range(9)
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                text = data.decode().replace("<worksheet", bomb + "]><worksheet", 1)
                data = text.replace(">1<", ">&a8;<").encode()
            new.writestr(info, data)
    with pytest.raises(UnreadableTableError):
        read(stream.getvalue())


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_truncated_workbook_is_refused(read, workbook, cut):
    content = workbook([["A", "B"], ["1", "2"]])
    with pytest.raises(UnreadableTableError):
        read(content[: int(len(content) * cut)])


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("chicago_portal_homicides_export_2016-01.csv", 22),
        ("chicago_portal_homicides_export_2021-06.csv", 22),
        ("nypd_shooting_incident_data_historic_2006_2018.csv", 18),
        ("philadelphia_shootings_2015_2023.csv", 25),
    ],
)
def test_official_exports_are_read_to_the_last_row(shared_data, name, columns):
    path: Path = shared_data / "incidents" / name
    with path.open(encoding="utf-8-sig", newline="") as stream:
        expected = list(csv.reader(stream))
    table = read_table(path)
    assert len(table.columns) == columns
    assert len(table.rows) == len(expected) - 1
    for row, cells in zip(table.rows, expected[1:], strict=True):
        assert list(row.values.values()) == [cell.strip() for cell in cells]


def test_the_official_workbook_with_a_note_before_its_table_is_read(shared_data):
    table = read_table(shared_data / "incidents/chicago_homicide_status_foia_2010_2022.xlsx")
    assert table.columns[:4] == ("RD#", "Homicide #", "Injury Date", "Death Date")
    assert len(table.rows) > 7000
