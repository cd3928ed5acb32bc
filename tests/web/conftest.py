"""Fixtures over ``records.py``, on the database of the run (``DATABASE_URL``, else SQLite)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from tests.web import records as making


@pytest.fixture(scope="session")
def scan_bytes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, int], bytes]:
    """``scan_bytes(gun, firing)``: an X3P file of a synthetic breech face."""
    folder = tmp_path_factory.mktemp("scans")
    return lambda gun, firing: making.scan_bytes(folder, gun, firing)


@pytest.fixture(scope="session")
def making_records(tmp_path_factory: pytest.TempPathFactory) -> making.Records:
    """Makes records, for fixtures that outlive one test."""
    return making.Records(tmp_path_factory.mktemp("scans-of-records"))


@pytest.fixture
def records(db: None, making_records: making.Records) -> making.Records:
    """``records.incident("PVPD")`` and the like."""
    return making_records


@pytest.fixture
def agency(records: making.Records) -> Callable[..., Any]:
    """``agency("PVPD")``: the agency with this short name."""
    return records.agency


@pytest.fixture
def person(records: making.Records) -> Callable[..., Any]:
    """``person("examiner", "PVPD")``: a new person."""
    return records.person


@pytest.fixture
def incident(records: making.Records) -> Callable[..., Any]:
    """``incident("PVPD", marking="case")``: a new incident of an agency."""
    return records.incident


@pytest.fixture
def exhibit(records: making.Records) -> Callable[..., Any]:
    """``exhibit("PVPD", of=incident, by=person)``: a new exhibit in its collector's custody."""
    return records.exhibit


@pytest.fixture
def scan(records: making.Records) -> Callable[..., Any]:
    """``scan(gun, firing, "PVPD")``: a scan handed in, not prepared yet."""
    return records.scan


@pytest.fixture
def signed_in() -> Callable[[Any], Client]:
    """``signed_in(user)``: a browser in which somebody is past the notice."""
    return making.signed_in


@pytest.fixture
def work() -> Callable[[], None]:
    """``work()``: do all queued jobs now, inside the test's own transaction."""
    return making.work


@pytest.fixture(autouse=True)
def empty_workspace() -> Iterator[None]:
    """Gallery and surfaces of one test are not those of the next."""
    from django.conf import settings

    yield
    for name in ("gallery", "surfaces"):
        shutil.rmtree(settings.WORKSPACE.root / name, ignore_errors=True)
