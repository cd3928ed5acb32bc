"""A planned collection: numbers, order, truth."""

from __future__ import annotations

import numpy as np
import pytest

from headstamp.simulation.collection import plan, topography


@pytest.mark.parametrize(("guns", "scans"), [(4, 14), (60, 300), (100, 1000)])
def test_the_plan_has_the_numbers_asked_for(guns: int, scans: int) -> None:
    collection = plan(guns, scans, 2017)
    assert len(collection) == scans
    assert len({scan.gun.name for scan in collection}) == guns
    assert len({scan.name for scan in collection}) == scans
    days = [scan.day for scan in collection]
    assert days == sorted(days)


@pytest.mark.parametrize("seed", range(8))
def test_the_gun_of_the_newest_scene_was_used_before(seed: int) -> None:
    collection = plan(10, 40, seed)
    newest = collection[-1]
    assert newest.incident
    earlier = {s.gun.name for s in collection if s.incident != newest.incident}
    assert newest.gun.name in earlier
    assert {s.gun.name for s in collection if s.incident == newest.incident} == {newest.gun.name}


def test_about_a_tenth_is_partial_and_a_tenth_noisy() -> None:
    collection = plan(100, 2000, 3)
    partial = np.mean([scan.partial_area > 0 for scan in collection])
    noisy = np.mean([scan.noise > 0 for scan in collection])
    assert partial == pytest.approx(0.1, abs=0.02)
    assert noisy == pytest.approx(0.1, abs=0.02)


def test_the_same_seed_plans_and_draws_the_same() -> None:
    once, again = plan(4, 10, 1), plan(4, 10, 1)
    assert once == again
    assert plan(4, 10, 2) != once
    assert np.array_equal(topography(once[0]).heights, topography(again[0]).heights, equal_nan=True)


def test_a_partial_scan_has_the_area_planned() -> None:
    partial = next(scan for scan in plan(30, 300, 5) if scan.partial_area > 0)
    assert topography(partial).measured_area == pytest.approx(partial.partial_area, rel=0.01)
