"""Reference populations on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from headstamp.errors import OutputError, ReferencePopulationError
from headstamp.evaluation.calibration import Calibration
from headstamp.evaluation.method import Method
from headstamp.evaluation.reference import ReferencePopulation
from headstamp.formats import reference_file
from headstamp.formats.reference_file import load_reference, names, read_reference, write_reference

POPULATION = ReferencePopulation(
    name="mine",
    version=1,
    description="Three scans",
    synthetic=True,
    scans=3,
    firearms=2,
    same_pairs=1,
    different_pairs=2,
    instruments=(),
    calibres=(),
    ammunition=(),
    method=Method(1, 1, {}, {}),
    calibration=Calibration((0.0, 0.0), (1.0, 1.0), (1.0, 1.0), 0.0, -1.0, 1.0),
    cllr=0.5,
    cllr_min=0.4,
    cllr_floor=0.1,
    auc=0.9,
    equal_error_rate=0.1,
    cllr_interval=(0.4, 0.6),
    equal_error_rate_interval=(0.0, 0.2),
)


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder and a folder of shipped populations of the test's own."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    monkeypatch.setenv("HEADSTAMP_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(reference_file, "_shipped", lambda: shipped)
    return shipped


def test_file_written_is_read_back(tmp_path: Path) -> None:
    path = write_reference(tmp_path / "mine.json", POPULATION)
    assert path == tmp_path / "mine.json"
    assert load_reference(path) == read_reference(path) == POPULATION


def test_population_saved_by_name_is_found_by_name(tmp_path: Path) -> None:
    path = write_reference("mine", POPULATION)
    assert path.is_relative_to(tmp_path / "data")
    assert load_reference("mine") == POPULATION
    assert names() == ("mine",)


def test_default_population_that_is_not_there_says_what_to_do() -> None:
    with pytest.raises(ReferencePopulationError, match=r"no reference population synthetic.*make"):
        load_reference(None)


def test_default_population_is_the_shipped_one(own_places: Path) -> None:
    (own_places / "synthetic.json").write_text(POPULATION.to_json(), encoding="utf-8")
    assert load_reference() == POPULATION


def test_nothing_may_stand_in_for_a_shipped_population(own_places: Path) -> None:
    (own_places / "synthetic.json").write_text(POPULATION.to_json(), encoding="utf-8")
    with pytest.raises(ReferencePopulationError, match="choose another name"):
        write_reference("synthetic", POPULATION)


def test_unknown_name_lists_the_known_ones() -> None:
    write_reference("mine", POPULATION)
    with pytest.raises(ReferencePopulationError, match=r"known: mine"):
        load_reference("yours")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"null"])
def test_damaged_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(ReferencePopulationError, match=r"bad\.json") as caught:
        load_reference(path)
    assert "\n" not in str(caught.value)


def test_absent_file_and_folder_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ReferencePopulationError, match=r"none\.json does not exist"):
        load_reference(tmp_path / "none.json")
    with pytest.raises(ReferencePopulationError, match="cannot be read"):
        load_reference(str(tmp_path) + "/")


def test_place_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        write_reference(tmp_path / "file" / "mine.json", POPULATION)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "shipped"]
