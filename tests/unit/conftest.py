"""Synthetic surfaces for unit tests: band-limited noise on a disc, one seed a gun."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import ndimage

from headstamp.surfaces.preparation import prepare
from headstamp.surfaces.prepared import PreparedScan
from headstamp.surfaces.topography import Topography

SPACING = 12.5e-6
SIZE = 272


def surface(seed: int, noise: int | None = None, size: int = SIZE) -> np.ndarray:
    """Heights of one gun's breech face with, where asked for, one firing's noise."""
    heights = ndimage.gaussian_filter(np.random.default_rng(seed).normal(size=(size, size)), 2.0)
    heights /= heights.std()
    if noise is not None:
        extra = ndimage.gaussian_filter(np.random.default_rng(noise).normal(size=(size, size)), 2.0)
        heights = heights + 0.5 * extra / extra.std()
    y, x = np.indices((size, size)) - (size - 1) / 2
    radius = np.hypot(y, x) * SPACING
    outside = (radius > 1.6e-3) | (radius < 0.5e-3)
    return np.where(outside, np.nan, 1e-6 * heights).astype(np.float32)


@pytest.fixture(scope="session")
def texture() -> Callable[..., Topography]:
    """``texture(seed, noise=None)``: a topography of one gun."""
    return lambda seed, noise=None: Topography(surface(seed, noise), SPACING)


@pytest.fixture(scope="session")
def prepared(texture: Callable[..., Topography]) -> Callable[..., PreparedScan]:
    """``prepared(seed, noise=None)``: the same, prepared."""
    return lambda seed, noise=None: prepare(texture(seed, noise))
