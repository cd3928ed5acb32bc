"""The lists of Chicago's portal as they come by other ways than its export."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from tests.unit.formats.incident_lists.lists import left_behind

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.counting import Question, count
from headstamp.formats.incident_lists.importing import import_list
from headstamp.formats.incident_lists.known_schemas import shipped

CRIMES = (
    "ID", "Case Number", "Date", "Block", "IUCR", "Primary Type", "Description",
    "Location Description", "Arrest", "Domestic", "Beat", "District", "Ward", "Community Area",
    "FBI Code", "X Coordinate", "Y Coordinate", "Year", "Updated On", "Latitude", "Longitude",
    "Location",
)  # fmt: skip
VICTIMS = (
    "CASE_NUMBER", "DATE", "BLOCK", "VICTIMIZATION_PRIMARY", "INCIDENT_PRIMARY",
    "GUNSHOT_INJURY_I", "UNIQUE_ID", "ZIP_CODE", "WARD", "COMMUNITY_AREA",
    "STREET_OUTREACH_ORGANIZATION", "AREA", "DISTRICT", "BEAT", "AGE", "SEX", "RACE",
    "VICTIMIZATION_FBI_CD", "INCIDENT_FBI_CD", "VICTIMIZATION_FBI_DESCR", "INCIDENT_FBI_DESCR",
    "VICTIMIZATION_IUCR_CD", "INCIDENT_IUCR_CD", "VICTIMIZATION_IUCR_SECONDARY",
    "INCIDENT_IUCR_SECONDARY", "MONTH", "DAY_OF_WEEK", "HOUR", "LOCATION_DESCRIPTION",
    "STATE_HOUSE_DISTRICT", "STATE_SENATE_DISTRICT", "UPDATED", "LATITUDE", "LONGITUDE", "LOCATION",
)  # fmt: skip
FIRST = datetime.fromisoformat("2020-03-04T21:05:00")
WRITTEN = (
    "%m/%d/%Y %I:%M:%S %p", "%Y-%m-%dT%H:%M:%S.000", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S",
    "%m/%d/%Y %H:%M",
)  # fmt: skip


def murders(names: tuple[str, ...], written: str) -> list[dict[str, str]]:
    """Three first degree murders, a day after the other."""
    values = {
        "Date": "", "Block": "001XX N OAK ST", "IUCR": "0110", "Primary Type": "HOMICIDE",
        "District": "007", "Latitude": "41.88", "Longitude": "-87.75", "FBI Code": "01A",
    }  # fmt: skip
    rows = []
    for number in range(3):
        day = (FIRST + timedelta(days=number)).strftime(written)
        own = {"ID": str(number), "Case Number": f"J{number}", "Date": day, "Updated On": day}
        rows.append({name: {**values, **own}.get(name, "") for name in names})
    return rows


def write(path: Path, rows: list[dict[str, str]], spelled=str) -> Path:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writerow({name: spelled(name) for name in rows[0]})
    writer.writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


def snake(name: str) -> str:
    """As the portal's interface names a column."""
    return name.lower().replace(" ", "_")


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("spelled", [str, str.lower, snake])
@pytest.mark.parametrize("order", [CRIMES, (*reversed(CRIMES), "Zip Codes", "Wards 2023")])
def test_crimes_are_known_in_any_order_spelling_and_way_of_dates(
    tmp_path, data, written, spelled, order
):
    path = write(tmp_path / "crimes.csv", murders(order, written), spelled)
    made = import_list(path, data, retrieved="2020-12-31")
    assert (made.vintage.schema, made.vintage.rows, made.faults) == ("chicago-crimes", 3, ())
    asked = Question("chicago", date(2020, 3, 6), first=date(2020, 3, 5))
    (found,) = count(data, asked).figures
    assert (found.rule.name, found.count) == ("chicago-murders-open-data", 2)


def test_dates_that_a_spreadsheet_has_made_its_own_are_read(tmp_path, data, rows):
    book = openpyxl.Workbook()
    listed = murders(CRIMES, WRITTEN[0])
    book.active.append(list(CRIMES))
    for one in listed:
        own = {"Date": FIRST, "Updated On": FIRST, "ID": int(one["ID"])}
        book.active.append([own.get(name, one[name]) for name in CRIMES])
    book.save(tmp_path / "crimes.xlsx")
    made = import_list(tmp_path / "crimes.xlsx", data, retrieved="2020-12-31")
    assert set(rows(made, "CAST(occurred AS VARCHAR)")) == {("2020-03-04 21:05:00",)}


def test_a_date_with_the_day_first_is_set_aside_and_not_guessed(tmp_path, data, rejected):
    listed = murders(CRIMES, WRITTEN[0])
    listed[1]["Date"] = "13/03/2020 21:05"
    made = import_list(write(tmp_path / "crimes.csv", listed), data, retrieved="2020-12-31")
    assert rejected(made) == [(3, "Date: 13/03/2020 21:05 is no date that is known")]


def test_a_known_list_with_a_column_renamed_is_named_with_what_it_lacks(tmp_path, data):
    path = write(tmp_path / "crimes.csv", murders(CRIMES, WRITTEN[0]), lambda name: f"{name}?")
    renamed = path.read_text(encoding="utf-8").replace("Case Number?", "RD No")
    path.write_text(renamed, encoding="utf-8")
    with pytest.raises(UnreadableTableError, match="for chicago-crimes it lacks casenumber"):
        import_list(path, data, retrieved="2020-12-31")
    assert not left_behind(data)
    assert not data.exists()


VICTIM_ROWS = (
    ("J1", "HOMICIDE", "YES"), ("J1", "BATTERY", "YES"), ("J2", "HOMICIDE", "NO"),
    ("J3", "ROBBERY", "YES"), ("J4", "BATTERY", "NO"),
)  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("spelled", [str, str.lower])
def test_victims_are_counted_by_every_rule_of_their_list(tmp_path, data, written, spelled):
    rows = [
        dict.fromkeys(VICTIMS, "")
        | {"CASE_NUMBER": case, "DATE": FIRST.strftime(written), "UNIQUE_ID": f"U{number}"}
        | {"VICTIMIZATION_PRIMARY": what, "INCIDENT_PRIMARY": what, "GUNSHOT_INJURY_I": shot}
        for number, (case, what, shot) in enumerate(VICTIM_ROWS)
    ]
    path = write(tmp_path / "victims.csv", rows, spelled)
    made = import_list(path, data, retrieved="2020-12-31")
    assert (made.vintage.schema, made.vintage.rows) == ("chicago-violence-victims", 5)
    asked = Question("chicago", FIRST.date(), first=FIRST.date())
    assert {one.rule.measure: one.count for one in count(data, asked).figures} == {
        "murders": 2,
        "shooting_incidents": 2,
        "shooting_victims": 3,
        "fatal_shooting_victims": 1,
        "nonfatal_shooting_victims": 2,
    }


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_kept"),
    [
        ("41.7", "-87.525", True),  # the state line, far east
        ("41.8917", "-87.5995", True),  # the end of a pier
        ("41.9", "-87.4", False),
        ("41.85", "-87.55", False),
        ("42.01", "-87.6", False),
        ("-87.75", "41.88", False),  # exchanged
        ("41,88", "-87,75", False),  # decimal commas
    ],
)
def test_a_place_in_the_lake_is_left_out_with_its_row_number(
    tmp_path, data, rows, latitude, longitude, is_kept
):
    listed = murders(CRIMES, WRITTEN[0])
    listed[1] |= {"Latitude": latitude, "Longitude": longitude}
    made = import_list(write(tmp_path / "crimes.csv", listed), data, retrieved="2020-12-31")
    assert made.vintage.rows == 3
    assert (rows(made, "longitude")[1][0] is not None) == is_kept
    assert bool(made.faults) != is_kept
    assert all(one.startswith("row 3: ") for one in made.faults)


def test_no_place_on_the_citys_land_lies_beyond_the_shore(shared_data: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    areas = geopandas.read_file(shared_data / "areas" / "chicago_community_areas_2020.geojson")
    shore = shipped()["chicago-crimes"].shore
    corners = areas.to_crs(4326).get_coordinates()
    for longitude, latitude in corners.itertuples(index=False):
        assert longitude <= next(east for south, east in reversed(shore) if latitude >= south)
