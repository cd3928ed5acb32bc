"""Files by the SHA-256 of their content, in the workspace's ``files`` folder.

A file is written beside its place, flushed, and moved there whole, before any row names it: so a
row never names half a file, and a process that is killed leaves at most a file nobody names.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from headstamp.web.casework.models import StoredFile
from headstamp.web.processes.held_files import held_file
from headstamp.web.workspace import INCOMING


def path_of(sha256: str) -> Path:
    """Where the file with this hash lies."""
    folder: Path = settings.WORKSPACE.files
    return folder / sha256[:2] / sha256


def store(chunks: Iterable[bytes], media_type: str) -> tuple[StoredFile, bool]:
    """Keep a file; the same content is kept once.

    Returns
    -------
    StoredFile, bool
        The row, and whether it is new.

    Raises
    ------
    OSError
        If the disk is full; nothing is left behind.
    """
    folder: Path = settings.WORKSPACE.files
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with held_file(folder, INCOMING) as (stream, part):
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            stream.write(chunk)
        stream.flush()
        os.fsync(stream.fileno())
        _move(part, path_of(digest.hexdigest()))
    return StoredFile.objects.get_or_create(
        sha256=digest.hexdigest(), defaults={"size": size, "media_type": media_type}
    )


def _move(part: Path, place: Path) -> None:
    """Give a finished file its name, durably; its folder's own name too."""
    place.parent.mkdir(exist_ok=True)
    part.replace(place)
    _flush_folder(place.parent)
    _flush_folder(place.parent.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
