"""Gi* against the formula of Ord and Getis, and hot spots that were planted."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from headstamp.incidents.places.hot_spots import gi_star, hot_spots


def by_the_formula(rows, columns, counts, at):
    """Ord and Getis 1995, equation 14: weights of 1 for the cell and those that touch it."""
    n = len(counts)
    mean = sum(counts) / n
    s = sqrt(sum(count**2 for count in counts) / n - mean**2)
    near = [
        index
        for index in range(n)
        if abs(rows[index] - rows[at]) <= 1 and abs(columns[index] - columns[at]) <= 1
    ]
    w = len(near)
    return (sum(counts[i] for i in near) - w * mean) / (s * sqrt((n * w - w**2) / (n - 1)))


def test_gi_star_is_what_the_formula_says_on_a_grid_with_holes():
    drawn = np.random.default_rng(5)
    rows, columns = (part.ravel() for part in np.indices((9, 11)))
    kept = drawn.random(len(rows)) < 0.7
    rows, columns = rows[kept], columns[kept]
    counts = drawn.poisson(2, len(rows))
    expected = [by_the_formula(rows, columns, counts, at) for at in range(len(rows))]
    assert gi_star(rows, columns, counts) == pytest.approx(expected)


def test_gi_star_of_cells_that_are_all_alike_is_undefined():
    rows, columns = (part.ravel() for part in np.indices((6, 6)))
    assert np.isnan(gi_star(rows, columns, np.full(36, 3))).all()


def scattered(drawn, number, metres=10_000):
    return drawn.uniform(0, metres, number), drawn.uniform(0, metres, number)


def test_a_planted_hot_spot_is_found_where_it_was_planted():
    drawn = np.random.default_rng(7)
    east, north = scattered(drawn, 800)
    east, north = (
        np.append(one, drawn.uniform(low, low + 500, 60))
        for one, low in ((east, 5000), (north, 3000))
    )
    found = hot_spots(east, north)
    classes = np.array(found.classes())
    planted = (found.east == 5000) & (found.north == 3000)
    assert classes[planted].tolist() == ["hot"]
    far = np.hypot(found.east - 5000, found.north - 3000) > 1500
    assert not (classes[far] == "hot").any()


@pytest.mark.parametrize("within", [None, lambda x, y: (x > 0) & (x < 1e4) & (y > 0) & (y < 1e4)])
def test_events_scattered_by_chance_have_hardly_a_hot_spot(within):
    found = sum(
        "hot" in hot_spots(*scattered(np.random.default_rng(seed), 4000), within).classes()
        for seed in range(40)
    )
    # One in forty and a little more: counts are not quite normal, and cells that touch go together.
    assert found <= 6


def test_cells_without_events_inside_the_city_count_too():
    drawn = np.random.default_rng(3)
    east, north = scattered(drawn, 300, 4000)
    found = hot_spots(east, north, within=lambda x, y: (abs(x) < 6000) & (abs(y) < 6000))
    assert (found.count == 0).sum() > len(found.count) / 2
    assert found.count.sum() == 300


def test_all_events_are_in_the_grid_and_its_corners_are_multiples_of_the_cell():
    east, north = scattered(np.random.default_rng(1), 500)
    found = hot_spots(east - 3000, north - 3000)
    assert found.count.sum() == 500
    assert (found.east % 500 == 0).all()


def test_too_few_cells_or_too_large_a_land_are_refused():
    with pytest.raises(ValueError, match="30 to"):
        hot_spots(np.array([1.0]), np.array([1.0]))
    with pytest.raises(ValueError, match="too far apart"):
        hot_spots(np.array([0.0, 1e7]), np.array([0.0, 1e7]))
