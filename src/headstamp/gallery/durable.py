"""Writing that survives a crash once it has returned."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from headstamp.errors import OutputError
from headstamp.gallery.layout import HEADER, INDEX


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte to an open file; the system may take fewer than offered at a time."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sync_folder(folder: Path) -> None:
    """Make names that were added to a folder durable, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_unfinished(folder: Path) -> None:
    """Remove what a process that was killed left of a file it was replacing as a whole."""
    for name in (HEADER, INDEX):
        for part in folder.glob(f".{name}.*.part"):
            part.unlink(missing_ok=True)


@contextmanager
def refusals(folder: Path, advice: str) -> Iterator[None]:
    """Turn what the system says about a failed write into one sentence about the gallery."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise OutputError(f"{folder}: the gallery cannot be written: {reason}; {advice}") from error
