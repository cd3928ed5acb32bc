"""Read X3P (ISO 25178-72): a zip archive of an XML document and binary data."""

from __future__ import annotations

from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from headstamp.errors import UnreadableScanError
from headstamp.formats.limits import doubts, refuse_size, refuse_spacing, without_impossible
from headstamp.formats.scan_file import ScanFile
from headstamp.formats.x3p_archive import X3PArchive, md5
from headstamp.formats.x3p_document import Axis, Document, parse, quoted
from headstamp.formats.x3p_grid import Stored, from_list, from_matrix
from headstamp.formats.x3p_mask import read_mask


def read_x3p(stream: IO[bytes], name: str, sha256: str = "") -> ScanFile:
    """Read the heights, the metadata and the mask image of an X3P file.

    Heights are metres, as the standard says; offsets are added. Every repair or assumption is a
    warning of the result.

    Raises
    ------
    UnreadableScanError
        If the archive, the document or the data are damaged or do not fit each other.
    """
    archive = X3PArchive.open(stream, name)
    content = archive.document()
    document = parse(content, name)
    warnings = [*document.warnings, *_checksum_of_document(archive, content)]
    stored = _stored(archive, document, name, warnings)
    place = from_list if document.size is None else from_matrix
    grid = place(document, stored, name, warnings)
    refuse_spacing(*grid.spacing, name)
    without_impossible(grid.heights, warnings)
    mask = read_mask(archive, grid.heights.shape, warnings)
    if mask is not None:
        mask = mask[:: -1 if grid.flipped[1] else 1, :: -1 if grid.flipped[0] else 1]
    return ScanFile(
        heights=grid.heights,
        spacing_x=grid.spacing[0],
        spacing_y=grid.spacing[1],
        offset_x=grid.offset[0],
        offset_y=grid.offset[1],
        metadata=document.metadata,
        mask=mask,
        warnings=(*warnings, *doubts(grid.heights, *grid.spacing)),
        sha256=sha256,
        name=name,
    )


def _checksum_of_document(archive: X3PArchive, content: bytes) -> list[str]:
    entry = archive.entry("md5checksum.hex")
    said = archive.read_small(entry, 10_000) if entry else None
    if said is None:
        return ["the file holds no checksum of main.xml"]
    first = said.decode("latin-1").strip().split()
    if not first or first[0].lower().lstrip("*") != md5(content):
        return ["the checksum of main.xml does not agree: it was changed after it was written"]
    return []


def _stored(archive: X3PArchive, document: Document, name: str, warnings: list[str]) -> Stored:
    """The stored values of each axis that stores any: (points,)."""
    count = _count(document, name)
    axes = {
        axis: description
        for axis, description in (("x", document.x), ("y", document.y), ("z", document.z))
        if axis == "z" or not description.incremental or document.points is not None
    }
    if document.inline is not None:
        return _from_text(document.inline, axes, count, name)
    record = np.dtype([(axis, description.dtype) for axis, description in axes.items()])
    content = archive.read(_data_entry(archive, document, name, warnings), count * record.itemsize)
    if document.data_md5 is None:
        warnings.append("the file holds no checksum of its heights")
    elif document.data_md5.lower() != md5(content):
        warnings.append("the checksum of the heights does not agree: the data may be damaged")
    table = np.frombuffer(content, record)
    values: Stored = {axis: table[axis] for axis in axes}
    _apply_validity(archive, document, values, count, warnings)
    return values


def _count(document: Document, name: str) -> int:
    if document.size is None:
        count = document.points or 0
        refuse_size(count, 1, name)
        return count
    columns, rows, layers = document.size
    refuse_size(columns, rows, name)
    refuse_size(columns * rows, layers, name)
    return columns * rows * layers


def _data_entry(archive: X3PArchive, document: Document, name: str, warnings: list[str]) -> str:
    link = document.data_link or ""
    entry = archive.entry(link)
    if entry is None and (entry := archive.entry("bindata/data.bin")) is not None:
        warnings.append(
            f"main.xml names {quoted(link)}, which is not there; bindata/data.bin was read"
        )
    if entry is None:
        raise UnreadableScanError(
            f"{name}: {quoted(link)} is not in the archive; export the scan again"
        )
    return entry


def _from_text(inline: tuple[str, ...], axes: dict[str, Axis], count: int, name: str) -> Stored:
    """Values written in the document: ``x;y;z`` or ``z`` a point, nothing = not measured."""
    if len(inline) != count:
        raise UnreadableScanError(
            f"{name}: main.xml holds {len(inline):,} points where its sizes need {count:,}; "
            "export the scan again"
        )
    table = np.full((count, len(axes)), np.nan)
    for index, text in enumerate(inline):
        parts = [part.strip() for part in text.split(";")]
        if not parts[-1]:
            continue
        try:
            table[index] = [float(part) for part in parts[-len(axes) :]]
        except ValueError as error:
            raise UnreadableScanError(
                f"{name}: point {index + 1} in main.xml is {quoted(text)}, not {len(axes)} "
                "numbers; export the scan again"
            ) from error
    with np.errstate(all="ignore"):
        return {
            axis: table[:, place].astype(description.dtype)
            if description.dtype.kind == "f"
            else table[:, place]
            for place, (axis, description) in enumerate(axes.items())
        }


def _apply_validity(
    archive: X3PArchive, document: Document, values: Stored, count: int, warnings: list[str]
) -> None:
    """Whole-number heights cannot be NaN: a file of bits says which were measured."""
    if document.valid_link is None:
        return
    entry = archive.entry(document.valid_link)
    content = archive.read_small(entry, count // 8 + 64) if entry else None
    if content is None or len(content) * 8 < count:
        warnings.append(
            f"{quoted(document.valid_link)} cannot be read: every point was taken as measured"
        )
        return
    if document.valid_md5 is not None and document.valid_md5.lower() != md5(content):
        warnings.append("the checksum of the valid points does not agree: it may be damaged")
    bits = np.unpackbits(np.frombuffer(content, np.uint8), count=count, bitorder="little")
    heights: NDArray[Any] = values["z"]
    kept = heights.dtype if heights.dtype.kind == "f" else np.dtype(np.float64)
    values["z"] = np.where(bits.astype(bool), heights, np.nan).astype(kept)
