"""A search on Dask workers, on one machine or many."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from threadpoolctl import threadpool_limits

from headstamp import __version__
from headstamp.errors import GalleryError, MissingExtraError, WorkersError
from headstamp.gallery.executors import Answer
from headstamp.gallery.tasks import Task, perform
from headstamp.surfaces.prepared import PROCESSING_VERSION

if TYPE_CHECKING:
    from headstamp.comparison.query import Query


class DaskWorkers:
    """The workers of a Dask scheduler.

    Every worker must have the same version of Headstamp, and see the gallery under the same path.

    Parameters
    ----------
    client : distributed.Client
        Connected; not closed by ``close`` unless ``connect`` made it.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._own = False
        self._query: Query | None = None
        self._handed: Any = None

    @classmethod
    def connect(cls, address: str, timeout: float = 10.0) -> DaskWorkers:
        """Connect to a scheduler, such as ``tcp://192.0.2.7:8786``.

        Raises
        ------
        MissingExtraError
            If Dask is not installed.
        WorkersError
            If no scheduler answers, it has no workers, or they have another version.
        """
        distributed = _dask()
        try:
            client = distributed.Client(address, timeout=timeout, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise WorkersError(
                f"{address}: no Dask scheduler answers there; start one with 'dask scheduler', "
                "or check the address"
            ) from error
        workers = cls(client)
        workers._own = True
        try:
            workers.check()
        except BaseException:
            workers.close()
            raise
        return workers

    def check(self) -> None:
        """Refuse a cluster without workers, or with workers of another version."""
        versions = self._client.run(_version)
        if not versions:
            raise WorkersError(
                "the Dask scheduler has no workers; start some with 'dask worker ADDRESS'"
            )
        for worker, version in versions.items():
            if version != _version():
                raise WorkersError(
                    f"{worker}: this worker has headstamp {version[0]} (processing {version[1]}), "
                    f"here is {__version__} (processing {PROCESSING_VERSION}); install the same"
                )

    def run(self, query: Query, tasks: Sequence[Task]) -> Iterator[Answer]:
        """Do the tasks; the query travels to each worker once."""
        if query is not self._query:
            self._handed = self._client.scatter(query, broadcast=True, hash=False)
            self._query = query
        futures = {
            self._client.submit(_perform, self._handed, task, pure=False): position
            for position, task in enumerate(tasks)
        }
        try:
            for future in _dask().as_completed(futures, loop=self._client.loop):
                yield futures[future], _result(future)
        finally:
            self._client.cancel([future for future in futures if not future.done()])

    def close(self) -> None:
        """Disconnect, if ``connect`` made the connection."""
        self._handed = None
        if self._own:
            self._client.close()


def _dask() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise MissingExtraError(
            "searching on a cluster needs Dask, which is not installed; "
            "run: pip install 'headstamp[cluster]'"
        ) from error


def _version() -> tuple[str, int]:
    return __version__, PROCESSING_VERSION


def _perform(query: Query, task: Task) -> list[Any]:
    _one_thread()
    return perform(query, task)


def _result(future: Any) -> list[Any]:
    try:
        answer: list[Any] = future.result()
    except _dask().scheduler.KilledWorker as error:
        raise WorkersError(
            "Dask workers ended unexpectedly again and again, perhaps for lack of memory; "
            "give each more memory"
        ) from error
    except CancelledError as error:
        raise WorkersError(
            "the Dask workers that held the scan are gone; start workers and search again"
        ) from error
    except GalleryError as error:
        raise GalleryError(f"{error} (a Dask worker says so)") from error
    return answer


@lru_cache(maxsize=1)
def _one_thread() -> threadpool_limits:
    """One thread a task, for as long as the worker lives: the worker's own threads share out."""
    return threadpool_limits(limits=1)
