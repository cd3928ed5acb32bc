"""Who does the pieces of a search: this process, several of them, or (elsewhere) Dask workers."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from threadpoolctl import threadpool_limits

from headstamp.gallery.processes import WorkerPool
from headstamp.gallery.tasks import Task, perform

if TYPE_CHECKING:
    from headstamp.comparison.query import Query

Answer = tuple[int, list[Any]]
"""Position of the task among those given, and what ``perform`` returned for it."""


class Executor(Protocol):
    """Does tasks in any order, and yields each answer with its task's position."""

    def run(self, query: Query, tasks: Sequence[Task]) -> Iterator[Answer]:
        """Do the tasks of one stage of one search."""
        ...

    def close(self) -> None:
        """Let the workers go."""
        ...


class Serial:
    """Everything in this process, on one core."""

    def run(self, query: Query, tasks: Sequence[Task]) -> Iterator[Answer]:
        """Do the tasks one after the other."""
        for position, task in enumerate(tasks):
            with threadpool_limits(limits=1):
                answer = perform(query, task)
            yield position, answer

    def close(self) -> None:
        """Nothing to let go."""


class Processes:
    """Processes of this machine; usable for many searches, closed by ``close`` or ``with``.

    Parameters
    ----------
    jobs : int
        Number of processes.
    """

    def __init__(self, jobs: int) -> None:
        self._pool = WorkerPool(jobs)
        self._folder = tempfile.TemporaryDirectory(prefix="headstamp-")
        self._query: Query | None = None
        self._query_file = ""
        self._count = 0

    def run(self, query: Query, tasks: Sequence[Task]) -> Iterator[Answer]:
        """Do the tasks; each worker reads the query once."""
        path = self._hand_over(query)
        yield from self._pool.unordered(_perform_from_file, [(path, task) for task in tasks])

    def close(self) -> None:
        """End the processes."""
        self._pool.close()
        self._folder.cleanup()

    def _hand_over(self, query: Query) -> str:
        if query is not self._query:
            self._count += 1
            path = Path(self._folder.name) / f"query-{self._count}.pickle"
            path.write_bytes(pickle.dumps(query, protocol=pickle.HIGHEST_PROTOCOL))
            self._query, self._query_file = query, os.fspath(path)
        return self._query_file

    def __enter__(self) -> Processes:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _perform_from_file(order: tuple[str, Task]) -> list[Any]:
    path, task = order
    return perform(_load_query(path), task)


@lru_cache(maxsize=1)
def _load_query(path: str) -> Query:
    query: Query = pickle.loads(Path(path).read_bytes())  # noqa: S301 - our own file, private folder
    return query
