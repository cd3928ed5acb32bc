"""Both firearms of a pair are unknown to the calibration that judges it."""

from __future__ import annotations

import numpy as np

from headstamp.evaluation.calibration import Calibration, fit
from headstamp.evaluation.cross_validation import log10_lr_firearms_left_out
from headstamp.evaluation.scored_pairs import ScoredPairs


def collection(firearms: int, scans_each: int, seed: int = 3) -> ScoredPairs:
    """Each pair's correlation is unique, so that a fit can be asked which pairs it saw."""
    random = np.random.default_rng(seed)
    firearm = np.repeat(np.arange(firearms), scans_each)
    first, second = np.triu_indices(len(firearm), 1)
    same = firearm[first] == firearm[second]
    return ScoredPairs(
        first,
        second,
        firearm[first],
        firearm[second],
        {
            "aligned_correlation": np.where(same, 0.5, 0.1) + random.normal(0, 0.1, len(first)),
            "congruent_cells": random.poisson(np.where(same, 20, 2)).astype(float),
        },
    )


class Spy:
    """Remembers which pairs each fit saw, and marks every answer with the number of the fit."""

    def __init__(self, pairs: ScoredPairs) -> None:
        self.known = {value: at for at, value in enumerate(pairs.scores["aligned_correlation"])}
        self.seen: list[set[int]] = []

    def __call__(self, correlation: np.ndarray, *_: np.ndarray) -> Calibration:
        self.seen.append({self.known[value] for value in correlation})
        number = float(len(self.seen) - 1)
        return Calibration((0.0, 0.0), (1.0, 1.0), (0.0, 0.0), number, -np.inf, np.inf)


def check_left_out(pairs: ScoredPairs, most_folds: int) -> Spy:
    spy = Spy(pairs)
    number = log10_lr_firearms_left_out(pairs, most_folds, fitting=spy)
    for at in range(len(pairs)):
        own = {pairs.firearm_first[at], pairs.firearm_second[at]}
        for other in spy.seen[int(number[at])]:
            assert not own & {pairs.firearm_first[other], pairs.firearm_second[other]}
    return spy


def test_no_fit_saw_a_firearm_of_the_pair_it_judges() -> None:
    pairs = collection(firearms=6, scans_each=3)
    spy = check_left_out(pairs, most_folds=16)
    assert len(spy.seen) == 6 * 7 // 2


def test_folds_of_firearms_leave_them_out_too() -> None:
    pairs = collection(firearms=9, scans_each=2)
    spy = check_left_out(pairs, most_folds=5)
    assert len(spy.seen) == 5 * 6 // 2


def test_every_other_pair_is_used() -> None:
    pairs = collection(firearms=5, scans_each=2)
    spy = Spy(pairs)
    number = log10_lr_firearms_left_out(pairs, fitting=spy)
    own = {pairs.firearm_first[0], pairs.firearm_second[0]}
    rest = {
        at
        for at in range(len(pairs))
        if not own & {pairs.firearm_first[at], pairs.firearm_second[at]}
    }
    assert spy.seen[int(number[0])] == rest


def test_ratios_stay_within_the_bounds_of_their_fold() -> None:
    pairs = collection(firearms=5, scans_each=3)
    limits = []

    def watched(*training: np.ndarray) -> Calibration:
        found = fit(*training)
        limits.append((found.lower, found.upper))
        return found

    values = log10_lr_firearms_left_out(pairs, fitting=watched)
    assert min(low for low, _ in limits) <= values.min()
    assert values.max() <= max(high for _, high in limits)


def test_too_few_firearms_give_no_ratio_rather_than_an_optimistic_one() -> None:
    pairs = collection(firearms=3, scans_each=4)
    values = log10_lr_firearms_left_out(pairs)
    assert np.isnan(values[~pairs.same]).all()
