"""``headstamp demo``: the main job, small."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from headstamp.cli.main import app
from headstamp.errors import OutputError, UnreadableScanError
from headstamp.reports.wording import LEAD_SENTENCE


def demo(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["demo", "--jobs", "1", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    out = tmp_path_factory.mktemp("demo") / "out"
    printed = demo("--out", str(out), "--guns", "4", "--count", "14", "--json")
    return out, json.loads(printed)


def test_the_gun_of_the_newest_scene_is_found_among_the_others(
    made: tuple[Path, dict[str, Any]],
) -> None:
    _, result = made
    assert result["cases"]
    for case in result["cases"]:
        truths = [row["truth"] for row in case["rows"]]
        assert "same firearm" in truths
        assert truths[0] == "same firearm"
        scores = [row["aligned_correlation"] for row in case["rows"]]
        assert scores == sorted(scores, reverse=True)


def test_the_scene_searched_is_the_newest_and_is_not_in_the_gallery(
    made: tuple[Path, dict[str, Any]],
) -> None:
    out, result = made
    with (out / "scans" / "truth.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    incident = max(row["date"] for row in rows)
    assert {case["date"] for case in result["cases"]} == {incident}
    searched = {case["name"] for case in result["cases"]}
    assert all(case["searched"] == len(rows) - len(searched) for case in result["cases"])


def test_every_page_that_is_linked_is_there(made: tuple[Path, dict[str, Any]]) -> None:
    site = made[0] / "site"
    for page in site.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert LEAD_SENTENCE in text
        for target in re.findall(r'<a href="([^"#]+)"', text):
            assert (site / target).is_file(), target


def test_every_candidate_has_a_bounded_likelihood_ratio_of_a_named_population(
    made: tuple[Path, dict[str, Any]],
) -> None:
    from headstamp.formats.reference_file import load_reference

    population = load_reference(None)
    for case in made[1]["cases"]:
        for row in case["rows"]:
            low, high = population.calibration.lower, population.calibration.upper
            assert low <= row["log10_lr"] <= high


def test_it_can_be_run_again_over_its_own_folder_and_over_no_other(
    made: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    again = demo("--out", str(made[0]), "--guns", "4", "--count", "14", "--json")
    assert [c["name"] for c in json.loads(again)["cases"]] == [c["name"] for c in made[1]["cases"]]
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(OutputError, match="other files"):
        demo("--out", str(tmp_path))
    assert (tmp_path / "mine.txt").exists()


def test_it_prints_tables_and_the_sentence_without_json(
    made: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    printed = demo("--out", str(tmp_path / "o"), "--scans", str(made[0] / "scans"))
    assert LEAD_SENTENCE in printed
    assert "same" in printed


def test_a_folder_of_real_scans_takes_the_place_of_the_simulation(
    shared_data: Path, tmp_path: Path
) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    source = shared_data / "scans" / "fadul"
    for name in ("fadul-1-1", "fadul-1-2", "fadul-2-1", "fadul-3-1", "fadul-3-2", "fadul-z"):
        shutil.copy(source / f"{name}.x3p", scans)
    result = json.loads(
        demo(
            "--out", str(tmp_path / "o"), "--scans", str(scans),
            "--truth", str(source / "sources.csv"), "--json",
        )
    )  # fmt: skip
    case = result["cases"][0]
    assert case["name"] == "fadul-z.x3p"
    assert [row["truth"] for row in case["rows"][:3]] == [
        "same firearm", "same firearm", "another firearm",
    ]  # fmt: skip


def test_a_folder_without_scans_is_refused(tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    with pytest.raises(UnreadableScanError, match="two scans"):
        demo("--out", str(tmp_path / "o"), "--scans", str(tmp_path / "scans"))
