"""The folder of workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.formats.trace_workbooks.sheets import PLAIN, changed, workbook

from headstamp.errors import UnreadableTableError
from headstamp.formats.trace_workbooks.keeping import keep, kept
from headstamp.formats.trace_workbooks.reading import TraceWorkbook, read_workbook


def read(tmp_path: Path, rows: list[list[object]]) -> TraceWorkbook:
    return read_workbook(workbook(tmp_path / "flows_2020.xlsx", rows))


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    read_now = read(tmp_path, changed(2, 5, 54))
    keep(tmp_path / "data", read_now)
    (back,) = kept(tmp_path / "data").values()
    assert (back.matrix.counts == read_now.matrix.counts).all()
    assert (back.problems, back.notes, back.sha256) == (
        read_now.problems, read_now.notes, read_now.sha256,
    )  # fmt: skip


def test_a_file_is_kept_once(tmp_path: Path) -> None:
    one = read(tmp_path, PLAIN)
    assert keep(tmp_path / "data", one) == keep(tmp_path / "data", one)
    assert len(list((tmp_path / "data").glob("atf/2020/*"))) == 1


def test_of_two_files_of_one_year_the_later_counts_and_both_stay(tmp_path: Path) -> None:
    keep(tmp_path / "data", read(tmp_path, PLAIN))
    keep(tmp_path / "data", read(tmp_path, changed(2, 5, 54)))
    assert len(kept(tmp_path / "data")[2020].problems) == 1
    assert len(list((tmp_path / "data").glob("atf/2020/*"))) == 2


def test_an_empty_folder_says_how_to_fill_it(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTableError, match="import-atf"):
        kept(tmp_path)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    place = keep(tmp_path / "data", read(tmp_path, PLAIN))
    place.write_text("{}", encoding="utf-8")
    with pytest.raises(UnreadableTableError, match="is damaged"):
        kept(tmp_path / "data")
