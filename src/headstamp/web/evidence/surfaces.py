"""Surfaces as the microscope draws them: whole numbers of a fixed step, made once a scan.

A surface file lies in the workspace's ``surfaces`` folder under the scan's gallery key: a header of
four little-endian 32-bit numbers (rows, columns, spacing and step in nanometres), then the heights
in steps, int16, row by row; -32768 is a point without a height. It can be made again at any time.
"""

from __future__ import annotations

import hashlib
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from headstamp.formats.scans import read_scan
from headstamp.surfaces.preparation import levelled
from headstamp.surfaces.topography import MarkRegion, Topography
from headstamp.web.casework import files
from headstamp.web.evidence.masks import corrected_mask
from headstamp.web.evidence.models import Scan
from headstamp.web.processes.held_files import held_file

MISSING: Final = -32768
STEP_NM: Final = 1
HEADER: Final = struct.Struct("<IIII")


@dataclass(frozen=True, slots=True)
class SurfaceFile:
    """What the microscope is told of a surface; ``heights`` is int16, little-endian."""

    rows: int
    columns: int
    spacing_um: float
    step_um: float
    heights: bytes


def key_of(scan: Scan) -> str:
    """Names what a prepared scan was made from: file, mask, mark; 64 hexadecimal digits.

    Scans of one file, mask and mark share a record of the gallery; another mark is another record,
    since it is compared with other scans.
    """
    parts = [scan.file_id]
    if scan.mask_id is not None:
        parts.append(scan.mask_id)
    if scan.region != Scan.Region.BREECH_FACE:
        parts.append(scan.region)
    if len(parts) == 1:
        return scan.file_id
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def topography_of(scan: Scan) -> Topography:
    """A scan's heights, taken as the mark it is said to show.

    Raises
    ------
    UnreadableScanError, UnsuitableScanError
    """
    from dataclasses import replace

    found = read_scan(files.path_of(scan.file_id)).topography()
    return replace(found, region=cast(MarkRegion, scan.region))


def surface_of(scan: Scan) -> SurfaceFile:
    """The surface of a scan, from its file or made now."""
    path = path_beside(key_of(scan), "surface")
    if not path.is_file():
        keep_surface(scan, topography_of(scan), corrected_mask(scan))
    content = path.read_bytes()
    rows, columns, spacing, step = HEADER.unpack_from(content)
    heights = content[HEADER.size :]
    return SurfaceFile(rows, columns, spacing / 1000, step / 1000, heights)


def keep_surface(scan: Scan, topography: Topography, mask: NDArray[np.bool_] | None) -> None:
    """Write the surface of a scan."""
    surface = levelled(topography, mask=mask)
    steps = np.round(surface.heights * (1e9 / STEP_NM))
    whole = np.clip(np.nan_to_num(steps), -32767, 32767)
    numbers = np.where(surface.valid, whole, MISSING).astype("<i2")
    header = HEADER.pack(*numbers.shape, round(surface.spacing * 1e9), STEP_NM)
    keep(path_beside(key_of(scan), "surface"), header + numbers.tobytes())


def path_beside(key: str, kind: str) -> Path:
    """Where something lies that was made from a file or from a scan's key."""
    root: Path = settings.WORKSPACE.root
    return root / "surfaces" / key[:2] / f"{key}.{kind}"


def keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with held_file(settings.WORKSPACE.tmp, "surface-") as (stream, part):
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
        part.replace(path)
