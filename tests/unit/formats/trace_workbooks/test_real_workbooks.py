"""ATF's workbooks of 2010 to 2017 as they were published."""

from __future__ import annotations

from pathlib import Path

import pytest

from headstamp.formats.trace_workbooks.reading import read_workbook
from headstamp.tracing.flows import out_of_state, sources_of

GUNS = {
    2010: 145_604, 2011: 149_276, 2012: 156_346, 2013: 166_426,
    2014: 170_344, 2015: 190_538, 2016: 211_384, 2017: 239_175,
}  # fmt: skip
"""The grand total that each workbook prints."""


def workbook(shared_data: Path, year: int) -> Path:
    return shared_data / "traces" / f"atf_source_recovery_{year}.xlsx"


@pytest.mark.parametrize("year", GUNS)
def test_every_year_is_read_whole(shared_data: Path, year: int) -> None:
    read = read_workbook(workbook(shared_data, year))
    assert read.matrix.year == year
    assert read.matrix.counts.sum() == GUNS[year]
    assert len(read.matrix.recoveries) == 54
    assert len(read.matrix.sources) == (55 if year == 2012 else 54)


@pytest.mark.parametrize("year", set(GUNS) - {2012})
def test_every_total_of_these_years_adds_up(shared_data: Path, year: int) -> None:
    assert read_workbook(workbook(shared_data, year)).problems == ()


def test_six_row_totals_of_2012_do_not_add_up(shared_data: Path) -> None:
    read = read_workbook(workbook(shared_data, 2012))
    assert {one.cell: (one.says, one.should_say) for one in read.problems} == {
        "BE7": (14_813, 14_814),
        "BE13": (9_338, 9_339),
        "BE26": (2_592, 2_595),
        "BE37": (7_879, 7_880),
        "BE41": (2_223, 2_224),
        "BE42": (6_796, 6_797),
    }
    assert {one.reason for one in read.problems} == {"total of its row"}


def test_illinois_of_2016(shared_data: Path) -> None:
    matrix = read_workbook(workbook(shared_data, 2016)).matrix
    first, second = sources_of(matrix, "IL")[:2]
    assert (first.source, first.share.part, first.share.base.count) == ("IL", 4_206, 8_745)
    assert (second.source, second.share.part) == ("IN", 1_366)
    assert [f"{100 * one.share.value:.1f}" for one in (first, second)] == ["48.1", "15.6"]
    assert out_of_state(matrix, "IL").part == 8_745 - 4_206


def test_what_the_publisher_says_below_the_table_is_kept(shared_data: Path) -> None:
    notes = read_workbook(workbook(shared_data, 2016)).notes
    assert any("April 11, 2017" in note for note in notes)
    assert any("must identify a purchaser" in note for note in notes)
