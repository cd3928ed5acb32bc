"""Where a frame puts the points of a scan."""

from __future__ import annotations

import numpy as np
import pytest

from headstamp.comparison.pose import Pose
from headstamp.reports.frame import Frame
from headstamp.reports.surface import Surface
from headstamp.surfaces.topography import Topography

SPACING = 10e-6


def bump(y: float, x: float, size: int = 101) -> Topography:
    """A hill 60 um wide at (y, x) metres from the canvas centre."""
    places = (np.arange(size) - (size - 1) / 2) * SPACING
    squared = (places[:, None] - y) ** 2 + (places[None, :] - x) ** 2
    return Topography((1e-5 * np.exp(-squared / (2 * 30e-6**2))).astype(np.float32), SPACING)


def peak(image: Topography) -> tuple[float, float]:
    """Row and column of the highest pixel's middle, from the upper left edge."""
    row, column = np.unravel_index(np.nanargmax(image.heights), image.heights.shape)
    return float(row) + 0.5, float(column) + 0.5


@pytest.mark.parametrize(
    "pose",
    [
        Pose(),
        Pose(0.0, (50e-6, -80e-6)),
        Pose(np.radians(90.0)),
        Pose(np.radians(-25.0), (40e-6, 60e-6)),
    ],
)
def test_a_hill_is_drawn_where_the_pose_carries_it(pose: Pose) -> None:
    place = np.array([[120e-6, 200e-6]])
    frame = Frame((0.0, 0.0), SPACING, (121, 121))
    drawn = frame.draw(Surface(bump(*place[0]), levelled=True), pose)
    expected = frame.pixels(pose.apply(place))[0]
    np.testing.assert_allclose(peak(drawn), expected, atol=1.0)


def test_a_level_lies_about_its_own_centre() -> None:
    centre = (70e-6, -30e-6)
    frame = Frame((0.0, 0.0), SPACING, (121, 121))
    drawn = frame.draw(Surface(bump(0.0, 0.0, 41), centre, levelled=True), Pose())
    np.testing.assert_allclose(peak(drawn), frame.pixels(np.array([centre]))[0], atol=1.0)


def test_a_frame_shows_all_of_both_scans() -> None:
    a, b = Surface(bump(0.0, 0.0)), Surface(bump(0.0, 0.0))
    pose = Pose(np.radians(30.0), (4e-4, 0.0))
    frame = Frame.around(b, (a, pose), pixels=200)
    drawn = frame.draw(a, pose)
    area = np.count_nonzero(drawn.valid) * frame.spacing**2
    assert area == pytest.approx(a.topography.measured_area, rel=0.03)
    assert max(frame.shape) <= 200


def test_the_form_is_taken_away_before_drawing() -> None:
    tilted = bump(0.0, 0.0)
    tilted = tilted.with_heights(tilted.heights + np.linspace(0, 1e-3, 101, dtype=np.float32))
    frame = Frame((0.0, 0.0), SPACING, (101, 101))
    assert peak(frame.draw(Surface(tilted), Pose())) == (50.5, 50.5)


def test_a_scan_without_heights_still_has_a_frame() -> None:
    empty = Surface(Topography(np.full((20, 30), np.nan, np.float32), SPACING))
    frame = Frame.around(empty, pixels=100)
    assert not frame.draw(empty, Pose()).valid.any()
