"""Output files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from headstamp.errors import OutputError


def write_atomically(path: Path | str, data: bytes) -> None:
    """Write a file so that nobody ever sees half of it.

    The bytes go to a temporary file in the same folder, are flushed to the disk, and take the
    name in one step. Whatever stops the writing (a full disk, Ctrl-C), an earlier file of that
    name stays as it was and the temporary file goes.

    Raises
    ------
    OutputError
        If the folder is missing or closed to us, the disk is full, or a folder has that name.
    """
    target = Path(path)
    if target.exists() and not (target.is_file() or target.is_dir()):
        raise OutputError(f"cannot write {target}: it is a device or a pipe; choose a file's name")
    try:
        _write(target, data)
    except OSError as error:
        raise OutputError(f"cannot write {target}: {_advice(target, error)}") from error


def _write(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(
        prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent
    )
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), _permissions(target))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def _permissions(target: Path) -> int:
    """Those of the file that is replaced, or the user's default for a new one."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _flush_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system lets a folder be flushed."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _advice(target: Path, error: OSError) -> str:
    folder = target.parent
    sentences = {
        errno.ENOENT: f"the folder {folder} does not exist; make it first",
        errno.ENOTDIR: f"{folder} is not a folder; choose another place",
        errno.ENOSPC: "the disk is full; make room or choose another disk",
        errno.EDQUOT: "your share of the disk is full; make room or choose another disk",
        errno.EACCES: "no permission to write there; choose another folder",
        errno.EPERM: "no permission to write there; choose another folder",
        errno.EROFS: "that disk cannot be written to; choose another folder",
        errno.EISDIR: "a folder has that name; choose another name",
        errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    }
    return sentences.get(error.errno or 0, f"{error.strerror or error}; choose another place")
