"""What ``headstamp linkage`` prints of proposals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headstamp.linkage.proposal import Proposal, Step

SAYS = (
    "A probability speaks of two records being of one thing, under this model; it is no statement "
    "about a person, a dealer or a firearm. Nothing is merged until a person accepts it."
)


def proposal_row(one: Proposal) -> dict[str, Any]:
    """A proposal for scripts."""
    return {
        "kind": one.kind,
        "one": str(one.one),
        "other": str(one.other),
        "probability": one.probability,
        "weight_bits": one.weight,
        "waterfall": [asdict(step) for step in one.waterfall],
    }


def summary_lines(
    facts: dict[str, Any], found: Sequence[Proposal], at_least: float, most: int
) -> Iterator[str]:
    """How many proposals there are, and the first of them explained."""
    yield (
        f"{facts['records']:,} records of {facts['kind']}s, {facts['pairs']:,} pairs: "
        f"{len(found):,} of a probability of {at_least:g} and more"
    )
    if facts["learnt_from"]:
        yield (
            f"  learnt from {facts['learnt_from']:,} records; about "
            f"{facts['expected_pairs_of_one_thing']:,.0f} pairs are expected to be of one thing"
        )
    else:
        yield "  too few records to learn from: the stated starting values were used"
    for one in found[:most]:
        yield from proposal_lines(one)
    if len(found) > most:
        yield f"and {len(found) - most:,} more (all with --json)"
    yield SAYS


def proposal_lines(one: Proposal) -> Iterator[str]:
    """A proposal and what each field adds, in bits."""
    yield f"{one.one} and {one.other}: {_percent(one.probability)} ({one.weight:+.1f} bits)"
    for step in one.waterfall:
        yield f"  {step.bits:+6.1f}  {step.field:8} {step.level}{_values(step)}"


def _values(step: Step) -> str:
    if not (step.one or step.other):
        return ""
    said = [value or "-" for value in (step.one, step.other)]
    return f": {said[0]}" if said[0] == said[1] else f": {said[0]} | {said[1]}"


def _percent(probability: float) -> str:
    """Never 100 %, nor 0 %: a model is not that sure."""
    if probability > 0.999:
        return "over 99.9 %"
    return "under 0.1 %" if probability < 0.001 else f"{100 * probability:.1f} %"
