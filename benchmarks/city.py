"""Every page of a city of 50,000 incidents, on both databases, for one person and for twenty.

Usage: python -m benchmarks.city [--database sqlite|postgresql] [--share 0.05]
A city is loaded into a temporary workspace and served by ``headstamp serve``; a share below 1 makes
a smaller one, whose figures are printed and not kept.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.postgres import MISSING, cluster, programs

from benchmarks.city_client import alone, stranger, together
from benchmarks.city_report import Measured, keep, show
from benchmarks.city_tables import ROWS, bring_in

DATABASES: Final = ("sqlite", "postgresql")
ALONE_ONLY: Final = ("administrator", "investigator")
"""Read no records, or few pages of their own, and are none of the twenty."""

IMPORTER: Final = "analyst, largest agency"


@dataclass(frozen=True)
class Effort:
    """How large the city is, and how long its pages are measured."""

    share: float = 1.0
    requests: int = 30
    seconds: float = 30.0


def run(
    _: Any = None, databases: tuple[str, ...] = DATABASES, effort: Effort | None = None
) -> None:
    """Measure on each of the databases."""
    effort = effort or Effort()
    for database in databases:
        with _address(database) as address:
            if address is not None:
                _measure(database, address, effort)


@contextmanager
def _address(database: str) -> Iterator[str | None]:
    """What ``DATABASE_URL`` is to say; None where this machine has no such database."""
    if database == "sqlite":
        yield ""
    elif programs() is None:
        print(f"{MISSING}: its pages are not measured.")
        yield None
    else:
        with cluster() as address:
            yield address


def _measure(database: str, address: str, effort: Effort) -> None:
    with tempfile.TemporaryDirectory(prefix="headstamp-city-") as place:
        folder = Path(place) / "workspace"
        environment = _environment(address)
        print(f"\nloading {effort.share:g} of the city into {database}", flush=True)
        loaded = _load(folder, environment, effort.share)
        targets = json.loads((folder / "targets.json").read_text(encoding="utf-8"))
        with _served(folder, environment) as (port, server):
            found = _pages(port, targets, effort)
            rows = round(ROWS * effort.share)
            found.imported = bring_in(port, targets[IMPORTER], server, rows)
            found.load["import"] = _load_average()
        found.loaded, found.versions = loaded, _versions(database, address)
    show(database, found)
    if effort.share == 1:
        keep(database, found)


def _environment(address: str) -> dict[str, str]:
    """This one's, without what would point the workspace elsewhere."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HEADSTAMP_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    return {**kept, **({"DATABASE_URL": address} if address else {})}


def _load(folder: Path, environment: dict[str, str], share: float) -> dict[str, Any]:
    words = [sys.executable, "-m", "benchmarks.city_load", str(folder), str(share)]
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def _served(folder: Path, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """The port and the process id of ``headstamp serve`` as it is started by default."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = ["headstamp.cli.main", "serve", "--workspace", str(folder), "--port", str(port)]
    with (folder.parent / "server.log").open("w+b") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", *words, "--workers", "0"],
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(port, server, folder.parent / "server.log")
            yield port, server.pid
        finally:
            server.terminate()
            server.wait(60)


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/health/")
            return
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start: {log.read_text()}") from None
            time.sleep(0.1)


def _pages(port: int, targets: dict[str, Any], effort: Effort) -> Measured:
    """One person after the other, then everybody at once."""
    found = Measured(nobody=stranger(port, effort.requests), requests=effort.requests)
    for seed, (kind, target) in enumerate(targets.items()):
        print(f"  alone: {kind}", flush=True)
        found.alone[kind] = alone(port, target, effort.requests, seed)
    found.load["alone"] = _load_average()
    everybody = {kind: one for kind, one in targets.items() if kind not in ALONE_ONLY}
    found.people = sum(len(one["people"]) for one in everybody.values())
    print(f"  at once: {found.people} people", flush=True)
    found.together, found.each_second = together(port, everybody, effort.seconds, seed=1)
    found.load["at once"] = _load_average()
    return found


def _load_average() -> float:
    """Of the last minute: the server and the people who ask it make about one."""
    return round(os.getloadavg()[0], 2)


def _versions(database: str, address: str) -> dict[str, str]:
    import django
    import gunicorn

    found = {"django": django.get_version(), "gunicorn": gunicorn.__version__}
    if database == "sqlite":
        import sqlite3

        return {**found, "database": f"SQLite {sqlite3.sqlite_version}"}
    import psycopg

    with psycopg.connect(address) as connection:
        version = connection.info.server_version
    return {**found, "database": f"PostgreSQL {version // 10_000}.{version % 10_000}"}


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--database", choices=DATABASES, help="only this one")
    parser.add_argument(
        "--share", type=float, default=1.0, help="of the city; below 1 nothing is kept"
    )
    parser.add_argument("--requests", type=int, default=30, help="for each page and kind of person")
    parser.add_argument("--seconds", type=float, default=30.0, help="of twenty people at once")
    asked = parser.parse_args()
    databases = (asked.database,) if asked.database else DATABASES
    run(None, databases, Effort(asked.share, asked.requests, asked.seconds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
