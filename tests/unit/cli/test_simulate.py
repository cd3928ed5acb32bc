"""``headstamp simulate``: files and truth that others can use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from headstamp.cli.main import app
from headstamp.errors import OutputError
from headstamp.formats.scans import read_scan, scan_paths
from headstamp.formats.truth_table import read_truth_table

SMALL = ("--guns", "3", "--scans", "5", "--seed", "1", "--jobs", "1")


def simulate(folder: Path, *more: str) -> str:
    result = CliRunner().invoke(app, ["simulate", str(folder), *SMALL, *more])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def test_it_writes_scans_and_a_truth_that_can_be_read(tmp_path: Path) -> None:
    facts = json.loads(simulate(tmp_path / "s", "--json"))
    assert facts["scans"] == 5
    truth = read_truth_table(tmp_path / "s" / "truth.csv", tmp_path / "s", "firearm")
    assert len(truth) == 5
    assert len(set(truth.sources)) == facts["firearms"] == 3
    scan = read_scan(truth.files[0])
    assert not scan.warnings
    assert "SYNTHETIC" in (scan.metadata.comment or "")


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        simulate(tmp_path / name)
    for one in (tmp_path / "a").iterdir():
        assert one.read_bytes() == (tmp_path / "b" / one.name).read_bytes()


def test_raw_scans_have_the_whole_field_of_view(tmp_path: Path) -> None:
    simulate(tmp_path / "raw", "--style", "raw")
    first = read_scan(scan_paths(tmp_path / "raw")[0])
    assert first.heights.shape[0] * first.spacing_y > 4.5e-3


def test_a_folder_with_files_is_left_alone_unless_forced(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(OutputError, match="--force"):
        simulate(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    simulate(tmp_path, "--force")
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "keep"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="name a folder"):
        simulate(tmp_path / "file")
