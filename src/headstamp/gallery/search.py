"""Search: which scans of a gallery are most like a given one.

1. Shortlist: score every descriptor, keep the best 200 or 1 %, whichever is more, and all
   partial marks. A gallery no larger than that needs none.
2. Screen: try every pose of the query on those, keep the best 100.
3. Compare: congruent matching cells and the aligned correlation of those.
4. Rank by the aligned correlation.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from headstamp.gallery.candidates import Candidate, SearchResult, SearchSettings, StageTime
from headstamp.gallery.executors import Executor, Serial
from headstamp.gallery.ranking import Indices, Scores, best, rounded
from headstamp.gallery.store import Gallery
from headstamp.gallery.tasks import Stage, Task
from headstamp.surfaces.prepared import PreparedScan

if TYPE_CHECKING:
    from headstamp.comparison.parameters import ComparisonParameters
    from headstamp.comparison.query import Query
    from headstamp.comparison.result import Comparison

Progress = Callable[[Stage, int, int], None]
"""Called with the stage, the records done and the records there are."""


def search(
    gallery: Gallery,
    scan: PreparedScan,
    sha256: str = "",
    *,
    parameters: ComparisonParameters | None = None,
    settings: SearchSettings | None = None,
    executor: Executor | None = None,
    backend: str = "numpy",
    progress: Progress | None = None,
) -> SearchResult:
    """Rank the scans of a gallery by their likeness to a scan.

    The answer depends on the gallery, the scan, the parameters and the settings alone: not on
    the executor, the number of its workers, or the order in which they finish.

    Parameters
    ----------
    gallery : Gallery
    scan : PreparedScan
        Prepared with the gallery's parameters.
    sha256 : str, optional
        Of the file the scan was read from; the record made from it is left out.
    parameters : ComparisonParameters, optional
    settings : SearchSettings, optional
    executor : Executor, optional
        Who does the work; this process on one core when none is given.
    backend : str
        ``numpy``, ``torch`` or ``torch:DEVICE``.
    progress : callable, optional

    Raises
    ------
    GalleryError
        If the scan was prepared otherwise than the gallery, or the gallery by another version.
    MissingExtraError
        If the backend is not installed.
    """
    from headstamp.comparison.query import Query, ranking_score

    gallery.require_current()
    gallery.require_same(scan.parameters)
    settings = settings or SearchSettings()
    eligible = _eligible(gallery, scan, sha256, settings)
    if not len(eligible):
        return SearchResult((), 0, (), settings)
    query = Query.of(scan, parameters, backend)
    stages = _Stages(gallery, query, settings, executor or Serial(), progress)
    shortlist, shortlist_scores = stages.shortlist(eligible)
    screened, screen_scores = stages.screen(shortlist)
    comparisons = stages.compare(screened)
    first = dict(zip(shortlist.tolist(), shortlist_scores, strict=True))
    second = dict(zip(screened.tolist(), screen_scores.tolist(), strict=True))
    scores = rounded(np.array([ranking_score(comparison) for comparison in comparisons]))
    order = best(scores, screened, len(screened))
    candidates = tuple(
        Candidate(
            rank,
            gallery.record(int(screened[i])),
            comparisons[i],
            float(scores[i]),
            second[int(screened[i])],
            first[int(screened[i])],
        )
        for rank, i in enumerate(order, start=1)
        if np.isfinite(scores[i])
    )
    return SearchResult(candidates, len(eligible), tuple(stages.times), settings)


def _eligible(
    gallery: Gallery, scan: PreparedScan, sha256: str, settings: SearchSettings
) -> Indices:
    """Records that may become candidates, ascending."""
    wanted = gallery.comparable(scan.region)
    wanted[: settings.since] = False
    if sha256 and not settings.include_same_file:
        wanted[gallery.indices_of(sha256)] = False
    return np.flatnonzero(wanted).astype(np.int64)


class _Stages:
    """Runs one stage after the other on the executor, and takes the times."""

    def __init__(
        self,
        gallery: Gallery,
        query: Query,
        settings: SearchSettings,
        executor: Executor,
        progress: Progress | None,
    ) -> None:
        self._gallery = gallery
        self._query = query
        self._settings = settings
        self._executor = executor
        self._progress = progress
        self.times: list[StageTime] = []

    def shortlist(self, eligible: Indices) -> tuple[Indices, list[float | None]]:
        """The records whose poses are screened, and their descriptors' scores."""
        settings = self._settings
        share = math.ceil(settings.shortlist_share * len(eligible))
        count = max(settings.least_shortlist, share)
        if settings.exhaustive or self._query.partial or count >= len(eligible):
            return eligible, [None] * len(eligible)
        scores = self._descriptor_scores(eligible)
        kept = best(scores, eligible, count)
        if settings.partial_marks:
            areas = self._gallery.areas[eligible]
            partial = np.flatnonzero(areas < self._query.poses.parameters.partial_area)
            kept = np.union1d(kept, partial)
        return eligible[kept], scores[kept].tolist()

    def _descriptor_scores(self, eligible: Indices) -> Scores:
        size, end = self._settings.block, len(self._gallery)
        first = int(eligible[0]) // size * size
        blocks = [range(start, min(start + size, end)) for start in range(first, end, size)]
        return np.array(self._run("shortlist", blocks), dtype=np.float64)[eligible - first]

    def screen(self, shortlist: Indices) -> tuple[Indices, Scores]:
        """The records that are compared in full, and their best score over all poses."""
        scores = np.array(self._run("screen", _pieces(shortlist, 16)), dtype=np.float64)
        kept = best(scores, shortlist, self._settings.compared)
        return shortlist[kept], scores[kept]

    def compare(self, screened: Indices) -> list[Comparison]:
        """The comparison of each record."""
        return self._run("compare", _pieces(screened, 2))

    def _run(self, stage: Stage, pieces: Sequence[range | tuple[int, ...]]) -> list[Any]:
        """Answers of all pieces, in the order of the pieces."""
        path = os.fspath(self._gallery.path.resolve())
        identity, size = self._gallery.header.identity, len(self._gallery)
        tasks = [Task(stage, path, identity, size, piece) for piece in pieces]
        total = sum(len(piece) for piece in pieces)
        started, done = time.perf_counter(), 0
        answers: list[list[Any]] = [[] for _ in tasks]
        for position, answer in self._executor.run(self._query, tasks):
            answers[position] = answer
            done += len(answer)
            if self._progress:
                self._progress(stage, done, total)
        self.times.append(StageTime(stage, total, time.perf_counter() - started))
        return [value for answer in answers for value in answer]


def _pieces(indices: Indices, size: int) -> list[tuple[int, ...]]:
    values = indices.tolist()
    return [tuple(values[i : i + size]) for i in range(0, len(values), size)]
