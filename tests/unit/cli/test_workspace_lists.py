"""The word ``workspace`` for commands that take a folder of lists."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.endurance.running import headstamp
from tests.unit.cli.workspaces import assert_refused, init, said
from tests.unit.formats.incident_lists import soda

DAY = "2026-06-30"
COUNTED = ("figures", "--jurisdiction", "port-verity", "--to", "2026-06-29", "--json")

DISTRICT = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"NUM": "01", "LABEL": "One", "PEOPLE": 5000},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[-87.7, 41.8], [-87.6, 41.8], [-87.6, 41.9], [-87.7, 41.8]]],
            },
        }
    ],
}


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


def areas(root: Path, path: Path):
    words = ("areas", "import", str(path), "--jurisdiction", "port-verity", "--kind", "district")
    fields = ("--code", "NUM", "--name", "LABEL", "--population", "PEOPLE")
    where = ("--into", "workspace", "--workspace", str(root), "--json")
    return headstamp(*words, *fields, *where)


def test_boundaries_are_kept_beside_the_lists_and_on_record(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    root, _ = made
    path = tmp_path / "districts.geojson"
    path.write_text(json.dumps(DISTRICT), encoding="utf-8")
    found = said(areas(root, path))
    assert Path(found["file"]) == root.resolve() / "lists/port-verity/areas/district.geojson"
    assert Path(found["file"]).is_file()
    assert [one["schema"] for one in found["lists"]] == ["port-verity-victims"]
    with closing(sqlite3.connect(root / "headstamp.sqlite3")) as database:
        sql = "SELECT detail FROM audit_auditevent WHERE action = 'figures.boundaries_imported'"
        (detail,) = database.execute(sql).fetchone()
    assert json.loads(detail)["boundaries"] == "port-verity/district"
    listed = said(
        headstamp("areas", "list", "--data", "workspace", "--workspace", str(root), "--json")
    )
    assert [one["kind"] for one in listed] == ["district"]
    counted = headstamp(*COUNTED, "--by", "district", "--data", "workspace", "-w", str(root))
    assert {row["population"] for row in said(counted) if row["area"] == "1"} == {5000}


def test_boundaries_that_cannot_be_read_leave_nothing(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "districts.geojson"
    path.write_text("{}", encoding="utf-8")
    before = sorted((made[0] / "lists").rglob("*"))
    assert_refused(areas(made[0], path), 10, "districts.geojson")
    assert sorted((made[0] / "lists").rglob("*")) == before


def test_boundaries_need_no_list(tmp_path: Path) -> None:
    root, path = tmp_path / "room", tmp_path / "districts.geojson"
    path.write_text(json.dumps(DISTRICT), encoding="utf-8")
    assert init(root).returncode == 0
    assert said(areas(root, path))["lists"] == []
    listed = headstamp("areas", "list", "--data", "workspace", "--workspace", str(root), "--json")
    assert [one["areas"] for one in said(listed)] == [1]


def test_lists_of_a_workspace_are_listed_and_compared(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    root, _ = made
    where = ("--data", "workspace", "--workspace", str(root))
    (one,) = said(headstamp("incidents", "list", *where, "--json"))
    words = ("incidents", "compare", one["id"], DAY, "--schema", "port-verity-victims")
    assert said(headstamp(*words, *where, "--json")) == []
    done = headstamp("figures", "--jurisdiction", "nowhere", *where)
    assert_refused(done, 10, f"{root.resolve()}/lists: holds no list of nowhere")


def test_a_list_is_fetched_into_a_workspace(made: tuple[Path, Path]) -> None:
    root, _ = made
    into = ("--into", "workspace", "--workspace", str(root), "--json")
    rows = [soda.murder(number) for number in range(1, 6)]
    with soda.serving(soda.Portal(rows)) as portal:
        fetched = said(headstamp("incidents", "fetch", portal.address, *into))
        again = headstamp("incidents", "fetch", portal.address, "--since-last", *into)
    assert Path(fetched["folder"]).parent == root.resolve() / "lists/chicago/chicago-crimes"
    assert (fetched["rows"], Path(fetched["folder"]).is_dir()) == (5, True)
    assert said(again)["since"] == fetched["id"]
    assert not list((root / "tmp").rglob("page-*"))
    with closing(sqlite3.connect(root / "headstamp.sqlite3")) as database:
        sql = "SELECT count(*) FROM figures_listvintage WHERE schema = 'chicago-crimes'"
        assert database.execute(sql).fetchone() == (1,)


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
