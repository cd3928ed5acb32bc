"""Shading against Lambert's law, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from headstamp.reports.relief import (
    LEVEL_HEIGHT,
    MISSING_GREY,
    level_surface,
    natural_exaggeration,
    shaded_relief,
)
from headstamp.surfaces.prepared import MISSING, Level
from headstamp.surfaces.topography import Topography


def plane(rise_right: float = 0.0, rise_down: float = 0.0) -> Topography:
    rows, columns = np.mgrid[0:9, 0:12] * 1e-5
    return Topography((rise_right * columns + rise_down * rows).astype(np.float32), 1e-5)


def test_a_flat_surface_has_the_sine_of_the_elevation() -> None:
    image = shaded_relief(plane(), azimuth=1.0, elevation=np.arcsin(0.6))
    assert np.all(image == 153)  # 255 * 0.6


@pytest.mark.parametrize("tilt", [0.2, 0.5, 1.0])
def test_a_tilted_plane_follows_lamberts_law(tilt: float) -> None:
    # rising to the right by tan(slope), lit from the left: the normal leans to the light
    slope, elevation = np.arctan(tilt), np.radians(40.0)
    image = shaded_relief(plane(rise_right=tilt), azimuth=np.pi, elevation=elevation)
    expected = 255 * np.cos(np.pi / 2 - elevation - slope)
    assert np.all(np.abs(image.astype(float) - expected) <= 1)


def test_a_plane_that_faces_the_light_is_brighter_than_one_that_faces_away() -> None:
    # higher at the bottom of the image, so it faces the top
    falling_upwards = plane(rise_down=0.5)
    from_above = shaded_relief(falling_upwards, azimuth=np.pi / 2, elevation=np.pi / 4)
    from_below = shaded_relief(falling_upwards, azimuth=-np.pi / 2, elevation=np.pi / 4)
    assert from_above.min() > from_below.max()


def test_light_that_does_not_reach_a_surface_leaves_it_black() -> None:
    image = shaded_relief(plane(rise_right=3.0), azimuth=0.0, elevation=np.radians(20.0))
    assert np.all(image == 0)


def test_exaggeration_multiplies_the_heights() -> None:
    once = shaded_relief(plane(rise_right=0.6), 1.0, 0.7)
    assert np.all(np.abs(once.astype(int) - shaded_relief(plane(rise_right=0.2), 1.0, 0.7, 3)) <= 1)


def test_missing_points_are_grey_and_their_neighbours_keep_their_slope() -> None:
    heights = plane(rise_right=0.5).heights.copy()
    heights[4, 5] = np.nan
    whole = shaded_relief(plane(rise_right=0.5), 0.3, 0.8)
    holed = shaded_relief(Topography(heights, 1e-5), 0.3, 0.8)
    assert holed[4, 5] == MISSING_GREY
    holed[4, 5] = whole[4, 5]
    assert np.all(np.abs(whole.astype(int) - holed) <= 1)


def test_a_scan_without_any_height_is_all_grey() -> None:
    empty = Topography(np.full((3, 4), np.nan, dtype=np.float32), 1e-5)
    assert np.all(shaded_relief(empty) == MISSING_GREY)
    assert natural_exaggeration(empty, 0.3) == 1.0


def test_a_single_point_can_be_drawn() -> None:
    assert shaded_relief(Topography(np.zeros((1, 1), np.float32), 1e-5)).shape == (1, 1)


def test_natural_exaggeration_gives_a_plane_the_wanted_slope() -> None:
    assert natural_exaggeration(plane(rise_right=0.05), 0.3) == pytest.approx(6.0, rel=1e-4)


def test_a_level_becomes_a_surface_of_one_height_a_unit() -> None:
    surface = level_surface(Level(np.array([[32, -64], [MISSING, 0]], dtype=np.int8), 25e-6))
    expected = [[LEVEL_HEIGHT, -2 * LEVEL_HEIGHT], [np.nan, 0.0]]
    np.testing.assert_allclose(surface.heights, expected, rtol=1e-6)
