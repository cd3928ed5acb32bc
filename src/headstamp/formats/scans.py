"""Read a scan of any format, known by its content."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from pathlib import Path
from typing import Final

from headstamp.errors import UnreadableScanError
from headstamp.formats.al3d import AL3D_MAGIC, read_al3d
from headstamp.formats.scan_file import ScanFile
from headstamp.formats.x3p_read import read_x3p

SCAN_SUFFIXES: Final = (".x3p", ".al3d")
LARGEST_FILE: Final = 2_000_000_000
"""Bytes; a file larger than this is refused before it is read."""


def read_scan(path: Path | str) -> ScanFile:
    """Read an X3P or AL3D file.

    Raises
    ------
    UnreadableScanError
        If the file is missing, damaged, of another format or too large.
    """
    path = Path(path)
    content = _content(path)
    digest = hashlib.sha256(content).hexdigest()
    if content.startswith(b"PK"):
        return read_x3p(io.BytesIO(content), path.name, digest)
    if content.startswith(AL3D_MAGIC):
        return read_al3d(content, path.name, digest)
    raise UnreadableScanError(
        f"{path}: neither an X3P nor an AL3D file; export the scan again as X3P"
    )


def scan_paths(folder: Path) -> list[Path]:
    """The scan files in a folder and below, by name; stray system files are left out."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SCAN_SUFFIXES
        and path.is_file()
        and not path.name.startswith("._")
        and "__MACOSX" not in path.parts
    )


def _content(path: Path) -> bytes:
    try:
        status = path.stat()
        _refuse_kind(path, status)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableScanError(f"{path}: there is no such file; check the name") from error
    except ValueError as error:
        raise UnreadableScanError(f"{str(path)!r}: is no file name; check it") from error
    except OSError as error:
        raise UnreadableScanError(
            f"{path}: cannot be read ({error.strerror}); check its name and permissions"
        ) from error
    if not content:
        raise UnreadableScanError(f"{path}: the file is empty; copy it again")
    return content


def _refuse_kind(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableScanError(f"{path}: a folder, not a scan; name a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableScanError(f"{path}: a device or a pipe, not a scan; name a file")
    if status.st_size > LARGEST_FILE:
        raise UnreadableScanError(
            f"{path}: {status.st_size / 1e9:.1f} GB is too large; crop the scan"
        )
