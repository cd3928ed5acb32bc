"""The document of what is published, from invented murders in invented districts."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import geopandas
import pytest
from shapely.geometry import box

from headstamp.errors import UnreadableTableError
from headstamp.formats.boundaries.importing import Asked, import_boundaries
from headstamp.formats.incident_lists.area_matching import matches
from headstamp.formats.incident_lists.counting import Question, count
from headstamp.formats.incident_lists.importing import import_list
from headstamp.formats.incident_lists.publication_tables import table_files, tables_zip
from headstamp.formats.incident_lists.publishing import Population, public_edition, publication
from headstamp.formats.json_text import json_text

HEADER = (
    "ID,Case Number,Date,Block,IUCR,Primary Type,Beat,District,FBI Code,Updated On,"
    "Latitude,Longitude"
)
RULE = "chicago-murders-open-data v1"
TO = date(2017, 6, 29)


def row(number: int, day: date, district: str, latitude: object, longitude: object) -> str:
    return (
        f"{number},A{number},{day:%m/%d/%Y} 09:05:00 PM,0{number % 7 + 1}0XX N OAK ST,0110,"
        f"HOMICIDE,0712,{district},01A,07/01/2017 03:40:00 PM,{latitude},{longitude}"
    )


def events() -> list[tuple[date, str, object, object]]:
    """One a day from 2014 to 29 June 2017 in district 7; in district 8 each tenth day; few in 9."""
    days = [date(2014, 1, 1) + timedelta(days=n) for n in range(1276)]
    found: list[tuple[date, str, object, object]] = [
        (day, "007", 41.80 + 0.004 * (n % 11), -87.70 + 0.004 * (n % 13))
        for n, day in enumerate(days)
    ]
    found += [(day, "008", 41.90 + 0.002 * (n % 5), -87.66) for n, day in enumerate(days[::10])]
    found += [(date(2017, 2, n), "009", 41.79, -87.59) for n in (1, 9, 20)]
    # No place at all, one that nobody knew, and one beyond the districts.
    found += [(date(2017, 3, 1), "007", *place) for place in (("", ""), (0, 0), (41.95, -87.7))]
    return found


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publishing")
    rows = [row(number, *one) for number, one in enumerate(sorted(events(), key=str))]
    path = folder / "crimes.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    import_list(path, folder / "data", retrieved="2017-06-30")
    districts = geopandas.GeoDataFrame(
        {
            "NUM": ["7", "8", "9", "10"],
            "LABEL": ["Seven", "Eight", "Nine", "Ten"],
            "PEOPLE": [10_000, 20_000, 5_000, 1_000],
        },
        geometry=[
            box(-87.72, 41.78, -87.6, 41.88), box(-87.72, 41.88, -87.6, 41.93),
            box(-87.6, 41.78, -87.53, 41.88), box(-87.72, 41.7, -87.6, 41.78),
        ],
        crs="EPSG:4326",
    )  # fmt: skip
    districts.to_file(folder / "districts.geojson", driver="GeoJSON")
    import_boundaries(
        folder / "districts.geojson",
        folder / "data",
        Asked("chicago", "district", "NUM", "LABEL", "PEOPLE", 2016, "City"),
    )
    return folder / "data"


@pytest.fixture(scope="module")
def document(data: Path) -> dict:
    return publication(data, Question("chicago", TO), population=Population(36_000, 2016, "City"))


def number_of(first: date, last: date, district: str = "") -> int:
    return sum(first <= day <= last and district in ("", of) for day, of, *_ in events())


def test_figures_are_those_of_the_command(data, document):
    asked = Question("chicago", TO, population=36_000)
    expected = [row for one in count(data, asked).figures for row in one.rows()]
    assert json.loads(json_text(document["figures"])) == json.loads(json_text(expected))


def test_months_are_counted_with_their_days_and_the_last_is_not_complete(document):
    months = document["trends"][0]["months"]
    assert [one["month"] for one in months][:2] == ["2014-01", "2014-02"]
    for one in months:
        first = date.fromisoformat(f"{one['month']}-01")
        last = first + timedelta(days=one["days"] - 1)
        assert one["count"] == number_of(first, last)
        assert one["low"] < one["count"] < one["high"]
    by_month = {one["month"]: one for one in months}
    assert by_month["2016-02"]["days"] == 29
    assert (by_month["2017-06"]["days"], by_month["2017-06"]["complete"]) == (29, False)
    # The list is of 30 June: what is younger than 28 days may still rise.
    assert by_month["2017-05"]["complete"]
    assert by_month["2017-04"]["complete"]


def test_years_are_counted_whole_and_to_the_same_date(document):
    years = {one["year"]: one for one in document["trends"][0]["years"]}
    assert sorted(years) == [2014, 2015, 2016, 2017]
    assert years[2016]["count"] == number_of(date(2016, 1, 1), date(2016, 12, 31))
    assert years[2016]["to_date"] == number_of(date(2016, 1, 1), date(2016, 6, 29))
    assert years[2017]["count"] == years[2017]["to_date"] == number_of(date(2017, 1, 1), TO)
    assert (years[2016]["complete"], years[2017]["complete"]) == (True, False)


def areas_of(document, period, against="last_year"):
    rows = next(one for one in document["areas"] if one["kind"] == "district")["rows"]
    return {
        row["area"]: row for row in rows if (row["period"], row["against"]) == (period, against)
    }


def test_areas_have_their_names_their_people_and_those_without_an_event(document):
    rows = areas_of(document, "year_to_date")
    assert {area: row["area_name"] for area, row in rows.items()} == {
        "7": "Seven", "8": "Eight", "9": "Nine", "10": "Ten",
    }  # fmt: skip
    assert rows["10"]["count"] == 0
    assert rows["7"]["per_100000"] == pytest.approx(rows["7"]["count"] * 10)
    assert rows["7"]["population"] == 10_000


def test_counts_of_areas_add_up_to_the_whole(document):
    for period in ("year_to_date", "365_days"):
        whole = next(row for row in document["figures"] if row["period"] == period)
        assert sum(row["count"] for row in areas_of(document, period).values()) == whole["count"]


def test_points_are_blocks_and_what_has_no_place_in_the_city_is_counted(document):
    one = document["points"][0]
    assert one["without_place"] == 3
    first = TO - timedelta(days=364)
    assert sum(point["count"] for point in one["points"]) == number_of(first, TO) - 3
    assert all(point["block"].endswith("00 block of N OAK ST") for point in one["points"])
    assert all(point["latitude"] == round(point["latitude"], 3) for point in one["points"])


def test_hot_spots_and_near_repeats_say_what_they_rest_on(document):
    spots = document["hot_spots"][0]
    assert (spots["rule"], spots["from"], spots["to"]) == (RULE, "2014-07-01", "2017-06-29")
    assert spots["events"] + spots["without_place"] == number_of(date(2014, 7, 1), TO)
    repeats = document["near_repeat"][0]
    assert repeats["permutations"] == 999
    assert len(repeats["cells"]) == 16


def test_every_rule_is_described_and_those_left_out_say_why(document):
    assert [one["key"] for one in document["rules"]] == [RULE]
    assert document["rules"][0]["explanation"]
    assert all(one["reason"] for one in document["left_out"])
    assert document["population"] == {"people": 36_000, "year": 2016, "source": "City"}


def test_the_same_lists_give_the_same_bytes(data, document):
    again = publication(data, Question("chicago", TO), population=Population(36_000, 2016, "City"))
    assert json_text(again) == json_text(document)
    assert tables_zip(again) == tables_zip(document)


def test_the_public_edition_hides_the_small_district_and_one_other_and_no_more(document):
    public = public_edition(document)
    rows = areas_of(public, "year_to_date")
    assert {area: row["suppressed"] for area, row in rows.items()} == {
        "7": "", "8": "suppressed", "9": "1 to 4", "10": "",
    }  # fmt: skip
    assert rows["9"]["count"] is None
    assert rows["9"]["per_100000"] is None
    assert public["edition"] == "public"


def test_the_public_edition_holds_no_beat_and_no_number_of_a_block(document):
    public = public_edition(document)
    assert {one["kind"] for one in document["areas"]} == {"district", "beat"}
    assert {one["kind"] for one in public["areas"]} == {"district"}
    assert all("count" not in point for one in public["points"] for point in one["points"])


def test_making_the_public_edition_changes_nothing_of_the_full_one(document):
    before = json_text(document)
    public_edition(document)
    assert json_text(document) == before


def test_tables_have_every_row_and_no_formula(document):
    files = table_files({**document, "place": "=1+1"})
    assert files["figures.csv"].decode().count("\n") == 1 + len(document["figures"])
    assert b"areas-district.csv" in tables_zip(document)
    rule = {**document["rules"][0], "title": "=HYPERLINK(1)"}
    assert b"'=HYPERLINK(1)" in table_files({**document, "rules": [rule]})["rules.csv"]


def test_lists_and_boundaries_are_matched_by_their_areas(data):
    (one,) = matches(data, "chicago", "district")
    assert one.without_boundary == ()
    assert one.without_row == ("10",)
    assert one.rows_without_area == 0


def test_a_jurisdiction_without_a_list_is_refused(data):
    with pytest.raises(UnreadableTableError, match="holds no list of nowhere"):
        publication(data, Question("nowhere", TO))


def test_what_cannot_be_said_of_a_short_list_is_left_out(tmp_path):
    rows = [row(n, date(2017, 6, 1) + timedelta(days=n), "007", 41.8, -87.7) for n in range(29)]
    path = tmp_path / "crimes.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    import_list(path, tmp_path / "data", retrieved="2017-06-30")
    found = publication(tmp_path / "data", Question("chicago", TO))
    assert (found["points"], found["hot_spots"], found["near_repeat"]) == ([], [], [])
    assert public_edition(found)["areas"][0]["rows"][0]["count"] is None
