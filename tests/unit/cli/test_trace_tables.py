"""``headstamp traces`` on tables: import, conflicts, signs, networks, report, synthetic market."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.unit.formats.trace_tables.tables import row, write

PEOPLE = ("P1", "Q1", "AB1234", "Alder Arms", "04507")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def imported(headstamp, tmp_path):
    """Twelve pistols of one purchaser and a rifle of another, in the folder taken by default."""
    rows = [row(f"T{i:02d}", serial=f"AB{1234 + i}", possessor_key="Q1") for i in range(12)]
    other = row("T99", serial="OBLITERATED", purchaser_key="P9", dealer_state="OH",
                dealer_licence="", dealer_name="Other", type="rifle")  # fmt: skip
    path = write(tmp_path / "t.csv", *rows, other, row("", serial="X"))
    return headstamp("traces", "import", path, "--retrieved", "2018-03-01", "--json")


def test_what_became_of_a_table_is_said_for_scripts(headstamp, imported) -> None:
    code, out, _ = imported
    made = json.loads(out)
    assert code == 0
    assert (made["rows"], made["rejected"], made["is_new"], made["conflicts"]) == (13, 1, True, 0)
    assert made["faults"] == ["row 15: trace_id is missing"]
    assert (Path(made["folder"]) / "rejected.csv").is_file()
    again = json.loads(headstamp("traces", "import", "t.csv", "--json")[1])
    assert (again["is_new"], again["id"]) == (False, made["id"])


def test_the_printed_lines_say_rows_faults_and_conflicts(headstamp, imported, tmp_path) -> None:
    path = write(
        tmp_path / "later.csv", row("T00", serial="AB1234", purchaser_key="P2", possessor_key="Q2")
    )
    code, out, _ = headstamp("traces", "import", path)
    assert code == 0
    assert "One trace is there with different results" in out
    assert "T00, purchaser: P1 (row 2 of 2018-03-01-" in out
    found = json.loads(headstamp("traces", "conflicts", "--json")[1])
    assert {one["field"] for one in found} == {"purchaser", "possessor"}
    assert "P2 (row 2 of" in headstamp("traces", "conflicts")[1]


def test_signs_come_with_their_traces_and_a_marking(headstamp, imported) -> None:
    code, out, _ = headstamp("traces", "indicators", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["marking"].startswith("Law enforcement sensitive")
    together = [one for one in found["indicators"] if one["kind"] == "bought_together"]
    assert [len(one["traces"]) for one in together] == [12]
    one = headstamp("traces", "indicators", "--kind", "obliterated_serial")[1]
    assert "T99: the serial number is obliterated" in one
    assert "one_purchaser" not in one
    code, _, err = headstamp("traces", "indicators", "--kind", "score")
    assert code == 10
    assert "one_purchaser" in err


def test_networks_say_why_each_gun_is_in_them(headstamp, imported, tmp_path) -> None:
    found = json.loads(headstamp("traces", "networks", "--json")[1])["networks"]
    assert [len(one["guns"]) for one in found] == [12]
    assert {edge["reason"] for edge in found[0]["edges"]} == {
        "bought_together", "one_purchaser", "one_possessor",
    }  # fmt: skip
    (tmp_path / "links.csv").write_text("link,trace,other_trace\nL1,T99,T03\n", "utf-8")
    linked = headstamp("traces", "networks", "--links", "links.csv", "--least", 13)[1]
    assert "13 guns" in linked


def report(headstamp, *words):
    return headstamp(
        "traces", "report", "--jurisdiction", "Port Verity", "--from", "2017-01-01",
        "--to", "2017-12-31", *words,
    )  # fmt: skip


@pytest.mark.parametrize("form", ["html", "csv", "pdf"])
def test_a_report_is_written_in_each_form(headstamp, imported, form) -> None:
    code, out, _ = report(headstamp, "--format", form, "--out", f"r.{form}", "--json")
    assert code == 0
    assert json.loads(out)["bases"]["submitted"] == 13
    assert Path(f"r.{form}").stat().st_size > 1000


def test_the_public_edition_holds_no_purchaser_possessor_serial_or_dealer(
    headstamp, imported
) -> None:
    for form in ("html", "csv"):
        report(headstamp, "--format", form, "--edition", "public", "--out", "public")
        report(headstamp, "--format", form, "--edition", "internal", "--out", "internal")
        public, internal = (Path(name).read_text("utf-8") for name in ("public", "internal"))
        assert not [one for one in PEOPLE if one in public]
        assert "Alder Arms" in internal
        assert "t.csv" in internal
        assert "t.csv" not in public


def test_the_public_edition_is_taken_unless_another_is_asked_for(headstamp, imported) -> None:
    out = report(headstamp)[1]
    assert "trace-report-port-verity-public.html: public edition" in " ".join(out.split())
    assert Path("trace-report-port-verity-public.html").is_file()


def test_guns_recovered_are_a_base_of_their_own(headstamp, imported) -> None:
    report(headstamp, "--recovered", 26, "--format", "csv", "--out", "r.csv")
    rows = list(csv.DictReader(io.StringIO(Path("r.csv").read_text("utf-8"))))
    (submitted,) = [one for one in rows if one["row"] == "submitted for tracing"
                    and one["base_name"] == "recovered"]  # fmt: skip
    assert (submitted["count"], float(submitted["share"])) == ("13", 0.5)
    code, _, err = report(headstamp, "--recovered", 12)
    assert code == 10
    assert "fewer" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Nowhere", "2017-01-01", "2017-12-31"), "Port Verity"),
        (("IL", "2017-12-31", "2017-01-01"), "no period"),
        (("IL", "June", "2017-01-01"), "2017-06-29"),
    ],
)
def test_what_cannot_be_reported_is_refused_in_a_sentence(headstamp, imported, words, said) -> None:
    place, first, last = words
    code, _, err = headstamp(
        "traces", "report", "--jurisdiction", place, "--from", first, "--to", last
    )
    assert code == 10
    assert said in " ".join(err.split())


def test_a_synthetic_market_can_be_imported_and_its_truth_is_beside_it(headstamp) -> None:
    made = json.loads(headstamp("traces", "simulate", "m.csv", "--guns", 300, "--json")[1])
    imported = json.loads(headstamp("traces", "import", "m.csv", "--json")[1])
    assert (imported["rows"], imported["rejected"]) == (300, 0)
    assert len(Path(made["truth"]).read_text("utf-8").splitlines()) == 301
    assert Path(made["dealers"]).is_file()


def test_dealers_are_set_against_their_sales(headstamp, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [f"A{n},2016-05-01,Large,1-23-456-01-7A-11111" for n in range(40)]
    rows += [f"B{n},2016-05-01,Small,1-23-456-01-7A-22222" for n in range(12)]
    rows += ["C1,2016-05-01,Unknown,1-23-456-01-7A-33333"]
    table = "trace_id,recovery_date,dealer_name,dealer_licence"
    Path("t.csv").write_text("\n".join((table, *rows, "")), encoding="utf-8")
    # Another year of the licence: what is renewed does not tell a dealer apart.
    sales = 'dealer_licence,sold_a_year\n1-23-456-01-9Z-11111,"10,000"\n1-23-456-01-9Z-22222,200\n'
    Path("sales.csv").write_text(sales, encoding="utf-8")
    assert headstamp("traces", "import", "t.csv")[0] == 0
    code, out, _ = headstamp(
        "traces", "dealers", "--sales", "sales.csv", "--chart", "funnel.svg", "--json"
    )
    found = {one["dealer"].split(",")[0]: one for one in json.loads(out)["dealers"]}
    assert code == 0
    assert (found["Large"]["per_1000_sales"], found["Large"]["standing"]) == (4.0, "within")
    assert (found["Small"]["per_1000_sales"], found["Small"]["standing"]) == (60.0, "above")
    assert (found["Unknown"]["sales"], found["Unknown"]["standing"]) == (None, "no_sales_volume")
    assert "<svg" in Path("funnel.svg").read_text(encoding="utf-8")
    text = headstamp("traces", "dealers", "--sales", "sales.csv")[1]
    assert "Law enforcement sensitive" in text
    assert "no sign that a dealer" in text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("licence,sold\nX,1\n", "has no columns dealer_licence and sold_a_year"),
        ("dealer_licence,sold\nX,many\n", "row 2: 'many' is no number"),
    ],
)
def test_a_table_of_sales_that_is_none_is_refused(
    headstamp, tmp_path, monkeypatch, content, says
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text("trace_id,recovery_date\nT1,2016-05-01\n", encoding="utf-8")
    Path("sales.csv").write_text(content, encoding="utf-8")
    assert headstamp("traces", "import", "t.csv")[0] == 0
    code, _, said = headstamp("traces", "dealers", "--sales", "sales.csv")
    assert code == 10
    assert says in " ".join(said.split())


def test_a_note_of_the_public_edition_says_no_small_number(headstamp, imported, tmp_path) -> None:
    headstamp("traces", "import", write(tmp_path / "later.csv", row("T00", purchaser_key="P2")))
    notes = {}
    for edition in ("internal", "public"):
        report(headstamp, "--format", "csv", "--edition", edition, "--out", edition)
        rows = csv.reader(io.StringIO(Path(edition).read_text()))
        notes[edition] = [one[8] for one in rows if one[0] == "note"]
    assert notes["internal"][0].startswith("Traces with different results: 1;")
    assert notes["public"][0].startswith("Traces with different results: fewer than 5;")
