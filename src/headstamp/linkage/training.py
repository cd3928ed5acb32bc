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

from headstamp.linkage.engine import Engine
from headstamp.linkage.kinds import PLANS
from headstamp.linkage.model import Model, Weights, levels_of, stated

SEED: Final = 1851
LEAST: Final = 200
"""Records; of fewer nothing is learnt, and the stated values count."""

RANDOM_PAIRS: Final = 4e6
ROUNDS: Final = 500
CLOSE: Final = 1e-7

PAIRS_STATED: Final = 10.0
"""Pairs of one thing that the stated values stand for, beside those that are found."""

RANDOM_PAIRS_STATED: Final = 1e5
"""Random pairs that they stand for, so that what was never seen is rare and not impossible."""

DIGITS: Final = 9
"""Of a learnt number: sums of floating numbers differ beyond with the number of threads."""


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """How often each combination of levels occurs among the pairs that are looked at.

    Parameters
    ----------
    level : tuple of int64 (patterns,)
        For each field the place of its level in the plan; -1 where one side does not say.
    count : float64 (patterns,)
    """

    level: tuple[NDArray[np.int64], ...]
    count: NDArray[np.float64]


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
    found = _patterns(engine, start)
    observed = _as_shares(start, _observed(engine, start, seed))
    shares = _maximised(_as_shares(start, start.weights), observed.of_two, found, engine.pairs)
    return replace(start, prior=_rounded(shares.prior), weights=_as_weights(start, shares),
                   learnt_from=len(engine.records))  # fmt: skip


def _observed(engine: Engine, start: Model, seed: int) -> Weights:
    """The model with how often each level holds among random pairs in place of ``u``."""
    linker = engine.linker(start)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=RANDOM_PAIRS, seed=seed, min_count_per_level=None, num_chunks=1
    )
    found = levels_of(linker.misc.save_model_to_json())
    return {level: (m, found[level].get("u_probability", u))
            for level, (m, u) in start.weights.items()}  # fmt: skip


def _patterns(engine: Engine, start: Model) -> Patterns:
    comparisons = PLANS[engine.kind].comparisons
    gammas = ", ".join(f"gamma_{one.field}" for one in comparisons)
    predicted = engine.linker(start).inference.predict(warning_mode="never")
    rows = engine.connection.execute(
        f"SELECT {gammas}, count(*) FROM {predicted.physical_name} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    table = np.array(rows, dtype=np.int64).reshape(len(rows), len(comparisons) + 1)
    level = tuple(
        # Splink counts levels from the weakest.
        np.where(table[:, i] < 0, -1, len(one.levels) - 1 - table[:, i])
        for i, one in enumerate(comparisons)
    )
    return Patterns(level, table[:, -1].astype(np.float64))


def _maximised(
    stated_: _Shares, observed: tuple[NDArray[np.float64], ...], found: Patterns, pairs: int
) -> _Shares:
    """What expectation maximisation comes to."""
    shares = replace(stated_, of_two=_of_two(stated_, stated_, observed, pairs))
    for _ in range(ROUNDS):
        expected = found.count * _probability(shares, found)
        prior = float(expected.sum()) / pairs
        following = _Shares(
            min(max(prior, 0.5 / pairs), 0.5),
            _of_one(stated_, expected, found),
            shares.of_two,
        )
        following = replace(following, of_two=_of_two(stated_, following, observed, pairs))
        if _distance(shares, following) < CLOSE:
            return following
        shares = following
    return shares


def _probability(shares: _Shares, found: Patterns) -> NDArray[np.float64]:
    """That a pair of each pattern is of one thing."""
    weight = np.full(len(found.count), np.log2(shares.prior / (1.0 - shares.prior)))
    for level, one, two in zip(found.level, shares.of_one, shares.of_two, strict=True):
        weight += np.where(level < 0, 0.0, np.log2(one / two)[level])
    probability: NDArray[np.float64] = 1.0 / (1.0 + np.exp2(-np.clip(weight, -1000.0, 1000.0)))
    return probability


def _of_one(
    stated_: _Shares, expected: NDArray[np.float64], found: Patterns
) -> tuple[NDArray[np.float64], ...]:
    """Shares of the levels among the pairs of one thing."""
    made = []
    for level, before in zip(found.level, stated_.of_one, strict=True):
        known = level >= 0
        count = np.bincount(level[known], weights=expected[known], minlength=len(before))
        count = count + PAIRS_STATED * before / before.sum()
        made.append(count / count.sum())
    return tuple(made)


def _of_two(
    stated_: _Shares, shares: _Shares, observed: tuple[NDArray[np.float64], ...], pairs: int
) -> tuple[NDArray[np.float64], ...]:
    """What random pairs of two things do: what all do, less the part of those of one thing."""
    drawn = min(float(pairs), RANDOM_PAIRS)
    made = []
    for all_, one, before in zip(observed, shares.of_one, stated_.of_two, strict=True):
        rest = np.maximum(0.0, all_ - shares.prior * one)
        count = drawn * rest + RANDOM_PAIRS_STATED * before / before.sum()
        made.append(count / count.sum())
    return tuple(made)


def _distance(one: _Shares, other: _Shares) -> float:
    moved = (np.abs(a - b).max() for a, b in zip(one.of_one, other.of_one, strict=True))
    return max(abs(one.prior / other.prior - 1.0), *map(float, moved))


def _as_shares(model: Model, weights: Weights) -> _Shares:
    parts = [
        np.array([weights[comparison.field, level.label] for level in comparison.levels])
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
