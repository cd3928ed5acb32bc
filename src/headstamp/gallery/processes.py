"""Worker processes that compute on one core each and leave Ctrl-C to the process that waits."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from threadpoolctl import threadpool_limits

from headstamp.errors import WorkersError

Order = TypeVar("Order")
Result = TypeVar("Result")


def available_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class WorkerPool:
    """A pool of fresh processes that hands out work as it is asked for.

    Parameters
    ----------
    jobs : int
        Number of processes, at least one.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = max(1, jobs)
        self._pool = ProcessPoolExecutor(
            self._jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin
        )

    def ordered(
        self, function: Callable[[Order], Result], orders: Iterable[Order]
    ) -> Iterator[Result]:
        """Results in the order of the orders; only a few are held at a time."""
        pending: deque[Future[Result]] = deque()
        with _losses():
            for order in orders:
                pending.append(self._pool.submit(function, order))
                if len(pending) >= 4 * self._jobs:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()

    def unordered(
        self, function: Callable[[Order], Result], orders: Sequence[Order]
    ) -> Iterator[tuple[int, Result]]:
        """Position and result of each order, as they come."""
        waiting = iter(enumerate(orders))
        running: dict[Future[Result], int] = {}
        with _losses():
            while True:
                for position, order in _take(waiting, 4 * self._jobs - len(running)):
                    running[self._pool.submit(function, order)] = position
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield running.pop(future), future.result()

    def close(self) -> None:
        """End the processes; what has not begun is dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _take(items: Iterator[tuple[int, Order]], count: int) -> Iterator[tuple[int, Order]]:
    return islice(items, max(count, 0))


@contextmanager
def _losses() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise WorkersError(
            "a worker process ended unexpectedly, perhaps for lack of memory; "
            "try again with fewer --jobs"
        ) from error


def _begin() -> None:
    """Prepare a new process: no signals, one thread."""
    global _limits  # noqa: PLW0603 - kept so that the limit lasts as long as the process
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limits = threadpool_limits(limits=1)


_limits: threadpool_limits | None = None
