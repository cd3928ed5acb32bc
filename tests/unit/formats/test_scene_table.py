"""Which scans belong to the newest scene."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from headstamp.errors import ReferencePopulationError, UnreadableScanError
from headstamp.formats.scan_file import ScanFile, ScanMetadata
from headstamp.formats.scene_table import collected_scans, newest_scene
from headstamp.formats.x3p_write import write_x3p


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, day in (("a", "2016-01-01"), ("b", "2017-05-05"), ("c", "2016-12-31")):
        scan = ScanFile(np.eye(4), 1e-6, 1e-6, metadata=ScanMetadata(date=f"{day}T00:00:00"))
        write_x3p(tmp_path / f"{name}.x3p", scan)
    return tmp_path


def names(scans: list) -> list[str]:  # type: ignore[type-arg]
    return [scan.path.name for scan in scans]


def test_without_a_table_the_scan_measured_last_is_the_newest(folder: Path) -> None:
    assert names(newest_scene(collected_scans(folder))) == ["b.x3p"]


def test_with_a_table_all_scans_of_the_newest_incident_are(folder: Path) -> None:
    (folder / "truth.csv").write_text(
        "file,firearm,incident,date\n"
        "a.x3p,G1,S2,2017-02-02\nb.x3p,G2,S1,2017-01-01\nc.x3p,G1,S2,2017-02-02\n",
        encoding="utf-8-sig",
    )
    scans = collected_scans(folder)
    assert names(newest_scene(scans)) == ["a.x3p", "c.x3p"]
    assert {scan.source for scan in scans} == {"G1", "G2"}


def test_a_table_without_the_column_file_is_refused(folder: Path) -> None:
    (folder / "truth.csv").write_text("scan,gun\na.x3p,1\n", encoding="utf-8")
    with pytest.raises(ReferencePopulationError, match="column 'file'"):
        collected_scans(folder)


def test_a_missing_folder_and_a_lone_scan_are_refused(folder: Path) -> None:
    with pytest.raises(UnreadableScanError, match="no such folder"):
        collected_scans(folder / "none")
    (folder / "a.x3p").unlink()
    (folder / "b.x3p").unlink()
    with pytest.raises(UnreadableScanError, match="two scans"):
        collected_scans(folder)
