"""Firings: their truth, and what the mask may know."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from headstamp.comparison.compare import compare
from headstamp.simulation.firearm import Firearm
from headstamp.simulation.firing import draw_firing, fire
from headstamp.simulation.sensor import Sensor
from headstamp.surfaces.preparation import prepare

GUN, OTHER = Firearm(1, "granular"), Firearm(2, "granular")


@pytest.mark.parametrize("seeds", [(1, 2), (5, 9)])
def test_the_true_pose_of_two_firings_is_the_one_that_is_found(seeds: tuple[int, int]) -> None:
    one, two = (draw_firing(seed) for seed in seeds)
    found = compare(prepare(fire(GUN, one)), prepare(fire(GUN, two)))
    true = two.pose.after(one.pose.inverse())
    assert found.pose.rotation_deg == pytest.approx(true.rotation_deg, abs=0.5)
    assert np.allclose(found.pose.shift, true.shift, atol=10e-6)


def test_the_mask_knows_the_firing_and_not_the_gun() -> None:
    firing = draw_firing(3)
    sensor = Sensor(steepest=1e9)
    mine, yours = fire(GUN, firing, sensor), fire(OTHER, firing, sensor)
    assert np.array_equal(mine.valid, yours.valid)
    assert not np.array_equal(mine.valid, fire(GUN, draw_firing(4), sensor).valid)


@pytest.mark.parametrize("spacing", [3.125e-6, 6.25e-6])
def test_the_canvas_has_the_same_size_at_any_spacing(spacing: float) -> None:
    scan = fire(GUN, draw_firing(1), Sensor(spacing=spacing))
    assert scan.spacing == spacing
    assert scan.extent[0] == pytest.approx(3.4e-3, rel=0.01)


def test_a_scan_is_the_same_every_time() -> None:
    once, again = fire(GUN, draw_firing(1)), fire(GUN, draw_firing(1))
    assert np.array_equal(once.heights, again.heights, equal_nan=True)


def test_raw_scans_of_one_gun_match_through_the_automatic_mask_and_of_two_do_not() -> None:
    one, two = (prepare(fire(GUN, draw_firing(seed), style="raw")) for seed in (1, 2))
    other = prepare(fire(OTHER, draw_firing(3), style="raw"))
    assert one.quality.usable_area < 12.6e-6  # the primer's disc of 2 mm radius
    assert compare(one, two).aligned_correlation > 0.4
    assert compare(one, other).aligned_correlation < 0.3


def test_the_automatic_mask_of_a_raw_scan_keeps_to_the_ring_of_the_primer() -> None:
    scan = prepare(fire(GUN, draw_firing(6), style="raw"))
    valid = scan.fine.valid
    rows, columns = np.nonzero(valid)
    middle = (np.asarray(valid.shape) - 1) / 2
    radius = np.hypot(rows - middle[0], columns - middle[1]) * 12.5e-6
    assert np.percentile(radius, 99.5) < 2.1e-3
    assert np.percentile(radius, 0.5) > 0.45e-3


def test_less_contact_and_more_foreign_texture_lower_the_agreement() -> None:
    firings = [draw_firing(seed) for seed in (1, 2)]
    clean = [replace(f, contact=0.99, foreign=0.05, gain=1.0) for f in firings]
    poor = [replace(f, contact=0.6, foreign=0.8, gain=0.6) for f in firings]
    good, bad = (
        compare(prepare(fire(GUN, a)), prepare(fire(GUN, b))).aligned_correlation
        for a, b in (clean, poor)
    )
    assert good > 0.85
    assert bad < 0.6
