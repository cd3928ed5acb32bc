"""Records of the same things linked without their truth, beside equal fields, and held against it.

The shares of slips in the drawn records are chosen; the numbers compare methods on them, and say
nothing of how good any real list is.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from itertools import pairwise
from typing import Any, Final

from benchmarks.collection import Collection
from benchmarks.measure import Figure, report
from headstamp.evaluation.intervals import wilson
from headstamp.linkage.engine import engine
from headstamp.linkage.kinds import PLANS
from headstamp.linkage.proposal import Proposal
from headstamp.linkage.proposing import propose
from headstamp.linkage.records import KINDS, Key, Kind, Record, key_of
from headstamp.linkage.training import train
from headstamp.simulation.linked_records import draw_linked_records

RECORDS = int(os.environ.get("BENCH_LINKED", "20000"))
SEED = 20261125
"""Not the seeds with which the levels of agreement were chosen."""

LEAST: Final = 0.01
"""Probability of the pairs whose calibration is judged."""

EDGES: Final = (LEAST, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99, 1.0)

EQUAL: Final[dict[Kind, tuple[str, ...]]] = {
    "firearm": ("serial", "maker"),
    "dealer": ("licence_core",),
    "person": ("full_name", "born"),
}
"""Fields that the plain baseline wants equal, spelling and renewals of a licence aside."""

Pairs = set[tuple[Key, Key]]


def run(scans: Collection | None) -> None:
    """Draw, learn, propose; print precision, recall, calibration and time for each kind."""
    del scans
    figures: list[Figure] = []
    bins: dict[str, list[dict[str, Any]]] = {}
    for kind in KINDS:
        found, bins[kind] = _of_kind(kind)
        figures += found
    report("Linkage against the truth", figures, {"reliability": bins})
    _print_bins(bins)


def _of_kind(kind: Kind) -> tuple[list[Figure], list[dict[str, Any]]]:
    drawn = draw_linked_records(kind, RECORDS, SEED)
    true = drawn.true_pairs()
    start = time.perf_counter()
    with engine(kind, drawn.records) as there:
        model = train(there)
        learnt = time.perf_counter()
        found = propose(there, model, LEAST)
    end = time.perf_counter()
    bins = _bins(found, true)
    half = {(one.one, one.other) for one in found if one.probability >= 0.5}
    sure = {(one.one, one.other) for one in found if one.probability >= 0.9}
    return [
        Figure(f"{kind}: records", RECORDS, "", note=f"{len(true):,} pairs of one thing"),
        *_judged("  equal fields, the baseline", _equal(kind, drawn.records), true),
        *_judged("  proposed at 0.5 and more", half, true),
        *_judged("  proposed at 0.9 and more", sure, true),
        Figure("  proposed at 0.01 and more: recall",
               len({(one.one, one.other) for one in found} & true) / len(true), ""),
        Figure("  pairs expected over pairs that there are",
               model.prior * RECORDS * (RECORDS - 1) / 2 / len(true), ""),
        Figure("  expected calibration error, 0.01 and more", _error(bins), "",
               note=f"{len(found):,} pairs"),
        Figure("  expected calibration error, 0.5 and more",
               _error([one for one in bins if one["from"] >= 0.5]), ""),
        Figure("  learnt in", learnt - start, "s"),
        Figure("  proposed and explained in", end - learnt, "s"),
        Figure("  records a second, both together", RECORDS / (end - start), ""),
    ], bins  # fmt: skip


def _judged(name: str, found: Pairs, true: Pairs) -> list[Figure]:
    return [
        Figure(f"{name}: precision", len(found & true) / max(1, len(found)), "",
               note=f"{len(found):,} pairs"),
        Figure(f"{name}: recall", len(found & true) / max(1, len(true)), ""),
    ]  # fmt: skip


def _equal(kind: Kind, records: tuple[Record, ...]) -> Pairs:
    """Pairs whose fields are known and equal."""
    alike: dict[tuple[str | None, ...], list[Key]] = defaultdict(list)
    for one in records:
        prepared = PLANS[kind].prepare(one)
        values = tuple(prepared[column] for column in EQUAL[kind])
        if all(values):
            alike[values].append(key_of(one))
    return {
        (one, other)
        for keys in map(sorted, alike.values())
        for place, one in enumerate(keys)
        for other in keys[place + 1 :]
    }


def _bins(found: tuple[Proposal, ...], true: Pairs) -> list[dict[str, Any]]:
    """Pairs by probability: the mean that was said, and the share that is true."""
    bins = []
    for low, high in pairwise(EDGES):
        inside = [one for one in found
                  if low <= one.probability < high or one.probability == high == 1.0]  # fmt: skip
        hits = sum((one.one, one.other) in true for one in inside)
        bins.append(
            {
                "from": low,
                "to": high,
                "pairs": len(inside),
                "said": sum(one.probability for one in inside) / max(1, len(inside)),
                "true": hits / max(1, len(inside)),
                "interval": wilson(hits, len(inside)),
            }
        )
    return bins


def _error(bins: list[dict[str, Any]]) -> float:
    """Mean distance of what was said from what is true, each pair counting once."""
    pairs = sum(one["pairs"] for one in bins)
    return float(sum(one["pairs"] * abs(one["said"] - one["true"]) for one in bins) / max(1, pairs))


def _print_bins(bins: dict[str, list[dict[str, Any]]]) -> None:
    for kind, found in bins.items():
        print(f"\n  {kind}: probability said, share that is true (95 %)")
        for one in found:
            low, high = one["interval"]
            print(
                f"    {one['from']:.2f} to {one['to']:.2f} {one['pairs']:>7,} pairs: said "
                f"{one['said']:.3f}, true {one['true']:.3f} ({low:.3f} to {high:.3f})"
            )
