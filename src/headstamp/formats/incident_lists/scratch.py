"""Folders for imports under way: held while they are, and swept when a killed one has left them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Final

PREFIX: Final = ".incoming-"


@contextmanager
def scratch_folder(data: Path) -> Iterator[Path]:
    """A new folder below another; it and those of killed processes are removed.

    Whoever uses one holds a lock on it, which the system lets go however the process ends. Systems
    without such locks keep what a killed process has left.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    _sweep(data)
    folder, descriptor = _held(data)
    try:
        yield folder
    finally:
        if descriptor is not None:
            os.close(descriptor)
        shutil.rmtree(folder, ignore_errors=True)


def _held(data: Path) -> tuple[Path, int | None]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=data))
        if find_spec("fcntl") is None:
            return folder, None
        import fcntl

        descriptor = os.open(folder, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if folder.exists():
            return folder, descriptor
        os.close(descriptor)  # it was taken for nobody's before it was held


def _sweep(data: Path) -> None:
    if find_spec("fcntl") is None:
        return
    import fcntl

    for folder in data.glob(f"{PREFIX}*"):
        with suppress(OSError):  # it is held, gone, or of somebody else
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
            finally:
                os.close(descriptor)
