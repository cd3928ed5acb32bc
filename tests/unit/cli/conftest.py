"""Scan files of random texture, for commands to read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

SPACING = 12.5e-6
SIZE = 200


def _heights(gun: int, firing: int) -> np.ndarray:
    """2.5 mm of a gun's own texture with a quarter of its variance fresh, NaN beyond a disc."""
    own = np.random.default_rng([1, gun]).normal(size=(SIZE, SIZE))
    fresh = np.random.default_rng([2, gun, firing]).normal(size=(SIZE, SIZE))
    texture = gaussian_filter(np.sqrt(0.75) * own + 0.5 * fresh, 3.0)
    y, x = np.indices(texture.shape) - (SIZE - 1) / 2
    return np.where(np.hypot(y, x) < 0.47 * SIZE, texture / texture.std() * 1e-6, np.nan)


@pytest.fixture(scope="session")
def write_scan() -> Callable[[Path, int, int], Path]:
    """``write_scan(path, gun, firing)`` writes an X3P file."""
    from headstamp.formats.scan_file import ScanFile, ScanMetadata
    from headstamp.formats.x3p import write_x3p

    def write(path: Path, gun: int, firing: int) -> Path:
        metadata = ScanMetadata(manufacturer="Maker", model="M1")
        heights = _heights(gun, firing)
        write_x3p(path, ScanFile(heights, SPACING, SPACING, metadata=metadata))
        return path

    return write


@pytest.fixture(scope="session")
def scan_folder(tmp_path_factory: pytest.TempPathFactory, write_scan) -> Path:
    """Four guns with one firing each, ``gun0.x3p`` to ``gun3.x3p``; read only, please."""
    folder = tmp_path_factory.mktemp("scans")
    for gun in range(4):
        write_scan(folder / f"gun{gun}.x3p", gun, 0)
    return folder


@pytest.fixture
def headstamp(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    """``headstamp(*words)`` runs the command and gives exit code, output and error output."""
    from headstamp.cli.main import run

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["headstamp", *map(str, words)])
        try:
            run()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        output = capsys.readouterr()
        return code, output.out, output.err

    return call


@pytest.fixture
def gallery(
    headstamp: Callable[..., tuple[int, str, str]], tmp_path: Path, scan_folder: Path
) -> Path:
    """A gallery made of the scan folder."""
    assert headstamp("gallery", "create", tmp_path / "g", "--from", scan_folder)[0] == 0
    return tmp_path / "g"
