"""Pairs of records that a model takes to be of one thing, each explained field by field."""

from __future__ import annotations

from collections.abc import Iterator
from math import log2
from typing import Any, Final

from headstamp.linkage.engine import Engine
from headstamp.linkage.kinds import PLANS
from headstamp.linkage.model import ID, Model
from headstamp.linkage.plan import Comparison
from headstamp.linkage.proposal import START, Proposal, Step
from headstamp.linkage.records import Key, Record, key_of

AT_LEAST: Final = 0.5

MISSING: Final = -1
"""Splink's number of the level at which one side does not say."""


def propose(engine: Engine, model: Model, at_least: float = AT_LEAST) -> tuple[Proposal, ...]:
    """Proposals of at least a probability, the most probable first.

    Parameters
    ----------
    engine : Engine
    model : Model
    at_least : float
        From 0 to 1.
    """
    found = engine.linker(model).inference.predict(
        threshold_match_probability=at_least or None, warning_mode="never"
    )
    made = [_proposal(engine, model, row) for row in found.as_record_list()]
    return tuple(sorted(made, key=lambda one: (-one.weight, one.one, one.other)))


def explain(engine: Engine, model: Model, one: Key, other: Key) -> Proposal:
    """The same for any two records, also those that would not be proposed.

    Raises
    ------
    LinkageError
        If one of them is not there.
    """
    first, second = sorted((engine.place(one), engine.place(other)))
    linker = engine.linker(model, only=(first, second))
    (row,) = linker.inference.predict(warning_mode="never").as_record_list()
    return _proposal(engine, model, row)


def _proposal(engine: Engine, model: Model, row: dict[str, Any]) -> Proposal:
    one, other = engine.records[row[f"{ID}_l"]], engine.records[row[f"{ID}_r"]]
    start = Step(START, "", "", "any two records", log2(model.prior / (1 - model.prior)))
    steps = [
        step
        for comparison in PLANS[engine.kind].comparisons
        for step in _steps(comparison, row, one, other)
    ]
    return Proposal(
        engine.kind,
        key_of(one),
        key_of(other),
        float(row["match_probability"]),
        float(row["match_weight"]),
        (start, *steps),
    )


def _steps(
    comparison: Comparison, row: dict[str, Any], one: Record, other: Record
) -> Iterator[Step]:
    """The agreement of a field and, where it counts, how common the value is."""
    field = comparison.field
    values = _shown(comparison, one), _shown(comparison, other)
    level = _label(comparison, int(row[f"gamma_{field}"]))
    yield Step(field, *values, level, float(row[f"mw_{field}"]))
    if adjustment := float(row.get(f"mw_tf_adj_{field}") or 0.0):
        rarer = "a rare value" if adjustment > 0 else "a common value"
        yield Step(field, *values, rarer, adjustment)


def _label(comparison: Comparison, number: int) -> str:
    if number == MISSING:
        return "not known on one side"
    return comparison.levels[len(comparison.levels) - 1 - number].label


def _shown(comparison: Comparison, record: Record) -> str:
    return ", ".join(value for one in comparison.shows if (value := str(getattr(record, one))))
