"""Lists that are not as they should be: what is read, what is set aside, what is refused."""

from __future__ import annotations

import re

import duckdb
import pytest
from tests.unit.formats.incident_lists.lists import HEADER, left_behind, row

from headstamp.errors import OutputError, UnreadableTableError
from headstamp.formats.incident_lists import importing
from headstamp.formats.incident_lists import vintages as store
from headstamp.formats.incident_lists.importing import import_list
from headstamp.formats.incident_lists.known_schemas import read_mapping
from headstamp.formats.incident_lists.plain_csv import as_plain_csv
from headstamp.formats.incident_lists.vintages import folder_of, vintages


def test_a_list_is_kept_with_what_it_says(bring, rows):
    made = bring([row(1), row(2, "2020-03-09", Died="Y")])
    one = made.vintage
    assert (one.rows, one.rejected, one.first, one.last) == (2, 0, "2020-03-04", "2020-03-09")
    assert (one.longest_gap, one.unit) == (5, "victim")
    assert rows(made, "victim, CAST(occurred AS VARCHAR), fatal, district, latitude") == [
        ("1", "2020-03-04 21:30:00", False, "7", 41.5),
        ("2", "2020-03-09 21:30:00", True, "7", 41.5),
    ]


@pytest.mark.parametrize("content", [b"", b"\n\n", HEADER.encode() + b"\n"])
def test_an_empty_file_is_refused_and_leaves_nothing(bring, data, content):
    with pytest.raises(UnreadableTableError, match=r"empty|no rows"):
        bring(content)
    assert not left_behind(data)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_found(bring, delimiter):
    text = "\n".join([HEADER, row(1), row(2)]).replace(",", delimiter)
    assert bring(text.encode()).vintage.rows == 2


def test_another_delimiter_is_refused_with_what_is_wrong(bring, data):
    text = "\n".join([HEADER, row(1)]).replace(",", "~")
    with pytest.raises(
        UnreadableTableError, match=r"list\.csv: the first line has a single column"
    ):
        bring(text.encode())
    assert not left_behind(data)


def test_a_file_of_another_kind_is_refused(bring, data):
    for content in (b"%PDF-1.7\nbinary \x80\x81", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old"):
        with pytest.raises(UnreadableTableError):
            bring(content)
    assert not left_behind(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_letters_are_read_in_any_common_encoding(bring, rows, encoding):
    text = "\n".join([HEADER, row(1, District="Señor Peña")])
    made = bring(text.encode(encoding))
    assert rows(made, "victim, district") == [("1", "SEÑOR PEÑA")]


def test_curly_quotes_of_windows_are_read(bring, rows):
    made = bring("\n".join([HEADER, row(1, Case="“A1”")]).encode("cp1252"))
    assert rows(made, "incident") == [("“A1”",)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(bring, end):
    assert bring(end.join([HEADER, row(1), row(2)]).encode()).vintage.rows == 2


def test_mixed_line_ends_will_do(bring):
    text = HEADER + "\r\n" + row(1) + "\n" + row(2) + "\r\n"
    assert bring(text.encode()).vintage.rows == 2


def test_blank_lines_above_the_header_are_passed_over(bring):
    assert bring(f"\n\n{HEADER}\n{row(1)}\n".encode()).vintage.rows == 1


def test_columns_without_a_name_or_with_the_same_are_told_apart(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(",Date,DATE,Date (2),\n")
    table = as_plain_csv(path, tmp_path, bool)
    assert table.header == ("column 1", "Date", "DATE (2)", "Date (2) (2)", "column 5")


def test_dates_in_several_formats_are_read_and_others_set_aside(bring, rows, rejected):
    made = bring([row(1, "2020-03-04"), row(2, "03/05/2020"), row(3, "5. March"), row(4)])
    assert rows(made, "CAST(occurred AS DATE)::VARCHAR")[1] == ("2020-03-05",)
    assert rejected(made) == [(4, "Date: 5. March is no date that is known")]
    assert made.faults == ("row 4: Date: 5. March is no date that is known",)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2020-06-31", "Date: 2020-06-31 is no date that is known"),
        ("", "Date is missing"),
        ("2021-01-01", "Date: 2021-01-01 lies ahead of 2020-12-31"),
        ("1817-03-04", "Date: 1817-03-04 is before 1900-01-01"),
    ],
)
def test_a_row_that_has_no_day_is_set_aside_with_its_number(bring, rejected, day, reason):
    made = bring([row(1), row(2, day), row(3)])
    assert rejected(made) == [(3, reason)]
    assert (made.vintage.rows, made.vintage.rejected) == (2, 1)


def test_the_day_of_retrieval_itself_is_not_ahead(bring):
    assert bring([row(1, "2020-12-31")]).vintage.rejected == 0


@pytest.mark.parametrize(
    ("latitude", "longitude", "kept"),
    [
        ("41.5", "-88.1", (41.5, -88.1)),
        ("0", "0", (None, None)),
        ("48.85", "-88.1", (None, -88.1)),
        ('"41,500"', "-88.1", (None, -88.1)),
        ("north", "-88.1", (None, -88.1)),
    ],
)
def test_a_place_outside_is_left_out_and_the_row_kept(bring, rows, latitude, longitude, kept):
    made = bring([row(1, Lat=latitude, Long=longitude)])
    assert rows(made, "latitude, longitude") == [kept]
    assert made.doubtful == (0 if None not in kept else 1)
    assert all(fault.startswith("row 2: Lat: ") for fault in made.faults)


@pytest.mark.parametrize(
    ("latitude", "said"),
    [
        ("north", "north is no number"),
        ("NaN", "NaN is no number"),
        ("48.85", "48.85 lies outside the area"),
        ("-88.1", "-88.1 lies outside the area; latitude and longitude may be exchanged"),
        ('"41,5"', "41,5 lies outside the area; write it with a point"),
    ],
)
def test_it_is_said_what_is_wrong_with_a_place(bring, latitude, said):
    assert bring([row(1, Lat=latitude)]).faults == (f"row 2: Lat: {said}",)


def test_what_is_no_number_is_no_place_where_no_bounds_are_known(bring, rows, mapping):
    mapping.write_text(
        re.sub(r"\[bounds\].*?\[fields\]", "[fields]", mapping.read_text(), flags=re.S)
    )
    made = bring([row(1, Lat="nan"), row(2, Lat="inf"), row(3)])
    assert rows(made, "latitude") == [(None,), (None,), (41.5,)]
    assert made.doubtful == 2


def test_thousands_commas_in_a_coordinate_are_read(bring, rows, mapping):
    mapping.write_text(
        re.sub(r"\[bounds\].*?\[fields\]", "[fields]", mapping.read_text(), flags=re.S)
    )
    assert rows(bring([row(1, Lat='"1,171,772.5"')]), "latitude") == [(1171772.5,)]


def test_a_word_that_is_no_flag_is_left_out_and_the_row_kept(bring, rows):
    made = bring([row(1, Died="perhaps"), row(2, Died="1"), row(3, Died="")])
    assert rows(made, "fatal") == [(None,), (True,), (None,)]
    assert made.faults == ("row 2: Died: perhaps is neither yes nor no",)


def test_a_row_that_is_there_twice_is_set_aside(bring, rejected):
    made = bring([row(1), row(2), row(1)])
    assert made.repeated == 1
    assert rejected(made) == [(4, "the same as an earlier row")]
    assert made.vintage.rows == 2


def test_victims_who_look_alike_are_kept_where_rows_have_no_number(bring, mapping):
    mapping.write_text(mapping.read_text().replace('victim = "Row"\n', ""))
    made = bring(["7" + row(1)[1:]] * 2)
    assert (made.repeated, made.vintage.rows, made.vintage.rejected) == (1, 2, 0)


def test_lines_of_the_wrong_length_are_set_aside_and_later_rows_keep_their_number(bring, rejected):
    made = bring([row(1), "2,A2,2020-03-04", row(3), row(4) + ",more", row(5, "never")])
    assert [number for number, _ in rejected(made)] == [3, 5, 6]
    assert "Expected Number of Columns: 8 Found: 3" in rejected(made)[0][1]
    assert made.vintage.rows == 2


def test_a_comma_inside_quotation_marks_divides_nothing(bring, rows):
    made = bring([row(1, Case='"A1, the ""first"""')])
    assert rows(made, "incident") == [('A1, the "first"',)]


def test_an_open_quotation_mark_is_refused_with_its_line(bring, data):
    lines = [row(1), row(2, Case='"A2'), *(row(number) for number in range(3, 60))]
    with pytest.raises(UnreadableTableError, match="line 3: a quotation mark is never closed"):
        bring(lines)
    assert not left_behind(data)


def test_a_column_renamed_since_the_mapping_is_named(bring, data):
    with pytest.raises(UnreadableTableError) as caught:
        bring([row(1)], header=HEADER.replace("Died", "Died_Flag"))
    assert "has no column Died, which alder-shootings needs (renamed to Died_Flag?)" in str(
        caught.value
    )
    assert not left_behind(data)


def test_spelling_of_a_column_does_not_matter(bring):
    assert bring([row(1)], header=HEADER.upper().replace("DIED", " died ")).vintage.rows == 1


def test_nothing_is_kept_of_a_list_without_a_single_good_row(bring, data):
    with pytest.raises(UnreadableTableError, match="row 2: Date: x is no date"):
        bring([row(1, "x"), row(2, "y")])
    assert not left_behind(data)


def test_the_same_file_is_kept_once_whatever_it_is_called(bring, data):
    first = bring([row(1)])
    again = bring([row(1)], retrieved="2021-01-05", name="other.csv")
    assert not again.is_new
    assert again.vintage == first.vintage
    assert len(vintages(data)) == 1


def test_vintages_are_kept_side_by_side_oldest_first(bring, data):
    bring([row(1), row(2)], retrieved="2021-01-05")
    bring([row(1)], retrieved="2020-12-31")
    assert [one.retrieved for one in vintages(data)] == ["2020-12-31", "2021-01-05"]


def test_a_full_disk_leaves_nothing_half_imported(bring, data, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "write_atomically", full)
    with pytest.raises(OutputError, match="No space left"):
        bring([row(1)])
    assert not [path for path in left_behind(data) if path.is_file()]
    assert not data.exists() or not vintages(data)


def test_a_damaged_vintage_is_named(bring, data):
    made = bring([row(1)])
    (folder_of(data, made.vintage) / "vintage.json").write_text("{}")
    with pytest.raises(UnreadableTableError, match=r"vintage\.json: is damaged"):
        vintages(data)


def test_a_list_that_nobody_knows_is_refused_with_its_columns(tmp_path, data):
    path = tmp_path / "list.csv"
    path.write_text("When,Where\n2020-01-01,here\n")
    with pytest.raises(UnreadableTableError, match=r"is no list that is known.*When, Where"):
        import_list(path, data, retrieved="2020-12-31")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('jurisdiction = "alder"', 'jurisdiction = "../../etc"', "small letters"),
        ('unit = "victim"', 'unit = "bullet"', "unit is"),
        ('date = "occurred"', 'date = "fatal"', "no field with a time"),
        ('fatal = "Died"', 'shoe = "Died"', "'shoe' is no field"),
        ('name = "alder-shootings"', "", "'name' is missing"),
        ("[bounds]", "[bounds", "no mapping that can be read"),
        ('"%m/%d/%Y",', '"%m/%d/%Y", "%d/%m/%Y",', "both %m/%d/%Y and %d/%m/%Y"),
    ],
)
def test_a_mapping_that_is_none_is_refused_with_what_is_wrong(mapping, old, new, said):
    mapping.write_text(mapping.read_text().replace(old, new))
    with pytest.raises(UnreadableTableError, match=said):
        read_mapping(mapping)


def test_no_room_for_what_duckdb_writes_is_told_as_such(bring, data, monkeypatch):
    def full(*_):
        raise duckdb.IOException("IO Error: Could not write file: No space left on device")

    monkeypatch.setattr(importing, "mark_repeated", full)
    with pytest.raises(OutputError, match="No space left on device; make room"):
        bring([row(1)])
    assert not left_behind(data)


def test_stopping_the_command_leaves_nothing_half_imported(bring, data, monkeypatch):
    def stopped(*_):
        raise RuntimeError("Query interrupted")  # as DuckDB does on Ctrl-C

    monkeypatch.setattr(importing, "mark_repeated", stopped)
    with pytest.raises(KeyboardInterrupt):
        bring([row(1)])
    assert not left_behind(data)
