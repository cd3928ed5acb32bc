"""Poses: rigid transforms about the canvas centres."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.comparison.pose import Pose

shifts = st.tuples(st.floats(-1e-3, 1e-3), st.floats(-1e-3, 1e-3))
poses = st.builds(Pose, st.floats(-np.pi, np.pi), shifts)
POINTS = np.array([[0.0, 0.0], [1e-3, 0.0], [0.0, 1e-3], [-5e-4, 2e-4]])


@given(poses)
def test_the_inverse_undoes_the_pose(pose: Pose) -> None:
    assert np.allclose(pose.inverse().apply(pose.apply(POINTS)), POINTS, atol=1e-12)


@given(poses, poses)
def test_one_after_the_other_is_one_pose(first: Pose, second: Pose) -> None:
    assert np.allclose(
        second.after(first).apply(POINTS), second.apply(first.apply(POINTS)), atol=1e-12
    )


@given(poses)
def test_distances_are_kept(pose: Pose) -> None:
    moved = pose.apply(POINTS)
    assert np.linalg.norm(moved[1] - moved[2]) == pytest.approx(np.sqrt(2) * 1e-3)


def test_a_quarter_turn_carries_x_onto_y() -> None:
    assert np.allclose(Pose(np.pi / 2).apply(np.array([0.0, 1.0])), [1.0, 0.0], atol=1e-12)


def test_degrees_lie_within_half_a_turn() -> None:
    assert Pose(np.radians(350)).rotation_deg == pytest.approx(-10.0)
