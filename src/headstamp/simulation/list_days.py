"""On which days the synthetic list has shootings: trend, season and weekday."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.simulation.city_times import BY_HOUR, SUMMER_PEAK

SEASON: Final = 0.32
WEEKEND: Final = 1.3
FALL: Final = 0.97
"""Factor from year to year, but for the years below."""

TURNS: Final = {0.5: 1.35, 0.75: 0.85}
"""Where in the list, as a share of its years, a year breaks the trend, and by which factor."""


def year_factors(first: int, last: int) -> dict[int, float]:
    """How each year stands to the first: a slow fall, a jump, a turn back."""
    years = last - first + 1
    turns = {first + round(years * place): factor for place, factor in TURNS.items()}
    factors = {first: 1.0}
    for year in range(first + 1, last + 1):
        factors[year] = factors[year - 1] * turns.get(year, FALL)
    return factors


def day_factors(first: date, last: date) -> NDArray[np.float64]:
    """Of season and weekday, relative to a mean day; float64 (days,)."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    turn = np.asarray([d.timetuple().tm_yday - SUMMER_PEAK for d in days]) * 2 * np.pi / 365.25
    weekend = np.asarray([WEEKEND if d.weekday() >= 5 else 1.0 for d in days])
    factors: NDArray[np.float64] = (1 + SEASON * np.cos(turn)) * weekend / ((5 + 2 * WEEKEND) / 7)
    return factors


def draw_occurrences(
    random: np.random.Generator, first: date, last: date, per_year: float
) -> list[datetime]:
    """Local times of a Poisson process, in order.

    Parameters
    ----------
    random : numpy.random.Generator
    first, last : date
    per_year : float
        Mean number in the first year.
    """
    trend = year_factors(first.year, last.year)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    yearly = np.asarray([trend[day.year] for day in days])
    numbers = random.poisson(per_year / 365.25 * yearly * day_factors(first, last))
    total = int(numbers.sum())
    hours = random.choice(24, total, p=np.asarray(BY_HOUR) / sum(BY_HOUR)).tolist()
    minutes = random.integers(0, 60, total).tolist()
    on = np.repeat(np.arange(len(days)), numbers).tolist()
    return sorted(
        datetime.combine(days[day], time(hour, minute))
        for day, hour, minute in zip(on, hours, minutes, strict=True)
    )
