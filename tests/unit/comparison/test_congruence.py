"""The published decision rules on hand-made cells."""

from __future__ import annotations

import numpy as np

from headstamp.comparison.congruence import RotatedCells, cmc, high_cmc

ANGLES = np.radians(np.arange(-30.0, 31.0, 3.0))


def scattered(seed: int, count: int = 20) -> RotatedCells:
    random = np.random.default_rng(seed)
    places = random.uniform(-5e-4, 5e-4, (len(ANGLES), count, 2))
    return RotatedCells(ANGLES, places, random.uniform(0.1, 0.45, (len(ANGLES), count)))


def agreeing(congruent: int, angle: int = 12) -> RotatedCells:
    cells = scattered(1)
    cells.displacement[angle - 1 : angle + 2] = [1e-4, -5e-5]
    cells.correlation[angle, :congruent] = 0.8
    return cells


def test_cells_that_agree_in_place_and_rotation_are_counted() -> None:
    cells = agreeing(13)
    assert cmc(cells) == 13
    assert high_cmc(cells) == 13


def test_cells_below_the_correlation_threshold_do_not_count() -> None:
    assert cmc(scattered(2)) == 0
    assert high_cmc(scattered(2)) == 0


def test_a_cell_best_at_another_rotation_counts_only_by_the_high_rule() -> None:
    cells = agreeing(13)
    cells.correlation[2, 0] = 0.9
    assert cmc(cells) == 12
    assert high_cmc(cells) == 13


def test_high_rotations_far_apart_fall_back_to_the_simple_rule() -> None:
    cells = agreeing(13)
    cells.displacement[2] = [1e-4, -5e-5]
    cells.correlation[2, :13] = 0.7
    assert high_cmc(cells) == cmc(cells) == 13


def test_no_cells_count_none() -> None:
    empty = RotatedCells(ANGLES, np.zeros((21, 0, 2)), np.zeros((21, 0)))
    assert cmc(empty) == high_cmc(empty) == 0
