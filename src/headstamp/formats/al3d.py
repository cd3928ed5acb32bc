"""Read AL3D, the format of Alicona instruments.

A header of fixed-width tags (20 bytes of name, 30 of value, CR LF), then the depth image as
float32, its rows padded to a multiple of eight bytes (some writers leave the padding out).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from headstamp.errors import UnreadableScanError
from headstamp.formats.limits import refuse_size, refuse_spacing
from headstamp.formats.scan_file import ScanFile, ScanMetadata

AL3D_MAGIC: Final = b"AliconaImaging"
_LINE: Final = 52
_NAME: Final = 20
_MOST_TAGS: Final = 1000


def read_al3d(content: bytes, name: str, sha256: str) -> ScanFile:
    """Read the depth image of an AL3D file; its texture is left out.

    Raises
    ------
    UnreadableScanError
        If a tag that is needed is missing or the data do not fit.
    """
    tags = _tags(content, name)
    try:
        rows, columns = int(tags["Rows"]), int(tags["Cols"])
        start = int(tags["DepthImageOffset"])
        spacing_x, spacing_y = float(tags["PixelSizeXMeter"]), float(tags["PixelSizeYMeter"])
        missing = float(tags.get("InvalidPixelValue", "nan"))
    except (KeyError, ValueError) as error:
        raise UnreadableScanError(
            f"{name}: the AL3D header lacks {error}; export it again"
        ) from error
    refuse_size(columns, rows, name)
    refuse_spacing(spacing_x, spacing_y, name)
    stride = _stride(columns, rows, len(content) - start)
    if start <= 0 or stride == 0:
        raise UnreadableScanError(
            f"{name}: {columns} x {rows} points do not fit in the file; it is cut short"
        )
    image = np.frombuffer(content, "<f4", stride * rows // 4, start).reshape(rows, stride // 4)
    heights = image[:, :columns].astype(np.float32)
    if np.isfinite(missing):
        heights[heights == np.float32(missing)] = np.nan
    heights[~np.isfinite(heights)] = np.nan
    metadata = ScanMetadata(
        manufacturer="Alicona Imaging",
        software_version=tags.get("Version"),
        comment=tags.get("Comment"),
    )
    return ScanFile(
        heights, spacing_x, spacing_y, metadata=metadata, sha256=sha256, name=name, format="al3d"
    )


def _stride(columns: int, rows: int, room: int) -> int:
    """Bytes of a row: padded to a multiple of eight, or not, as some programs write it; 0 when
    there is room for neither."""
    plain = columns * 4
    padded = -(-plain // 8) * 8
    if room == plain * rows or room < padded * rows:
        return plain if room >= plain * rows else 0
    return padded


def _tags(content: bytes, name: str) -> dict[str, str]:
    tags: dict[str, str] = {}
    place = 17
    count = 2
    while len(tags) < min(count, _MOST_TAGS):
        line = content[place : place + _LINE]
        if len(line) < _LINE:
            raise UnreadableScanError(f"{name}: the AL3D header is cut short; copy the file again")
        key = line[:_NAME].split(b"\0")[0].decode("latin-1").strip()
        value = line[_NAME:].split(b"\0")[0].decode("latin-1").strip()
        tags[key] = value
        place += _LINE
        if key == "TagCount" and value.isdigit():
            count = int(value) + 2
    return tags
