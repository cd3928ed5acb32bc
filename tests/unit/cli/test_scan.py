"""``headstamp scan``: info, convert and render."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import x3pio
from PIL import Image
from typer.testing import CliRunner

from headstamp.cli.main import app
from headstamp.errors import OutputError, UnreadableScanError, UnsuitableScanError
from headstamp.formats.scan_file import ScanFile, ScanMetadata
from headstamp.formats.scans import read_scan
from headstamp.formats.x3p import write_x3p


def run(*arguments: object) -> str:
    """Standard output of the command; its errors are raised."""
    result = CliRunner().invoke(
        app, ["scan", *map(str, arguments)], catch_exceptions=False, standalone_mode=False
    )
    return result.stdout


def output_and_error(*arguments: object) -> tuple[str, str, int]:
    """Standard output, standard error and exit code of the program itself."""
    done = subprocess.run(
        [sys.executable, "-m", "headstamp.cli.main", "scan", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout, done.stderr, done.returncode


def facts(*arguments: object) -> list[dict[str, Any]]:
    return json.loads(run("info", *arguments, "--json"))


@pytest.fixture
def gun(scan_folder: Path) -> Path:
    """A scan of 200 x 200 points, 12.5 um apart."""
    return scan_folder / "gun0.x3p"


def test_info_tells_the_facts_of_a_file(gun):
    (found,) = facts(gun)
    assert (found["file"], found["format"], found["data_type"]) == (str(gun), "x3p", "float64")
    assert (found["columns"], found["rows"]) == (200, 200)
    assert found["spacing_m"] == {"x": 12.5e-6, "y": 12.5e-6}
    assert found["extent_m"]["x"] == pytest.approx(2.5e-3)
    assert found["measured_share"] == pytest.approx(np.pi * 0.47**2, rel=1e-2)
    assert (found["manufacturer"], found["model"]) == ("Maker", "M1")
    assert found["sha256"] == hashlib.sha256(gun.read_bytes()).hexdigest()
    assert found["region"] == "breech_face"
    assert found["quality"]["suitable"] is True
    assert 2e-6 < found["quality"]["usable_area_m2"] < 2.5e-3**2


def test_info_prints_what_a_person_reads(gun):
    text = run("info", gun)
    for words in ("200 x 200", "12.5 x 12.5 um", "2.5 x 2.5 mm", "Maker M1", "suitable"):
        assert words in text


def test_info_takes_several_files(scan_folder):
    files = sorted(scan_folder.glob("gun*.x3p"))
    assert [found["file"] for found in facts(*files)] == [str(file) for file in files]


def test_a_bullet_land_is_information_not_an_error(shared_data):
    (found,) = facts(shared_data / "scans" / "formats" / "sample-land.x3p")
    assert found["region"] == "land_engraved_area"
    assert found["quality"]["suitable"] is False
    assert "bullet" in found["quality"]["reason"]
    assert found["quality"]["usable_area_m2"] is None
    assert found["mask_image"] is True
    assert found["warnings"]


def test_info_of_a_scan_without_any_height(tmp_path):
    write_x3p(tmp_path / "a.x3p", ScanFile(np.full((3, 3), np.nan), 1e-6, 1e-6))
    (found,) = facts(tmp_path / "a.x3p")
    assert found["height_m"] == {"min": None, "max": None}
    assert "no point was measured" in found["quality"]["reason"]
    assert "nothing measured" in run("info", tmp_path / "a.x3p")


def test_one_bad_file_does_not_hide_the_others(gun, tmp_path):
    bad, gone = tmp_path / "bad.x3p", tmp_path / "gone.x3p"
    bad.write_bytes(b"PK nonsense")
    out, err, code = output_and_error("info", bad, gun, gone)
    assert code == UnreadableScanError.exit_code
    assert str(gun) in out
    assert len(err.splitlines()) == 2
    assert "bad.x3p" in err
    assert "gone.x3p" in err
    out, err, code = output_and_error("info", bad, gun, "--json")
    assert code == UnreadableScanError.exit_code
    assert ["error" in found for found in json.loads(out)] == [True, False]


def test_a_files_own_words_cannot_move_the_cursor(tmp_path):
    metadata = ScanMetadata(comment="[red]red[/] \x9b31m\u202e\nsecond line", model="[link=x]m")
    write_x3p(tmp_path / "a.x3p", ScanFile(np.zeros((3, 3)), 1e-6, 1e-6, metadata=metadata))
    text = run("info", tmp_path / "a.x3p")
    assert "[red]red[/] 31m second line" in text
    assert "[link=x]m" in text
    assert not set("\x9b\x1b\u202e") & set(text)


def test_convert_keeps_every_height(gun, tmp_path):
    text = run("convert", gun, tmp_path / "b.x3p")
    assert "b.x3p" in text
    there, back = read_scan(gun), read_scan(tmp_path / "b.x3p")
    np.testing.assert_array_equal(back.heights, there.heights)
    assert back.metadata == there.metadata


def test_an_al3d_becomes_an_x3p_that_others_read(shared_data, tmp_path):
    source = shared_data / "scans" / "formats" / "circle.al3d"
    run("convert", source, tmp_path / "circle.x3p")
    layer = x3pio.read(tmp_path / "circle.x3p").layers[0]
    np.testing.assert_array_equal(layer.z, read_scan(source).heights)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_type_of_the_heights_may_be_chosen(gun, tmp_path, dtype):
    found = json.loads(run("convert", gun, tmp_path / "b.x3p", f"--{dtype}", "--json"))
    assert found["data_type"] == dtype
    assert read_scan(tmp_path / "b.x3p").heights.dtype == dtype
    content = (tmp_path / "b.x3p").read_bytes()
    assert found["target_sha256"] == hashlib.sha256(content).hexdigest()
    assert bool(found["warnings"]) == (dtype == "float32")


def test_converting_twice_gives_the_same_bytes(gun, tmp_path):
    run("convert", gun, tmp_path / "a.x3p")
    run("convert", tmp_path / "a.x3p", tmp_path / "b.x3p")
    assert (tmp_path / "a.x3p").read_bytes() == (tmp_path / "b.x3p").read_bytes()


def test_repairs_made_in_reading_are_said_when_converting(shared_data, tmp_path):
    source = shared_data / "scans" / "formats" / "csafe-logo.x3p"
    assert "warning:" in run("convert", source, tmp_path / "logo.x3p")
    assert read_scan(tmp_path / "logo.x3p").warnings == ()


def test_nothing_is_overwritten_unless_forced(gun, tmp_path):
    target = tmp_path / "b.x3p"
    target.write_bytes(b"precious")
    with pytest.raises(OutputError, match="--force"):
        run("convert", gun, target)
    assert target.read_bytes() == b"precious"
    run("convert", gun, target, "--force")
    assert read_scan(target).heights.shape == (200, 200)


def test_a_scan_is_never_written_over_itself(gun, tmp_path):
    copy = tmp_path / "a.x3p"
    copy.write_bytes(gun.read_bytes())
    with pytest.raises(OutputError, match="is the file that is read"):
        run("convert", copy, tmp_path / "." / "a.x3p", "--force")
    assert copy.read_bytes() == gun.read_bytes()


@pytest.mark.parametrize("name", ["b.al3d", "b", "missing/b.x3p"])
def test_a_target_that_cannot_be_is_refused(gun, tmp_path, name):
    with pytest.raises(OutputError, match="b"):
        run("convert", gun, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_both_types_at_once_is_a_wrong_use(gun, tmp_path):
    _, err, code = output_and_error("convert", gun, tmp_path / "b.x3p", "--float32", "--float64")
    assert code == 2
    assert "choose one" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["convert", "render"])
def test_a_full_disk_leaves_nothing_half_written(gun, tmp_path, monkeypatch, command):
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    target = tmp_path / ("b.x3p" if command == "convert" else "b.png")
    with pytest.raises(OutputError, match=r"b\..*the disk is full"):
        run(command, gun, target)
    assert list(tmp_path.iterdir()) == []


def test_render_draws_one_pixel_a_point(gun, tmp_path):
    run("render", gun, tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (200, 200)
        drawn = np.asarray(picture)
    assert np.ptp(drawn[80:120, 80:120]) > 50


def test_render_repeats_itself_and_follows_the_light(gun, tmp_path):
    for name, more in (("a", ()), ("b", ()), ("c", ("--azimuth", 0)), ("d", ("--elevation", 80))):
        run("render", gun, tmp_path / f"{name}.png", *more)
    a, b, c, d = ((tmp_path / f"{name}.png").read_bytes() for name in "abcd")
    assert a == b
    assert len({a, c, d}) == 3


def test_a_slope_towards_the_light_is_brighter(tmp_path):
    ramp = np.tile(np.arange(50.0) * 0.2e-6, (50, 1))
    write_x3p(tmp_path / "ramp.x3p", ScanFile(ramp, 1e-6, 1e-6))
    level = []
    for azimuth in (0, 180):
        run(
            "render", tmp_path / "ramp.x3p", tmp_path / "a.png", "--force", "--exaggeration", 1,
            "--azimuth", azimuth, "--elevation", 45,
        )  # fmt: skip
        with Image.open(tmp_path / "a.png") as picture:
            level.append(int(np.asarray(picture)[25, 25]))
    # The normal is (-0.2, 0, 1) / sqrt(1.04); the light (+-1, 0, 1) / sqrt(2).
    expected = [255 * (1 - side * 0.2) / np.sqrt(2 * 1.04) for side in (1, -1)]
    np.testing.assert_allclose(level, expected, atol=0.6)


def test_what_cannot_be_drawn_names_the_file(tmp_path):
    write_x3p(tmp_path / "a.x3p", ScanFile(np.full((3, 3), np.nan), 1e-6, 1e-6))
    with pytest.raises(UnsuitableScanError, match=r"a\.x3p: no point was measured"):
        run("render", tmp_path / "a.x3p", tmp_path / "a.png")
    assert not (tmp_path / "a.png").exists()


@pytest.mark.parametrize(
    "option", [("--elevation", 0), ("--exaggeration", -1), ("--exaggeration", "nan")]
)
def test_light_and_heights_that_make_no_sense_are_a_wrong_use(gun, tmp_path, option):
    result = CliRunner().invoke(
        app, ["scan", "render", str(gun), str(tmp_path / "a.png"), *map(str, option)]
    )
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_asking_for_help_loads_no_heavy_library():
    code = (
        "import sys; from headstamp.cli import main; "
        "print([m for m in ('scipy', 'PIL', 'defusedxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
