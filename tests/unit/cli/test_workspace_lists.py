"""The word ``workspace`` for commands that take a folder of lists."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.endurance.running import headstamp
from tests.unit.cli.workspaces import assert_refused, init, said

DAY = "2026-06-30"
COUNTED = ("figures", "--jurisdiction", "port-verity", "--to", "2026-06-29", "--json")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A workspace, and a list that is in it."""
    from datetime import date

    from headstamp.simulation.list_table import list_csv
    from headstamp.simulation.victim_list import plan_list

    folder = tmp_path_factory.mktemp("lists")
    root, path = folder / "room", folder / "victims.csv"
    last = date.fromisoformat(DAY)
    path.write_text(list_csv(plan_list(5, 2, last, 60), last), encoding="utf-8")
    assert init(root).returncode == 0
    found = said(imported(root, path))
    assert found["is_new"] is True
    assert Path(found["folder"]).parent.parent.parent == root.resolve() / "lists"
    return root, path


def imported(root: Path, path: Path, **environment: str):
    words = ("incidents", "import", str(path), "--into", "workspace", "--retrieved", DAY, "--json")
    return headstamp(*words, "--workspace", str(root), **environment)


def test_the_list_is_in_the_workspace_and_on_record(made: tuple[Path, Path]) -> None:
    root, path = made
    with closing(sqlite3.connect(root / "headstamp.sqlite3")) as database:
        rows = database.execute("SELECT file_name, retrieved FROM figures_listvintage").fetchall()
        sql = "SELECT count(*) FROM audit_auditevent WHERE action = 'figures.list_imported'"
        events = database.execute(sql).fetchone()[0]
    assert rows == [(path.name, DAY)]
    assert events == 1


def test_the_same_file_is_kept_once(made: tuple[Path, Path]) -> None:
    root, path = made
    assert said(imported(root, path))["is_new"] is False


def test_what_is_counted_in_a_workspace_is_what_is_counted_in_a_folder(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    root, path = made
    data = tmp_path / "data"
    words = ("incidents", "import", str(path), "--into", str(data), "--retrieved", DAY, "--json")
    said(headstamp(*words))
    inside = said(headstamp(*COUNTED, "--data", "workspace", "--workspace", str(root)))
    assert inside == said(headstamp(*COUNTED, "--data", str(data)))
    assert inside


def test_a_backup_brings_the_lists_back(made: tuple[Path, Path], tmp_path: Path) -> None:
    root, _ = made
    said(headstamp("backup", str(tmp_path / "b.zip"), "--workspace", str(root), "--json"))
    said(headstamp("restore", str(tmp_path / "b.zip"), str(tmp_path / "back"), "--json"))
    one, other = (
        said(headstamp(*COUNTED, "--data", "workspace", "--workspace", str(place)))
        for place in (root, tmp_path / "back")
    )
    assert one == other


def test_a_folder_that_is_no_workspace_is_named(made: tuple[Path, Path], tmp_path: Path) -> None:
    assert_refused(imported(tmp_path / "nowhere", made[1]), 11, "nowhere", "headstamp init")


def test_a_file_that_is_no_list_leaves_nothing(made: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name,colour\nx,y\n", encoding="utf-8")
    before = sorted((made[0] / "lists").rglob("*"))
    done = imported(made[0], path)
    assert done.returncode != 0
    assert "other.csv" in done.stderr
    assert sorted((made[0] / "lists").rglob("*")) == before
    assert not list((made[0] / "tmp").glob("list-*"))
