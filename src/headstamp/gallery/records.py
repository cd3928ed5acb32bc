"""What a gallery knows about one scan."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, get_args

from headstamp.surfaces.prepared import Quality
from headstamp.surfaces.topography import MarkRegion

REGIONS: tuple[MarkRegion, ...] = get_args(MarkRegion)


@dataclass(frozen=True, slots=True)
class StoredLevel:
    """Where one level lies.

    Parameters
    ----------
    shape : tuple of int
        Rows and columns.
    spacing : float
        Metres.
    """

    shape: tuple[int, int]
    spacing: float

    @property
    def size(self) -> int:
        """Bytes, one a point."""
        return self.shape[0] * self.shape[1]


@dataclass(frozen=True, slots=True)
class Record:
    """One scan of a gallery.

    Parameters
    ----------
    index : int
        Its place in the gallery, from 0; never changes.
    name : str
        File name, or path below the folder that was added.
    sha256 : str
        Of the source file.
    added_at : str
        UTC, ISO 8601.
    region : MarkRegion
    centre : tuple of float
        Centre of the levels, (y, x) metres from the centre of the scan's canvas.
    quality : Quality
    offset : int
        Where the levels begin in the file of levels, bytes; they follow each other.
    levels : tuple of StoredLevel
        Pose, coarse, fine.
    levels_sha256, descriptor_sha256 : str
        Of the stored bytes.
    instrument : str
        Maker and model, as far as the scan says; may be empty.
    labels : dict
        What the user said: ``case``, ``exhibit``, ``firearm``.
    """

    index: int
    name: str
    sha256: str
    added_at: str
    region: MarkRegion
    centre: tuple[float, float]
    quality: Quality
    offset: int
    levels: tuple[StoredLevel, StoredLevel, StoredLevel]
    levels_sha256: str
    descriptor_sha256: str
    instrument: str = ""
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes of all levels."""
        return sum(level.size for level in self.levels)

    def to_json(self) -> bytes:
        """One line of JSON, without a line break."""
        text = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "surrogateescape")

    @classmethod
    def from_json(cls, payload: bytes) -> Record:
        """Read what ``to_json`` wrote.

        Raises
        ------
        ValueError, KeyError, TypeError
            If the document is not a record.
        """
        content: dict[str, Any] = json.loads(payload.decode("utf-8", "surrogateescape"))
        pose, coarse, fine = (
            StoredLevel((int(level["shape"][0]), int(level["shape"][1])), float(level["spacing"]))
            for level in content.pop("levels")
        )
        quality = content.pop("quality")
        y, x = content.pop("centre")
        return cls(
            levels=(pose, coarse, fine),
            quality=Quality(
                quality["usable_area"], quality["usable_share"], tuple(quality["warnings"])
            ),
            centre=(float(y), float(x)),
            **content,
        )
