"""The exhaustive pose search, against a plain loop over every shift."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from headstamp.comparison.backend import backend
from headstamp.comparison.parameters import ComparisonParameters
from headstamp.comparison.registration import (
    QueryPoses,
    pose_candidates,
    rotation_angles,
    screen,
)
from headstamp.errors import UnsuitableScanError
from headstamp.surfaces.prepared import CODES_PER_UNIT, MISSING, Level, PreparedScan

ONE_ANGLE = ComparisonParameters(rotation_range_deg=0.0)


def level(seed: int, shape: tuple[int, int] = (24, 28)) -> Level:
    random = np.random.default_rng(seed)
    codes = np.clip(CODES_PER_UNIT * random.normal(size=shape), -127, 127).astype(np.int8)
    return Level(np.where(random.random(shape) < 0.2, np.int8(MISSING), codes), 50e-6)


def best_by_hand(query: Level, item: Level, least: float) -> float:
    """Largest r * sqrt(n) over all shifts of an unturned query with ``least`` shared points."""
    a, ma = query.values, query.valid
    pad = 40
    b, mb = np.pad(item.values, pad), np.pad(item.valid, pad)
    best = -np.inf
    for y in range(pad - 20, pad + 21):
        for x in range(pad - 20, pad + 21):
            window = slice(y, y + a.shape[0]), slice(x, x + a.shape[1])
            shared = float((ma & mb[window]).sum())
            if shared >= least:
                best = max(best, float((a * b[window]).sum()) / np.sqrt(shared))
    return best


def test_the_screen_finds_the_best_score_of_a_plain_loop() -> None:
    for seed in range(4):
        query, item = level(seed), level(seed + 10)
        least = ONE_ANGLE.least_overlap / 50e-6**2
        found = screen(QueryPoses.of(query, ONE_ANGLE), item)
        # The overlap is transformed at half the resolution: its small error is allowed for.
        assert found == pytest.approx(best_by_hand(query, item, least), rel=0.12)


def test_a_shifted_copy_is_found_where_it_was_put() -> None:
    base = level(3, (60, 60))
    cut = Level(np.ascontiguousarray(base.codes[12:52, 5:45]), 50e-6)
    found = pose_candidates(QueryPoses.of(cut, ONE_ANGLE), base)[0]
    expected = (np.array([12 + 20, 5 + 20]) - 30) * 50e-6
    assert np.allclose(found.pose.shift, expected, atol=26e-6)


def test_candidates_differ_in_angle_or_place(
    prepared: Callable[..., PreparedScan],
) -> None:
    parameters = ComparisonParameters()
    query = QueryPoses.of(prepared(1, 11).pose, parameters)
    found = pose_candidates(query, prepared(2, 12).pose)
    assert len(found) == parameters.candidates
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    for i, one in enumerate(found):
        for other in found[:i]:
            turn = abs(one.pose.rotation_deg - other.pose.rotation_deg)
            way = np.hypot(*(np.subtract(one.pose.shift, other.pose.shift)))
            assert turn >= 4.0 - 1e-9 or way >= 150e-6 - 1e-9


def test_scans_that_share_too_little_have_no_candidates() -> None:
    strict = ComparisonParameters(rotation_range_deg=0.0, least_overlap=1.0)
    query = QueryPoses.of(level(1), strict)
    assert pose_candidates(query, level(2)) == []
    assert screen(query, level(2)) == -np.inf


def test_a_full_circle_tries_every_rotation_once() -> None:
    angles = np.degrees(rotation_angles(ComparisonParameters(rotation_range_deg=180.0)))
    assert len(angles) == 180
    assert len(np.unique(np.round(angles % 360, 6))) == 180


def test_an_unknown_backend_is_refused() -> None:
    with pytest.raises(UnsuitableScanError, match="backend"):
        backend("abacus")
