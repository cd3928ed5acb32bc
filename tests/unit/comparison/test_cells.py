"""Masked correlation of cells, against a plain loop over every displacement."""

from __future__ import annotations

import numpy as np
import pytest

from headstamp.comparison.backend import backend
from headstamp.comparison.cells import CellGrid, match_cells

NUMPY = backend("numpy")


def image(seed: int, missing: float = 0.3, size: int = 40) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    valid = random.random((size, size)) > missing
    return np.where(valid, random.normal(size=(size, size)), 0).astype(np.float32), valid


def by_hand(reference, target, corner, side, search):  # type: ignore[no-untyped-def]
    """Pearson correlation of the points measured in both, at every displacement."""
    values, valid = reference
    padded, there = (np.pad(layer, 2 * side) for layer in target)
    here = slice(corner[0], corner[0] + side), slice(corner[1], corner[1] + side)
    best = (-2.0, 0, 0)
    for dy in range(-search, search + 1):
        for dx in range(-search, search + 1):
            y, x = corner[0] + dy + 2 * side, corner[1] + dx + 2 * side
            window = slice(y, y + side), slice(x, x + side)
            both = valid[here] & there[window]
            if both.sum() < 0.5 * valid[here].sum():
                continue
            r = np.corrcoef(values[here][both], padded[window][both])[0, 1]
            best = max(best, (r, dy, dx))
    return best


def test_correlations_equal_those_of_a_plain_loop() -> None:
    reference, target = image(1), image(2)
    matches = match_cells(reference, target, CellGrid(10, 3, 0.3), NUMPY)
    middle = (40 - 1) / 2
    for centre, moved, found in zip(
        matches.centre, matches.displacement, matches.correlation, strict=True
    ):
        corner = np.rint(centre + middle - 4.5).astype(int)
        r, dy, dx = by_hand(reference, target, corner, 10, 3)
        assert found == pytest.approx(r, abs=1e-4)
        assert np.abs(moved - [dy, dx]).max() <= 0.5


def test_a_shifted_image_gives_its_shift_in_every_cell() -> None:
    values = np.random.default_rng(3).normal(size=(60, 60)).astype(np.float32)
    everywhere = np.ones((60, 60), dtype=bool)
    moved = np.roll(values, (2, -3), axis=(0, 1))
    matches = match_cells((values, everywhere), (moved, everywhere), CellGrid(12, 5, 0.3), NUMPY)
    inner = np.abs(matches.centre).max(axis=1) < 20
    assert np.allclose(matches.correlation[inner], 1.0, atol=1e-4)
    assert np.abs(matches.displacement[inner] - [2, -3]).max() < 0.3


def test_cells_hardly_measured_are_left_out() -> None:
    values, valid = image(4, missing=0.0)
    valid[:, :20] = False
    matches = match_cells((values * valid, valid), image(5), CellGrid(10, 3, 0.3), NUMPY)
    assert len(matches) == 8
    assert (matches.centre[:, 1] > 0).all()


def test_nothing_measured_is_an_empty_answer() -> None:
    empty = np.zeros((20, 20), np.float32), np.zeros((20, 20), dtype=bool)
    assert len(match_cells(empty, image(1, size=20), CellGrid(10, 3, 0.3), NUMPY)) == 0


def test_a_constant_cell_has_no_correlation() -> None:
    everywhere = np.ones((20, 20), dtype=bool)
    flat = np.ones((20, 20), np.float32), everywhere
    matches = match_cells(flat, image(1, missing=0, size=20), CellGrid(10, 3, 0.3), NUMPY)
    assert (matches.correlation == -1.0).all()
