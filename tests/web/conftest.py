"""Agencies, people of every role, and records of every kind, on the database of the run."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.test import Client
from scipy import ndimage

SPACING = 12.5e-6
PASSWORD = "correct horse battery staple"
_count = itertools.count(1)


def _heights(gun: int, firing: int, size: int = 224) -> np.ndarray:
    """A ring of band-limited noise: one seed a gun, some noise of its own a firing."""
    heights = ndimage.gaussian_filter(np.random.default_rng(gun).normal(size=(size, size)), 2.0)
    extra = ndimage.gaussian_filter(
        np.random.default_rng(10_000 + 100 * gun + firing).normal(size=(size, size)), 2.0
    )
    heights = heights / heights.std() + 0.3 * extra / extra.std()
    y, x = np.indices((size, size)) - (size - 1) / 2
    radius = np.hypot(y, x) * SPACING
    outside = (radius > 1.35e-3) | (radius < 0.5e-3)
    return np.where(outside, np.nan, 1e-6 * heights).astype(np.float32)


@pytest.fixture(scope="session")
def scan_bytes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, int], bytes]:
    """``scan_bytes(gun, firing)``: an X3P file of a synthetic breech face."""
    from headstamp.formats.scan_file import ScanFile, ScanMetadata
    from headstamp.formats.x3p import write_x3p

    folder = tmp_path_factory.mktemp("scans")

    def content(gun: int, firing: int) -> bytes:
        path = folder / f"{gun}-{firing}.x3p"
        if not path.exists():
            metadata = ScanMetadata(manufacturer="Maker", model="M1", software_version="1.2")
            heights = _heights(gun, firing)
            write_x3p(path, ScanFile(heights, SPACING, SPACING, metadata=metadata))
        return path.read_bytes()

    return content


@pytest.fixture
def agency(db: None) -> Callable[..., Any]:
    """``agency("PVPD")``: the agency with this short name."""
    from headstamp.web.accounts.models import Agency

    def find(code: str = "PVPD") -> Any:
        return Agency.objects.get_or_create(code=code, defaults={"name": f"Agency {code}"})[0]

    return find


@pytest.fixture
def person(agency: Callable[..., Any]) -> Callable[..., Any]:
    """``person("examiner", "PVPD")``: a new person."""
    from headstamp.web.accounts.models import User

    def make(role: str, code: str = "PVPD", **fields: Any) -> Any:
        number = next(_count)
        return User.objects.create_user(
            f"{role}{number}@{code.lower()}.example",
            PASSWORD,
            role=role,
            agency=agency(code),
            name=f"{role.title()} {number}",
            **fields,
        )

    return make


@pytest.fixture
def signed_in() -> Callable[[Any], Client]:
    """``signed_in(user)``: a browser in which somebody is past the notice."""
    from headstamp.web.accounts.gate import HAS_FACTOR, NOTICED

    def enter(user: Any) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(user, "headstamp.web.accounts.backends.AccountBackend")
        session = client.session
        session[NOTICED] = session[HAS_FACTOR] = True
        session.save()
        return client

    return enter


@pytest.fixture
def incident(person: Callable[..., Any]) -> Callable[..., Any]:
    """``incident("PVPD", marking="case")``: a new incident of an agency."""
    from django.utils import timezone

    from headstamp.web.casework import actions

    def make(code: str = "PVPD", by: Any = None, **fields: Any) -> Any:
        fields.setdefault("number", f"{code}-{next(_count):05d}")
        fields.setdefault("occurred_at", timezone.now() - timedelta(days=3))
        fields.setdefault("address", "100 block, Alder Street")
        return actions.add_incident(by=by or person("investigator", code), **fields)

    return make


@pytest.fixture
def exhibit(person: Callable[..., Any], incident: Callable[..., Any]) -> Callable[..., Any]:
    """``exhibit(code="PVPD", incident=..., by=...)``: a new exhibit in its collector's custody."""
    from django.utils import timezone

    from headstamp.web.evidence import actions, queries

    def make(code: str = "PVPD", of: Any = None, by: Any = None, **fields: Any) -> Any:
        of = of or incident(code)
        fields.setdefault("number", queries.next_number(of))
        fields.setdefault("kind", "cartridge_case")
        fields.setdefault("collected_at", timezone.now() - timedelta(days=2))
        return actions.add_exhibit(incident=of, by=by or person("technician", code), **fields)

    return make


@pytest.fixture
def scan(
    person: Callable[..., Any],
    exhibit: Callable[..., Any],
    scan_bytes: Callable[[int, int], bytes],
) -> Callable[..., Any]:
    """``scan(gun, firing, code="PVPD")``: a scan handed in, not prepared yet."""
    from headstamp.web.evidence import actions

    def make(gun: int, firing: int, code: str = "PVPD", of: Any = None, by: Any = None) -> Any:
        return actions.add_scan(
            of or exhibit(code),
            chunks=io.BytesIO(scan_bytes(gun, firing)),
            file_name=f"gun{gun}-{firing}.x3p",
            by=by or person("technician", code),
        )

    return make


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """``work()``: do all queued jobs now, inside the test's own transaction."""
    from django_tasks_db.management.commands import db_worker

    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    from headstamp.web.work import run_worker

    return lambda: run_worker(until_empty=True)


@pytest.fixture(autouse=True)
def empty_workspace(request: pytest.FixtureRequest) -> Any:
    """Files and gallery of one test are not those of the next."""
    import shutil

    from django.conf import settings

    yield
    for name in ("gallery", "surfaces"):
        shutil.rmtree(settings.WORKSPACE.root / name, ignore_errors=True)
