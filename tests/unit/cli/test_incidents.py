"""``headstamp incidents``."""

from __future__ import annotations

import json

import pytest

from headstamp.formats.incident_lists import scratch

HEADER = "ID,Case Number,Date,Block,IUCR,Primary Type,FBI Code,Updated On"


def crimes(*days: str) -> str:
    rows = (
        f"{number},A{number},{day} 09:05:00 PM,001XX N OAK ST,0110,HOMICIDE,01A,"
        "01/02/2021 03:40:00 PM"
        for number, day in enumerate(days, 1)
    )
    return "\n".join([HEADER, *rows, ""])


@pytest.fixture
def keep(headstamp, tmp_path):
    """``keep(*days, retrieved=...)`` imports a list of murders of these days."""

    def run(*days, retrieved="2021-01-02", name="crimes.csv", more=()):
        (tmp_path / name).write_text(crimes(*days), encoding="utf-8")
        words = ("incidents", "import", tmp_path / name, "--into", tmp_path / "data")
        return headstamp(*words, "--retrieved", retrieved, *more)

    return run


def test_a_known_list_is_found_by_its_columns(keep, tmp_path):
    code, out, _ = keep("03/04/2020", "03/05/2020")
    assert code == 0
    assert "chicago-crimes: 2 rows from 2020-03-04 to 2020-03-05, kept in" in out
    assert "The file has no column for: description" in out


def test_json_says_what_was_kept_and_what_was_set_aside(keep, tmp_path):
    answer = json.loads(keep("03/04/2020", "06/31/2020", more=["--json"])[1])
    assert (answer["rows"], answer["rejected"], answer["is_new"]) == (1, 1, True)
    assert answer["faults"] == ["row 3: Date: 06/31/2020 09:05:00 PM is no date that is known"]
    assert answer["schema"] == "chicago-crimes"
    assert (tmp_path / "data/chicago/chicago-crimes" / answer["id"]).is_dir()
    assert (answer["folder"], answer["retrieved"]) == (
        str(tmp_path / "data/chicago/chicago-crimes" / answer["id"]),
        "2021-01-02",
    )


def test_rows_that_are_set_aside_are_told_with_their_number(keep):
    _, out, _ = keep("03/04/2020", "06/31/2020")
    assert "1 rows are set aside in" in out
    assert "row 3: Date: 06/31/2020" in out


def test_the_same_file_again_is_told(keep):
    keep("03/04/2020")
    code, out, _ = keep("03/04/2020", name="again.csv")
    assert code == 0
    assert "is kept already" in out


def test_a_vintage_is_of_now_unless_its_day_is_said(headstamp, tmp_path):
    (tmp_path / "crimes.csv").write_text(crimes("03/04/2020"), encoding="utf-8")
    words = ("incidents", "import", tmp_path / "crimes.csv", "--into", tmp_path / "data", "--json")
    assert "T" in json.loads(headstamp(*words)[1])["retrieved"]


@pytest.mark.parametrize("day", ["2999-01-01", "yesterday", "29.06.2017"])
def test_a_day_of_retrieval_that_cannot_be_is_refused(keep, tmp_path, day):
    code, _, err = keep("03/04/2020", retrieved=day)
    assert code == 10
    assert day in err
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--schema", "nobody"], "is no known list"),
        (["--schema", "nypd-shootings"], "has no column INCIDENT_KEY"),
        (["--mapping", "missing.toml"], "no mapping that can be read"),
        (["--schema", "chicago-crimes", "--mapping", "missing.toml"], "not both"),
    ],
)
def test_a_list_that_is_not_what_it_is_called_is_refused(keep, more, said):
    code, _, err = keep("03/04/2020", more=more)
    assert code == 10
    assert said in err.replace("\n", " ")


def test_a_file_that_is_not_there_is_refused(headstamp, tmp_path):
    code, _, err = headstamp(
        "incidents", "import", tmp_path / "none.csv", "--into", tmp_path / "data"
    )
    assert code == 10
    assert "check the name" in err.replace("\n", " ")


def test_vintages_are_listed(keep, headstamp, tmp_path):
    keep("03/04/2020", retrieved="2020-04-01")
    keep("03/04/2020", "03/05/2020", retrieved="2021-01-02")
    out = headstamp("incidents", "list", "--data", tmp_path / "data")[1]
    assert [line.split()[0] for line in out.splitlines()] == ["2020-04-01", "2021-01-02"]
    answer = json.loads(headstamp("incidents", "list", "--data", tmp_path / "data", "--json")[1])
    assert [one["rows"] for one in answer] == [1, 2]


def test_an_empty_folder_is_told(headstamp, tmp_path):
    out = headstamp("incidents", "list", "--data", tmp_path)[1]
    assert "holds no list yet" in out


def compare(headstamp, folder, *words):
    where = ("--schema", "chicago-crimes", "--data", folder)
    return headstamp("incidents", "compare", *words, *where)


def test_what_changed_is_listed_row_by_row(keep, headstamp, tmp_path):
    keep("03/04/2020", "03/05/2020", retrieved="2020-04-01")
    keep("03/04/2020", "03/06/2020", "03/07/2020", retrieved="2021-01-02")
    code, out, _ = compare(headstamp, tmp_path / "data", "2020-04-01", "2021-01-02")
    assert code == 0
    assert "changed  2" in out
    assert "occurred: '2020-03-05 21:05:00' became '2020-03-06 21:05:00'" in out
    assert "2 rows became 3: 1 added, 1 changed, 0 removed." in out
    answer = json.loads(
        compare(headstamp, tmp_path / "data", "2020-04-01", "2021-01-02", "--json")[1]
    )
    assert [(one["kind"], one["key"]) for one in answer] == [("added", "3"), ("changed", "2")]


def test_a_day_without_a_vintage_is_refused_with_those_there_are(keep, headstamp, tmp_path):
    keep("03/04/2020")
    code, _, err = compare(headstamp, tmp_path / "data", "2020-04-01", "2021-01-02")
    assert code == 10
    assert "(there are: 2021-01-02)" in err.replace("\n", " ")


def test_two_vintages_of_one_day_are_told_apart_by_their_id(keep, headstamp, tmp_path):
    first = json.loads(keep("03/04/2020", more=["--json"])[1])["id"]
    second = json.loads(keep("03/05/2020", more=["--json"])[1])["id"]
    code, _, err = compare(headstamp, tmp_path / "data", "2021-01-02", second)
    assert code == 10
    assert "several were retrieved that day" in err.replace("\n", " ")
    assert compare(headstamp, tmp_path / "data", first, second)[0] == 0


def test_a_mapping_is_proposed_and_used(headstamp, tmp_path):
    (tmp_path / "list.csv").write_text("Case,Date,Beat\nA1,2020-03-04,1\n", encoding="utf-8")
    out = tmp_path / "mapping.toml"
    words = ("incidents", "map", tmp_path / "list.csv", "--name", "alder-shootings")
    words += ("--jurisdiction", "alder", "--out", out)
    code, said, _ = headstamp(*words)
    assert code == 0
    assert "look it over" in said
    as_json = headstamp(*words[:-1], tmp_path / "other.toml", "--json")[1]
    assert json.loads(as_json) == {"mapping": str(tmp_path / "other.toml"), "to_decide": []}
    where = ("--into", tmp_path / "data")
    code, said, _ = headstamp(
        "incidents", "import", tmp_path / "list.csv", "--mapping", out, *where
    )
    assert code == 0
    assert "alder-shootings: 1 rows" in said
    code, _, err = headstamp(*words)
    assert code == 10
    assert "is there already" in err.replace("\n", " ")


def test_what_a_person_must_decide_is_told(headstamp, tmp_path):
    (tmp_path / "list.csv").write_text("Case,Place,Beat\nA1,here,1\n", encoding="utf-8")
    words = ("incidents", "map", tmp_path / "list.csv", "--name", "a", "--jurisdiction", "alder")
    _, said, _ = headstamp(*words, "--out", tmp_path / "mapping.toml")
    assert "To decide: no column was found for 'occurred'." in said


def test_a_name_that_can_be_no_folder_leaves_no_mapping(headstamp, tmp_path):
    (tmp_path / "list.csv").write_text("Case,Date,Beat\nA1,2020-03-04,1\n", encoding="utf-8")
    out = tmp_path / "mapping.toml"
    words = ("incidents", "map", tmp_path / "list.csv", "--jurisdiction", "alder", "--out", out)
    code, _, err = headstamp(*words, "--name", "../alder")
    assert code == 10
    assert "small letters" in err.replace("\n", " ")
    assert not out.exists()


def test_a_folder_in_place_of_a_list_is_refused(headstamp, tmp_path):
    (tmp_path / "list.csv").mkdir()
    words = ("incidents", "import", tmp_path / "list.csv", "--into", tmp_path / "data")
    code, _, err = headstamp(*words)
    assert code == 10
    assert "Is a directory" in err.replace("\n", " ")
    assert not (tmp_path / "data").exists()


def test_what_a_killed_import_has_left_is_seen_by_nobody_and_swept_by_the_next(
    keep, headstamp, tmp_path
):
    (tmp_path / "data/.incoming-killed/vintage").mkdir(parents=True)
    (tmp_path / "data/.incoming-killed/vintage/source.parquet").write_text("half")
    assert "holds no list yet" in headstamp("incidents", "list", "--data", tmp_path / "data")[1]
    assert keep("03/04/2020")[0] == 0
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["chicago"]


def test_an_import_under_way_is_left_alone(keep, tmp_path):
    with scratch.scratch_folder(tmp_path) as other:
        (tmp_path / "data").mkdir()
        under_way = other.rename(tmp_path / "data" / other.name)
        assert keep("03/04/2020")[0] == 0
        assert under_way.is_dir()
