"""Errors on the real scans, with the shipped defaults."""

from __future__ import annotations

import numpy as np

from benchmarks.collection import Collection
from benchmarks.measure import Figure, report
from headstamp.comparison.query import Query
from headstamp.evaluation.thresholds import ALIGNED_CORRELATION


def run(scans: Collection) -> None:
    """Compare all pairs and print the extremes beside the targets."""
    pairs = scans.pairs
    same = scans.same(pairs)
    queries = [Query.of(scan) for scan in scans.prepared]
    found = [queries[a].compare(scans.prepared[b]) for a, b in pairs]
    correlation = np.array([c.aligned_correlation for c in found])
    cells = np.array([c.congruent_cells for c in found])
    errors = np.count_nonzero((correlation >= ALIGNED_CORRELATION) != same)
    report(
        "Accuracy on 780 pairs of real scans",
        [
            Figure("errors at the fixed threshold", errors, "pairs", 0),
            Figure("aligned correlation, lowest same", correlation[same].min(), "", 0.55, "high"),
            Figure("aligned correlation, highest different", correlation[~same].max(), "", 0.27),
            Figure("congruent cells, lowest same", cells[same].min(), "", 24, "high"),
            Figure("congruent cells, highest different", cells[~same].max(), "", 8),
            Figure("pairs of the same slide", int(same.sum()), "", None),
        ],
    )
