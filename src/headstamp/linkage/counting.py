"""What is counted before a model is learnt: how often levels occur, and among which pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.linkage.engine import LIST, TABLE, Engine
from headstamp.linkage.kinds import PLANS
from headstamp.linkage.model import ID, Model, levels_of
from headstamp.linkage.plan import Comparison

RANDOM_PAIRS: Final = 2e6
NEAR_PAIRS: Final = 2e6

Shares = NDArray[np.float64]
"""Of the levels of a field, in the order of the plan."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How often levels occur.

    Parameters
    ----------
    level : tuple of int64 (patterns,)
        Each combination of levels among the pairs that are looked at: for each field the place of
        its level in the plan; -1 where one side does not say.
    count : float64 (patterns,)
    random : tuple of float64 (levels,)
        For each field the shares of its levels among all pairs: counted where every such pair is
        looked at, else of a random sample.
    near : tuple
        For each field the pairs of each level (float64 (levels,)) among two records of one list
        that agree in the columns that the plan names: of two things, as a rule. None where the
        plan names none, or there is one list.
    """

    level: tuple[NDArray[np.int64], ...]
    count: NDArray[np.float64]
    random: tuple[Shares, ...]
    near: tuple[Shares | None, ...]


def counted(engine: Engine, start: Model, seed: int) -> Counts:
    """The counts of these records.

    Parameters
    ----------
    engine : Engine
    start : Model
        Its weights do not matter.
    seed : int
        Of the sample of random pairs.
    """
    comparisons = PLANS[engine.kind].comparisons
    found = engine.linker(start).inference.predict(warning_mode="never")
    gammas = ", ".join(f"gamma_{one.field}" for one in comparisons)
    rows = engine.connection.execute(
        f"SELECT {gammas}, count(*) FROM {found.physical_name} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    table = np.array(rows, dtype=np.int64).reshape(len(rows), len(comparisons) + 1)
    level = tuple(_places(one, table[:, i]) for i, one in enumerate(comparisons))
    count = table[:, -1].astype(np.float64)
    random = tuple(
        _exact(engine, one, share, places, count)
        for one, share, places in zip(comparisons, _random(engine, start, seed), level, strict=True)
    )
    several = len({one.source for one in engine.records}) > 1
    near = tuple(_near(engine, one) if several and one.within else None for one in comparisons)
    return Counts(level, count, random, near)


def _places(comparison: Comparison, gamma: NDArray[np.int64]) -> NDArray[np.int64]:
    """Places in the plan; Splink counts levels from the weakest."""
    places: NDArray[np.int64] = np.where(gamma < 0, -1, len(comparison.levels) - 1 - gamma)
    return places


def _exact(
    engine: Engine, comparison: Comparison, random: Shares, places: NDArray[np.int64], count: Shares
) -> Shares:
    """The shares of a sample, with what is counted in its place where every pair is looked at."""
    ((known,),) = engine.connection.execute(
        f"SELECT count({comparison.known}) FROM {TABLE}"
    ).fetchall()
    pairs = max(1.0, known * (known - 1) / 2)
    counted_ = [float(count[places == place].sum()) / pairs for place in range(len(random))]
    exact = np.array([one.every_pair for one in comparison.levels])
    return np.where(exact, counted_, random)


def _random(engine: Engine, start: Model, seed: int) -> tuple[Shares, ...]:
    linker = engine.linker(start)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=RANDOM_PAIRS, seed=seed, min_count_per_level=None, num_chunks=1
    )
    found = levels_of(linker.misc.save_model_to_json())
    return tuple(
        np.array([found[one.field, level.label].get("u_probability", level.u)
                  for level in one.levels])
        for one in PLANS[engine.kind].comparisons
    )  # fmt: skip


def _near(engine: Engine, comparison: Comparison) -> Shares:
    """Pairs of each level within one list, of as many records as make some millions of pairs."""
    known = " AND ".join(f"{one} IS NOT NULL" for one in (comparison.known, *comparison.within))
    groups = ", ".join((LIST, *comparison.within))
    ((total,),) = engine.connection.execute(
        f"SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM "
        f"(SELECT count(*) AS n FROM {TABLE} WHERE {known} GROUP BY {groups})"
    ).fetchall()
    part = min(1.0, (NEAR_PAIRS / max(float(total), 1.0)) ** 0.5)
    drawn = f"(SELECT * FROM {TABLE} WHERE {known} AND hash({ID}) % 1000000 < {1e6 * part:.0f})"
    agree = " AND ".join(f"one.{column} = other.{column}" for column in (LIST, *comparison.within))
    columns = ", ".join(
        f"one.{column} AS {column}_l, other.{column} AS {column}_r"
        for column in PLANS[engine.kind].columns
    )
    cases = " ".join(
        f"WHEN {level.condition} THEN {place}" for place, level in enumerate(comparison.levels[:-1])
    )
    rows = engine.connection.execute(
        f"SELECT CASE {cases} ELSE {len(comparison.levels) - 1} END AS place, count(*) FROM "
        f"(SELECT {columns} FROM {drawn} one JOIN {drawn} other ON {agree} "
        f"AND one.{ID} < other.{ID}) GROUP BY ALL"
    ).fetchall()
    pairs = np.zeros(len(comparison.levels))
    for place, number in rows:
        pairs[place] = number
    return pairs
