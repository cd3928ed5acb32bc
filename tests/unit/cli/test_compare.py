"""``headstamp compare`` on real scans."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from headstamp.cli.main import app
from headstamp.errors import HeadstampError, OutputError, ReferencePopulationError
from headstamp.reports.wording import LEAD_SENTENCE

KEYS = {
    "congruent_cells",
    "cells",
    "aligned_correlation",
    "log10_lr",
    "reference_population",
    "pose",
    "seconds",
}
MORE_KEYS = {
    "a",
    "b",
    "congruent_fraction",
    "published",
    "overlap_mm2",
    "quality",
    "warnings",
    "version",
    "parameters",
    "reason",
}


@pytest.fixture(scope="module")
def pair(shared_data: Path) -> tuple[Path, Path]:
    """Two scans of cases from one firearm."""
    folder = shared_data / "scans" / "fadul"
    return folder / "fadul-1-1.x3p", folder / "fadul-1-2.x3p"


@pytest.fixture(scope="module")
def answer(pair: tuple[Path, Path]) -> dict[str, Any]:
    """What ``--json`` prints for them."""
    return json.loads(run(*pair, "--json"))


def run(*arguments: object) -> str:
    """Standard output of the command; its errors are raised."""
    result = CliRunner().invoke(
        app, ["compare", *map(str, arguments)], catch_exceptions=False, standalone_mode=False
    )
    return result.stdout


def test_json_has_the_promised_names(answer: dict[str, Any]) -> None:
    assert answer.keys() >= KEYS | MORE_KEYS
    assert answer["pose"].keys() == {"rotation_deg", "shift_um"}
    assert len(answer["pose"]["shift_um"]) == 2
    assert answer["published"].keys() == {"cmc", "high_cmc"}


def test_json_names_both_files_by_hash(answer: dict[str, Any], pair: tuple[Path, Path]) -> None:
    for letter, path in zip("ab", pair, strict=True):
        expected = hashlib.sha256(path.read_bytes()).hexdigest()
        assert answer[letter] == {"name": path.name, "sha256": expected}


def test_numbers_fit_together(answer: dict[str, Any]) -> None:
    assert 0 <= answer["congruent_cells"] <= answer["cells"]
    share = answer["congruent_cells"] / answer["cells"]
    assert answer["congruent_fraction"] == pytest.approx(share)


def test_a_ratio_has_a_population_and_no_ratio_has_a_reason(answer: dict[str, Any]) -> None:
    if answer["log10_lr"] is None:
        assert answer["reason"]
    else:
        assert answer["reference_population"]


def test_swapping_the_scans_turns_the_pose_back(
    answer: dict[str, Any], pair: tuple[Path, Path]
) -> None:
    swapped = json.loads(run(*reversed(pair), "--json"))
    turned = swapped["pose"]["rotation_deg"]
    assert turned == pytest.approx(-answer["pose"]["rotation_deg"], abs=0.5)


def test_people_read_that_a_lead_is_no_identification(pair: tuple[Path, Path]) -> None:
    text = run(*pair)
    assert LEAD_SENTENCE in text
    assert "a measure, not a verdict" in text


def test_reports_are_written_and_repeat_byte_for_byte(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    written = []
    for number in (1, 2):
        page, pdf = tmp_path / f"{number}.html", tmp_path / f"{number}.pdf"
        run(*pair, "--report", page, "--pdf", pdf)
        written.append((page.read_bytes(), pdf.read_bytes()))
    assert written[0] == written[1]
    assert LEAD_SENTENCE.encode() in written[0][0]
    assert len(list(tmp_path.iterdir())) == 4


def test_a_scan_and_itself_are_noticed(pair: tuple[Path, Path]) -> None:
    answer = json.loads(run(pair[0], pair[0], "--json"))
    assert answer["warnings"][0] == "both files are the same, byte for byte"


def test_a_missing_folder_is_told_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist; make it first"):
        run("a.x3p", "b.x3p", "--report", tmp_path / "nowhere" / "report.html")


def test_an_unknown_population_is_an_error_that_names_it(pair: tuple[Path, Path]) -> None:
    with pytest.raises(ReferencePopulationError, match="no-such-population"):
        run(*pair, "--reference", "no-such-population")


def test_a_missing_scan_is_named(pair: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(HeadstampError, match="absent"):
        run(pair[0], tmp_path / "absent.x3p")
