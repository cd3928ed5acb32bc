"""What a validation states, and when it says undefined."""

from __future__ import annotations

import numpy as np
import pytest

from headstamp.evaluation.scored_pairs import ScoredPairs
from headstamp.evaluation.validation import validate


def collection(firearm: list[int], without: tuple[int, ...] = ()) -> ScoredPairs:
    """Separated pairs; those at ``without`` found no overlap."""
    random = np.random.default_rng(4)
    first, second = np.triu_indices(len(firearm), 1)
    guns = np.array(firearm)
    same = guns[first] == guns[second]
    correlation = np.where(same, 0.7, 0.1) + random.uniform(-0.1, 0.1, len(first))
    correlation[list(without)] = np.nan
    cells = np.where(same, 30.0, 2.0)
    cells[list(without)] = 0.0
    return ScoredPairs(
        first,
        second,
        guns[first],
        guns[second],
        {"aligned_correlation": correlation, "congruent_cells": cells},
    )


SIX = [gun for gun in range(6) for _ in range(3)]


def test_counts_and_perfect_separation() -> None:
    found = validate(collection(SIX))
    assert (found.same, found.different) == (18, 135)
    assert (found.auc, found.equal_error_rate, found.cllr_min) == (1.0, 0.0, 0.0)
    assert [rates.missed.errors + rates.false.errors for rates in found.error_rates] == [0, 0, 0]
    assert found.undefined == {}


def test_cost_cannot_fall_below_what_the_bounds_allow() -> None:
    found = validate(collection(SIX))
    assert 0 < found.cllr_floor <= found.cllr < 0.2


def test_inconclusive_pair_is_counted_as_missed_and_shown() -> None:
    pairs = collection(SIX)
    place = int(np.flatnonzero(pairs.same)[0])
    found = validate(collection(SIX, without=(place,)))
    assert (found.without_score_same, found.without_score_different) == (1, 0)
    assert found.without_lr_same == 1
    by_name = {rates.score: rates for rates in found.error_rates}
    assert by_name["aligned_correlation"].missed.errors == 1
    assert found.auc == pytest.approx(1 - 1 / 18)
    assert found.cllr > validate(collection(SIX)).cllr


def test_one_source_alone_gives_no_area_and_says_why() -> None:
    found = validate(collection([0, 0, 0]))
    assert np.isnan([found.auc, found.equal_error_rate, found.cllr, found.cllr_min]).all()
    assert found.undefined["auc"] == "the collection has no different-source pair"
    assert found.calibration is None


def test_all_sources_different_says_why() -> None:
    found = validate(collection([0, 1, 2, 3]))
    assert found.undefined["cllr"] == "the collection has no same-source pair"
    assert np.isnan(found.scores["log10_lr"].auc)


def test_too_few_firearms_for_a_left_out_ratio_says_why() -> None:
    found = validate(collection([0, 0, 0, 1, 1, 1, 2, 2, 2]))
    assert found.auc == 1.0
    assert np.isnan(found.cllr)
    assert "too few pairs remain" in found.undefined["cllr"]
