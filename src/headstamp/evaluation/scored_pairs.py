"""Pairs of scans with their scores and the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

SCORES: Final = (
    "aligned_correlation",
    "congruent_cells",
    "congruent_fraction",
    "cmc",
    "high_cmc",
)
"""The scores every comparison has, in the order reports show them."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoredPairs:
    """Every comparison of a labelled collection; all arrays have one row a pair.

    Parameters
    ----------
    first, second : int64 (n,)
        Which scans: positions in the collection's list.
    firearm_first, firearm_second : int64 (n,)
        Which firearm made each of them: positions in the list of firearms.
    scores : dict of float64 (n,)
        By the name of the score; NaN where a comparison could not give one.

    Raises
    ------
    ValueError
        If the arrays differ in length.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    firearm_first: NDArray[np.int64]
    firearm_second: NDArray[np.int64]
    scores: dict[str, NDArray[np.float64]]

    def __post_init__(self) -> None:
        columns = (self.second, self.firearm_first, self.firearm_second, *self.scores.values())
        if any(len(column) != len(self.first) for column in columns):
            raise ValueError("every column of the scored pairs must have one row a pair")

    def __len__(self) -> int:
        return len(self.first)

    @property
    def same(self) -> NDArray[np.bool_]:
        """Whether one firearm made both scans: bool (n,)."""
        return np.equal(self.firearm_first, self.firearm_second)

    @property
    def firearms(self) -> int:
        """Number of firearms that appear in a pair."""
        return len(np.unique(np.concatenate([self.firearm_first, self.firearm_second])))

    @property
    def scans(self) -> int:
        """Number of scans that appear in a pair."""
        return len(np.unique(np.concatenate([self.first, self.second])))
