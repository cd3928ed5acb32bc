"""Robust removal of form."""

from __future__ import annotations

import numpy as np
import pytest

from headstamp.surfaces.levelling import form


@pytest.mark.parametrize("degree", [1, 2])
def test_a_surface_that_is_form_only_is_removed_whole(degree: int) -> None:
    y, x = np.indices((40, 50), dtype=np.float32) / 50
    surface = 1e-6 * (2 + 3 * y - x + (degree - 1) * (y * y - 2 * x * y))
    residual = surface - form(surface, np.ones_like(surface, dtype=bool), degree)
    assert np.abs(residual).max() < 1e-11


def test_a_crater_does_not_bend_the_plane() -> None:
    y, x = np.indices((60, 60), dtype=np.float32)
    plane = 1e-7 * (y - 2 * x)
    cratered = plane.copy()
    cratered[25:40, 25:40] -= 1e-4
    residual = cratered - form(cratered, np.ones_like(plane, dtype=bool), 1)
    outside = np.ones_like(plane, dtype=bool)
    outside[25:40, 25:40] = False
    assert np.abs(residual[outside]).max() < 1e-9


def test_nothing_valid_gives_no_form() -> None:
    assert not form(np.ones((5, 5), np.float32), np.zeros((5, 5), dtype=bool)).any()
