"""Tables that leave the application."""

from __future__ import annotations

import csv
import io

import pytest

from headstamp.web.lists.exports import csv_response, plain_cell, safe_cell


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|'/C calc'!A0"),
        *("\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20A1", "+1 312 555 0100", "-"),
    ],
)
def test_no_text_begins_as_a_formula(text):
    assert safe_cell(text) == "'" + text
    assert plain_cell(safe_cell(text)) == text


@pytest.mark.parametrize("value", ["", "Alder Street", "-87.62", "+41", "12", "'quoted'", "1-2"])
def test_numbers_and_plain_text_stay_as_they_are(value):
    assert safe_cell(value) == value
    assert plain_cell(value) == value


def test_numbers_of_python_are_not_touched():
    assert safe_cell(-5) == -5
    assert safe_cell(None) is None


def test_a_table_is_utf_8_with_its_mark_and_guards_its_header_too():
    answer = csv_response("x.csv", ["=H", "Straße"], [["=1", 'a,b\n"c"'], [-1, None]])
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [["'=H", "Straße"], ["'=1", 'a,b\n"c"'], ["-1", ""]]
    assert answer["Content-Disposition"] == 'attachment; filename="x.csv"'
