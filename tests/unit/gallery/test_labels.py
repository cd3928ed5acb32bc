"""Labels come from a table or from the command, the table first."""

from __future__ import annotations

from pathlib import Path

import pytest

from headstamp.errors import HeadstampError
from headstamp.gallery.intake import Source
from headstamp.gallery.labels import labelled, read_labels


def table(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "labels.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_labels_are_read_by_file_and_empty_ones_left_out(tmp_path):
    path = table(tmp_path, "file,case,exhibit,note\r\na.x3p,17-1,3,x\r\nb.x3p,,4,\r\n")
    assert read_labels(path) == {
        "a.x3p": {"case": "17-1", "exhibit": "3"},
        "b.x3p": {"exhibit": "4"},
    }


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    assert read_labels(table(tmp_path, "file,case\na,1\n", "utf-8-sig")) == {"a": {"case": "1"}}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "'file'"),
        ("file,case\n", "'file'"),
        ("name,case\na,1\n", "'file'"),
        ("file,colour\na,red\n", "case, exhibit, firearm"),
        ("file,case\na,1\na,2\n", "a is there twice"),
        ('file,case\n"a,1\n', "not a CSV table"),
    ],
)
def test_a_table_that_says_too_little_or_too_much_is_refused(tmp_path, text, words):
    with pytest.raises(HeadstampError, match=words):
        read_labels(table(tmp_path, text))


def test_a_table_in_another_encoding_is_refused(tmp_path):
    with pytest.raises(HeadstampError, match="UTF-8"):
        read_labels(table(tmp_path, "file,case\nä,1\n", "latin-1"))


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(HeadstampError, match=r"gone\.csv"):
        read_labels(tmp_path / "gone.csv")


def test_the_table_outranks_what_is_common_to_all():
    found = [Source(Path("x/a.x3p"), "x/a.x3p"), Source(Path("b.x3p"), "b.x3p")]
    result = labelled(found, {"a.x3p": {"case": "2"}}, {"case": "1"})
    assert [source.labels for source in result] == [{"case": "2"}, {"case": "1"}]


def test_a_path_below_the_folder_outranks_the_bare_name():
    found = [Source(Path("x/a.x3p"), "x/a.x3p")]
    names = {"a.x3p": {"case": "1"}, "x/a.x3p": {"case": "2"}}
    assert labelled(found, names, {})[0].labels == {"case": "2"}
