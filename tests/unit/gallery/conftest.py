"""Small prepared scans made of random texture: the same gun leaves the same texture."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter, zoom

from headstamp.gallery.items import GalleryItem
from headstamp.gallery.store import Gallery
from headstamp.surfaces.prepared import (
    CODES_PER_UNIT,
    MISSING,
    Level,
    PreparationParameters,
    PreparedScan,
    Quality,
)

SIZE = 160
"""Points of the fine level along a side: 2 mm."""


def _level(texture: np.ndarray, spacing: float, radius: float) -> Level:
    y, x = np.indices(texture.shape) - (np.array(texture.shape).reshape(2, 1, 1) - 1) / 2
    inside = np.hypot(y, x) * spacing < radius
    codes = np.clip(np.round(texture / texture[inside].std() * CODES_PER_UNIT), -127, 127)
    return Level(np.where(inside, codes, MISSING).astype(np.int8), spacing)


def textured_scan(
    gun: int, firing: int, region: str = "breech_face", radius: float = 0.95e-3
) -> PreparedScan:
    """A scan of one gun's texture with a quarter of its variance fresh at each firing."""
    own = np.random.default_rng([1, gun]).normal(size=(SIZE, SIZE))
    fresh = np.random.default_rng([2, gun, firing]).normal(size=(SIZE, SIZE))
    texture = gaussian_filter(np.sqrt(0.75) * own + 0.5 * fresh, 3.0)
    texture -= gaussian_filter(texture, 12.0)
    levels = [
        _level(zoom(texture, 1 / factor, order=1), factor * 12.5e-6, radius) for factor in (4, 2, 1)
    ]
    return PreparedScan(
        *levels,
        centre=(1e-6 * gun, -2e-6 * firing),
        quality=Quality(np.pi * radius**2, 0.7, ("a warning",)),
        parameters=PreparationParameters(),
        region=region,
    )


def item(
    gun: int, firing: int = 0, region: str = "breech_face", radius: float = 0.95e-3
) -> GalleryItem:
    """The scan ready to be added, as if it came from a file of its own."""
    name = f"gun{gun:03d}-{firing}.x3p"
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    labels = {"firearm": f"gun{gun}"}
    return GalleryItem.of(
        name, sha256, textured_scan(gun, firing, region, radius), "Maker M1", labels
    )


@pytest.fixture(scope="session")
def make_scan() -> Callable[..., PreparedScan]:
    """``make_scan(gun, firing, region, radius)``."""
    return textured_scan


@pytest.fixture(scope="session")
def make_item() -> Callable[..., GalleryItem]:
    """``make_item(gun, firing, region, radius)``."""
    return item


@pytest.fixture(scope="session")
def items() -> list[GalleryItem]:
    """Twenty guns, one firing each."""
    return [item(gun) for gun in range(20)]


@pytest.fixture
def gallery(tmp_path: Path, items: list[GalleryItem]) -> Gallery:
    """A gallery of twenty scans."""
    gallery = Gallery.create(tmp_path / "gallery")
    gallery.append(items)
    return gallery
