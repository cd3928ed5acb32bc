"""One writer at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from headstamp.errors import GalleryError
from headstamp.gallery.durable import refusals
from headstamp.gallery.layout import LOCK

PATIENCE = 10.0
"""Seconds a writer waits for another one to finish."""


@contextmanager
def exclusive(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the gallery's lock; the system drops it when the process ends, however it ends.

    Raises
    ------
    GalleryError
        If another writer still holds it after ``patience`` seconds.
    """
    with refusals(folder, "check its permissions"):
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        deadline = time.monotonic() + patience
        while not _take(descriptor):
            if time.monotonic() >= deadline:
                raise GalleryError(
                    f"{folder}: somebody else is adding to this gallery; try again when they "
                    "have finished (it can be searched meanwhile)"
                )
            time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError as error:
        raise GalleryError(
            "a gallery can be added to on Linux and macOS only; on this system it can be searched"
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
