"""How scores become an order: the same on every machine, whatever the work was cut into."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

DECIMALS: Final = 4
"""Scores are rounded before they are ranked, so that the last bits cannot change the order."""

Scores = NDArray[np.float64]
Indices = NDArray[np.int64]


def rounded(scores: NDArray[np.floating]) -> Scores:
    """Scores as they are ranked; what is not a number ranks last."""
    values = np.asarray(scores, dtype=np.float64)
    return np.where(np.isnan(values), -np.inf, np.round(values, DECIMALS))


def best(scores: NDArray[np.floating], indices: Indices, count: int) -> Indices:
    """Positions of the highest ``count`` scores, best first; ties go by gallery index.

    Parameters
    ----------
    scores : float (n,)
    indices : int64 (n,)
        Gallery index of each score.
    count : int

    Returns
    -------
    int64 (min(count, n),)
    """
    order = np.lexsort((indices, -rounded(scores)))
    return order[:count].astype(np.int64)
