"""Reading the stored levels of one record."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import numpy as np

from headstamp.errors import GalleryError
from headstamp.gallery.records import Record
from headstamp.surfaces.prepared import Level, PreparationParameters, PreparedScan


class BytesFile:
    """A file read at given places, by several threads if need be.

    Levels are read rather than mapped, so that an exhaustive search of a large gallery does not
    hold the whole file in its address space.
    """

    def __init__(self, path: Path) -> None:
        self._stream = path.open("rb")
        self._lock = Lock()
        self._path = path

    def read(self, offset: int, size: int) -> bytes:
        """Exactly ``size`` bytes; GalleryError when the file is shorter."""
        with self._lock:
            self._stream.seek(offset)
            data = self._stream.read(size)
        if len(data) != size:
            raise GalleryError(
                f"{self._path}: the file ends before byte {offset + size}; "
                "check the gallery with 'headstamp gallery verify'"
            )
        return data


def pose_level(file: BytesFile, record: Record) -> Level:
    """The 50 um level of a record."""
    stored = record.levels[0]
    return _level(file.read(record.offset, stored.size), stored.shape, stored.spacing)


def prepared_scan(
    file: BytesFile, record: Record, parameters: PreparationParameters
) -> PreparedScan:
    """All levels of a record."""
    data = file.read(record.offset, record.size)
    levels = []
    start = 0
    for stored in record.levels:
        levels.append(_level(data[start : start + stored.size], stored.shape, stored.spacing))
        start += stored.size
    pose, coarse, fine = levels
    return PreparedScan(
        pose, coarse, fine, record.centre, record.quality, parameters, record.region
    )


def _level(data: bytes, shape: tuple[int, int], spacing: float) -> Level:
    return Level(np.frombuffer(data, dtype=np.int8).reshape(shape), spacing)
