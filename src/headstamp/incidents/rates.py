"""Rates per 100,000 people."""

from __future__ import annotations

from dataclasses import dataclass

from headstamp.incidents.poisson import LEVEL, Interval, byar

PER = 100_000


@dataclass(frozen=True, slots=True)
class Rate:
    """Per 100,000 people, with its interval and what it rests on."""

    count: int
    population: int
    value: float
    interval: Interval


def rate(count: int, population: int, level: float = LEVEL) -> Rate:
    """A count over a population; NaN where nobody lives.

    Interval: Byar's of the count.
    """
    if population <= 0:
        nothing = float("nan")
        return Rate(count, population, nothing, (nothing, nothing))
    low, high = byar(count, level)
    scale = PER / population
    return Rate(count, population, count * scale, (low * scale, high * scale))
