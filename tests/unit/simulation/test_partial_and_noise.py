"""Partial marks and noise, to the numbers asked for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from headstamp.errors import UnsuitableScanError
from headstamp.simulation.noise import add_noise, band_rms, noise_under_mask
from headstamp.simulation.partial import sector
from headstamp.surfaces.topography import Topography

Texture = Callable[..., Topography]


def test_a_sector_has_the_area_asked_for_and_is_one_piece(texture: Texture) -> None:
    scan = texture(1)
    for seed in range(10):
        part = sector(scan, 0.8e-6, np.random.default_rng(seed))
        assert part.measured_area == pytest.approx(0.8e-6, rel=0.01)
        assert part.heights.shape == scan.heights.shape
        assert not (part.valid & ~scan.valid).any()
        rows, columns = np.nonzero(part.valid)
        middle = (np.asarray(scan.heights.shape) - 1) / 2
        angles = np.sort(np.arctan2(rows - middle[0], columns - middle[1]))
        gaps = np.diff(np.append(angles, angles[0] + 2 * np.pi))
        assert (gaps > 0.3).sum() == 1


def test_more_than_was_measured_cannot_be_kept(texture: Texture) -> None:
    with pytest.raises(UnsuitableScanError, match="mm2"):
        sector(texture(1), 1e-3, np.random.default_rng(0))


@pytest.mark.parametrize("ratio", [0.5, 2.0, 4.0])
def test_added_noise_has_its_share_of_the_signal(texture: Texture, ratio: float) -> None:
    scan = texture(1)
    noisy = add_noise(scan, ratio, np.random.default_rng(1))
    added = scan.with_heights(np.where(scan.valid, noisy.heights - scan.heights, np.nan))
    assert band_rms(added) / band_rms(scan) == pytest.approx(ratio, rel=0.1)


def test_noise_under_a_mask_keeps_the_mask_and_nothing_else(texture: Texture) -> None:
    scan = texture(1)
    noise = noise_under_mask(scan, np.random.default_rng(2))
    assert np.array_equal(noise.valid, scan.valid)
    inside = scan.valid
    assert abs(np.corrcoef(noise.heights[inside], scan.heights[inside])[0, 1]) < 0.05
