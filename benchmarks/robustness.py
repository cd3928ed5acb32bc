"""Partial marks, added noise, and the control that masks alone give nothing away."""

from __future__ import annotations

import numpy as np

from benchmarks.collection import Collection
from benchmarks.measure import Figure, report
from headstamp.comparison.parameters import ComparisonParameters
from headstamp.comparison.query import Query
from headstamp.errors import UnsuitableScanError
from headstamp.evaluation.roc import auc, equal_error_rate
from headstamp.simulation.noise import add_noise, noise_under_mask
from headstamp.simulation.partial import sector
from headstamp.surfaces.preparation import prepare
from headstamp.surfaces.prepared import PreparedScan
from headstamp.surfaces.topography import Topography

COARSE = ComparisonParameters(fine=False)
"""The aligned correlation comes from the 25 um level; the finer pass would only cost time."""

DRAWS = 10

LOWEST = -2.0
"""Stands for a pair without any answer: it ranks below every other."""


def run(scans: Collection) -> None:
    """Measure and print."""
    figures = []
    for low, high, target in ((0.7e-6, 1.2e-6, 2.0), (0.4e-6, 0.7e-6, 5.0)):
        scores, same = _partial(scans, low, high)
        rate = 100 * equal_error_rate(scores, same)
        name = f"sector of {low * 1e6:.1f} to {high * 1e6:.1f} mm2, equal error rate"
        figures.append(Figure(name, rate, "%", target, note=f"{len(same)} pairs"))
    for ratio, target in ((2.0, 0.999), (4.0, 0.98)):
        scores, same = _noisy(scans, ratio)
        name = f"noise of {ratio:g} x the signal on one of the two, AUC"
        figures.append(Figure(name, auc(scores, same), "", target, "high"))
    figures.append(_control(scans))
    report("Robustness on real scans", figures)


def _partial(scans: Collection, low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """A sector of every scan against every other whole scan."""
    random = np.random.default_rng(7)
    changed = [sector(t, random.uniform(low, high), random) for t in scans.topographies]
    return _against_all(scans, changed)


def _noisy(scans: Collection, ratio: float) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(8)
    return _against_all(scans, [add_noise(t, ratio, random) for t in scans.topographies])


def _against_all(scans: Collection, changed: list[Topography]) -> tuple[np.ndarray, np.ndarray]:
    scores, same = [], []
    for index, topography in enumerate(changed):
        query = _query(topography)
        for other, scan in enumerate(scans.prepared):
            if other == index:
                continue
            scores.append(_score(query, scan))
            same.append(scans.sources[index] == scans.sources[other])
    return np.array(scores), np.array(same)


def _query(topography: Topography) -> Query | None:
    try:
        return Query.of(prepare(topography), COARSE)
    except UnsuitableScanError:
        return None


def _score(query: Query | None, scan: PreparedScan) -> float:
    """No answer is the weakest answer."""
    if query is None:
        return LOWEST
    found = query.compare(scan).aligned_correlation
    return found if np.isfinite(found) else LOWEST


def _control(scans: Collection) -> Figure:
    """Noise under the real masks: what the masks alone tell, over several draws of the noise.

    One draw scatters by 0.05 about its mean, since only 63 pairs are of the same slide.
    """
    pairs = scans.pairs
    same = scans.same(pairs)
    values = []
    for seed in range(DRAWS):
        random = np.random.default_rng([9, seed])
        noise = [prepare(noise_under_mask(t, random)) for t in scans.topographies]
        queries = [Query.of(scan, COARSE) for scan in noise]
        scores = [_score(queries[a], noise[b]) for a, b in pairs]
        values.append(auc(np.array(scores), same))
    spread = f"mean {np.mean(values):.3f} of {DRAWS} draws, {min(values):.3f} to {max(values):.3f}"
    within = abs(float(np.mean(values)) - 0.5)
    return Figure(
        "control, noise under real masks: AUC's distance from 0.5", within, "", 0.05, note=spread
    )
