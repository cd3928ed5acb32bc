"""Read X3P (ISO 25178-72): a zip archive of an XML document and binary data."""

from __future__ import annotations

import io
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from headstamp.errors import UnreadableScanError
from headstamp.formats.limits import refuse_size, refuse_spacing
from headstamp.formats.scan_file import FileHeights, ScanFile
from headstamp.formats.x3p_archive import X3PArchive, md5
from headstamp.formats.x3p_document import Axis, Document, parse

_LARGEST_MASK: Final = 100_000_000


def read_x3p(stream: IO[bytes], name: str, sha256: str = "") -> ScanFile:
    """Read the heights, the metadata and the mask image of an X3P file.

    Heights are metres, as the standard says: stored floating-point heights are taken as they are,
    stored whole numbers are multiplied by the axis' increment; offsets are added. Every repair or
    assumption is a warning of the result.

    Raises
    ------
    UnreadableScanError
        If the archive, the document or the data are damaged or do not fit each other.
    """
    archive = X3PArchive.open(stream, name)
    content = archive.document()
    document = parse(content, name)
    warnings = [*document.warnings, *_checksum_of_document(archive, content)]
    columns = _stored(archive, document, name, warnings)
    if document.size is None:
        heights, spacing_x, spacing_y = _from_list(document, columns, name, warnings)
    else:
        heights, spacing_x, spacing_y = _from_matrix(document, columns, name, warnings)
    refuse_spacing(spacing_x, spacing_y, name)
    return ScanFile(
        heights=heights,
        spacing_x=spacing_x,
        spacing_y=spacing_y,
        offset_x=document.x.offset,
        offset_y=document.y.offset,
        metadata=document.metadata,
        mask=_mask(archive, heights.shape, warnings),
        warnings=tuple(warnings),
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


def _stored(
    archive: X3PArchive, document: Document, name: str, warnings: list[str]
) -> dict[str, NDArray[Any]]:
    """The stored values of each axis that stores any, by axis name: (points,)."""
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
    values = {axis: table[axis] for axis in axes}
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
        warnings.append(f"main.xml names {link}, which is not there; bindata/data.bin was read")
    if entry is None:
        raise UnreadableScanError(f"{name}: {link} is not in the archive; export the scan again")
    return entry


def _from_text(
    inline: tuple[str, ...], axes: dict[str, Axis], count: int, name: str
) -> dict[str, NDArray[Any]]:
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
                f"{name}: point {index + 1} in main.xml is {text!r}, not a number"
            ) from error
    return {axis: table[:, place] for place, axis in enumerate(axes)}


def _apply_validity(
    archive: X3PArchive,
    document: Document,
    values: dict[str, NDArray[Any]],
    count: int,
    warnings: list[str],
) -> None:
    """Whole-number heights cannot be NaN: a file of bits says which were measured."""
    if document.valid_link is None:
        return
    entry = archive.entry(document.valid_link)
    content = archive.read_small(entry, count // 8 + 64) if entry else None
    if content is None or len(content) * 8 < count:
        warnings.append(f"{document.valid_link} cannot be read: every point was taken as measured")
        return
    bits = np.unpackbits(np.frombuffer(content, np.uint8), count=count, bitorder="little")
    height_type = values["z"].dtype if values["z"].dtype.kind == "f" else np.dtype(np.float64)
    values["z"] = np.where(bits.astype(bool), values["z"], np.nan).astype(height_type)


def _scaled(values: NDArray[Any], axis: Axis, label: str, warnings: list[str]) -> FileHeights:
    """Stored values of an axis in metres."""
    if axis.dtype.kind == "f" and not axis.incremental:
        if axis.increment not in (None, 0.0, 1.0):
            warnings.append(
                f"{label} declares an increment of {axis.increment:g} on an absolute axis of "
                "floating-point values; as other readers do, the values were taken as metres"
            )
        scaled = values
    else:
        increment = axis.increment
        if increment is None or increment == 0.0:
            warnings.append(f"{label} gives no increment; its values were taken as metres")
            increment = 1.0
        scaled = values.astype(np.float64) * increment
    return scaled + axis.offset if axis.offset else np.array(scaled, dtype=scaled.dtype)


def _from_matrix(
    document: Document, stored: dict[str, NDArray[Any]], name: str, warnings: list[str]
) -> tuple[FileHeights, float, float]:
    columns, rows, layers = document.size or (0, 0, 0)
    if layers > 1:
        warnings.append(f"the file holds {layers} layers; only the first was read")
    shape = (layers, rows, columns)
    heights = _scaled(stored["z"].reshape(shape)[0], document.z, "axis CZ", warnings)
    if heights.dtype.kind != "f":
        heights = heights.astype(np.float64)
    heights = np.where(np.isfinite(heights), heights, np.nan)
    spacing = []
    for label, axis, key, way in (("CX", document.x, "x", 1), ("CY", document.y, "y", 0)):
        if key not in stored:
            spacing.append(axis.increment or 0.0)
            continue
        places = _scaled(stored[key].reshape(shape)[0], axis, f"axis {label}", warnings)
        spacing.append(_regular(places, way, label, name, warnings))
    return heights, spacing[0], spacing[1]


def _regular(places: FileHeights, way: int, label: str, name: str, warnings: list[str]) -> float:
    """The step of an axis whose places are stored point by point."""
    if places.shape[way] < 2:
        return 1e-6
    steps = np.diff(places.astype(np.float64), axis=way)
    steps = steps[np.isfinite(steps)]
    if not len(steps):
        raise UnreadableScanError(f"{name}: axis {label} stores no places; export the scan again")
    step = float(np.median(steps))
    if np.abs(steps - step).max() > 0.01 * abs(step):
        warnings.append(f"the places along {label} are uneven; their median step was used")
    return abs(step)


def _from_list(
    document: Document, stored: dict[str, NDArray[Any]], name: str, warnings: list[str]
) -> tuple[FileHeights, float, float]:
    """Points in any order, put on the grid of their places."""
    x, y, z = (
        np.asarray(_scaled(stored[key], axis, f"axis C{key.upper()}", warnings), dtype=np.float64)
        for key, axis in (("x", document.x), ("y", document.y), ("z", document.z))
    )
    known = np.isfinite(x) & np.isfinite(y)
    if not known.any():
        raise UnreadableScanError(f"{name}: the list of points holds no places")
    x, y, z = x[known], y[known], z[known]
    step_x, step_y = _step(x), _step(y)
    column = np.rint((x - x.min()) / step_x).astype(np.int64)
    row = np.rint((y - y.min()) / step_y).astype(np.int64)
    refuse_size(int(column.max()) + 1, int(row.max()) + 1, name)
    heights = np.full((int(row.max()) + 1, int(column.max()) + 1), np.nan)
    heights[row, column] = z
    warnings.append(
        f"a list of {len(z):,} points was put on a grid of {heights.shape[1]} x {heights.shape[0]}"
    )
    return heights, step_x, step_y


def _step(places: NDArray[np.float64]) -> float:
    """The usual distance of neighbouring places along one axis, metres."""
    ordered = np.unique(places)
    gaps = np.diff(ordered)
    extent = float(ordered[-1] - ordered[0])
    gaps = gaps[gaps > 1e-6 * extent] if extent > 0 else gaps
    return float(np.median(gaps)) if len(gaps) else 1e-6


def _mask(
    archive: X3PArchive, shape: tuple[int, ...], warnings: list[str]
) -> NDArray[np.uint8] | None:
    """The annotation image that x3ptools keeps beside the data: uint8 (H, W, 3)."""
    entry = archive.entry("bindata/mask.png")
    content = archive.read_small(entry, _LARGEST_MASK) if entry else None
    if content is None:
        if entry:
            warnings.append("the mask image cannot be read and was left out")
        return None
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            if picture.size != (shape[1], shape[0]):
                warnings.append("the mask image has another size than the scan; it was left out")
                return None
            return np.asarray(picture.convert("RGB"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        warnings.append("the mask image cannot be read and was left out")
        return None
