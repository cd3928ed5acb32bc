"""Files that a living process holds, and what a killed one left.

Whoever writes a file that is not finished holds a lock on it; the operating system lets go of it
however the process ends. What nobody holds is nobody's and may be removed, whoever else is busy in
the same folder.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


def hold(descriptor: int, path: Path) -> bool:
    """Hold a file or folder just made; False if it was taken for nobody's in between."""
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return path.exists()


def is_held(path: Path) -> bool:
    """Whether a living process holds it; False if it is not there."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def remove_nobodys(paths: Iterable[Path]) -> int:
    """Remove those that no living process holds; how many."""
    return sum(_removed(path) for path in paths)


@contextmanager
def held_file(folder: Path, prefix: str) -> Iterator[tuple[IO[bytes], Path]]:
    """A new file, open for writing; removed at the end unless it was moved to its place."""
    while True:
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=prefix)
        path = Path(name)
        if hold(descriptor, path):
            break
        os.close(descriptor)
    stream = os.fdopen(descriptor, "wb")
    try:
        yield stream, path
    finally:
        with suppress(OSError):  # a full disk keeps the rest from being written: it is given up
            stream.close()
        path.unlink(missing_ok=True)


@contextmanager
def held_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder; removed with what is in it at the end."""
    while True:
        folder = Path(tempfile.mkdtemp(dir=parent, prefix=prefix))
        descriptor = os.open(folder, os.O_RDONLY)
        if hold(descriptor, folder):
            break
        os.close(descriptor)
    try:
        yield folder
    finally:
        os.close(descriptor)
        shutil.rmtree(folder, ignore_errors=True)


def _removed(path: Path) -> bool:
    """Remove it while it is held, so that nobody takes it into use meanwhile."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True
