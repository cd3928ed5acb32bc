"""Near repeats: whether events follow others nearby more often than their dates alone would have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from headstamp.incidents.places.ground import Numbers

METRES: Final = (100.0, 200.0, 300.0, 400.0)
"""Outer ends of the bands of distance; each begins where the one before ends."""

DAYS: Final = (7, 14, 21, 28)
"""Last days of the bands of time: 0 to 7, 8 to 14 and so on."""

PERMUTATIONS: Final = 999
MOST_PAIRS: Final = 3_000_000
"""Pairs that lie near each other; what memory and time are bounded by."""


@dataclass(frozen=True, slots=True)
class Band:
    """Pairs of events so far apart in space and time.

    Parameters
    ----------
    metres : (float, float)
        Over the first, but for the nearest band, up to and with the second.
    days : (int, int)
        Both included.
    observed : int
    expected : float
        If dates had nothing to do with places.
    p : float
        Share of the shuffled data, with the data themselves, that have as many pairs or more.
    """

    metres: tuple[float, float]
    days: tuple[int, int]
    observed: int
    expected: float
    p: float

    @property
    def ratio(self) -> float:
        """Observed over expected; NaN where none is expected."""
        return self.observed / self.expected if self.expected else float("nan")


def one_event_a_day(
    east: Numbers, north: Numbers, day: NDArray[np.int64]
) -> tuple[Numbers, Numbers, NDArray[np.int64]]:
    """Several victims at one place on one day, to a metre, are one event: not a repeat."""
    keys = np.column_stack([np.rint(east), np.rint(north), day])
    _, first = np.unique(keys, axis=0, return_index=True)
    first.sort()
    return east[first], north[first], day[first]


def near_repeats(
    east: Numbers,
    north: Numbers,
    day: NDArray[np.int64],
    seed: int,
    permutations: int = PERMUTATIONS,
) -> list[Band]:
    """The Knox test in bands of distance and time.

    Pairs of events are counted by distance and days between them. The dates are then shuffled among
    the places: what remains is what places and dates do on their own. The expected number is exact.

    Parameters
    ----------
    east, north : float64, metres
    day : int64
    seed : int
    permutations : int

    Raises
    ------
    ValueError
        If more than 3 million pairs lie near each other: take a shorter time.

    References
    ----------
    Knox 1964, doi:10.2307/2985220; Ratcliffe and Rengert 2008, doi:10.1057/palgrave.sj.8350068.
    """
    one, other, space = _near_pairs(east, north)
    in_space = np.bincount(space, minlength=len(METRES))
    observed = _table(space, np.abs(day[one] - day[other]))
    expected = np.outer(in_space, _chances(day))
    as_many = np.zeros_like(observed)
    shuffler = np.random.default_rng(seed)
    for _ in range(permutations):
        shuffled = shuffler.permutation(day)
        as_many += _table(space, np.abs(shuffled[one] - shuffled[other])) >= observed
    p = (as_many + 1) / (permutations + 1)
    starts, firsts = (0.0, *METRES[:-1]), (0, *(last + 1 for last in DAYS[:-1]))
    return [
        Band(
            (starts[i], METRES[i]),
            (firsts[j], DAYS[j]),
            int(observed[i, j]),
            float(expected[i, j]),
            float(p[i, j]),
        )
        for i in range(len(METRES))
        for j in range(len(DAYS))
    ]


def _near_pairs(
    east: Numbers, north: Numbers
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The two events of each pair that lies near, and its band of distance."""
    places = np.column_stack([east, north])
    tree = cKDTree(places)
    if (tree.count_neighbors(tree, METRES[-1]) - len(places)) / 2 > MOST_PAIRS:
        raise ValueError(f"more than {MOST_PAIRS:,} pairs lie near each other; take less time")
    pairs = tree.query_pairs(METRES[-1], output_type="ndarray")
    one, other = pairs[:, 0], pairs[:, 1]
    apart = np.hypot(east[one] - east[other], north[one] - north[other])
    # What lies on the end of a band belongs to it, whatever the last digit says.
    band = np.searchsorted(np.asarray(METRES) + 1e-6, apart)
    return one, other, np.minimum(band, len(METRES) - 1)


def _table(space: NDArray[np.int64], apart: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pairs by band of distance and band of time."""
    near = apart <= DAYS[-1]
    time = np.searchsorted(DAYS, apart[near])
    cells = np.bincount(space[near] * len(DAYS) + time, minlength=len(METRES) * len(DAYS))
    return cells.reshape(len(METRES), len(DAYS))


def _chances(day: NDArray[np.int64]) -> Numbers:
    """The share of all pairs of events that lies in each band of time."""
    ordered = np.sort(day)
    places = np.arange(len(ordered))
    until = [np.searchsorted(ordered, ordered + last, side="right") - 1 - places for last in DAYS]
    pairs = np.diff([0, *(int(one.sum()) for one in until)])
    total = len(day) * (len(day) - 1) / 2
    return pairs / total if total else np.zeros(len(DAYS))
