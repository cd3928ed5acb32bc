"""Time of every step on one core, beside its target and beside the bare transforms it needs."""

from __future__ import annotations

from itertools import cycle

import numpy as np
import scipy.fft
from scipy import ndimage

from benchmarks.collection import Collection
from benchmarks.measure import Figure, report, seconds
from headstamp.comparison.descriptors import DESCRIPTOR_SIZE, describe
from headstamp.comparison.parameters import ComparisonParameters
from headstamp.comparison.query import Query
from headstamp.surfaces.preparation import prepare


def run(scans: Collection) -> None:
    """Measure and print."""
    coarse = ComparisonParameters(fine=False)
    quick = [Query.of(scan, coarse) for scan in scans.prepared[:8]]
    full = [Query.of(scan) for scan in scans.prepared[:8]]
    items = scans.prepared[8:]
    turn = cycle([(a, b) for b in range(len(items)) for a in range(8)])

    def compare(queries: list[Query]) -> None:
        a, b = next(turn)
        queries[a].compare(items[b])

    def screen() -> None:
        a, b = next(turn)
        full[a].screen(items[b].pose)

    topographies = cycle(scans.topographies)
    descriptors = np.stack([describe(scan) for scan in scans.prepared] * 50)
    preparation = seconds(lambda: prepare(next(topographies)), 2.0)
    query = seconds(lambda: Query.of(scans.prepared[0]))
    at_25, at_12 = seconds(lambda: compare(quick), 3.0), seconds(lambda: compare(full), 3.0)
    screening = seconds(screen, 2.0)
    shortlist = seconds(lambda: full[0].shortlist_scores(descriptors)) / len(descriptors)
    floors = _floors(full[0])
    report(
        "Speed, one core",
        [
            Figure("preparation of one scan", 1e3 * preparation, "ms", 100),
            Figure("  over its bare filters", preparation / floors["filters"], "x"),
            Figure("a query's turned images, once a query", 1e3 * query, "ms"),
            Figure("comparison, both directions, 25 um", 1e3 * at_25, "ms", 15),
            Figure("  over its bare transforms", at_25 / floors["coarse"], "x"),
            Figure("comparison, both directions, with the 12.5 um pass", 1e3 * at_12, "ms", 40),
            Figure("  over its bare transforms", at_12 / floors["fine"], "x"),
            Figure("exhaustive pose screen, an item", 1e3 * screening, "ms", 1.5),
            Figure("  over its bare transforms", screening / floors["screen"], "x"),
            Figure("shortlist, an item", 1e6 * shortlist, "us", 120),
            Figure("  over its bare matrix product", shortlist / floors["product"], "x"),
            Figure("descriptor, an item", DESCRIPTOR_SIZE, "bytes", 1024),
        ],
    )


def _floors(query: Query) -> dict[str, float]:
    """Seconds of the transforms, filters and products alone, on arrays of the same sizes."""
    random = np.random.default_rng(0)
    image = random.normal(size=(272, 272)).astype(np.float32)

    def spectrum(count: int, size: int) -> np.ndarray:
        values = random.normal(size=(count, size, size)).astype(np.float32)
        return scipy.fft.rfft2(values)

    def cells(size: int) -> float:
        batch = random.normal(size=(6 * 35, size, size)).astype(np.float32)
        back = spectrum(6 * 35, size)
        return seconds(lambda: (scipy.fft.rfft2(batch), scipy.fft.irfft2(back, s=(size, size))))

    angles, half = spectrum(31, 90), spectrum(31, 45)
    screen = seconds(
        lambda: (scipy.fft.irfft2(angles, s=(90, 90)), scipy.fft.irfft2(half, s=(45, 45)))
    )
    at_25, at_12 = cells(30), cells(54)
    poses = query.descriptors.poses
    block = random.normal(size=(256, poses.shape[1])).astype(np.float32)
    return {
        "filters": 4 * seconds(lambda: ndimage.gaussian_filter(image, 3.75, truncate=3.0))
        + 2 * seconds(lambda: ndimage.gaussian_filter(image, 16.0, truncate=3.0)),
        "screen": screen,
        # Three candidates one way, then both ways on the level of the answer.
        "coarse": screen + 5 * at_25,
        "fine": screen + 3 * at_25 + 2 * at_12,
        "product": seconds(lambda: block @ poses.T) / len(block),
    }
