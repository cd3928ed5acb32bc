"""Handing scans in, and workers that prepare and search them meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.db import connection

from headstamp.errors import WorkersError
from headstamp.web.accounts.models import User
from headstamp.web.evidence import actions
from headstamp.web.evidence.models import Exhibit, Scan

POLL: Final = 0.05
BUSY: Final = (Scan.State.WAITING, Scan.State.PREPARED)


def hand_in(exhibit: Exhibit, path: Path, by: User) -> Scan:
    """A scan file, as it would be dropped on the page of its exhibit."""
    with path.open("rb") as stream:
        return actions.add_scan(
            exhibit,
            chunks=iter(lambda: stream.read(1 << 20), b""),
            file_name=path.name,
            region="breech_face",
            by=by,
        )


@contextmanager
def workers(root: Path, count: int) -> Iterator[Callable[[Callable[[int], None]], None]]:
    """Background workers of a workspace, for as long as they are needed.

    Yields
    ------
    callable
        Waits until no scan is left to do; calls what it is given with the number that is left.
    """
    environment = {**os.environ, "HEADSTAMP_WORKSPACE": str(root)}
    words = ["-m", "headstamp.cli.main", "worker", "--workspace", str(root)]
    running = [subprocess.Popen([sys.executable, *words], env=environment) for _ in range(count)]

    def wait(left: Callable[[int], None]) -> None:
        while busy := Scan.objects.filter(state__in=BUSY).count():
            left(busy)
            if any(process.poll() is not None for process in running):
                raise WorkersError("a background worker ended; see what it printed above")
            time.sleep(POLL)
        left(0)

    connection.close()
    try:
        yield wait
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()
