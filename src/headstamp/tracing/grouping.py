"""Which traces share something: the groups of two and more."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


def groups(first: NDArray[np.int32], *more: NDArray[np.integer]) -> Iterator[NDArray[np.int64]]:
    """Places that have the same codes, where there are two of them or more.

    Parameters
    ----------
    first : int32 (traces,)
        Below zero: in no group.
    *more : integer (traces,)
        What must be the same too.
    """
    order, starts = grouped(first, *more)
    for begin, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        yield order[begin:end]


def grouped(
    first: NDArray[np.int32], *more: NDArray[np.integer]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The same groups one after the other, and where each begins; the end of the last at the end.

    Returns
    -------
    order : int64
        Places, group by group, ascending in each.
    starts : int64 (groups + 1,)
    """
    known = np.flatnonzero(first >= 0)
    keys = [column[known].astype(np.int64) for column in (first, *more)]
    order = known[np.lexsort(keys[::-1])]
    if not order.size:
        return order, np.zeros(1, np.int64)
    changes = np.any([np.diff(column[order]) != 0 for column in (first, *more)], axis=0)
    starts = np.r_[0, np.flatnonzero(changes) + 1]
    sizes = np.diff(np.r_[starts, order.size])
    large = sizes > 1
    kept = np.repeat(large, sizes)
    return order[kept], np.r_[0, np.cumsum(sizes[large])].astype(np.int64)
