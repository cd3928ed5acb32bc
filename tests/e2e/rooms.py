"""Workspaces that are really served: gunicorn and a worker, as ``headstamp serve`` starts them."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

SECONDS_TO_START = 60
OURS = ("HEADSTAMP_", "DJANGO_", "DATABASE_URL")
"""Names of the environment that belong to the run of the tests, not to the workspace served."""


@dataclass(frozen=True, slots=True)
class Room:
    """A workspace and where it is served."""

    root: Path
    url: str

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What is in the database now; ids as a page writes them."""
        path = f"file:{self.root / 'headstamp.sqlite3'}?mode=ro"
        connection = sqlite3.connect(path, uri=True)
        try:
            return [tuple(map(_readable, row)) for row in connection.execute(sql, values)]
        finally:
            connection.close()

    def one(self, sql: str, *values: object) -> Any:
        """The only value of the first row."""
        return self.rows(sql, *values)[0][0]


def _readable(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 32 and not set(value) - set("0123456789abcdef"):
        return str(UUID(value))
    return value


def stored(pk: str) -> str:
    """An id of a page as the database stores it."""
    return pk.replace("-", "")


def environment(**more: str) -> dict[str, str]:
    """This environment without what the tests' own settings are."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, **more}


def headstamp(*words: object, **more: str) -> str:
    """Run a command; its output."""
    done = subprocess.run(
        [sys.executable, "-m", "headstamp.cli.main", *map(str, words)],
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def served(root: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve a workspace on a free port until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["serve", "--workspace", str(root), "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-m", "headstamp.cli.main", *words],
        env=environment(**(settings or {})),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended instead of starting"
        try:
            with urllib.request.urlopen(f"{url}/health/", timeout=1):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")
