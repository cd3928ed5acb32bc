"""A gallery from 100 to 10,000 scans: time, memory and recall of a search, one core."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.collection import Collection
from benchmarks.measure import Figure, report
from headstamp.comparison.query import Query
from headstamp.gallery.items import GalleryItem
from headstamp.gallery.ranking import rounded
from headstamp.gallery.search import search
from headstamp.gallery.store import Gallery
from headstamp.simulation.collection import plan, topography
from headstamp.simulation.distractor import distractor
from headstamp.surfaces.preparation import prepare

SIZES = (100, 1_000, 10_000)
QUERIES = 60
TIMED = 5


def run(scans: Collection | None) -> None:
    """Measure and print; the true mates are real scans where there are any, and synthetic ones."""
    with tempfile.TemporaryDirectory() as folder, threadpool_limits(1):
        _run(Path(folder), scans)


def _run(folder: Path, scans: Collection | None) -> None:
    pairs = _synthetic_pairs()
    gallery = Gallery.create(folder / "gallery")
    gallery.append(_mates(pairs, scans))
    mates = len(gallery)
    queries = [Query.of(query) for query, _ in pairs]
    figures = []
    for size in SIZES:
        start = time.perf_counter()
        gallery.append(_distractors(len(gallery) - mates, size))
        made = time.perf_counter() - start
        opened = Gallery.open(gallery.path)
        times, ranks = [], []
        for number, query in enumerate(queries):
            ranks.append(_rank(opened, query, number))
            if number < TIMED:
                start = time.perf_counter()
                result = search(opened, query.scan)
                times.append(time.perf_counter() - start)
        stages = "; ".join(f"{s.stage} {1e3 * s.seconds:.0f} ms" for s in result.stages)
        place = np.array(ranks)
        figures += [
            Figure(
                f"{size:>6} distractors: search, whole", float(np.median(times)), "s", note=stages
            ),
            Figure(
                "  true scan in the first 20 of the descriptors",
                100 * float((place < 20).mean()),
                "%",
                99.5 if size == SIZES[-1] else None,
                "high",
                f"{len(place)} queries",
            ),
            Figure(
                "  true scan in the shortlist that is screened",
                100 * float((place < max(200, size // 100)).mean()),
                "%",
                None,
                "high",
            ),
            Figure("  bytes a scan on disk", _bytes(opened.path) / len(opened), "bytes"),
        ]
        if made > 1:
            figures.append(Figure("  made, prepared and added, a scan", 1e3 * made / size, "ms"))
    figures.append(Figure("peak memory of this process", _peak(), "MiB"))
    if scans is not None:
        figures.append(_real_recall(opened, scans, len(pairs)))
    report("Scaling of a gallery", figures)


def _synthetic_pairs() -> list[tuple]:
    """Two whole marks of each of many guns: the query and its mate."""
    by_gun: dict[str, list] = {}
    for scan in plan(2 * QUERIES, 6 * QUERIES, 31):
        if not scan.partial_area and not scan.noise:
            by_gun.setdefault(scan.gun.name, []).append(scan)
    chosen = [shots[:2] for shots in by_gun.values() if len(shots) >= 2][:QUERIES]
    return [tuple(prepare(topography(shot)) for shot in two) for two in chosen]


def _mates(pairs: list[tuple], scans: Collection | None) -> Iterator[GalleryItem]:
    for number, (_, mate) in enumerate(pairs):
        yield GalleryItem.of(f"mate-{number}", f"{number:064x}", mate, "", {})
    for number, scan in enumerate(scans.prepared if scans else []):
        yield GalleryItem.of(f"real-{number}", f"{10**9 + number:064x}", scan, "", {})


def _distractors(made: int, wanted: int) -> Iterator[GalleryItem]:
    for seed in range(made, wanted):
        scan = prepare(distractor(seed))
        yield GalleryItem.of(f"distractor-{seed}", f"{10**12 + seed:064x}", scan, "", {})


def _rank(gallery: Gallery, query: Query, mate: int) -> int:
    """How many scans the descriptors put before the true one."""
    scores = rounded(query.shortlist_scores(np.asarray(gallery.descriptors)))
    return int(np.count_nonzero(scores > scores[mate]))


def _real_recall(gallery: Gallery, scans: Collection, first: int) -> Figure:
    """Each real scan against the largest gallery: all of its slide among the first 20?"""
    found = []
    for index, scan in enumerate(scans.prepared):
        scores = rounded(Query.of(scan).shortlist_scores(np.asarray(gallery.descriptors)))
        others = [
            first + other
            for other, source in enumerate(scans.sources)
            if source == scans.sources[index] and other != index
        ]
        scores[first + index] = -2.0
        found.append(min(int(np.count_nonzero(scores > scores[o])) for o in others) < 20)
    return Figure(
        f"  real scans among {SIZES[-1]:,} distractors: a true one in the first 20",
        100 * float(np.mean(found)),
        "%",
        99.5,
        "high",
        f"{len(found)} queries",
    )


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
