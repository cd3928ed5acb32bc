"""The lean index: what a search needs of every record, in one array instead of many objects."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from headstamp.errors import GalleryError
from headstamp.formats.atomic import write_atomically
from headstamp.gallery.header import REBUILD
from headstamp.gallery.journal import Entry, entries, payload_of
from headstamp.gallery.layout import INDEX, JOURNAL
from headstamp.gallery.records import REGIONS, Record

ROW: Final = np.dtype(
    [
        ("offset", "<i8"),
        ("length", "<i4"),
        ("levels_end", "<i8"),
        ("region", "u1"),
        ("area", "<f4"),
        ("sha256", "u1", 32),
    ]
)
"""Line in the log (offset, length), end of the levels, region code, usable area (square metres),
SHA-256 of the source file."""

Rows = NDArray[np.void]


def load_rows(folder: Path, stream: BinaryIO) -> Rows:
    """Index rows of all whole records of a gallery.

    The saved index is only a shortcut: it is used when its last row agrees with the log, and the
    log alone decides what follows.

    Raises
    ------
    GalleryError
        If the log is damaged.
    """
    saved = _saved(folder, stream)
    return extend_rows(folder, stream, saved)


def extend_rows(folder: Path, stream: BinaryIO, rows: Rows) -> Rows:
    """The rows, followed by those of the records that came after them."""
    start = int(rows[-1]["offset"] + rows[-1]["length"]) if len(rows) else 0
    fresh = _rows(folder, entries(stream, start), len(rows))
    return np.concatenate([rows, fresh]) if len(fresh) else rows


def save_rows(folder: Path, rows: Rows) -> None:
    """Keep the index for the next opening."""
    buffer = io.BytesIO()
    np.save(buffer, rows, allow_pickle=False)
    write_atomically(folder / INDEX, buffer.getvalue())


def row_of(entry: Entry, record: Record) -> tuple[Any, ...]:
    """The index row of a record."""
    digest = np.frombuffer(bytes.fromhex(record.sha256), dtype=np.uint8)
    region = REGIONS.index(record.region)
    area = record.quality.usable_area
    return entry.offset, entry.length, record.offset + record.size, region, area, digest


def _rows(folder: Path, lines: Iterable[Entry], first: int) -> Rows:
    found = []
    for number, entry in enumerate(lines, start=first):
        found.append(row_of(entry, record_of(folder, entry, number)))
    return np.array(found, dtype=ROW)


def record_of(folder: Path, entry: Entry, number: int) -> Record:
    """The record in a line of the log, which must be the one of that number.

    Raises
    ------
    GalleryError
        If the line is damaged or holds another record.
    """
    try:
        if entry.damaged:
            raise ValueError("its checksum is wrong")
        record = Record.from_json(entry.payload)
        if record.index != number:
            raise ValueError(f"it holds record {record.index}")
    except (ValueError, KeyError, TypeError) as error:
        raise GalleryError(
            f"{folder}: line {number + 1} of {JOURNAL} is damaged ({error}); restore the gallery "
            f"from a backup, or {REBUILD}"
        ) from error
    return record


def _saved(folder: Path, stream: BinaryIO) -> Rows:
    empty = np.empty(0, dtype=ROW)
    try:
        rows = np.load(folder / INDEX, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return empty
    if rows.dtype != ROW or rows.ndim != 1 or not len(rows):
        return empty
    return rows if _agrees(rows, stream) else empty


def _agrees(rows: Rows, stream: BinaryIO) -> bool:
    """Whether the last row points at the line that holds its record."""
    last = rows[-1]
    stream.seek(max(int(last["offset"]), 0))
    payload = payload_of(stream.read(max(int(last["length"]), 0)))
    try:
        record = Record.from_json(payload)
        entry = Entry(int(last["offset"]), int(last["length"]), payload)
        return record.index == len(rows) - 1 and bool(
            np.array([row_of(entry, record)], dtype=ROW)[0] == last
        )
    except (ValueError, KeyError, TypeError):
        return False
