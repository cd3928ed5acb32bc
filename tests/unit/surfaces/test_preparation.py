"""From a topography to the levels that comparison works on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from headstamp.errors import UnsuitableScanError
from headstamp.surfaces.preparation import prepare
from headstamp.surfaces.topography import Topography

Texture = Callable[..., Topography]


def test_levels_halve_and_share_their_centre(texture: Texture) -> None:
    scan = prepare(texture(1))
    fine, coarse, pose = (level.codes.shape for level in (scan.fine, scan.coarse, scan.pose))
    assert fine == tuple(2 * n for n in coarse) == tuple(4 * n for n in pose)
    assert [level.spacing for level in scan.levels] == [50e-6, 25e-6, 12.5e-6]


@pytest.mark.parametrize("scale", [1.0, 1e-3, 20.0])
def test_adding_a_constant_a_tilt_or_a_gain_changes_nothing(texture: Texture, scale: float) -> None:
    plain = texture(1)
    y, x = np.indices(plain.heights.shape)
    moved = scale * plain.heights + 3e-5 + 2e-8 * y - 1e-8 * x
    a, b = prepare(plain), prepare(plain.with_heights(moved.astype(np.float32)))
    shared = a.fine.valid & b.fine.valid
    assert shared.sum() > 0.999 * a.fine.valid.sum()
    apart = np.abs(a.fine.values - b.fine.values)[shared]
    assert np.percentile(apart, 99) < 0.05 if scale >= 1.0 else np.percentile(apart, 99) < 0.3


def test_spikes_are_dropped_and_not_smeared(texture: Texture) -> None:
    plain = texture(1)
    spiked = plain.heights.copy()
    spiked[60::40, 60::40] += 50e-6
    a, b = prepare(plain), prepare(plain.with_heights(spiked))
    shared = a.fine.valid & b.fine.valid
    assert np.corrcoef(a.fine.values[shared], b.fine.values[shared])[0, 1] > 0.97


def test_a_mask_by_hand_replaces_the_automatic_one(texture: Texture) -> None:
    scan = texture(1)
    mask = scan.valid.copy()
    mask[:, :136] = False
    half = prepare(scan, mask=mask)
    assert half.quality.usable_area == pytest.approx(
        prepare(scan).quality.usable_area / 2, rel=0.05
    )
    assert half.centre[1] > 0.5e-3


def test_a_mask_of_another_size_is_refused(texture: Texture) -> None:
    with pytest.raises(UnsuitableScanError, match="mask"):
        prepare(texture(1), mask=np.ones((3, 3), dtype=bool))


def test_a_small_mark_is_warned_of(texture: Texture) -> None:
    scan = texture(1)
    mask = np.zeros_like(scan.valid)
    mask[:120, :90] = True
    assert "partial mark" in " ".join(prepare(scan, mask=mask).quality.warnings)


@pytest.mark.parametrize(
    ("heights", "spacing", "says"),
    [
        (np.zeros((1, 1)), 6.25e-6, "mm2"),
        (np.full((300, 300), np.nan), 6.25e-6, "measured"),
        (np.zeros((300, 300)), 6.25e-6, "relief"),
        (np.random.default_rng(0).normal(size=(300, 300)), 60e-6, "apart"),
        (np.random.default_rng(0).normal(size=(2000, 300)), 12.5e-6, "wide"),
    ],
    ids=["one point", "nothing measured", "constant", "too coarse", "too wide"],
)
def test_an_unsuitable_scan_is_refused_with_its_reason(
    heights: np.ndarray, spacing: float, says: str
) -> None:
    with pytest.raises(UnsuitableScanError, match=says):
        prepare(Topography(heights.astype(np.float32), spacing))


def test_a_bullet_land_is_refused() -> None:
    heights = np.random.default_rng(0).normal(size=(300, 300)).astype(np.float32)
    with pytest.raises(UnsuitableScanError, match="land"):
        prepare(Topography(heights, 6.25e-6, region="land_engraved_area"))


@pytest.mark.parametrize("spacing", [0.0, -1e-6, float("nan"), float("inf")])
def test_an_impossible_spacing_is_refused(spacing: float) -> None:
    with pytest.raises(UnsuitableScanError, match="spacing"):
        Topography(np.zeros((3, 3), np.float32), spacing)
