"""A scan on its way into a gallery."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from headstamp.gallery.records import Record, StoredLevel
from headstamp.surfaces.prepared import Level, PreparedScan


@dataclass(frozen=True, slots=True, eq=False)
class GalleryItem:
    """A prepared scan with its descriptor and where it comes from.

    Parameters
    ----------
    name : str
        What the scan is called in lists and results.
    sha256 : str
        Of the source file, 64 hexadecimal digits.
    scan : PreparedScan
    descriptor : int8 (DESCRIPTOR_SIZE,)
    instrument : str
        Maker and model.
    labels : dict
        ``case``, ``exhibit``, ``firearm``, as far as known.
    """

    name: str
    sha256: str
    scan: PreparedScan
    descriptor: NDArray[np.int8]
    instrument: str = ""
    labels: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        name: str,
        sha256: str,
        scan: PreparedScan,
        instrument: str = "",
        labels: dict[str, str] | None = None,
    ) -> GalleryItem:
        """Describe a prepared scan, ready to be added."""
        from headstamp.comparison.descriptors import describe

        return cls(name, sha256, scan, describe(scan), instrument, labels or {})

    @property
    def descriptor_bytes(self) -> bytes:
        """The row of the descriptor file."""
        return np.ascontiguousarray(self.descriptor, dtype=np.int8).tobytes()

    @property
    def level_bytes(self) -> bytes:
        """Codes of the pose, coarse and fine level, row by row, one after the other."""
        levels = self.scan.levels
        return b"".join(np.ascontiguousarray(level.codes).tobytes() for level in levels)

    def record(self, index: int, offset: int, added_at: str) -> Record:
        """The record of this scan when it lies at ``index`` with its levels at ``offset``."""
        pose, coarse, fine = self.scan.levels
        return Record(
            index=index,
            name=self.name,
            sha256=self.sha256,
            added_at=added_at,
            region=self.scan.region,
            centre=(float(self.scan.centre[0]), float(self.scan.centre[1])),
            quality=self.scan.quality,
            offset=offset,
            levels=(_stored(pose), _stored(coarse), _stored(fine)),
            levels_sha256=hashlib.sha256(self.level_bytes).hexdigest(),
            descriptor_sha256=hashlib.sha256(self.descriptor_bytes).hexdigest(),
            instrument=self.instrument,
            labels=dict(self.labels),
        )


def _stored(level: Level) -> StoredLevel:
    rows, columns = level.codes.shape
    return StoredLevel((rows, columns), float(level.spacing))
