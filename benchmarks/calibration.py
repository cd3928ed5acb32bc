"""How good the likelihood ratios are on the real scans, both guns of a pair left out."""

from __future__ import annotations

import numpy as np

from benchmarks.collection import Collection
from benchmarks.measure import Figure, report
from headstamp.comparison.query import Query
from headstamp.evaluation.scored_pairs import ScoredPairs
from headstamp.evaluation.validation import validate


def run(scans: Collection) -> None:
    """Compare all pairs, calibrate and print."""
    pairs = np.array(scans.pairs)
    queries = [Query.of(scan) for scan in scans.prepared]
    found = [queries[a].compare(scans.prepared[b]) for a, b in pairs]
    _, firearm = np.unique(scans.sources, return_inverse=True)
    result = validate(
        ScoredPairs(
            first=pairs[:, 0],
            second=pairs[:, 1],
            firearm_first=firearm[pairs[:, 0]],
            firearm_second=firearm[pairs[:, 1]],
            scores={
                "aligned_correlation": np.array([c.aligned_correlation for c in found]),
                "congruent_cells": np.array([float(c.congruent_cells) for c in found]),
            },
        )
    )
    low, high = result.cllr_interval
    ratios = result.pairs.scores["log10_lr"]
    report(
        "Calibration on real scans",
        [
            Figure(
                "Cllr, both guns left out, bounded",
                result.cllr,
                "bits",
                0.02,
                note=f"95 % {low:.3f} to {high:.3f}",
            ),
            Figure("  the least that the bounds allow", result.cllr_floor, "bits"),
            Figure("  Cllr_min", result.cllr_min, "bits"),
            Figure("largest log10 LR", float(np.nanmax(ratios)), ""),
            Figure("smallest log10 LR", float(np.nanmin(ratios)), ""),
        ],
    )
