"""Appending: the order of writes that makes a record exist wholly or not at all.

1. Under the lock, cut off what an interrupted writer left behind the last whole record.
2. Write the descriptor rows and the levels of a batch, and make them durable.
3. Write the lines of the log, and make them durable. Now the batch is acknowledged.

A reader takes the log first and looks at nothing behind the records it found there, so it needs
no lock.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from headstamp.errors import GalleryError
from headstamp.gallery.durable import refusals, write_all
from headstamp.gallery.header import REBUILD, Header
from headstamp.gallery.items import GalleryItem
from headstamp.gallery.journal import line_of
from headstamp.gallery.layout import (
    BATCH_RECORDS,
    BATCH_SECONDS,
    DATA_FILES,
    DESCRIPTORS,
    JOURNAL,
    LEVELS,
)
from headstamp.gallery.records import Record


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the whole records end: their number, and bytes in the log and in the levels."""

    records: int
    journal: int
    levels: int


class Writer:
    """Appends to one gallery; exists only while its lock is held.

    Parameters
    ----------
    folder : Path
    header : Header
    ends : Ends
        Of the gallery as it is now, read under the lock.
    """

    def __init__(self, folder: Path, header: Header, ends: Ends) -> None:
        self._folder = folder
        self._header = header
        self._ends = ends
        self._files: dict[str, int] = {}

    @contextmanager
    def opened(self) -> Iterator[Writer]:
        """Open the files and cut off torn tails; after a failure, give its space back."""
        try:
            with refusals(self._folder, "check its permissions"):
                for name in DATA_FILES:
                    self._files[name] = os.open(self._folder / name, os.O_RDWR)
                self._refuse_a_shortened_log()
                self._cut_tails()
            try:
                yield self
            except BaseException:
                with suppress(OSError):
                    self._give_space_back()
                raise
        finally:
            for descriptor in self._files.values():
                os.close(descriptor)
            self._files.clear()

    def commit(self, batch: list[GalleryItem]) -> list[Record]:
        """Add a batch; when this returns it is durable.

        Raises
        ------
        OutputError
            If the system refuses a write (no space, a quota). Nothing acknowledged is touched.
        """
        records = self._records(batch)
        lines = b"".join(line_of(record.to_json()) for record in records)
        with refusals(
            self._folder,
            "everything that was reported as added is safe; make room and add the rest again",
        ):
            self._put(DESCRIPTORS, b"".join(item.descriptor_bytes for item in batch))
            self._put(LEVELS, b"".join(item.level_bytes for item in batch))
            self._sync(DESCRIPTORS)
            self._sync(LEVELS)
            self._put(JOURNAL, lines)
            self._sync(JOURNAL)
        self._ends = Ends(
            self._ends.records + len(records),
            self._ends.journal + len(lines),
            records[-1].offset + records[-1].size,
        )
        return records

    def _records(self, batch: list[GalleryItem]) -> list[Record]:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        records = []
        offset = self._ends.levels
        for number, item in enumerate(batch, start=self._ends.records):
            records.append(item.record(number, offset, now))
            offset += records[-1].size
        return records

    def _put(self, name: str, data: bytes) -> None:
        os.lseek(self._files[name], self._sizes()[name], os.SEEK_SET)
        write_all(self._files[name], data)

    def _sync(self, name: str) -> None:
        os.fsync(self._files[name])

    def _sizes(self) -> dict[str, int]:
        return {
            JOURNAL: self._ends.journal,
            DESCRIPTORS: self._ends.records * self._header.descriptor_size,
            LEVELS: self._ends.levels,
        }

    def _cut_tails(self) -> None:
        for name, size in self._sizes().items():
            if os.fstat(self._files[name]).st_size > size:
                os.ftruncate(self._files[name], size)

    def _give_space_back(self) -> None:
        """Once a line of the failed batch is in the log, a reader may be using what it names."""
        if os.fstat(self._files[JOURNAL]).st_size == self._ends.journal:
            self._cut_tails()

    def _refuse_a_shortened_log(self) -> None:
        """More descriptors than one torn batch has can only mean that the log lost its end."""
        size = os.fstat(self._files[DESCRIPTORS]).st_size
        if size > (self._ends.records + BATCH_RECORDS) * self._header.descriptor_size:
            raise GalleryError(
                f"{self._folder}: {JOURNAL} was cut short (it has {self._ends.records} records, "
                f"{DESCRIPTORS} has {size // self._header.descriptor_size}); restore the gallery "
                f"from a backup, or {REBUILD}"
            )


def batches(
    items: Iterable[GalleryItem], clock: Callable[[], float] = time.monotonic
) -> Iterator[list[GalleryItem]]:
    """Gather items until a batch is full or old enough to be acknowledged."""
    batch: list[GalleryItem] = []
    began = 0.0
    for item in items:
        if not batch:
            began = clock()
        batch.append(item)
        if len(batch) >= BATCH_RECORDS or clock() - began >= BATCH_SECONDS:
            yield batch
            batch = []
    if batch:
        yield batch
