"""A prepared scan: what comparison works on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from headstamp.surfaces.topography import MarkRegion, Mask

PROCESSING_VERSION: Final = 1
"""Raised whenever the same scan would prepare to other numbers."""

CODES_PER_UNIT: Final = 32.0
"""Levels are kept as int8: a value of 1 (one local RMS) is 32 codes; clipped at +-127 codes."""

MISSING: Final = -128
"""The code of a point that was not measured or is masked."""


@dataclass(frozen=True, slots=True)
class PreparationParameters:
    """How a topography becomes a prepared scan; all lengths in metres.

    Two prepared scans may be compared only when these and ``PROCESSING_VERSION`` are equal.

    Parameters
    ----------
    cutoff_short : float
        Wavelengths below are smoothed away (50 % transmission).
    cutoff_long : float
        Wavelengths above are removed from the cell levels (50 % transmission).
    pose_cutoff_long : float
        The same for the pose level, which needs a stronger high-pass.
    rms_window : float
        Sigma of the Gaussian window in which values are divided by their local RMS.
    rim_erosion : float
        Width taken off the edge of the usable surface.
    outlier_mad : float
        Heights further than this many median absolute deviations from the median are dropped.
    """

    cutoff_short: float = 16e-6
    cutoff_long: float = 250e-6
    pose_cutoff_long: float = 400e-6
    rms_window: float = 200e-6
    rim_erosion: float = 12.5e-6
    outlier_mad: float = 6.0

    def as_dict(self) -> dict[str, Any]:
        """Names and values, for a report or a gallery's header."""
        return asdict(self)


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One band-passed image of a scan, scaled to unit local RMS.

    Parameters
    ----------
    codes : int8 (h, w)
        ``CODES_PER_UNIT`` a unit, ``MISSING`` = not measured.
    spacing : float
        Metres.
    """

    codes: NDArray[np.int8]
    spacing: float

    @property
    def valid(self) -> Mask:
        """Where there is a value: bool (h, w)."""
        return np.asarray(self.codes != MISSING)

    @property
    def values(self) -> NDArray[np.float32]:
        """Values in units of the local RMS, 0 where missing: float32 (h, w)."""
        return np.where(self.valid, self.codes, 0).astype(np.float32) / np.float32(CODES_PER_UNIT)


@dataclass(frozen=True, slots=True)
class Quality:
    """Whether a scan can carry a comparison.

    Parameters
    ----------
    usable_area : float
        Surface left after masking, square metres.
    usable_share : float
        The same as a share of the canvas.
    warnings : tuple of str
        Sentences for the user, most important first.
    """

    usable_area: float
    usable_share: float
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PreparedScan:
    """The levels of one scan; each is centred on ``centre``.

    Parameters
    ----------
    pose : Level
        50 um, for pose candidates.
    coarse : Level
        25 um, for cells.
    fine : Level
        12.5 um, for cells and the aligned correlation.
    centre : tuple of float
        Centre of the levels, (y, x) metres from the centre of the scan's canvas.
    quality : Quality
    parameters : PreparationParameters
    region : MarkRegion
    """

    pose: Level
    coarse: Level
    fine: Level
    centre: tuple[float, float]
    quality: Quality
    parameters: PreparationParameters
    region: MarkRegion = "breech_face"

    @property
    def levels(self) -> tuple[Level, Level, Level]:
        """Pose, coarse and fine."""
        return self.pose, self.coarse, self.fine
