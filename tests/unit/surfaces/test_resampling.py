"""Area-weighted change of spacing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.surfaces.resampling import grid_shape, resample


def test_twice_the_spacing_is_the_mean_of_blocks() -> None:
    values = np.random.default_rng(0).normal(size=(8, 12)).astype(np.float32)
    coarse, valid = resample(values, np.ones_like(values, dtype=bool), 1.0, 2.0)
    assert valid.all()
    assert np.allclose(coarse, values.reshape(4, 2, 6, 2).mean(axis=(1, 3)), atol=1e-6)


def test_missing_points_take_no_part_in_a_mean() -> None:
    values = np.array([[1.0, 3.0], [5.0, np.nan]], dtype=np.float32)
    coarse, valid = resample(values, np.isfinite(values), 1.0, 2.0)
    assert valid.all()
    assert coarse[0, 0] == pytest.approx(3.0)


def test_a_cell_mostly_missing_has_no_value() -> None:
    values = np.array([[1.0, np.nan], [np.nan, np.nan]], dtype=np.float32)
    coarse, valid = resample(values, np.isfinite(values), 1.0, 2.0)
    assert not valid.any()
    assert not coarse.any()


@given(st.integers(5, 60), st.integers(5, 60), st.integers(1, 4))
def test_a_slope_keeps_its_heights_about_the_centre(rows: int, columns: int, ratio: int) -> None:
    y = (np.arange(rows) - (rows - 1) / 2)[:, None] * np.ones(columns)
    coarse, valid = resample(
        y.astype(np.float32), np.ones_like(y, dtype=bool), 1.0, ratio, least=0.999
    )
    expected = (np.arange(coarse.shape[0]) - (coarse.shape[0] - 1) / 2)[:, None] * ratio
    assert np.allclose(coarse[valid], np.broadcast_to(expected, coarse.shape)[valid], atol=1e-3)


def test_the_grid_covers_the_scan() -> None:
    assert grid_shape((545, 546), 6.25e-6, 12.5e-6) == (273, 273)
    assert grid_shape((1, 1), 1e-6, 12.5e-6) == (1, 1)
