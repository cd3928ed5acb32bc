"""``headstamp linkage``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


GUNS = """source,id,serial,maker,model,calibre,type
police,1,AB123456,Glock,19,9 mm Luger,pistol
traces,1,A8-123456,Glock,G19,9 mm Luger,pistol
traces,2,ZZ999999,Rusk,Snub,.38 Special,revolver
"""


@pytest.fixture
def guns(tmp_path) -> Path:
    (tmp_path / "guns.csv").write_text(GUNS, encoding="utf-8")
    return tmp_path / "guns.csv"


def test_a_proposal_is_printed_with_what_each_field_adds(headstamp, guns) -> None:
    code, out, error = headstamp("linkage", "propose", "firearm", guns)
    assert (code, error) == (0, "")
    assert "3 records of firearms, 3 pairs: 1 of a probability of 0.5 and more" in out
    assert "\npolice:1 and traces:1: " in out
    assert "the same but for look-alikes: AB123456 | A8-123456" in out
    assert "too few records to learn from" in out
    assert "no statement about a person" in out
    assert "Nothing is merged until a person accepts" in out


def test_the_same_as_json_adds_up(headstamp, guns) -> None:
    code, out, _ = headstamp("linkage", "propose", "firearm", guns, "--json")
    answer = json.loads(out)
    assert (code, answer["records"], answer["pairs"]) == (0, 3, 3)
    (one,) = answer["proposals"]
    assert (one["one"], one["other"]) == ("police:1", "traces:1")
    assert sum(step["bits"] for step in one["waterfall"]) == pytest.approx(one["weight_bits"])
    assert [step["field"] for step in one["waterfall"]][:2] == ["start", "serial"]


def test_any_two_records_are_explained(headstamp, guns) -> None:
    words = ("linkage", "explain", "firearm", guns, "--one", "traces:2", "--other", "police:1")
    code, out, _ = headstamp(*words, "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["probability"] < 0.001
    assert "under 0.1 %" in headstamp(*words)[1]


def test_a_model_is_kept_and_used_again_on_other_records(headstamp, guns) -> None:
    assert headstamp("linkage", "simulate", "firearm", "many.csv", "--records", 600)[0] == 0
    first = headstamp(
        "linkage", "propose", "firearm", "many.csv", "--save-model", "m.json", "--json"
    )
    again = headstamp("linkage", "propose", "firearm", "many.csv", "--model", "m.json", "--json")
    assert json.loads(first[1]) == json.loads(again[1])
    assert json.loads(first[1])["learnt_from"] == 600
    other = headstamp("linkage", "propose", "firearm", guns, "--model", "m.json", "--json")
    assert json.loads(other[1])["learnt_from"] == 600
    code, _, error = headstamp("linkage", "propose", "dealer", "many.csv", "--model", "m.json")
    assert (code, "is a model of firearms, not of dealers" in error) == (15, True)


def test_what_is_exported_for_spark_is_settings_of_splink_and_prepared_records(headstamp) -> None:
    headstamp("linkage", "simulate", "person", "many.csv", "--records", 300)
    code, out, _ = headstamp("linkage", "export", "person", "many.csv", "--into", "spark", "--json")
    assert code == 0
    made = json.loads(Path("spark/settings.json").read_text(encoding="utf-8"))
    assert made["sql_dialect"] == "spark"
    names = {Path(one).name for one in json.loads(out)["files"]}
    assert names == {"settings.json", "records.csv", "keys.csv", "frequencies-full_name.csv",
                     "frequencies-family.csv"}  # fmt: skip
    with Path("spark/records.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 300
    assert [row["record"] for row in rows] == [str(number) for number in range(300)]


def test_simulated_records_come_with_their_truth(headstamp) -> None:
    code, out, _ = headstamp("linkage", "simulate", "dealer", "d.csv", "--records", 50, "--json")
    assert code == 0
    with Path("d-truth.csv").open(encoding="utf-8", newline="") as stream:
        truth = list(csv.DictReader(stream))
    assert len(truth) == 50
    things = [row["thing"] for row in truth]
    pairs = sum(things.count(one) - 1 for one in things) // 2
    assert json.loads(out)["pairs_of_one_thing"] == pairs


def test_firearms_of_a_folder_of_traces_are_compared_with_those_of_a_table(headstamp, guns) -> None:
    Path("market.csv").write_text(
        "trace_id,serial,maker,model,calibre,type,recovery_date\n"
        "T1,AB123456,Glock,19,9 mm Luger,pistol,2016-05-01\n", encoding="utf-8",
    )  # fmt: skip
    assert headstamp("traces", "import", "market.csv")[0] == 0
    Path("own.csv").write_text(GUNS.replace("traces,", "list,"), encoding="utf-8")
    words = ("linkage", "propose", "firearm", "own.csv", "--traces", "traces-data", "--json")
    found = json.loads(headstamp(*words)[1])["proposals"]
    assert ("police:1", "traces:T1") in {(one["one"], one["other"]) for one in found}


def decide(headstamp, answer: str, one: str, other: str) -> tuple[int, str, str]:
    return headstamp("linkage", "decide", answer, "person", one, other, "--by", "R. Osei",
                     "--why", "one birth date", "--json")  # fmt: skip


def test_decisions_join_contradict_and_are_undone(headstamp) -> None:
    assert decide(headstamp, "accept", "a:1", "b:1")[0] == 0
    assert decide(headstamp, "accept", "b:1", "c:1")[0] == 0
    _, out, _ = decide(headstamp, "reject", "a:1", "c:1")
    entry = json.loads(out)
    assert (entry["number"], entry["by"], entry["same"]) == (3, "R. Osei", False)
    assert entry["at"].endswith("+00:00")
    answer = json.loads(headstamp("linkage", "groups", "--json")[1])
    assert answer["groups"] == [
        {"kind": "person", "members": ["a:1", "b:1", "c:1"], "decisions": [1, 2]}
    ]
    assert answer["contradictions"] == [
        {"kind": "person", "one": "a:1", "other": "c:1", "rejected": 3, "through": [1, 2]}
    ]
    assert answer["head"] == entry["hash"]
    assert "Contradiction: persons a:1 and c:1" in headstamp("linkage", "groups")[1]
    assert headstamp("linkage", "undo", 2, "--by", "M. Ito", "--why", "a twin")[0] == 0
    answer = json.loads(headstamp("linkage", "groups", "--json")[1])
    assert (answer["entries"], answer["in_force"]) == (4, 2)
    assert [one["members"] for one in answer["groups"]] == [["a:1", "b:1"]]
    assert answer["contradictions"] == []


def test_a_changed_file_of_decisions_is_found_out(headstamp) -> None:
    decide(headstamp, "accept", "a:1", "b:1")
    path = Path("linkage-decisions.jsonl")
    path.write_text(path.read_text(encoding="utf-8").replace("R. Osei", "X. Other"), "utf-8")
    code, _, error = headstamp("linkage", "groups")
    assert (code, "line 1" in error) == (12, True)
    assert decide(headstamp, "accept", "b:1", "c:1")[0] == 12


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("propose", "gun", "guns.csv"), 15, "take firearm, dealer or person"),
        (("propose", "firearm"), 15, "give a table of records"),
        (("propose", "firearm", "none.csv"), 10, "no such file"),
        (("propose", "person", "guns.csv"), 10, "none of the columns of a person"),
        (("propose", "firearm", "guns.csv", "guns.csv"), 10, "was there already"),
        (("propose", "firearm", "guns.csv", "--model", "guns.csv"), 15, "no JSON"),
        (("propose", "firearm", "guns.csv", "--traces", "nowhere"), 10, "no table of traces"),
        (("propose", "person", "--traces", "nowhere"), 15, "holds no persons"),
        (("explain", "firearm", "guns.csv", "--one", "police", "--other", "a:1"), 15, "police:17"),
        (("explain", "firearm", "guns.csv", "--one", "a:9", "--other", "police:1"), 15, "a:9"),
        (("groups",), 15, "no such file"),
        (("undo", "1", "--by", "x", "--why", "y"), 15, "no decision"),
        (("simulate", "person", "none/x.csv"), 6, "cannot be written"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_says_what_to_do(headstamp, guns, words, code, said) -> None:
    found, out, error = headstamp("linkage", *words)
    assert (found, out) == (code, "")
    assert said in error
