"""Rates per 100,000 people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from headstamp.incidents.poisson import LEVEL, Interval, mid_p

PER: Final = 100_000


@dataclass(frozen=True, slots=True)
class Rate:
    """Per 100,000 people over the window of the count, with its interval and what it rests on.

    Parameters
    ----------
    count, population : int
    value : float
    interval : (float, float)
    """

    count: int
    population: int
    value: float
    interval: Interval


def rate(count: int, population: int, level: float = LEVEL) -> Rate:
    """A count over a population, with the mid-P interval of the count.

    Raises
    ------
    ValueError
        If nobody lives there, or the count is negative.
    """
    if population <= 0:
        raise ValueError("a rate needs a population above zero")
    low, high = mid_p(count, level)
    scale = PER / population
    return Rate(count, population, count * scale, (low * scale, high * scale))
