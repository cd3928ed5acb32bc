"""``headstamp demo``: the main job, small, as its own process (it opens a workspace)."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from headstamp.reports.wording import LEAD_SENTENCE

SMALL = (
    *("--incidents", "20", "--guns", "4", "--count", "12", "--jobs", "1"),
    *("--years", "3"),
)


def headstamp(*arguments: str) -> subprocess.CompletedProcess[str]:
    kept = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "HEADSTAMP_WORKSPACE", "HEADSTAMP_SECRET_KEY")
    environment = {name: value for name, value in os.environ.items() if name not in kept}
    return subprocess.run(
        [sys.executable, "-m", "headstamp.cli.main", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


def demo(*arguments: str) -> subprocess.CompletedProcess[str]:
    return headstamp("demo", *arguments)


def rows(workspace: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(workspace / "headstamp.sqlite3")) as database:
        return database.execute(sql).fetchall()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    out = tmp_path_factory.mktemp("demo") / "out"
    ran = demo("--out", str(out), *SMALL, "--json")
    assert ran.returncode == 0, ran.stderr
    return out / "workspace", json.loads(ran.stdout)


def test_the_gun_of_the_newest_scene_is_found_among_the_others(
    made: tuple[Path, dict[str, Any]],
) -> None:
    _, result = made
    assert len(result["cases"]) == 3
    for case in result["cases"]:
        truths = [row["truth"] for row in case["rows"]]
        earlier = [row for row in case["rows"] if row["incident"] != case["incident"]]
        assert truths[0] == "same firearm"
        assert earlier[0]["truth"] == "same firearm"
        scores = [row["aligned_correlation"] for row in case["rows"]]
        assert scores == sorted(scores, reverse=True)


def test_the_workspace_holds_the_whole_city(made: tuple[Path, dict[str, Any]]) -> None:
    workspace, _ = made
    assert rows(workspace, "SELECT count(*) FROM casework_incident") == [(20,)]
    states = Counter(dict(rows(workspace, "SELECT state, count(*) FROM evidence_scan GROUP BY 1")))
    assert set(states) == {"searched"}
    assert states.total() == 12
    roles = {role for (role,) in rows(workspace, "SELECT role FROM accounts_user")}
    assert len(roles) == 8
    sharing = rows(workspace, "SELECT count(*) FROM casework_sharingagreement")
    assert sharing[0][0] > 0
    assert rows(workspace, "SELECT count(*) FROM evidence_exhibit WHERE custody_count = 0") == [
        (0,)
    ]


def test_links_stand_in_several_states(made: tuple[Path, dict[str, Any]]) -> None:
    workspace, _ = made
    states = rows(workspace, "SELECT DISTINCT state FROM comparisons_ballisticlink")
    assert len(states) >= 3


def test_its_figures_were_released_and_then_restated(made: tuple[Path, dict[str, Any]]) -> None:
    """Each time by another person than prepared them, the second time from a later list."""
    workspace, _ = made
    sql = "SELECT number, prepared_by_id = released_by_id FROM figures_release ORDER BY number"
    assert rows(workspace, sql) == [(1, 0), (2, 0)]
    lists = rows(workspace, "SELECT count(*) FROM figures_listvintage")
    assert lists == [(2,)]
    restated = rows(workspace, "SELECT rows FROM figures_restatement")
    assert len(restated) == 1
    assert json.loads(restated[0][0])


def test_its_record_is_whole(made: tuple[Path, dict[str, Any]]) -> None:
    ran = headstamp("audit", "verify", "--workspace", str(made[0]))
    assert ran.returncode == 0, ran.stderr
    assert "whole" in ran.stdout


def test_every_candidate_has_a_bounded_likelihood_ratio_of_a_named_population(
    made: tuple[Path, dict[str, Any]],
) -> None:
    from headstamp.formats.reference_file import load_reference

    population = load_reference(None)
    for case in made[1]["cases"]:
        for row in case["rows"]:
            low, high = population.calibration.lower, population.calibration.upper
            assert low <= row["log10_lr"] <= high


def test_a_folder_with_other_files_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    ran = demo("--out", str(tmp_path), *SMALL)
    assert ran.returncode == 6
    assert "other files" in ran.stderr
    assert (tmp_path / "mine.txt").exists()


def test_too_few_incidents_for_the_guns_are_refused_with_what_to_change(tmp_path: Path) -> None:
    ran = demo("--out", str(tmp_path / "o"), "--incidents", "20", "--guns", "40")
    assert ran.returncode == 6
    assert "--incidents" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_folder_of_real_scans_takes_the_place_of_the_simulation(
    shared_data: Path, tmp_path: Path
) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    source = shared_data / "scans" / "fadul"
    for name in ("fadul-1-1", "fadul-1-2", "fadul-2-1", "fadul-3-1", "fadul-3-2", "fadul-z"):
        shutil.copy(source / f"{name}.x3p", scans)
    folder = ("--scans", str(scans), "--truth", str(source / "sources.csv"))
    ran = demo("--out", str(tmp_path / "o"), *folder, "--jobs", "1")
    assert ran.returncode == 0, ran.stderr
    assert LEAD_SENTENCE in ran.stdout
    first = [line for line in ran.stdout.splitlines() if "firearm" in line][:3]
    assert ["same" in line for line in first] == [True, True, False]


def test_a_folder_without_scans_is_refused(tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    ran = demo("--out", str(tmp_path / "o"), "--scans", str(tmp_path / "scans"))
    assert ran.returncode == 3
    assert "two scans" in ran.stderr
