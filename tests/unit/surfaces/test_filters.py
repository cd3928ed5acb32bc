"""The Gaussian regression filters of ISO 16610-61/-71."""

from __future__ import annotations

import numpy as np
import pytest

from headstamp.surfaces.filters import (
    SIGMA_PER_CUTOFF,
    divide_by_local_rms,
    high_pass,
    low_pass,
    smooth,
)

SPACING = 5e-6


def wave(wavelength: float, size: int = 400) -> np.ndarray:
    x = np.arange(size) * SPACING
    return np.tile(np.sin(2 * np.pi * x / wavelength), (size, 1)).astype(np.float32)


def amplitude(values: np.ndarray) -> float:
    inner = values[150:250, 100:300]
    return float(np.sqrt(2.0) * inner.std())


def test_the_weighting_function_has_the_standard_deviation_of_the_standard() -> None:
    # ISO 16610-21: s(x) = exp(-pi (x / (alpha L))^2) with alpha = sqrt(ln 2 / pi) = 0.4697.
    assert pytest.approx(0.4697 / np.sqrt(2 * np.pi), rel=1e-3) == SIGMA_PER_CUTOFF


@pytest.mark.parametrize("cutoff", [80e-6, 200e-6])
def test_a_wave_at_the_cutoff_passes_with_half_its_amplitude(cutoff: float) -> None:
    everywhere = np.ones((400, 400), dtype=bool)
    assert amplitude(high_pass(wave(cutoff), everywhere, cutoff, SPACING)) == pytest.approx(
        0.5, abs=0.02
    )
    assert amplitude(low_pass(wave(cutoff), everywhere, cutoff, SPACING)) == pytest.approx(
        0.5, abs=0.02
    )


def test_long_waves_are_removed_and_short_ones_kept() -> None:
    everywhere = np.ones((400, 400), dtype=bool)
    assert amplitude(high_pass(wave(1000e-6), everywhere, 200e-6, SPACING)) < 0.05
    assert amplitude(high_pass(wave(50e-6), everywhere, 200e-6, SPACING)) > 0.98


def test_a_constant_stays_constant_beside_missing_points() -> None:
    valid = np.random.default_rng(1).random((60, 60)) > 0.4
    values = np.where(valid, 3.0, np.nan).astype(np.float32)
    smoothed = smooth(values, valid, 2.0)
    assert np.allclose(smoothed[valid], 3.0, atol=1e-5)


def test_nothing_measured_gives_zero_and_not_nan() -> None:
    nothing = np.zeros((10, 10), dtype=bool)
    assert not smooth(np.full((10, 10), np.nan, np.float32), nothing, 2.0).any()


def test_every_neighbourhood_has_unit_rms_afterwards() -> None:
    random = np.random.default_rng(2)
    gain = np.linspace(1.0, 2.0, 300)[None, :]
    values = (random.normal(size=(300, 300)) * gain).astype(np.float32)
    scaled = divide_by_local_rms(values, np.ones_like(values, dtype=bool), 15.0)
    for part in (scaled[50:-50, 50:100], scaled[50:-50, -100:-50]):
        assert np.sqrt(np.square(part).mean()) == pytest.approx(1.0, abs=0.05)


def test_a_flat_patch_is_not_blown_up() -> None:
    random = np.random.default_rng(3)
    values = random.normal(size=(200, 200)).astype(np.float32)
    values[:, :100] *= 1e-3
    scaled = divide_by_local_rms(values, np.ones_like(values, dtype=bool), 10.0)
    assert np.abs(scaled[:, :60]).max() < 0.05


def test_a_surface_without_relief_gives_zeros() -> None:
    flat = np.zeros((20, 20), dtype=np.float32)
    assert not divide_by_local_rms(flat, np.ones((20, 20), dtype=bool), 3.0).any()
