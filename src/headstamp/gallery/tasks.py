"""Pieces of a search, as a worker does them: it opens the gallery by its path.

A task is small, and its answer depends on nothing but the query and the records it names, so it
does not matter which process or machine does it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from headstamp.gallery.ranking import rounded
from headstamp.gallery.store import Gallery

if TYPE_CHECKING:
    from headstamp.comparison.query import Query
    from headstamp.comparison.result import Comparison

Stage: TypeAlias = Literal["shortlist", "screen", "compare"]
"""Descriptors of all, exhaustive pose screen of the best, full comparison of the best of those."""


@dataclass(frozen=True, slots=True)
class Task:
    """Some records to be scored by one stage.

    Parameters
    ----------
    stage : Stage
    gallery : str
        Path of the gallery, as the worker sees it.
    identity : str
        Of the gallery, so that a worker never answers for another one.
    size : int
        Records in the gallery when the search began.
    indices : range or tuple of int
        A range for ``shortlist``.
    """

    stage: Stage
    gallery: str
    identity: str
    size: int
    indices: range | tuple[int, ...]


def perform(query: Query, task: Task) -> list[Any]:
    """One answer for each index: a rounded score, or the comparison."""
    return _STAGES[task.stage](query, _gallery(task.gallery, task.identity, task.size), task)


def _shortlist(query: Query, gallery: Gallery, task: Task) -> list[float]:
    block = gallery.descriptors[task.indices[0] : task.indices[-1] + 1]
    scores: list[float] = rounded(query.shortlist_scores(block)).tolist()
    return scores


def _screen(query: Query, gallery: Gallery, task: Task) -> list[float]:
    scores = [query.screen(gallery.pose_level(index)) for index in task.indices]
    result: list[float] = rounded(np.asarray(scores)).tolist()
    return result


def _compare(query: Query, gallery: Gallery, task: Task) -> list[Comparison]:
    return [query.compare(gallery.prepared(index)) for index in task.indices]


_STAGES: dict[Stage, Callable[[Query, Gallery, Task], list[Any]]] = {
    "shortlist": _shortlist,
    "screen": _screen,
    "compare": _compare,
}


@lru_cache(maxsize=2)
def _gallery(path: str, identity: str, size: int) -> Gallery:
    """The gallery as this worker sees it.

    Raises
    ------
    GalleryError
        If it is another gallery there, or an older copy.
    """
    from headstamp.errors import GalleryError

    gallery = Gallery.open(Path(path))
    if gallery.header.identity != identity or len(gallery) < size:
        raise GalleryError(
            f"{path}: a worker sees another gallery under this path than the search does; "
            "put the gallery on a folder that all machines share"
        )
    return gallery
