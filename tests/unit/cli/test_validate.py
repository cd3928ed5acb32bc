"""``headstamp validate`` from the command line, with scans whose scores are known."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from headstamp.cli import collection_run
from headstamp.cli.collection_run import Prepared
from headstamp.cli.main import app
from headstamp.errors import OutputError, ReferencePopulationError, UnsuitableScanError
from headstamp.evaluation.scored_pairs import SCORES
from headstamp.formats.reference_file import load_reference
from headstamp.surfaces.prepared import Level, PreparationParameters, PreparedScan, Quality

GUNS = 6
SCANS_EACH = 3


def prepared_scan() -> PreparedScan:
    level = Level(np.zeros((2, 2), dtype=np.int8), 12.5e-6)
    return PreparedScan(
        level, level, level, (0.0, 0.0), Quality(3e-6, 0.7), PreparationParameters()
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection whose pairs score 0.6 to 0.8 (same gun) and 0.0 to 0.2 (others)."""
    scans = tmp_path / "range day"
    scans.mkdir()
    rows = [f"g{gun}-{shot}.x3p,gun {gun}" for gun in range(GUNS) for shot in range(SCANS_EACH)]
    for row in rows:
        (scans / row.split(",")[0]).touch()
    (tmp_path / "truth.csv").write_text("file,gun\n" + "\n".join(rows) + "\n", encoding="utf-8")
    monkeypatch.setattr(collection_run, "prepare_files", fake_prepare)
    monkeypatch.setattr(collection_run, "compare_all", fake_compare)
    monkeypatch.setenv("HEADSTAMP_DATA", str(tmp_path / "data"))
    return scans


def fake_prepare(
    files: Sequence[Path], _parameters: Any, _jobs: int, advance: Callable[[int], None]
) -> list[Prepared]:
    advance(len(files))
    return [
        Prepared(None, failure=f"{file.name} is <b>damaged</b>; scan again")
        if file.stat().st_size
        else Prepared(prepared_scan(), sha256="ab" * 32, instrument="Sensofar S neox")
        for file in files
    ]


def fake_compare(
    scans: Sequence[PreparedScan], _parameters: Any, _jobs: int, advance: Callable[[int], None]
) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    first, second = np.triu_indices(len(scans), 1)
    advance(len(first))
    same = first // SCANS_EACH == second // SCANS_EACH
    base = np.random.default_rng(5).uniform(0, 0.2, len(first)) + np.where(same, 0.6, 0.0)
    cells = np.round(40 * base)
    values = (base, cells, base, np.round(cells / 2), np.round(cells / 2))
    return first, second, dict(zip(SCORES, values, strict=True))


@pytest.fixture
def real_scans(shared_data: Path, tmp_path: Path) -> Path:
    """Two published scans of each of four slides."""
    folder = tmp_path / "fadul"
    folder.mkdir()
    rows = [(f"fadul-{slide}-{shot}.x3p", slide) for slide in range(1, 5) for shot in (1, 2)]
    for name, _ in rows:
        shutil.copy(shared_data / "scans" / "fadul" / name, folder)
    text = "file,slide\r\n" + "".join(f'"{name}",{slide}\r\n' for name, slide in rows)
    (tmp_path / "truth.csv").write_text(text, encoding="utf-8-sig", newline="")
    return folder


def run(folder: Path, *arguments: str) -> Any:
    return CliRunner().invoke(
        app, ["validate", str(folder), "--truth", str(folder.parent / "truth.csv"), *arguments]
    )


def test_json_has_the_published_keys(folder: Path) -> None:
    found = json.loads(run(folder, "--json").stdout)
    assert found["pairs"] == 153
    assert (found["same"], found["different"]) == (18, 135)
    assert (found["auc"], found["equal_error_rate"], found["cllr_min"]) == (1.0, 0.0, 0.0)
    assert 0 < found["cllr"] < 0.2
    assert found["score"] == "aligned_correlation"
    assert set(found["scores"]) == {*SCORES, "log10_lr"}
    for score in found["scores"].values():
        for truth in ("same", "different"):
            assert score[truth]["min"] <= score[truth]["median"] <= score[truth]["max"]
    assert found["seconds"] >= 0
    assert found["unreadable"] == []


def test_scan_that_cannot_be_used_is_listed_and_stops_nothing(folder: Path) -> None:
    (folder / "g5-2.x3p").write_text("?")
    found = json.loads(run(folder, "--json", "--report", str(folder.parent / "out")).stdout)
    assert found["pairs"] == 136
    assert [scan["file"] for scan in found["unreadable"]] == ["g5-2.x3p"]
    page = (folder.parent / "out" / "index.html").read_text(encoding="utf-8")
    assert "g5-2.x3p is &lt;b&gt;damaged&lt;/b&gt;; scan again" in page
    assert "1 more could not be used and takes no part" in page
    assert "not used: g5-2.x3p" in run(folder).stdout


def test_undefined_numbers_are_null_with_a_reason(folder: Path) -> None:
    rows = [f"g0-{shot}.x3p,gun 0" for shot in range(SCANS_EACH)]
    (folder.parent / "truth.csv").write_text("file,gun\n" + "\n".join(rows), encoding="utf-8")
    found = json.loads(run(folder, "--json").stdout)
    assert (found["auc"], found["cllr"]) == (None, None)
    assert found["undefined"]["auc"] == "the collection has no different-source pair"
    assert run(folder, "--report", str(folder.parent / "out")).exit_code == 0


def test_report_repeats_to_the_byte(folder: Path) -> None:
    places = [folder.parent / name for name in ("one", "two")]
    contents = []
    for place in places:
        run(folder, "--report", str(place))
        contents.append({file.name: file.read_bytes() for file in sorted(place.iterdir())})
    assert contents[0] == contents[1]
    assert {"index.html", "validation.json", "pairs.csv", "scans.csv", "tippett.svg"} <= set(
        contents[0]
    )
    assert "seconds" not in json.loads(contents[0]["validation.json"])


class Outside(HTMLParser):
    """Collects what a page would load, and its details and figures."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.count = {"figure": 0, "details": 0, "script": 0}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.count:
            self.count[tag] += 1
        if tag != "a":
            self.loaded += [value or "" for name, value in attrs if name in {"src", "href"}]


def test_page_is_one_file_and_every_chart_has_its_table(folder: Path) -> None:
    run(folder, "--report", str(folder.parent / "out"))
    page = (folder.parent / "out" / "index.html").read_text(encoding="utf-8")
    parser = Outside()
    parser.feed(page)
    assert parser.loaded == []
    assert parser.count["script"] == 0
    assert parser.count["figure"] == len(SCORES) + 1 + 3
    assert parser.count["details"] == parser.count["figure"] + 1
    assert "A congruent count is a measure of agreement, not a verdict" in page
    assert "ab" * 32 in page


def test_every_pair_is_in_the_table_of_pairs(folder: Path) -> None:
    run(folder, "--report", str(folder.parent / "out"))
    with (folder.parent / "out" / "pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 153
    assert sum(row["same"] == "1" for row in rows) == 18
    assert rows[0]["file_a"] == "g0-0.x3p"


def test_saved_reference_population_is_found_by_name(folder: Path) -> None:
    result = run(folder, "--save-reference", "range", "--calibre", "9 mm Luger", "--synthetic")
    assert result.exit_code == 0, result.output
    population = load_reference("range")
    assert population.identity == "range v1"
    assert (population.firearms, population.same_pairs) == (GUNS, 18)
    assert population.calibres == ("9 mm Luger",)
    assert population.instruments == ("Sensofar S neox",)
    assert population.synthetic
    low, high = population.bounds
    assert low <= population.log10_lr(0.7, 30) <= high


def test_changed_population_of_the_same_name_gets_the_next_version(folder: Path) -> None:
    run(folder, "--save-reference", "range")
    run(folder, "--save-reference", "range")
    assert load_reference("range").version == 1
    run(folder, "--save-reference", "range", "--description", "Another sentence")
    assert load_reference("range").version == 2


def test_collection_too_small_for_a_reference_is_refused(folder: Path) -> None:
    rows = [f"g{gun}-{shot}.x3p,gun {gun}" for gun in range(2) for shot in range(SCANS_EACH)]
    (folder.parent / "truth.csv").write_text("file,gun\n" + "\n".join(rows), encoding="utf-8")
    result = run(folder, "--save-reference", "small")
    assert isinstance(result.exception, ReferencePopulationError)
    assert "cannot serve as a reference population" in str(result.exception)


def test_single_usable_scan_is_refused_and_the_first_failure_named(folder: Path) -> None:
    for file in list(folder.iterdir())[1:]:
        file.write_text("?")
    result = run(folder)
    assert isinstance(result.exception, UnsuitableScanError)
    assert "1 of 18 scans can be used, two are needed" in str(result.exception)


def test_places_that_cannot_be_are_refused_before_the_work(folder: Path) -> None:
    (folder.parent / "taken").touch()
    result = run(folder, "--report", str(folder.parent / "taken"))
    assert isinstance(result.exception, OutputError)
    assert isinstance(run(folder / "none").exception, ReferencePopulationError)


def test_real_scans_of_four_slides_are_told_apart(real_scans: Path) -> None:
    """The threshold was fixed beforehand; the damaged scan is reported under its own name."""
    damaged = real_scans / "fadul-4-2.x3p"
    damaged.write_bytes(damaged.read_bytes()[:2000])
    result = run(real_scans, "--json", "--no-fine", "--jobs", "1")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["pairs"], found["same"], found["auc"]) == (21, 3, 1.0)
    assert [scan["file"] for scan in found["unreadable"]] == ["fadul-4-2.x3p"]
    assert str(real_scans) not in found["unreadable"][0]["reason"]
    errors = found["error_rates"][0]
    assert errors["missed"]["errors"] == errors["false"]["errors"] == 0
