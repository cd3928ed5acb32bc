"""``headstamp areas`` and ``headstamp publication``."""

from __future__ import annotations

import json
from datetime import date, timedelta

import geopandas
import pytest
from shapely.geometry import box

HEADER = "ID,Case Number,Date,Block,IUCR,Primary Type,Beat,District,FBI Code,Updated On"


@pytest.fixture
def districts(tmp_path):
    """Two districts."""
    path = tmp_path / "districts.geojson"
    geopandas.GeoDataFrame(
        {"NUM": ["07", "08"], "LABEL": ["Seven", "Eight"], "PEOPLE": [1000, 2000]},
        geometry=[box(-87.7, 41.8, -87.6, 41.9), box(-87.6, 41.8, -87.5, 41.9)],
        crs="EPSG:4326",
    ).to_file(path, driver="GeoJSON")
    return path


@pytest.fixture
def data(headstamp, tmp_path):
    """A murder a day in district 7 until 29 June 2017, and one in a district 99."""
    days = [date(2016, 1, 1) + timedelta(days=day) for day in range(546)]
    rows = [
        f"{n},A{n},{day:%m/%d/%Y} 09:05:00 PM,001XX N OAK ST,0110,HOMICIDE,0712,"
        f"{'099' if n == 500 else '007'},01A,07/01/2017 03:40:00 PM"
        for n, day in enumerate(days)
    ]
    path = tmp_path / "crimes.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    words = ("incidents", "import", path, "--retrieved", "2017-06-30")
    assert headstamp(*words, "--into", tmp_path / "data")[0] == 0
    return tmp_path / "data"


@pytest.fixture
def bring(headstamp, data, districts):
    """``bring(*words)`` imports the districts."""
    fields = ("--code", "NUM", "--name", "LABEL", "--population", "PEOPLE")
    words = ("areas", "import", districts, "--jurisdiction", "chicago", "--kind", "district")
    return lambda *more: headstamp(*words, *fields, "--into", data, *more)


def test_areas_that_one_has_and_the_other_lacks_are_named(bring):
    code, out, _ = bring()
    assert code == 0
    assert "2 areas kept in" in out
    assert "chicago-crimes names areas without a boundary (1 rows): 99." in out
    assert "chicago-crimes never names: 8." in out


def test_json_says_what_was_kept_and_how_lists_match(bring):
    found = json.loads(bring("--population-year", "2020", "--source", "City", "--json")[1])
    assert (found["areas"], found["population_year"], found["source"]) == (2, 2020, "City")
    assert found["lists"][0]["without_boundary"] == [["99", 1]]


def test_boundaries_are_listed(headstamp, bring, data):
    assert "holds no boundaries yet" in headstamp("areas", "list", "--data", data)[1]
    bring()
    assert "chicago  district  2 areas" in headstamp("areas", "list", "--data", data)[1]
    assert json.loads(headstamp("areas", "list", "--data", data, "--json")[1])[0]["areas"] == 2


def test_boundaries_disturb_no_list(headstamp, bring, data):
    before = headstamp("incidents", "list", "--data", data)
    bring()
    assert headstamp("incidents", "list", "--data", data) == before


def test_figures_by_area_have_rates_where_people_are_known(headstamp, bring, data):
    words = ("figures", "--data", data, "--jurisdiction", "chicago", "--to", "2017-06-29")
    before = json.loads(headstamp(*words, "--by", "district", "--json")[1])
    assert all(row["per_100000"] is None for row in before)
    bring()
    rows = {
        row["area"]: row
        for row in json.loads(headstamp(*words, "--by", "district", "--json")[1])
        if (row["period"], row["against"]) == ("28_days", "last_year")
    }
    assert rows["7"]["per_100000"] == pytest.approx(2800)
    assert rows["99"]["per_100000"] is None


def test_a_publication_is_written_whole_in_the_public_edition(headstamp, data, tmp_path):
    out = tmp_path / "made" / "june"
    words = ("publication", "--data", data, "--jurisdiction", "chicago", "--to", "2017-06-29")
    code, said, err = headstamp(*words, "--out", out, "--json")
    assert code == 0
    assert "counting by area" in err
    assert set(json.loads(said)["files"]) == {path.name for path in out.iterdir()}
    document = json.loads((out / "publication.json").read_text(encoding="utf-8"))
    assert (document["format"], document["edition"]) == (1, "public")
    small = [row for one in document["areas"] for row in one["rows"] if row["count"] in range(1, 5)]
    assert not small
    full = headstamp(*words, "--out", tmp_path / "full", "--edition", "full")
    assert full[0] == 0


def test_a_publication_replaces_nothing_and_takes_no_other_edition(headstamp, data, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine")
    words = ("publication", "--data", data, "--jurisdiction", "chicago")
    code, _, err = headstamp(*words, "--out", tmp_path / "there")
    assert code != 0
    assert "holds something" in err
    code, _, err = headstamp(*words, "--out", tmp_path / "new", "--edition", "secret")
    assert code != 0
    assert "take one of public, full" in err
    assert not (tmp_path / "new").exists()
