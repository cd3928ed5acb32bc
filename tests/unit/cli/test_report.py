"""``headstamp report``: from a folder of vintages to a PDF or a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from headstamp.cli.main import app
from headstamp.errors import OutputError, ReportTemplateError, UnreadableTableError
from headstamp.reports.figure_report import REPORTS, shipped_text


def run(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two vintages of a small synthetic city."""
    root = tmp_path_factory.mktemp("report")
    run("simulate-list", str(root / "list"), "--years", "3", "--vintages", "2", "--incidents",
        "500")  # fmt: skip
    for day in ("2026-06-23", "2026-06-30"):
        file = root / "list" / f"victims-{day}.csv"
        run("incidents", "import", str(file), "--retrieved", day, "--into", str(root / "data"))
    return root / "data"


def report(name: str, data: Path, out: Path, *more: str) -> str:
    return run(
        "report", name, "--data", str(data), "--jurisdiction", "port-verity", "--to", "2026-06-29",
        "--out", str(out), *more,
    )  # fmt: skip


def test_a_weekly_report_is_written_as_pdf(data: Path, tmp_path: Path) -> None:
    facts = json.loads(
        report("weekly-command", data, tmp_path / "w.pdf", "--population", "456500", "--json")
    )
    assert (tmp_path / "w.pdf").read_bytes().startswith(b"%PDF-")
    assert facts["edition"] == "full"
    assert facts["title"] == "Weekly command report: Port Verity, to 29 June 2026"
    assert "trend-port-verity-murders" in facts["charts"]


def test_the_same_lists_give_the_same_bytes(data: Path, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        report("weekly-command", data, tmp_path / name, "--template", str(short(tmp_path)))
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def short(folder: Path) -> Path:
    """A template without maps."""
    path = folder / "ours.md"
    text = "# Ours: {{ place }}\n\n{{ summary }}\n\n{{ headline week }}\n\n{{ trends murders }}"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_public_report_is_made_from_the_public_edition(data: Path, tmp_path: Path) -> None:
    facts = json.loads(report("monthly-public", data, tmp_path / "m.html", "--json"))
    assert facts["edition"] == "public"
    assert "not for the public" not in (tmp_path / "m.html").read_text(encoding="utf-8")


def test_figures_that_are_others_since_the_last_report_are_listed(
    data: Path, tmp_path: Path
) -> None:
    own = tmp_path / "t.md"
    own.write_text("# A\n\n{{ restatements }}\n", encoding="utf-8")
    report("weekly-command", data, tmp_path / "w.html", "--template", str(own), "--since",
           "2026-06-23")  # fmt: skip
    page = (tmp_path / "w.html").read_text(encoding="utf-8")
    assert "Figures that were published earlier and are others now" in page
    assert "Year to date, 1 January to 23 June 2026" in page


def test_the_shipped_template_can_be_printed_to_start_from() -> None:
    for name in REPORTS:
        assert run("report", "template", name) == shipped_text(name)


def test_a_template_with_a_fault_stops_the_report(data: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("# A\n{{ headlin }}\n", encoding="utf-8")
    with pytest.raises(ReportTemplateError, match="line 2"):
        report("weekly-command", data, tmp_path / "w.pdf", "--template", str(own))
    assert not (tmp_path / "w.pdf").exists()


def test_a_city_without_lists_a_day_and_a_file_that_are_none_are_refused(
    data: Path, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableTableError, match="no list of port-verity"):
        report("weekly-command", tmp_path, tmp_path / "w.pdf")
    with pytest.raises(UnreadableTableError, match="--since soon"):
        report("weekly-command", data, tmp_path / "w.pdf", "--since", "soon")
    with pytest.raises(OutputError, match=r"\.pdf or an \.html"):
        report("weekly-command", data, tmp_path / "w.docx")
    with pytest.raises(ReportTemplateError, match="take weekly-command"):
        run("report", "template", "daily")
