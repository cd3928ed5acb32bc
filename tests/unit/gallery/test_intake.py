"""Files become items, in order, and one that cannot is no obstacle for the others."""

from __future__ import annotations

import pytest

from headstamp.errors import UnreadableScanError
from headstamp.gallery.intake import Failure, Source, items, sources
from headstamp.surfaces.prepared import PreparationParameters


@pytest.fixture
def folder(tmp_path):
    for name in ("b.x3p", "a.X3P", "deep/er/c.al3d", "notes.txt", "._b.x3p", "deep/d.x3p"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"not a scan")
    return tmp_path


def test_a_folder_gives_its_scans_by_their_path_below_it(folder):
    names = [source.name for source in sources([folder])]
    assert names == ["a.X3P", "b.x3p", "deep/d.x3p", "deep/er/c.al3d"]


def test_a_named_file_is_tried_whatever_its_name(folder):
    assert sources([folder / "notes.txt"]) == [Source(folder / "notes.txt", "notes.txt")]


def test_a_missing_path_is_named(folder):
    with pytest.raises(UnreadableScanError, match=r"gone\.x3p"):
        sources([folder / "gone.x3p"])


def test_a_folder_without_scans_is_named(tmp_path):
    with pytest.raises(UnreadableScanError, match="holds no scans"):
        sources([tmp_path])


def test_a_file_that_is_no_scan_comes_as_a_failure_with_its_reason(folder):
    (failure,) = items(sources([folder / "b.x3p"]), PreparationParameters())
    assert isinstance(failure, Failure)
    assert failure.name == "b.x3p"
    assert failure.reason
    assert str(folder) not in failure.reason


def test_a_file_that_vanished_comes_as_a_failure(tmp_path):
    (failure,) = items([Source(tmp_path / "gone.x3p", "gone.x3p")], PreparationParameters())
    assert isinstance(failure, Failure)
