"""Prepare and compare a labelled collection in processes of this machine.

The functions that workers run are at the top level, so that any way of starting a process can
find them. Results do not depend on the number of processes.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from headstamp.comparison.parameters import ComparisonParameters
from headstamp.comparison.result import Comparison
from headstamp.errors import HeadstampError
from headstamp.evaluation.scored_pairs import SCORES
from headstamp.surfaces.prepared import PreparationParameters, PreparedScan

TARGETS_PER_TASK: Final = 8
"""Pairs of one task: few enough that stopping does not take long."""

Scores = NDArray[np.float64]
Compare = Callable[[PreparedScan, PreparedScan, ComparisonParameters], Comparison]
Task = TypeVar("Task")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of one file.

    Parameters
    ----------
    scan : PreparedScan or None
        None when it could not be used; ``failure`` says why.
    sha256, instrument : str
    warnings : tuple of str
        Of reading and of preparation.
    failure : str
    """

    scan: PreparedScan | None
    sha256: str = ""
    instrument: str = ""
    warnings: tuple[str, ...] = ()
    failure: str = ""


def prepare_files(
    files: Sequence[Path],
    parameters: PreparationParameters,
    jobs: int,
    advance: Callable[[int], None],
) -> list[Prepared]:
    """Read and prepare every file; one that cannot be used does not stop the others.

    Parameters
    ----------
    files : sequence of Path
    parameters : PreparationParameters
    jobs : int
        Processes.
    advance : callable
        Told how many more are done.
    """
    tasks = [(index, file, parameters) for index, file in enumerate(files)]
    found: list[Prepared | None] = [None] * len(files)
    for index, prepared in _run(_prepare_task, tasks, jobs, _Setting((), None)):
        found[index] = prepared
        advance(1)
    return [prepared for prepared in found if prepared is not None]


def compare_all(
    scans: Sequence[PreparedScan],
    parameters: ComparisonParameters,
    jobs: int,
    advance: Callable[[int], None],
) -> tuple[NDArray[np.int64], NDArray[np.int64], dict[str, Scores]]:
    """Compare every scan with every later one.

    Parameters
    ----------
    scans : sequence of PreparedScan
    parameters : ComparisonParameters
    jobs : int
        Processes.
    advance : callable
        Told how many more pairs are done.

    Returns
    -------
    first, second : int64 (n,)
        Positions in ``scans``, in order.
    scores : dict of float64 (n,)
        Those of ``SCORES``.
    """
    count = len(scans)
    first, second = (axis.astype(np.int64) for axis in np.triu_indices(count, 1))
    tasks = [
        (query, targets)
        for query in range(count - 1)
        for targets in _blocks(range(query + 1, count))
    ]
    table = np.full((count, count, len(SCORES)), np.nan)
    for query, targets, rows in _run(
        _compare_task, tasks, jobs, _Setting(tuple(scans), parameters)
    ):
        table[query, targets] = rows
        advance(len(targets))
    return first, second, {name: table[first, second, at] for at, name in enumerate(SCORES)}


def scores_of(comparison: Comparison) -> tuple[float, ...]:
    """The values of ``SCORES``; a published count that was not made is NaN."""
    published = comparison.published
    return (
        float(comparison.aligned_correlation),
        float(comparison.congruent_cells),
        float(comparison.congruent_fraction),
        float(published.get("cmc", np.nan)),
        float(published.get("high_cmc", np.nan)),
    )


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a worker is told once."""

    scans: tuple[PreparedScan, ...]
    parameters: ComparisonParameters | None


_setting: list[_Setting] = []


def _prepare_task(task: tuple[int, Path, PreparationParameters]) -> tuple[int, Prepared]:
    index, file, parameters = task
    from headstamp.formats.scans import read_scan
    from headstamp.surfaces.preparation import prepare

    try:
        scan_file = read_scan(file)
        scan = prepare(scan_file.topography(), parameters)
    except HeadstampError as error:
        return index, Prepared(None, failure=str(error).replace(str(file), file.name))
    metadata = scan_file.metadata
    return index, Prepared(
        scan,
        sha256=scan_file.sha256,
        instrument=" ".join(part for part in (metadata.manufacturer, metadata.model) if part),
        warnings=(*scan_file.warnings, *scan.quality.warnings),
    )


def _compare_task(task: tuple[int, range]) -> tuple[int, range, Scores]:
    query, targets = task
    from headstamp.comparison.compare import compare_query
    from headstamp.comparison.registration import QueryPoses

    setting = _setting[0]
    parameters = setting.parameters or ComparisonParameters()
    scan = setting.scans[query]
    poses = QueryPoses.of(scan.pose, parameters)
    rows = [
        scores_of(compare_query(scan, poses, setting.scans[target], published=True))
        for target in targets
    ]
    return query, targets, np.asarray(rows, dtype=np.float64)


def _blocks(targets: range) -> Iterator[range]:
    for start in range(0, len(targets), TARGETS_PER_TASK):
        yield targets[start : start + TARGETS_PER_TASK]


def _run(
    work: Callable[[Task], Answer], tasks: Sequence[Task], jobs: int, setting: _Setting
) -> Iterator[Answer]:
    """Answers as they come."""
    jobs = min(jobs, len(tasks))
    if jobs <= 1:
        yield from _run_here(work, tasks, setting)
        return
    with _pool(jobs, setting) as pool:
        waiting: list[Future[Answer]] = [pool.submit(work, task) for task in tasks]
        try:
            for done in as_completed(waiting):
                yield done.result()
        except BrokenProcessPool as error:
            raise HeadstampError(
                "a worker process was ended from outside, often for want of memory; "
                "use fewer with --jobs"
            ) from error


def _run_here(
    work: Callable[[Task], Answer], tasks: Sequence[Task], setting: _Setting
) -> Iterator[Answer]:
    from threadpoolctl import threadpool_limits

    _setting[:] = [setting]
    try:
        with threadpool_limits(1):
            for task in tasks:
                yield work(task)
    finally:
        _setting.clear()


@contextmanager
def _pool(jobs: int, setting: _Setting) -> Iterator[ProcessPoolExecutor]:
    """Workers that are told the setting once and go when the caller stops, however it stops."""
    pool = ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(setting,)
    )
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start(setting: _Setting) -> None:
    from threadpoolctl import threadpool_limits

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends a worker at once, without a word
    threadpool_limits(1)
    _setting[:] = [setting]


def usual_jobs() -> int:
    """Processes this machine has room for."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
