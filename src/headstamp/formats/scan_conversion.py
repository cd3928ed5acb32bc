"""A scan with its heights in another floating-point type."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from headstamp.errors import UnsuitableScanError
from headstamp.formats.scan_file import ScanFile


def converted(scan: ScanFile, data_type: Literal["float32", "float64"] | None) -> ScanFile:
    """The same scan with heights of the type, or of their own type for None.

    Going to float32 rounds to 24 bits; the largest change is a warning of the result.

    Raises
    ------
    UnsuitableScanError
        If a height is too large for float32.
    """
    if data_type is None or scan.heights.dtype == np.dtype(data_type):
        return scan
    with np.errstate(over="ignore"):
        heights = scan.heights.astype(data_type)
    if np.any(np.isinf(heights) & np.isfinite(scan.heights)):
        raise UnsuitableScanError(f"{scan.name}: a height is too large for float32; use float64")
    warnings = scan.warnings
    change = np.nanmax(np.abs(heights - scan.heights), initial=0.0)
    if change > 0:
        warnings = (*warnings, f"float32 changed heights by up to {change:.2g} m")
    return replace(scan, heights=heights, warnings=warnings)
