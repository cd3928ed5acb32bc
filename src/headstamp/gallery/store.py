"""A gallery: prepared scans and their descriptors in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from headstamp.errors import GalleryError, OutputError
from headstamp.gallery.durable import refusals, remove_unfinished, sync_folder
from headstamp.gallery.header import REBUILD, Header
from headstamp.gallery.index import Rows, extend_rows, load_rows, record_of
from headstamp.gallery.items import GalleryItem
from headstamp.gallery.journal import Entry, payload_of
from headstamp.gallery.layout import DATA_FILES, DESCRIPTORS, HEADER, JOURNAL, LEVELS
from headstamp.gallery.levels import BytesFile, pose_level, prepared_scan
from headstamp.gallery.lock import PATIENCE
from headstamp.gallery.records import REGIONS, Record
from headstamp.gallery.writer import Ends
from headstamp.surfaces.prepared import Level, PreparationParameters, PreparedScan
from headstamp.surfaces.topography import MarkRegion

if TYPE_CHECKING:
    from headstamp.gallery.appending import Appended


class Gallery:
    """An open gallery, as it was at opening or at the last ``refresh`` or ``append``.

    Examples
    --------
    >>> gallery = Gallery.open("city")  # doctest: +SKIP
    >>> gallery.record(0).name  # doctest: +SKIP
    """

    def __init__(self, path: Path, header: Header) -> None:
        self.path = path
        self.header = header
        self._rows: Rows
        try:
            self._journal = BytesFile(path / JOURNAL)
            self._levels = BytesFile(path / LEVELS)
            with (path / JOURNAL).open("rb") as stream:
                self._rows = load_rows(path, stream)
            self._descriptors = self._map_descriptors()
        except OSError as error:
            raise GalleryError(
                f"{path}: the gallery cannot be read: {error.strerror}: "
                f"{Path(error.filename or path).name}; restore it from a backup, or {REBUILD}"
            ) from error

    @classmethod
    def create(cls, path: str | Path, preparation: PreparationParameters | None = None) -> Gallery:
        """Make an empty gallery in a new or empty folder.

        Raises
        ------
        GalleryError
            If there is a gallery already.
        OutputError
            If the folder holds something else or cannot be written.
        """
        folder = Path(path)
        header = Header.current(preparation or PreparationParameters())
        with refusals(folder, "choose a folder that you may write to"):
            folder.mkdir(parents=True, exist_ok=True)
            _refuse_occupied(folder)
            for name in DATA_FILES:
                (folder / name).touch()
            sync_folder(folder)
            header.write(folder)
        return cls(folder, header)

    @classmethod
    def open(cls, path: str | Path) -> Gallery:
        """Open a gallery for reading and appending; takes no lock.

        Raises
        ------
        GalleryError
            If it is missing, no gallery, damaged, or of a newer format.
        """
        folder = Path(path)
        return cls(folder, Header.read(folder))

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def descriptors(self) -> NDArray[np.int8]:
        """Memory-mapped descriptors: int8 (len, descriptor_size); slice it before computing."""
        return self._descriptors

    @property
    def regions(self) -> NDArray[np.uint8]:
        """Region code of every record, an index into ``REGIONS``: uint8 (len,)."""
        return self._rows["region"]

    def record(self, index: int) -> Record:
        """What is known about one scan."""
        row = self._rows[index]
        offset, length = int(row["offset"]), int(row["length"])
        payload = payload_of(self._journal.read(offset, length))
        return record_of(self.path, Entry(offset, length, payload), index)

    def records(self) -> Iterator[Record]:
        """All records in the order in which they were added."""
        return (self.record(index) for index in range(len(self)))

    def pose_level(self, index: int) -> Level:
        """The 50 um level of one scan."""
        return pose_level(self._levels, self.record(index))

    def prepared(self, index: int) -> PreparedScan:
        """One scan, ready for comparison."""
        return prepared_scan(self._levels, self.record(index), self.header.preparation)

    def indices_of(self, sha256: str) -> list[int]:
        """Records made from the file with this SHA-256 (none or one)."""
        digest = np.frombuffer(bytes.fromhex(sha256), dtype=np.uint8)
        return [int(i) for i in np.flatnonzero((self._rows["sha256"] == digest).all(axis=1))]

    def comparable(self, region: MarkRegion) -> NDArray[np.bool_]:
        """Which records show the same mark, or one that is not known: bool (len,)."""
        unknown = REGIONS.index("unknown")
        if region == "unknown":
            return np.ones(len(self), dtype=np.bool_)
        codes = self.regions
        return np.isin(codes, [REGIONS.index(region), unknown])

    @property
    def areas(self) -> NDArray[np.float32]:
        """Usable surface of every scan, square metres: float32 (len,)."""
        return self._rows["area"]

    def refresh(self) -> None:
        """Take notice of what others have added since."""
        with (self.path / JOURNAL).open("rb") as stream:
            self._rows = extend_rows(self.path, stream, self._rows)
        self._descriptors = self._map_descriptors()

    def append(
        self,
        items: Iterable[GalleryItem],
        acknowledged: Callable[[Record], None] | None = None,
        patience: float = PATIENCE,
    ) -> Appended:
        """Add scans; see ``headstamp.gallery.appending.append``."""
        from headstamp.gallery.appending import append

        return append(self, items, acknowledged, patience)

    def require_current(self) -> None:
        """Refuse a gallery whose scans were prepared or described by another version.

        Raises
        ------
        GalleryError
            It says what differs and how to rebuild.
        """
        differences = self.header.differences(Header.current(self.header.preparation))
        if differences:
            raise GalleryError(
                f"{self.path}: the gallery was made by {self.header.created_by} in another way "
                f"({'; '.join(differences)}); {REBUILD}"
            )

    def require_same(self, preparation: PreparationParameters) -> None:
        """Refuse scans prepared with other parameters than the gallery's."""
        differences = self.header.differences(Header.current(preparation))
        if differences:
            raise GalleryError(
                f"{self.path}: the scan was prepared otherwise than the gallery "
                f"({'; '.join(differences)}); prepare it with the gallery's "
                f"parameters, or {REBUILD}"
            )

    def ends(self) -> Ends:
        """Where the whole records end."""
        if not len(self):
            return Ends(0, 0, 0)
        last = self._rows[-1]
        return Ends(len(self), int(last["offset"] + last["length"]), int(last["levels_end"]))

    def _map_descriptors(self) -> NDArray[np.int8]:
        shape = (len(self), self.header.descriptor_size)
        if not len(self):
            return np.empty(shape, dtype=np.int8)
        for name, size in ((DESCRIPTORS, shape[0] * shape[1]), (LEVELS, self.ends().levels)):
            if (self.path / name).stat().st_size < size:
                raise GalleryError(
                    f"{self.path}: {name} was cut short (it should have {size} bytes or more); "
                    f"restore the gallery from a backup, or {REBUILD}"
                )
        return np.memmap(self.path / DESCRIPTORS, dtype=np.int8, mode="r", shape=shape)

    @property
    def rows(self) -> Rows:
        """The lean index: one row a record."""
        return self._rows


def _refuse_occupied(folder: Path) -> None:
    if (folder / HEADER).exists():
        raise GalleryError(
            f"{folder}: there is a gallery already; add to it with 'headstamp gallery add', "
            "or choose another folder"
        )
    remove_unfinished(folder)
    for entry in folder.iterdir():
        if entry.name not in DATA_FILES or entry.stat().st_size:
            raise OutputError(
                f"{folder}: the folder is not empty ({entry.name}); choose an empty or a new one"
            )
