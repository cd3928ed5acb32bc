"""A scan as its file holds it: heights in their own precision, metadata, warnings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from headstamp.errors import UnsuitableScanError
from headstamp.formats.limits import MOST_POINTS
from headstamp.surfaces.topography import MarkRegion, Topography

MOST_UNEQUAL: Final = 8.0
"""Largest ratio of the two spacings that is interpolated to a square grid."""

FileHeights: TypeAlias = NDArray[np.floating[Any]]
"""float32 or float64 (H, W), metres, NaN = not measured."""


@dataclass(frozen=True, slots=True)
class ScanMetadata:
    """What a file says of its measurement; the names are those of ISO 25178-72."""

    revision: str | None = None
    feature_type: str | None = None
    date: str | None = None
    creator: str | None = None
    manufacturer: str | None = None
    model: str | None = None
    serial: str | None = None
    software_version: str | None = None
    calibration_date: str | None = None
    probing_type: str | None = None
    probing_identification: str | None = None
    comment: str | None = None
    origin: str | None = None
    rotation: tuple[float, ...] | None = None
    mask_background: str | None = None
    mask_annotations: tuple[tuple[str, str], ...] = ()

    @property
    def instrument(self) -> str:
        """Manufacturer and model, for a table."""
        return " ".join(part for part in (self.manufacturer, self.model) if part) or "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class ScanFile:
    """One scan as read from a file or about to be written.

    Parameters
    ----------
    heights : float32 or float64 (H, W)
        Metres, NaN = not measured; rows along y, columns along x.
    spacing_x, spacing_y : float
        Metres.
    offset_x, offset_y : float
        Place of the first point, metres.
    metadata : ScanMetadata
    mask : uint8 (H, W, 3), optional
        Colours of an annotation image, as x3ptools keeps it.
    warnings : tuple of str
        Every repair and assumption made in reading.
    sha256 : str
        Of the whole file; empty for a scan not yet written.
    name : str
        File name without folder.
    format : str
        ``x3p`` or ``al3d``.
    """

    heights: FileHeights
    spacing_x: float
    spacing_y: float
    offset_x: float = 0.0
    offset_y: float = 0.0
    metadata: ScanMetadata = field(default_factory=ScanMetadata)
    mask: NDArray[np.uint8] | None = None
    warnings: tuple[str, ...] = ()
    sha256: str = ""
    name: str = ""
    format: Literal["x3p", "al3d"] = "x3p"

    @property
    def measured_share(self) -> float:
        """Share of the points that have a height."""
        return float(np.isfinite(self.heights).mean()) if self.heights.size else 0.0

    @property
    def region(self) -> MarkRegion:
        """The mark, where the file says so in words; otherwise taken to be a breech face."""
        said = f"{self.metadata.comment or ''} {self.metadata.feature_type or ''}".lower()
        texts = [text.lower() for _, text in self.metadata.mask_annotations]
        if "land engraved" in said or "bullet" in said or any("groove" in t for t in texts):
            return "land_engraved_area"
        if "firing pin" in said and "breech" not in said:
            return "firing_pin"
        return "breech_face"

    def topography(self) -> Topography:
        """Heights for the cores: float32 about their median, on a square grid.

        Where the spacings differ the coarser direction is interpolated to the finer spacing.

        Raises
        ------
        UnsuitableScanError
            If nothing was measured, or the spacings are too unequal to interpolate.
        """
        finite = np.isfinite(self.heights)
        if not finite.any():
            raise UnsuitableScanError(f"{self.name}: no point was measured; scan it again")
        spacing = min(self.spacing_x, self.spacing_y)
        self._refuse_unequal(spacing)
        middle = np.median(self.heights[finite].astype(np.float64))
        heights = (self.heights - middle).astype(np.float32)
        heights = _stretched(heights, self.spacing_y / spacing, 0)
        heights = _stretched(heights, self.spacing_x / spacing, 1)
        return Topography(np.ascontiguousarray(heights), spacing, self.region)

    def _refuse_unequal(self, spacing: float) -> None:
        ratio = max(self.spacing_x, self.spacing_y) / spacing
        if ratio > MOST_UNEQUAL or ratio * self.heights.size > MOST_POINTS:
            raise UnsuitableScanError(
                f"{self.name}: the spacings along x and y, {self.spacing_x:g} and "
                f"{self.spacing_y:g} m, are too unequal; check them in the exporting program"
            )

    def renamed(self, name: str) -> ScanFile:
        """The same scan under another name."""
        return replace(self, name=name)


def _stretched(heights: NDArray[np.float32], factor: float, axis: int) -> NDArray[np.float32]:
    """Linear interpolation along one axis about its centre; beside a missing point, missing."""
    size = heights.shape[axis]
    if abs(factor - 1.0) < 1e-6 or size < 2:
        return heights
    count = max(1, round(size * factor))
    place = (np.arange(count) - (count - 1) / 2) / factor + (size - 1) / 2
    place = np.clip(place, 0, size - 1)
    low = np.minimum(place.astype(int), size - 2)
    share = (place - low).astype(np.float32)
    shape = [1, 1]
    shape[axis] = count
    share = share.reshape(shape)
    before, after = np.take(heights, low, axis=axis), np.take(heights, low + 1, axis=axis)
    between = before + share * (after - before)
    chosen = np.where(share == 0, before, np.where(share == 1, after, between))
    return np.asarray(chosen, dtype=np.float32)
