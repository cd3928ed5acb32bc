"""``headstamp traces``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.formats.trace_workbooks.sheets import PLAIN, changed, workbook


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def imported(headstamp, tmp_path):
    """Two years of invented workbooks in the folder taken by default."""
    one = workbook(tmp_path / "flows_2019.xlsx", PLAIN)
    other = workbook(tmp_path / "flows_2020.xlsx", changed(2, 5, 54))
    return headstamp("traces", "import-atf", one, other, "--json")


def test_what_does_not_add_up_is_said_by_file_and_cell(imported) -> None:
    code, out, _ = imported
    first, second = json.loads(out)
    assert code == 0
    assert (first["year"], first["matrix"], first["problems"]) == (2019, [3, 3], [])
    assert [(one["cell"], one["says"], one["should_say"]) for one in second["problems"]] == [
        ("F3", 54, 55)
    ]
    assert Path(second["kept_as"]).is_file()


def test_the_sources_of_a_state_come_with_their_base(headstamp, imported) -> None:
    code, out, _ = headstamp(
        "traces", "flows", "--year", 2019, "--recovered-in", "Illinois", "--json"
    )
    found = json.loads(out)
    assert (code, found["base"], found["base_name"]) == (0, 78, "source_state_identified")
    assert [(one["state"], one["count"]) for one in found["sources"]] == [
        ("IL", 40), ("IN", 30), ("WI", 8),
    ]  # fmt: skip
    assert found["sources"][0]["share"] == pytest.approx(40 / 78)
    assert found["out_of_state"]["count"] == 38
    assert found["net_import"]["net"] == 38 - 15


def test_without_a_year_there_is_one_answer_a_year(headstamp, imported) -> None:
    found = json.loads(headstamp("traces", "flows", "--sold-in", "IN", "--json")[1])
    assert [one["year"] for one in found] == [2019, 2020]
    assert found[0]["destinations"][0] | {"interval": 0, "share": 0} == {
        "state": "IN", "count": 60, "interval": 0, "share": 0,
    }  # fmt: skip


def test_the_printed_tables_say_what_a_trace_is_not(headstamp, imported) -> None:
    for words in (("--recovered-in", "IL"), ()):
        out = headstamp("traces", "flows", "--year", 2019, *words)[1]
        assert "no random sample" in " ".join(out.split())
        assert "source state is known" in out


def test_every_state_has_its_balance(headstamp, imported) -> None:
    found = json.loads(headstamp("traces", "flows", "--year", 2019, "--json")[1])
    assert sum(one["net_import"]["net"] for one in found["states"]) == 0
    assert [one["base"] for one in found["states"]] == [78, 70, 76]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--year", "1999"), "there are: 2019, 2020"),
        (("--recovered-in", "Atlantis"), "is no state"),
        (("--recovered-in", "IL", "--sold-in", "IN"), "not both"),
        (("--data", "elsewhere"), "import-atf"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(headstamp, imported, words, said) -> None:
    code, _, err = headstamp("traces", "flows", *words)
    assert code == 10
    assert said in " ".join(err.split())


def test_if_one_file_cannot_be_read_none_is_kept(headstamp, tmp_path) -> None:
    good = workbook(tmp_path / "flows_2019.xlsx", PLAIN)
    bad = tmp_path / "flows_2020.xlsx"
    bad.write_bytes(b"no workbook")
    code, _, err = headstamp("traces", "import-atf", good, bad)
    assert code == 10
    assert "flows_2020.xlsx" in err
    assert not (tmp_path / "traces-data").exists()


def test_one_year_is_not_given_to_several_files(headstamp, tmp_path) -> None:
    one = workbook(tmp_path / "one.xlsx", PLAIN)
    two = workbook(tmp_path / "two.xlsx", changed(2, 5, 54))
    assert headstamp("traces", "import-atf", one, two, "--year", 2019)[0] == 10
    assert headstamp("traces", "import-atf", one, "--year", 2019)[0] == 0


def test_a_state_that_is_in_no_workbook_is_said(headstamp, imported) -> None:
    code, out, err = headstamp("traces", "flows", "--year", 2019, "--recovered-in", "WY", "--json")
    assert (code, json.loads(out)["base"]) == (0, 0)
    assert "No gun of WY" in err


def test_a_year_is_drawn_as_map_and_as_bands(headstamp, imported) -> None:
    asked = ("traces", "flows", "--year", 2019, "--recovered-in", "IL")
    code, out, _ = headstamp(*asked, "--chart", "map", "--json")
    made = json.loads(out)
    assert (code, made["file"]) == (0, "flow-map-to-il-2019.svg")
    assert made["rows"][1] == {
        "Sold in": "Indiana", "Recovered in": "Illinois", "Guns": "30", "Share": "38.5 %",
    }  # fmt: skip
    assert "Indiana to Illinois: 30" in Path(made["file"]).read_text(encoding="utf-8")
    code, out, _ = headstamp(*asked, "--chart", "sankey", "--out", "bands.svg")
    assert code == 0
    assert "78 traces that identified a source state" in " ".join(out.split())
    assert Path("bands.svg").read_text(encoding="utf-8").startswith("<svg")
    assert headstamp("traces", "flows", "--year", 2019, "--chart", "matrix")[0] == 0
    years = headstamp("traces", "flows", "--recovered-in", "IL", "--chart", "years")
    assert years[0] == 0


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("--chart", "map"), "give one year with --year (of 2019, 2020)"),
        (("--chart", "years"), "give a state with --recovered-in"),
        (("--chart", "years", "--sold-in", "IN"), "give a state with --recovered-in"),
    ],
)
def test_a_drawing_that_needs_more_says_what(headstamp, imported, asked, says) -> None:
    code, _, said = headstamp("traces", "flows", *asked)
    assert code == 10
    assert says in " ".join(said.split())
