"""The automatic mask of raw scans, on primers whose flat is known."""

from __future__ import annotations

import numpy as np
import pytest

from headstamp.surfaces.masking import automatic_mask
from headstamp.surfaces.topography import Topography

SPACING = 12.5e-6


def raw_primer(
    *, tilt: float = 0.0, off_centre: float = 0.0, head: float = -60e-6, size: int = 400
) -> tuple[Topography, np.ndarray]:
    """A primer of 2.0 mm radius with a crater of 0.7 mm, in a case head; and its true flat."""
    y, x = (np.indices((size, size)) - (size - 1) / 2) * SPACING
    radius = np.hypot(y - off_centre, x)
    crater = np.hypot(y - off_centre - 0.1e-3, x)
    random = np.random.default_rng(4)
    heights = 1e-6 * random.normal(size=(size, size))
    heights[crater < 0.7e-3] -= 200e-6 * (1 - (crater[crater < 0.7e-3] / 0.7e-3) ** 2) + 40e-6
    heights[radius > 2.0e-3] += head
    gap = (radius > 2.0e-3) & (radius < 2.1e-3)
    heights[gap] -= 200e-6
    heights += tilt * x
    flat = (radius < 2.0e-3) & (crater >= 0.7e-3)
    return Topography(heights.astype(np.float32), SPACING), flat


@pytest.mark.parametrize(
    "case",
    [{}, {"tilt": 0.02}, {"off_centre": 0.2e-3}, {"head": 60e-6}, {"head": 5e-6}, {"size": 300}],
    ids=["plain", "tilted", "off centre", "head above", "head level with it", "primer only"],
)
def test_the_mask_is_the_flat_of_the_primer(case: dict[str, float]) -> None:
    scan, flat = raw_primer(**case)  # type: ignore[arg-type]
    mask = automatic_mask(scan)
    assert not (mask & ~flat).any()
    assert np.count_nonzero(mask & flat) > 0.6 * np.count_nonzero(flat)


def test_a_cropped_scan_keeps_every_point() -> None:
    random = np.random.default_rng(5)
    heights = (1e-6 * random.normal(size=(200, 200))).astype(np.float32)
    heights[random.random((200, 200)) < 0.3] = np.nan
    scan = Topography(heights, SPACING)
    assert np.array_equal(automatic_mask(scan), scan.valid)


def test_a_mask_never_holds_points_that_were_not_measured() -> None:
    scan, _ = raw_primer()
    heights = scan.heights.copy()
    heights[::3, ::2] = np.nan
    holed = scan.with_heights(heights)
    assert not (automatic_mask(holed) & ~holed.valid).any()
