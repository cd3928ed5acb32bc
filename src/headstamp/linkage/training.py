"""Learning a model from the records themselves, without knowing which are of one thing.

How often two records of different things agree is counted on random pairs. How often two of one
thing do, and how many pairs there are of one thing, is learnt by expectation maximisation (Fellegi
and Sunter 1969, doi:10.1080/01621459.1969.10501049; Winkler 1988) on the pairs that the plan looks
at; others are taken to be of two things. The same records give the same model.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.linkage.counting import RANDOM_PAIRS, Counts, counted
from headstamp.linkage.engine import Engine
from headstamp.linkage.kinds import PLANS
from headstamp.linkage.model import Model, stated

SEED: Final = 1851
LEAST: Final = 200
"""Records; of fewer nothing is learnt, and the stated values count."""

ROUNDS: Final = 500
CLOSE: Final = 1e-7

PAIRS_STATED: Final = 10.0
"""Pairs of one thing that the stated values stand for, beside those that are found."""

RANDOM_PAIRS_STATED: Final = 1e5
"""Random pairs that they stand for, so that what was never seen is rare and not impossible."""

ENOUGH: Final = 5.0
"""Pairs of a level, found or expected, that near pairs must have to be heard."""

LEAST_SHARE: Final = 1e-6

DIGITS: Final = 9
"""Of a learnt number: sums of floating numbers differ beyond with the number of threads."""


@dataclass(frozen=True, slots=True, eq=False)
class _Shares:
    """A model as arrays: for each field the shares of its levels."""

    prior: float
    of_one: tuple[NDArray[np.float64], ...]
    of_two: tuple[NDArray[np.float64], ...]


def train(engine: Engine, seed: int = SEED) -> Model:
    """A model of these records.

    Parameters
    ----------
    engine : Engine
    seed : int
        Of the sample of random pairs.
    """
    start = stated(engine.kind, len(engine.records))
    if len(engine.records) < LEAST:
        return start
    found = counted(engine, start, seed)
    shares = _maximised(_as_shares(start), found, engine.pairs)
    return replace(start, prior=_rounded(shares.prior), weights=_as_weights(start, shares),
                   learnt_from=len(engine.records))  # fmt: skip


def _maximised(before: _Shares, found: Counts, pairs: int) -> _Shares:
    """What expectation maximisation comes to, from the stated values."""
    shares = replace(before, of_two=_of_two(before, before, found, pairs))
    for _ in range(ROUNDS):
        expected = found.count * _probability(shares, found)
        prior = min(max(float(expected.sum()) / pairs, 0.5 / pairs), 0.5)
        following = _Shares(prior, _of_one(before, expected, found), shares.of_two)
        following = replace(following, of_two=_of_two(before, following, found, pairs))
        if _distance(shares, following) < CLOSE:
            return following
        shares = following
    return shares


def _probability(shares: _Shares, found: Counts) -> NDArray[np.float64]:
    """That a pair of each pattern is of one thing."""
    weight = np.full(len(found.count), np.log2(shares.prior / (1.0 - shares.prior)))
    for level, one, two in zip(found.level, shares.of_one, shares.of_two, strict=True):
        weight += np.where(level < 0, 0.0, np.log2(one / two)[level])
    probability: NDArray[np.float64] = 1.0 / (1.0 + np.exp2(-np.clip(weight, -1000.0, 1000.0)))
    return probability


def _of_one(
    before: _Shares, expected: NDArray[np.float64], found: Counts
) -> tuple[NDArray[np.float64], ...]:
    """Shares of the levels among the pairs of one thing."""
    made = []
    for level, stated_ in zip(found.level, before.of_one, strict=True):
        known = level >= 0
        count = np.bincount(level[known], weights=expected[known], minlength=len(stated_))
        count = count + PAIRS_STATED * stated_ / stated_.sum()
        made.append(count / count.sum())
    return tuple(made)


def _of_two(
    before: _Shares, shares: _Shares, found: Counts, pairs: int
) -> tuple[NDArray[np.float64], ...]:
    """Shares among pairs of two things: those of random pairs, less the part of one thing.

    Where two things may be near each other for a reason, they are counted among such.
    """
    drawn = min(float(pairs), RANDOM_PAIRS)
    made = []
    for random, near, one, stated_ in zip(
        found.random, found.near, shares.of_one, before.of_two, strict=True
    ):
        rest = np.maximum(0.0, random - shares.prior * one)
        count = drawn * rest + RANDOM_PAIRS_STATED * stated_ / stated_.sum()
        share = count / count.sum()
        made.append(share if near is None else _among(share, near))
    return tuple(made)


def _among(share: NDArray[np.float64], near: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares among near pairs, where there are or should be enough of a level; else the others.

    The last level is what the others leave.
    """
    pairs = near.sum()
    enough = (near >= ENOUGH) | (share * pairs >= ENOUGH)
    drawn = np.where(enough, (near + 0.5) / max(pairs, 1.0), share)
    drawn[-1] = max(1.0 - float(drawn[:-1].sum()), LEAST_SHARE)
    return drawn


def _distance(one: _Shares, other: _Shares) -> float:
    moved = (np.abs(a - b).max() for a, b in zip(one.of_one, other.of_one, strict=True))
    return max(abs(one.prior / other.prior - 1.0), *map(float, moved))


def _as_shares(model: Model) -> _Shares:
    parts = [
        np.array([model.weights[comparison.field, level.label] for level in comparison.levels])
        for comparison in PLANS[model.kind].comparisons
    ]
    return _Shares(
        model.prior, tuple(one[:, 0] for one in parts), tuple(one[:, 1] for one in parts)
    )


def _as_weights(model: Model, shares: _Shares) -> dict[tuple[str, str], tuple[float, float]]:
    return {
        (comparison.field, level.label): (_rounded(one[place]), _rounded(two[place]))
        for comparison, one, two in zip(
            PLANS[model.kind].comparisons, shares.of_one, shares.of_two, strict=True
        )
        for place, level in enumerate(comparison.levels)
    }


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
