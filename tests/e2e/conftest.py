"""A browser, and workspaces to look at."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.rooms import Room, headstamp, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium; without it the tests are skipped, in CI they fail.

    It ends with its module: while it runs, Django takes the thread for one of an event loop.
    """
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        message = "Chromium is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=program, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a small synthetic city, made by the command that people use."""
    out = tmp_path_factory.mktemp("demonstration")
    words = ("--incidents", 40, "--guns", 6, "--count", 18, "--years", 6)
    headstamp("demo", "--out", out, *words, "--json")
    return out / "workspace"


@pytest.fixture(scope="session")
def city(demonstration: Path) -> Iterator[Room]:
    """That workspace, served: one steps into any role with a click."""
    with served(demonstration) as url:
        yield Room(demonstration, url)


@pytest.fixture(scope="session")
def scans(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Whole marks that the city does not hold: two of one firearm, then two of another."""
    folder = tmp_path_factory.mktemp("scans")
    headstamp("simulate", folder, "--guns", 4, "--scans", 14, "--seed", 31, "--jobs", 1)
    found: dict[str, list[Path]] = {}
    for row in csv.DictReader((folder / "truth.csv").read_text().splitlines()):
        if (row["partial"], row["noisy"]) == ("no", "no"):
            found.setdefault(row["firearm"], []).append(folder / row["file"])
    one, other = [pair[:2] for pair in found.values() if len(pair) > 1][:2]
    return [*one, *other]
