"""``headstamp figures``."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

HEADER = "ID,Case Number,Date,Block,IUCR,Primary Type,Beat,District,FBI Code,Updated On"
ASKED = (
    "measure", "period", "from", "to", "count", "comparison_count", "ratio", "interval", "p_value",
    "wording", "rule", "as_known_on", "vintage",
)  # fmt: skip


@pytest.fixture
def data(headstamp, tmp_path):
    """Murders of Chicago, invented: one a day in 2016, two a day in 2017, until 29 June."""
    days = [date(2016, 1, 1) + timedelta(days=day) for day in range(546)]
    days += [day for day in days if day.year == 2017]
    rows = [
        f"{number},A{number},{day:%m/%d/%Y} 09:05:00 PM,001XX N OAK ST,{code},HOMICIDE,0712,007,"
        "01A,07/01/2017 03:40:00 PM"
        for number, (day, code) in enumerate(
            [(day, code) for day in sorted(days) for code in ("0110", "0142")]
        )
    ]
    path = tmp_path / "crimes.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    words = ("incidents", "import", path, "--retrieved", "2017-06-30")
    assert headstamp(*words, "--into", tmp_path / "data")[0] == 0
    return tmp_path / "data"


@pytest.fixture
def figures(headstamp, data):
    """``figures(*words)`` runs the command on them."""
    return lambda *words: headstamp("figures", "--data", data, "--jurisdiction", "chicago", *words)


def test_json_is_a_list_of_comparisons_with_all_that_must_stand_beside_a_figure(figures):
    code, out, err = figures("--to", "2017-06-29", "--json")
    assert code == 0
    rows = json.loads(out)
    assert all(tuple(row)[: len(ASKED)] == ASKED for row in rows)
    assert len(rows) == 4 * 3
    last_year = next(row for row in rows if row["period"] == "year_to_date")
    assert last_year["against"] == "last_year"
    assert {name: last_year[name] for name in ("measure", "from", "to", "count")} == {
        "measure": "murders", "from": "2017-01-01", "to": "2017-06-29", "count": 360,
    }  # fmt: skip
    assert last_year["comparison_count"] == 181
    assert last_year["ratio"] == pytest.approx(360 / 181)
    assert last_year["interval"][0] < 360 / 181 < last_year["interval"][1]
    assert last_year["p_value"] < 1e-6
    assert last_year["wording"] == "up 99 %"
    assert last_year["rule"] == "chicago-murders-open-data v1"
    assert last_year["as_known_on"] == "2017-06-30"
    assert last_year["vintage"].startswith("2017-06-30-")
    assert (last_year["days"], last_year["comparison_days"]) == (180, 181)
    assert last_year["ratio_per_day"] == pytest.approx(2.0)
    assert "Not counted: chicago-murders-police-public" in err


def test_a_figure_is_told_with_its_rule_interval_and_list(figures):
    code, out, _ = figures("--to", "2017-06-29")
    assert code == 0
    assert "First degree murders, as the city's open data have them (victims)" in out
    assert "year to date, 2017-01-01 to 2017-06-29: 360 (" in out
    assert "up 99 %" in out
    assert "mean of 3 years chicago-crimes begins on 2016-01-01" in out
    assert "Rule chicago-murders-open-data v1; as known on 2017-06-30; list 2017-06-30-" in out
    assert "may still rise" in out


def test_a_range_is_counted_instead_of_the_usual_periods(figures):
    rows = json.loads(figures("--from", "2017-02-01", "--to", "2017-02-28", "--json")[1])
    assert {row["period"] for row in rows} == {"range"}
    assert rows[0]["count"] == 56
    assert rows[0]["comparison_count"] == 28


def test_a_rate_stands_beside_the_count(figures):
    _, out, _ = figures("--to", "2017-06-29", "--population", "2700000")
    assert "360 (" in out
    assert "13.3 per 100,000 (" in out


def test_areas_are_counted_by_themselves(figures):
    rows = json.loads(figures("--to", "2017-06-29", "--by", "district", "--json")[1])
    assert {row["area"] for row in rows} == {"7"}
    assert "  7, week, 2017-06-23" in figures("--to", "2017-06-29", "--by", "district")[1]


def test_before_the_first_vintage_nothing_is_known(figures):
    code, _, err = figures("--to", "2017-06-01", "--as-known-on", "2017-06-02")
    assert code == 10
    assert "the first chicago-crimes was retrieved on 2017-06-30" in err.replace("\n", " ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "29.06.2017"], "is no date"),
        (["--to", "2017-06-31"], "is no date"),
        (["--to", "2017-06-29", "--from", "2017-06-30"], "is after --to"),
        (["--to", "2017-06-29", "--by", "shoe"], "take one of district"),
        (["--to", "2017-06-29", "--by", "beat", "--population", "9"], "leave out --by"),
        (["--to", "2017-06-29", "--rules", "nowhere"], "no such folder of counting rules"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(figures, words, said):
    code, _, err = figures(*words)
    assert code == 10
    assert said in err.replace("\n", " ")


def test_a_city_without_a_list_is_refused(headstamp, data):
    code, _, err = headstamp("figures", "--data", data, "--jurisdiction", "alder")
    assert code == 10
    assert "holds no list of alder (it holds: chicago)" in err.replace("\n", " ")


@pytest.mark.parametrize("option", ["--to", "--from", "--as-known-on"])
def test_a_day_before_every_list_is_refused(figures, option):
    code, _, err = figures("--to", "2017-06-29", option, "0001-01-05")
    assert code == 10
    assert "lies before every list" in err.replace("\n", " ")


def test_none_after_none_has_no_ratio(headstamp, tmp_path):
    rows = [
        f"{year},A{year},03/04/{year} 09:05:00 PM,001XX N OAK ST,0110,HOMICIDE,0712,007,01A,"
        for year in (2019, 2020, 2021)
    ]
    (tmp_path / "crimes.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    words = ("incidents", "import", tmp_path / "crimes.csv", "--retrieved", "2021-06-30")
    assert headstamp(*words, "--into", tmp_path / "data")[0] == 0
    words = ("figures", "--data", tmp_path / "data", "--jurisdiction", "chicago")
    asked = ("--from", "2021-03-01", "--to", "2021-03-03")
    assert "none then and none now: no detectable change" in headstamp(*words, *asked)[1]
    last_year = json.loads(headstamp(*words, *asked, "--json")[1])[0]
    assert (last_year["count"], last_year["comparison_count"]) == (0, 0)
    assert (last_year["ratio"], last_year["interval"]) == (None, [None, None])


def test_of_a_period_that_had_not_ended_what_had_passed_is_counted_and_compared_with_nothing(
    figures,
):
    asked = ("--to", "2017-07-05", "--as-known-on", "2017-06-30", "--population", "1000", "--json")
    rows = [row for row in json.loads(figures(*asked)[1]) if row["period"] == "year_to_date"]
    assert {row["count"] for row in rows} == {360}
    assert {row["comparison_count"] for row in rows} == {None}
    assert {row["per_100000"] for row in rows} == {None}
    assert {row["wording"] for row in rows} == {"on 2017-06-30 this period had not ended"}
    assert rows[0]["remarks"][0] == "Not ended on 2017-06-30: only days up to then are counted."


def test_of_a_period_that_had_not_begun_nothing_is_counted(figures):
    asked = ("--from", "2017-07-01", "--to", "2017-07-05", "--as-known-on", "2017-06-30", "--json")
    assert {row["count"] for row in json.loads(figures(*asked)[1])} == {None}


def test_without_a_day_of_knowledge_a_period_beyond_the_list_is_not_counted(figures):
    asked = ("--from", "2017-06-01", "--to", "2017-07-05", "--json")
    assert {row["count"] for row in json.loads(figures(*asked)[1])} == {None}
