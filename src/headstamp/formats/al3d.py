"""Read AL3D, the format of Alicona instruments.

A header of fixed-width tags (20 bytes of name, 30 of value, CR LF), then the depth image as
float32, its rows padded to a multiple of eight bytes (some writers leave the padding out).
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from headstamp.errors import UnreadableScanError
from headstamp.formats.limits import doubts, refuse_size, refuse_spacing, without_impossible
from headstamp.formats.scan_file import ScanFile, ScanMetadata

AL3D_MAGIC: Final = b"AliconaImaging"
_LINE: Final = 52
_NAME: Final = 20
_MOST_TAGS: Final = 1000
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,15}")


def read_al3d(content: bytes, name: str, sha256: str) -> ScanFile:
    """Read the depth image of an AL3D file; its texture is left out.

    Raises
    ------
    UnreadableScanError
        If a tag that is needed is missing or the data do not fit.
    """
    tags, header = _tags(content, name)
    rows, columns = _whole(tags, "Rows", name), _whole(tags, "Cols", name)
    start = _whole(tags, "DepthImageOffset", name)
    spacing_x, spacing_y = (_number(tags, f"PixelSize{axis}Meter", name) for axis in "XY")
    missing = _number(tags, "InvalidPixelValue", name) if "InvalidPixelValue" in tags else np.nan
    refuse_size(columns, rows, name)
    refuse_spacing(spacing_x, spacing_y, name)
    stride = _stride(columns, rows, _end(tags, start, len(content)) - start)
    if start < header or stride == 0:
        raise UnreadableScanError(
            f"{name}: the {columns} x {rows} points of its header do not fit in the file; it is "
            "cut short, copy it again"
        )
    image = np.frombuffer(content, "<f4", stride * rows // 4, start).reshape(rows, stride // 4)
    heights = image[:, :columns].astype(np.float32)
    if abs(missing) <= float(np.finfo(np.float32).max):
        heights[heights == np.float32(missing)] = np.nan
    warnings: list[str] = []
    without_impossible(heights, warnings)
    warnings.extend(doubts(heights, spacing_x, spacing_y))
    metadata = ScanMetadata(
        manufacturer="Alicona Imaging",
        software_version=tags.get("Version"),
        comment=tags.get("Comment"),
    )
    return ScanFile(
        heights,
        spacing_x,
        spacing_y,
        metadata=metadata,
        warnings=tuple(warnings),
        sha256=sha256,
        name=name,
        format="al3d",
    )


def _end(tags: dict[str, str], start: int, size: int) -> int:
    """Where the depth image ends: at the next image, or with the file."""
    others = [
        int(tags[tag])
        for tag in ("TextureImageOffset", "IconOffset")
        if _WHOLE.fullmatch(tags.get(tag, "")) and start < int(tags[tag]) < size
    ]
    return min([*others, size])


def _stride(columns: int, rows: int, room: int) -> int:
    """Bytes of a row: padded to a multiple of eight or, as some programs write it, not padded,
    which only a room of exactly that size shows; 0 when neither fits."""
    plain = columns * 4
    padded = -(-plain // 8) * 8
    if room == plain * rows:
        return plain
    return padded if room >= padded * rows else 0


def _whole(tags: dict[str, str], tag: str, name: str) -> int:
    value = tags.get(tag, "")
    if not _WHOLE.fullmatch(value):
        raise UnreadableScanError(_lacking(tags, tag, name))
    return int(value)


def _number(tags: dict[str, str], tag: str, name: str) -> float:
    try:
        return float(tags[tag].replace(",", "."))
    except (KeyError, ValueError) as error:
        raise UnreadableScanError(_lacking(tags, tag, name)) from error


def _lacking(tags: dict[str, str], tag: str, name: str) -> str:
    said = f"gives {tag} as {tags[tag]!r}, not a number" if tag in tags else f"lacks {tag}"
    return f"{name}: the AL3D header {said}; export it again"


def _tags(content: bytes, name: str) -> tuple[dict[str, str], int]:
    """The header's tags, and where it ends."""
    tags: dict[str, str] = {}
    place = 17
    count = 2
    lines = 0
    while lines < min(count, _MOST_TAGS):
        line = content[place : place + _LINE]
        if len(line) < _LINE:
            raise UnreadableScanError(f"{name}: the AL3D header is cut short; copy the file again")
        key = line[:_NAME].split(b"\0")[0].decode("latin-1").strip()
        value = line[_NAME:].split(b"\0")[0].decode("latin-1").strip()
        tags[key] = value
        place += _LINE
        lines += 1
        if key == "TagCount" and _WHOLE.fullmatch(value):
            count = int(value) + 2
    return tags, place
