"""Files whose text is not what it seems: numbers of rows, and bytes that are no text."""

from __future__ import annotations

import pytest
from tests.unit.formats.incident_lists.lists import HEADER, left_behind, row

from headstamp.errors import UnreadableTableError


def test_rows_keep_their_number_with_empty_lines_between_and_notes_above(bring, rejected):
    lines = [
        "Shootings of Alder, as of today", "", HEADER, row(1), "", row(2, "never"), "",
        row(3, Case='"A3\n\nand more"'), "4,short", "", row(5, "never"), row(6), row(7, "never"),
    ]  # fmt: skip
    # A spreadsheet shows row 3 once, over three lines of text.
    made = bring("\n".join(lines).encode())
    assert [number for number, _ in rejected(made)] == [9, 6, 11, 13]
    assert [fault.split(":")[0] for fault in made.faults] == ["row 6", "row 9", "row 11", "row 13"]
    assert made.vintage.rows == 3


def test_a_stray_quotation_mark_before_an_empty_line_moves_no_number(bring, rejected):
    lines = [
        HEADER,
        row(1, Case='A"1'),
        "",
        *(row(number) for number in range(2, 40)),
        row(40, "x"),
    ]
    assert rejected(bring("\n".join(lines).encode())) == [(42, "Date: x is no date that is known")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-32"])
def test_an_encoding_that_does_not_say_so_is_refused(bring, data, encoding):
    with pytest.raises(UnreadableTableError, match="line 1 holds a NUL byte"):
        bring("\n".join([HEADER, row(1)]).encode(encoding))
    assert not left_behind(data)


def test_a_nul_byte_is_refused_with_its_line(bring, data):
    with pytest.raises(UnreadableTableError, match="line 3 holds a NUL byte"):
        bring("\n".join([HEADER, row(1), row(2, Case="A\0")]).encode())
    assert not left_behind(data)
