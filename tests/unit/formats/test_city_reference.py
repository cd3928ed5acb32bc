"""Years of cities: what is shipped is what the sources say."""

from __future__ import annotations

from pathlib import Path

import pytest

from headstamp.errors import UnreadableTableError
from headstamp.formats.city_reference import city_years
from headstamp.incidents.cities import CityYear

HEADER = "city,name,state,year,part_of_year,murders,population,source\n"


def of(city: str, year: int, part: str = "") -> CityYear:
    return next(
        one for one in city_years() if (one.city, one.year, one.part_of_year) == (city, year, part)
    )


def test_murders_of_2015_are_those_that_the_fbi_published() -> None:
    assert of("new-york", 2015).murders == 352
    assert of("los-angeles", 2015).murders == 282
    assert of("chicago", 2015).murders == 478


def test_part_of_2016_in_new_york_and_los_angeles_is_less_than_in_chicago() -> None:
    assert of("new-york", 2016, "to 2016-09-25").murders == 252
    assert of("los-angeles", 2016, "to 2016-09-17").murders == 205
    assert of("chicago", 2016, "to 2016-10-02").murders == 536


def test_the_whole_of_2016_is_what_each_police_department_announced() -> None:
    found = [of(city, 2016).murders for city in ("chicago", "new-york", "los-angeles")]
    assert found == [762, 335, 294]


def test_populations_are_those_that_the_agency_reported() -> None:
    assert of("chicago", 2015).population == 2_728_695
    assert of("new-york", 2015).population == 8_550_861


def test_every_row_has_a_source() -> None:
    assert all(len(one.source) > 20 for one in city_years())


def test_a_part_of_a_year_ends_on_its_day() -> None:
    assert of("chicago", 2016, "to 2016-10-02").last.isoformat() == "2016-10-02"
    assert of("chicago", 2016).last.isoformat() == "2016-12-31"


def test_rows_of_the_user_are_added_and_replace_shipped_ones(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(
        HEADER
        + "port-verity,Port Verity,,2025,,41,310000,City budget 2026\n"
        + "chicago,Chicago,Illinois,2015,,480,,Somebody else\n"
    )
    found = {(one.city, one.year, one.part_of_year): one for one in city_years(own)}
    assert found["port-verity", 2025, ""].population == 310_000
    assert found["chicago", 2015, ""].murders == 480
    assert found["chicago", 2014, ""].murders == 411


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,X,,2015,,-1,,S", "row 2: murders cannot be fewer"),
        ("x,X,,2015,,1,0,S", "row 2: a population is above zero"),
        ("x,X,,2015,to 2016-01-02,1,,S", "is no part of 2015"),
        ("x,X,,2015,,1,,", "source must be given"),
        ("x,X,,soon,,1,,S", "row 2:"),
        ("x,X,,2015,to June,1,,S", "row 2:"),
    ],
)
def test_a_row_that_makes_no_sense_is_named(tmp_path: Path, row: str, said: str) -> None:
    own = tmp_path / "own.csv"
    own.write_text(HEADER + row + "\n")
    with pytest.raises(UnreadableTableError, match=said):
        city_years(own)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("city,year\nx,2015\n")
    with pytest.raises(UnreadableTableError, match="has no column name"):
        city_years(own)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTableError, match="cannot be read"):
        city_years(tmp_path / "none.csv")
