"""Workspaces on both databases, served by real processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from tests import postgres
from tests.endurance.running import Place
from tests.web.records import SPACING, scan_bytes

from headstamp.formats.scan_file import ScanFile, ScanMetadata
from headstamp.formats.x3p import write_x3p

_numbers = count(1)


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of a PostgreSQL cluster; without it the tests are skipped, in CI they fail."""
    if postgres.programs() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(postgres.MISSING)
        pytest.skip(postgres.MISSING)
    with postgres.cluster() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest) -> Callable[[], str]:
    """``new_database()``: the address of an empty database; empty for the embedded one."""
    if request.param == "sqlite":
        return lambda: ""
    address: str = request.getfixturevalue("cluster")
    return lambda: postgres.new_database(address, f"place{os.getpid()}x{next(_numbers)}")


@pytest.fixture
def new_place() -> Iterator[Callable[..., Place]]:
    """``new_place(root, database)``: a workspace; its processes end with the test."""
    with ExitStack() as stack:

        def make(root: Path, database: str = "") -> Place:
            place = Place.make(root, database)
            stack.callback(place.close)
            return place

        yield make


@pytest.fixture
def place(
    tmp_path: Path, new_database: Callable[[], str], new_place: Callable[..., Place]
) -> Place:
    """A new workspace, on each database in turn."""
    return new_place(tmp_path / "workspace", new_database())


@pytest.fixture
def embedded_place(tmp_path: Path, new_place: Callable[..., Place]) -> Place:
    """A new workspace on the embedded database, where the database makes no difference."""
    return new_place(tmp_path / "workspace")


@pytest.fixture(scope="session")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, int], bytes]:
    """``scan(gun, firing)``: an X3P file of a synthetic breech face."""
    folder = tmp_path_factory.mktemp("scans")
    return lambda gun, firing: scan_bytes(folder, gun, firing)


@pytest.fixture(scope="session")
def unsuitable_scan(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An X3P file of too small a surface to compare."""
    path = tmp_path_factory.mktemp("scans") / "small.x3p"
    heights = (1e-6 * np.random.default_rng(1).normal(size=(20, 20))).astype(np.float32)
    write_x3p(path, ScanFile(heights, SPACING, SPACING, metadata=ScanMetadata()))
    return path.read_bytes()
