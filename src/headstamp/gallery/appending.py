"""Adding scans to a gallery."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from headstamp.errors import GalleryError, OutputError
from headstamp.gallery.durable import remove_unfinished
from headstamp.gallery.index import save_rows
from headstamp.gallery.items import GalleryItem
from headstamp.gallery.lock import exclusive
from headstamp.gallery.records import Record
from headstamp.gallery.store import Gallery
from headstamp.gallery.writer import Writer, batches


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of the items.

    Parameters
    ----------
    added : range
        Indices of the new records.
    duplicates : tuple of (str, int)
        Name of each scan that was there already, and the index of the record that has it.
    """

    added: range
    duplicates: tuple[tuple[str, int], ...]


def append(
    gallery: Gallery,
    items: Iterable[GalleryItem],
    acknowledged: Callable[[Record], None] | None,
    patience: float,
) -> Appended:
    """Add scans; those whose source file is in the gallery already are left out.

    Parameters
    ----------
    gallery : Gallery
    items : iterable of GalleryItem
        Taken one by one, so it may prepare scans while earlier ones are being written.
    acknowledged : callable, optional
        Called with each record once it is durable, whatever happens next.
    patience : float
        Seconds to wait for another writer.

    Raises
    ------
    GalleryError
        If an item was prepared otherwise than the gallery, or another writer does not finish.
    OutputError
        If the system refuses a write; what was acknowledged stays.
    """
    gallery.require_current()
    duplicates: list[tuple[str, int]] = []
    with exclusive(gallery.path, patience):
        remove_unfinished(gallery.path)
        gallery.refresh()
        first = len(gallery)
        with Writer(gallery.path, gallery.header, gallery.ends()).opened() as writer:
            for batch in batches(_fresh(gallery, items, duplicates)):
                for record in writer.commit(batch):
                    if acknowledged:
                        acknowledged(record)
        gallery.refresh()
        with suppress(OutputError):  # the index is only a shortcut
            save_rows(gallery.path, gallery.rows)
    return Appended(range(first, len(gallery)), tuple(duplicates))


def _fresh(
    gallery: Gallery, items: Iterable[GalleryItem], duplicates: list[tuple[str, int]]
) -> Iterator[GalleryItem]:
    """Items that may be added and are not there yet."""
    known = {row.tobytes(): index for index, row in enumerate(gallery.rows["sha256"])}
    for item in items:
        _check(gallery, item)
        digest = bytes.fromhex(item.sha256)
        if digest in known:
            duplicates.append((item.name, known[digest]))
            continue
        known[digest] = len(known)
        yield item


def _check(gallery: Gallery, item: GalleryItem) -> None:
    gallery.require_same(item.scan.parameters)
    size = gallery.header.descriptor_size
    if item.descriptor.shape != (size,):
        raise GalleryError(
            f"{gallery.path}: the descriptor of {item.name} has the shape {item.descriptor.shape}, "
            f"the gallery's have ({size},); describe the scan with this version"
        )
