"""``headstamp simulate-list``: a list that is imported and counted like any other."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from headstamp.cli.main import app
from headstamp.errors import OutputError, UnreadableTableError

SMALL = ("--years", "3", "--vintages", "2", "--incidents", "200", "--to", "2026-06-30")


def run(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("city") / "list"
    run("simulate-list", str(out), *SMALL)
    return out


def test_the_same_seed_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    facts = json.loads(run("simulate-list", str(tmp_path / "again"), *SMALL, "--json"))
    assert facts["lists"] == ["victims-2026-06-23.csv", "victims-2026-06-30.csv"]
    names = sorted(path.name for path in folder.iterdir())
    assert {*facts["lists"], *facts["boundaries"], *facts["truth"]} == set(names)
    for name in names:
        assert (folder / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_its_list_is_recognised_and_counted_as_the_truth_has_it(
    folder: Path, tmp_path: Path
) -> None:
    data = str(tmp_path / "data")
    file = str(folder / "victims-2026-06-30.csv")
    found = json.loads(
        run("incidents", "import", file, "--retrieved", "2026-06-30", "--into", data, "--json")
    )
    assert found["schema"] == "port-verity-victims"
    assert found["rejected"] == 0
    counted = run(
        "figures", "--data", data, "--jurisdiction", "port-verity", "--to", "2026-06-30",
        "--from", "2025-01-01", "--json",
    )  # fmt: skip
    counts = {row["measure"]: row["count"] for row in json.loads(counted)}
    assert counts == truth(folder)


def truth(folder: Path) -> dict[str, int]:
    """What was known on the last day of those hit since 2025, from the table of truth alone."""
    known = []
    with (folder / "truth.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["listed"] <= "2026-06-30" and row["incident_number"][2:4] in {"25", "26"}:
                dead = row["death_listed"] != "" and row["death_listed"] <= "2026-06-30"
                known.append((row, dead))
    shot: list[Any] = [(row, dead) for row, dead in known if row["firearm"] == "yes"]
    return {
        "murders": sum(dead and row["murdered"] == "yes" for row, dead in known),
        "shooting_incidents": len({row["incident_number"] for row, _ in shot}),
        "shooting_victims": len(shot),
        "fatal_shooting_victims": sum(dead for _, dead in shot),
        "nonfatal_shooting_victims": sum(not dead for _, dead in shot),
    }


def test_a_folder_with_files_is_left_alone(folder: Path) -> None:
    with pytest.raises(OutputError, match="--force"):
        run("simulate-list", str(folder))


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTableError, match="2026-06-31"):
        run("simulate-list", str(tmp_path / "x"), "--to", "2026-06-31")
