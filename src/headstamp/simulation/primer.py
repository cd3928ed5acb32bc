"""The primer and the case about it: form, mask, crater, rim. None of it knows the firearm."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headstamp.simulation.texture import band_noise
from headstamp.surfaces.topography import Heights, Mask


def form(shape: tuple[int, int], spacing: float, random: np.random.Generator) -> Heights:
    """A slight tilt and dome: float32 (H, W), metres."""
    y, x = _places(shape, spacing)
    tilt = random.normal(0, 1.5e-3, 2)
    bend = random.normal(0, 0.4, 3)
    return np.asarray(
        tilt[0] * y + tilt[1] * x + bend[0] * y * y + bend[1] * x * x + bend[2] * x * y,
        dtype=np.float32,
    )


def cropped_mask(shape: tuple[int, int], spacing: float, random: np.random.Generator) -> Mask:
    """A ring about the firing pin's hole, with patches missing: bool (H, W)."""
    y, x = _places(shape, spacing)
    centre = random.normal(0, 40e-6, 2)
    radius = np.hypot(y - centre[0], x - centre[1])
    outer = random.uniform(1.52e-3, 1.66e-3)
    hole = np.hypot(y - centre[0] - random.normal(0, 80e-6), x - centre[1]) < random.uniform(
        0.65e-3, 0.85e-3
    )
    level = band_noise(shape, spacing, random, shortest=500e-6, longest=4e-3)
    ring = (radius < outer) & ~hole
    kept = random.uniform(0.55, 0.75)
    return np.asarray(ring & (level <= np.quantile(level[ring], kept)))


def raw_primer(heights: Heights, spacing: float, random: np.random.Generator) -> Heights:
    """Put a breech face impression into a whole field of view.

    The firing pin's crater, over 100 um deep, with flow-back about it; the rounded edge of the
    primer; the gap; the case head at another height; and a tilt of the whole.
    """
    y, x = _places(heights.shape, spacing)
    centre = random.normal(0, 60e-6, 2)
    radius = np.hypot(y - centre[0], x - centre[1])
    pin = np.hypot(y - centre[0] - random.normal(0, 80e-6), x - centre[1])
    hole = random.uniform(0.6e-3, 0.8e-3)
    edge = random.uniform(1.95e-3, 2.1e-3)
    raw = heights.astype(np.float64)
    raw += 12e-6 * np.exp(-np.square((pin - hole) / 40e-6))
    depth = random.uniform(120e-6, 260e-6)
    raw -= np.where(pin < hole, depth * (1 - np.square(pin / hole)) + 30e-6, 0.0)
    raw -= 40e-6 * np.square(np.clip((radius - edge + 80e-6) / 80e-6, 0, None))
    head = band_noise(heights.shape, spacing, random, shortest=30e-6, longest=300e-6) * 1.5e-6
    raw = np.where(radius > edge + 60e-6, head + random.uniform(-60e-6, 80e-6), raw)
    raw = np.where((radius > edge) & (radius <= edge + 60e-6), raw - 150e-6, raw)
    tilt = random.normal(0, 6e-3, 2)
    return np.asarray(raw + tilt[0] * y + tilt[1] * x, dtype=np.float32)


def _places(
    shape: tuple[int, ...], spacing: float
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    rows, columns = (spacing * (np.arange(n) - (n - 1) / 2) for n in shape)
    return rows[:, None], columns[None, :]
