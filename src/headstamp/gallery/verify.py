"""Checking every byte of a gallery."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from headstamp.errors import GalleryError
from headstamp.gallery.header import Header
from headstamp.gallery.index import ROW, record_of, row_of
from headstamp.gallery.journal import Entry, entries
from headstamp.gallery.layout import BATCH_RECORDS, DESCRIPTORS, INDEX, JOURNAL, LEVELS
from headstamp.gallery.levels import BytesFile, prepared_scan
from headstamp.gallery.records import Record

DESCRIPTOR_TOLERANCE: Final = 1
"""Codes by which a recomputed descriptor may differ: another processor may round otherwise."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One record that is not as it was added.

    Parameters
    ----------
    index : int
    name : str
        Empty where the line of the log cannot be read.
    problems : tuple of str
    """

    index: int
    name: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found.

    Parameters
    ----------
    records : int
        Lines of the log, broken ones included.
    broken : tuple of Broken
        In the order of the log.
    notes : tuple of str
        Things worth knowing that are no damage.
    """

    records: int
    broken: tuple[Broken, ...]
    notes: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether every record is as it was added."""
        return not self.broken


def verify(
    folder: str | Path,
    recompute: bool = True,
    progress: Callable[[int], None] | None = None,
) -> Verification:
    """Check every record against its hashes, and its descriptor against its levels.

    Parameters
    ----------
    folder : path
    recompute : bool
        Whether to compute the descriptors again (some milliseconds a scan).
    progress : callable, optional
        Called with the number of records checked so far.

    Raises
    ------
    GalleryError
        If the folder is no gallery, or its header is damaged.
    """
    path = Path(folder)
    checker = _Checker(path, Header.read(path), recompute)
    broken = []
    number = 0
    for number, entry in enumerate(checker.lines(), start=1):
        found = checker.check(number - 1, entry)
        if found:
            broken.append(found)
        if progress:
            progress(number)
    broken += checker.missing(number)
    return Verification(number, tuple(broken), tuple(checker.notes(number)))


class _Checker:
    def __init__(self, folder: Path, header: Header, recompute: bool) -> None:
        self._folder = folder
        self._header = header
        self._seen: dict[str, int] = {}
        self._levels_end = 0
        self._rows: list[tuple[object, ...]] = []
        try:
            self._descriptor_rows = (folder / DESCRIPTORS).stat().st_size // header.descriptor_size
            self._descriptors = BytesFile(folder / DESCRIPTORS)
            self._levels = BytesFile(folder / LEVELS)
            self._journal = (folder / JOURNAL).open("rb")
        except OSError as error:
            raise GalleryError(
                f"{folder}: the gallery cannot be read: {error.strerror}; restore it from a backup"
            ) from error
        self._recompute = recompute and not header.differences(Header.current(header.preparation))
        self._recompute_wanted = recompute

    def lines(self) -> Iterator[Entry]:
        with self._journal as stream:
            yield from entries(stream)

    def check(self, number: int, entry: Entry) -> Broken | None:
        try:
            record = record_of(self._folder, entry, number)
        except GalleryError:
            return Broken(number, "", (f"its line in {JOURNAL} is damaged",))
        self._rows.append(row_of(entry, record))
        problems = [*self._places(record), *self._hashes(record)]
        if not problems and self._recompute:
            problems += self._descriptor(record)
        return Broken(number, record.name, tuple(problems)) if problems else None

    def _places(self, record: Record) -> Iterator[str]:
        if record.offset < self._levels_end:
            yield "its levels overlap those of the record before"
        self._levels_end = record.offset + record.size
        if record.sha256 in self._seen:
            yield f"it is the same scan as record {self._seen[record.sha256]}"
        self._seen.setdefault(record.sha256, record.index)

    def _hashes(self, record: Record) -> Iterator[str]:
        size = self._header.descriptor_size
        for what, file, offset, length, stated in (
            ("levels", self._levels, record.offset, record.size, record.levels_sha256),
            ("descriptor", self._descriptors, record.index * size, size, record.descriptor_sha256),
        ):
            try:
                data = file.read(offset, length)
            except GalleryError:
                yield f"its {what} are missing"
                continue
            if hashlib.sha256(data).hexdigest() != stated:
                yield f"its {what} differ from what was added"

    def _descriptor(self, record: Record) -> Iterator[str]:
        from headstamp.comparison.descriptors import describe, unpacked

        size = self._header.descriptor_size
        stored = np.frombuffer(self._descriptors.read(record.index * size, size), dtype=np.int8)
        again = describe(prepared_scan(self._levels, record, self._header.preparation))
        difference = np.abs(unpacked(stored[None]) - unpacked(again[None])).max(initial=0)
        if difference > DESCRIPTOR_TOLERANCE:
            yield "its descriptor is not the one of its levels"

    def missing(self, records: int) -> list[Broken]:
        """Records that the log has lost: more descriptors than one torn batch leaves."""
        lost = self._descriptor_rows - records
        if lost <= BATCH_RECORDS:
            return []
        return [Broken(records, "", (f"{JOURNAL} was cut short: about {lost} records are gone",))]

    def notes(self, records: int) -> Iterator[str]:
        if 0 < self._descriptor_rows - records <= BATCH_RECORDS:
            yield (
                f"{DESCRIPTORS} holds more than {JOURNAL} acknowledges: somebody is adding, or an "
                "interrupted addition left it; the next 'headstamp gallery add' clears it"
            )
        if self._recompute_wanted and not self._recompute:
            yield "descriptors were not recomputed: another version of headstamp made them"
        if self._index_disagrees(records):
            yield f"{INDEX} does not agree with {JOURNAL}; delete it, it is made anew"

    def _index_disagrees(self, records: int) -> bool:
        try:
            saved = np.load(self._folder / INDEX, allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return False
        if len(self._rows) != records:
            return False
        return not np.array_equal(saved, np.array(self._rows[: len(saved)], dtype=ROW))
