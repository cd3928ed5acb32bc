"""A synthetic gun market: ordinary sales, straw purchases and thefts, and the guns recovered later.

Nothing in it is real, and what is behind each gun is known: so can signs and networks be judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headstamp.simulation.gun_market_dealers import Dealers, draw_dealers

TRACES_PER_DEALER: Final = 120
FIRST: Final = np.datetime64("2013-01-01", "D")
LAST: Final = np.datetime64("2017-12-31", "D")
"""Days between which guns are recovered."""

IN_SCHEMES: Final = 0.12
STOLEN: Final = 0.04
GUNS_A_SCHEME: Final = 7.0
GUNS_A_THEFT: Final = 5.0
ORDINARY_YEARS: Final = 9.0
SCHEME_DAYS: Final = 420.0
BUYS_AGAIN: Final = 0.01
"""Share of ordinary guns whose purchaser bought another that was recovered, by chance."""

BOUGHT_IN_PAIRS: Final = 0.015
"""Share of ordinary guns bought with the one before, and later taken from the buyer with it."""

SAME_POSSESSOR: Final = 0.15


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """Guns that were recovered, by index, and what is behind each.

    Parameters
    ----------
    dealers : Dealers
    dealer : int64 (guns,)
    sold, recovered : datetime64[D] (guns,)
    purchaser, possessor : int64 (guns,)
        Who they were; -1 for none (a stolen gun was not bought).
    scheme, theft : int64 (guns,)
        The straw purchase scheme or the theft it came from; -1 for none.
    place : int64 (guns,)
        State of recovery, by its place in ``STATES``.
    """

    dealers: Dealers
    dealer: NDArray[np.int64]
    sold: NDArray[np.datetime64]
    recovered: NDArray[np.datetime64]
    purchaser: NDArray[np.int64]
    possessor: NDArray[np.int64]
    scheme: NDArray[np.int64]
    theft: NDArray[np.int64]
    place: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.dealer)


def draw_market(guns: int, seed: int) -> Market:
    """A market of which so many guns are recovered; the same seed gives the same.

    Parameters
    ----------
    guns : int
    seed : int
    """
    random = np.random.default_rng([seed, 7])
    dealers = draw_dealers(random, max(20, guns // TRACES_PER_DEALER))
    scheme = _sizes(random, round(guns * IN_SCHEMES), GUNS_A_SCHEME)
    theft = _sizes(random, round(guns * STOLEN), GUNS_A_THEFT)
    ordinary = guns - len(scheme) - len(theft)
    parts = [
        _ordinary(random, dealers, ordinary),
        _schemes(random, dealers, scheme, first_purchaser=guns),
        _thefts(random, dealers, theft),
    ]
    bought = Part(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    behind = np.full((2, guns), -1)
    behind[0, ordinary : ordinary + len(scheme)] = scheme
    behind[1, ordinary + len(scheme) :] = theft
    possessor = _possessors(random, behind[0])
    place = _places(random, dealers, bought.dealer, behind[0])
    order = random.permutation(guns)
    return Market(
        dealers,
        bought.dealer[order],
        bought.sold[order],
        np.minimum(bought.recovered, LAST)[order],
        bought.purchaser[order],
        possessor[order],
        behind[0][order],
        behind[1][order],
        place[order],
    )


class Part(NamedTuple):
    """Guns of one origin, by column."""

    dealer: NDArray[np.int64]
    sold: NDArray[np.datetime64]
    recovered: NDArray[np.datetime64]
    purchaser: NDArray[np.int64]


def _sizes(random: np.random.Generator, guns: int, mean: float) -> NDArray[np.int64]:
    """Numbers of groups of two guns and more, ascending, one for each gun."""
    sizes = random.poisson(mean - 2, max(1, round(guns / mean) + 1)) + 2
    return np.repeat(np.arange(len(sizes)), sizes)[:guns].astype(np.int64)


def _days(numbers: NDArray[Any]) -> NDArray[np.timedelta64]:
    return numbers.astype(np.int64).astype("timedelta64[D]")


def _ordinary(random: np.random.Generator, dealers: Dealers, count: int) -> Part:
    """Bought for oneself, and recovered years later, from somebody else mostly."""
    dealer = random.choice(len(dealers.sales), count, p=dealers.shares)
    recovered = FIRST + _days(random.integers(0, int((LAST - FIRST).astype(int)) + 1, count))
    sold = recovered - _days(random.gamma(1.6, ORDINARY_YEARS * 365 / 1.6, count) + 1)
    purchaser = np.arange(count)
    again = np.flatnonzero(random.random(count) < BUYS_AGAIN)
    if count:
        purchaser[again] = random.integers(0, count, len(again))
    pair = 1 + np.flatnonzero(random.random(max(0, count - 1)) < BOUGHT_IN_PAIRS)
    bought = np.minimum(sold[pair - 1], recovered[pair] - np.timedelta64(1, "D"))
    dealer[pair], purchaser[pair], sold[pair] = dealer[pair - 1], purchaser[pair - 1], bought
    return Part(dealer, sold, recovered, purchaser)


def _schemes(
    random: np.random.Generator, dealers: Dealers, scheme: NDArray[np.int64], first_purchaser: int
) -> Part:
    """Bought on a few trips by one to three straw purchasers, and soon recovered."""
    count, number = len(scheme), int(scheme.max(initial=-1)) + 1
    starts = np.diff(scheme, prepend=-1) > 0
    new_trip = starts | (random.random(count) < 0.4)
    trip = np.cumsum(new_trip) - 1
    trips = int(new_trip.sum())
    of_trip = scheme[new_trip]
    window = int((LAST - FIRST).astype(int))
    begun = FIRST - np.timedelta64(300, "D") + _days(random.integers(0, window, number))
    apart = random.exponential(25, trips)
    since = np.cumsum(apart)
    first_trip = np.flatnonzero(np.diff(of_trip, prepend=-1) > 0)
    since -= np.repeat(since[first_trip], np.diff(np.r_[first_trip, trips]))
    straws = random.integers(1, 4, number)
    straw = random.integers(0, 3, trips) % straws[of_trip]
    shop = random.choice(len(dealers.sales), (number, 2))
    at = shop[of_trip, (random.random(trips) < 0.25).astype(int)]
    sold = (begun[of_trip] + _days(since))[trip]
    soon = 4 + random.exponential(SCHEME_DAYS, count)
    recovered = np.maximum(sold + _days(soon), FIRST)
    purchaser = first_purchaser + 3 * of_trip + straw
    return Part(at[trip], np.minimum(sold, LAST), recovered, purchaser[trip])


def _thefts(random: np.random.Generator, dealers: Dealers, theft: NDArray[np.int64]) -> Part:
    """Taken from a dealer on one night; the last date of sale is that of the theft."""
    count, number = len(theft), int(theft.max(initial=-1)) + 1
    shop = random.choice(len(dealers.sales), number)
    window = int((LAST - FIRST).astype(int))
    night = FIRST + _days(random.integers(0, window, number))
    recovered = night[theft] + _days(1 + random.exponential(300, count))
    never = np.full(count, np.datetime64("NaT"), "datetime64[D]")
    return Part(shop[theft], never, recovered, np.full(count, -1))


def _possessors(random: np.random.Generator, scheme: NDArray[np.int64]) -> NDArray[np.int64]:
    """Who had each gun; some guns of a scheme were with the possessor of the one before."""
    possessor = np.arange(len(scheme))
    same = (random.random(len(scheme)) < SAME_POSSESSOR) & (scheme >= 0)
    same &= np.diff(scheme, prepend=-2) == 0
    for gun in np.flatnonzero(same).tolist():
        possessor[gun] = possessor[gun - 1]
    return possessor


def _places(
    random: np.random.Generator,
    dealers: Dealers,
    dealer: NDArray[np.int64],
    scheme: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Ordinary guns stay in the state of the sale mostly; those of schemes go to the first one."""
    home = dealers.state[dealer]
    moved = random.random(len(dealer)) < np.where(scheme >= 0, 0.75, 0.2)
    return np.where(moved, 0, home)
