"""The movement that most cells agree on."""

from __future__ import annotations

import numpy as np
import pytest

from headstamp.comparison.cells import CellMatches
from headstamp.comparison.consensus import consensus


def cells(
    shift: tuple[float, float], turn: float, outliers: int, seed: int = 0, count: int = 36
) -> CellMatches:
    random = np.random.default_rng(seed)
    centre = random.uniform(-60, 60, (count, 2))
    moved = np.asarray(shift) + turn * np.stack([centre[:, 1], -centre[:, 0]], axis=1)
    moved[:outliers] = random.uniform(-6, 6, (outliers, 2))
    return CellMatches(centre, moved, np.full(count, 0.8))


def test_a_common_shift_and_turn_are_found_among_outliers() -> None:
    found = consensus(cells((1.5, -2.0), 0.03, outliers=14), 0.5, 2.0, np.radians(4))
    assert np.allclose(found.shift, [1.5, -2.0], atol=0.3)
    assert found.turn == pytest.approx(0.03, abs=0.01)
    assert found.congruent[14:].all()


def test_random_places_have_little_support() -> None:
    random = np.random.default_rng(1)
    scattered = CellMatches(
        random.uniform(-60, 60, (36, 2)), random.uniform(-6, 6, (36, 2)), np.full(36, 0.8)
    )
    assert consensus(scattered, 0.5, 1.0, np.radians(4)).congruent.sum() < 10


def test_a_cell_below_the_threshold_is_never_congruent() -> None:
    matches = cells((0, 0), 0.0, outliers=0)
    weak = CellMatches(matches.centre, matches.displacement, np.full(36, 0.49))
    assert not consensus(weak, 0.5, 2.0, 0.07).congruent.any()


def test_the_turn_stays_within_its_limit() -> None:
    found = consensus(cells((0, 0), 0.5, outliers=0), 0.5, 2.0, np.radians(4))
    assert abs(found.turn) <= np.radians(4) + 1e-12


def test_no_cells_are_an_answer() -> None:
    empty = CellMatches(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0))
    found = consensus(empty, 0.5, 2.0, 0.07)
    assert found.turn == 0.0
    assert not len(found.congruent)
