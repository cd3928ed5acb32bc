"""When shootings occur: more at night, at weekends and in summer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Seconds: TypeAlias = NDArray[np.int64]
"""Since 1970, UTC."""

DAYS: Final = 365
BY_HOUR: Final = (
    6.6, 5.9, 4.9, 3.7, 2.5, 1.6, 1.2, 1.1, 1.3, 1.6, 2.1, 2.6,
    3.1, 3.5, 3.9, 4.4, 4.8, 5.2, 5.7, 6.1, 6.7, 7.3, 7.6, 7.3,
)  # fmt: skip
"""Weights of the hours of an ordinary day."""

LATE: Final = (22, 23, 0, 1, 2, 3)
SUMMER_PEAK: Final = 200
"""Day of the year."""


def draw_times(random: np.random.Generator, count: int, last_day: date, zone: ZoneInfo) -> Seconds:
    """When each incident occurred, oldest first, within the 365 days up to ``last_day``.

    The newest is alone on the last day, in its evening, so that everything that came before has
    been reported and collected by then.
    """
    first_day = last_day - timedelta(days=DAYS - 1)
    weights = _weights(first_day)
    hours = random.choice(weights.size, count - 1, p=weights)
    seconds = random.integers(0, 3600, count - 1)
    midnight = datetime.combine(first_day, time())
    earlier = [
        midnight + timedelta(hours=hour, seconds=second)
        for hour, second in zip(hours.tolist(), seconds.tolist(), strict=True)
    ]
    evening = time(21, int(random.integers(60)), int(random.integers(60)))
    local = [*earlier, datetime.combine(last_day, evening)]
    return np.sort([round(when.replace(tzinfo=zone).timestamp()) for when in local])


def draw_delays(random: np.random.Generator, count: int) -> Seconds:
    """Seconds from an incident to its report: minutes mostly, hours where nobody called."""
    prompt = random.lognormal(np.log(150), 0.7, count)
    late = random.lognormal(np.log(3 * 3600), 0.9, count)
    drawn = np.where(random.random(count) < 0.07, late, prompt)
    return np.clip(drawn, 20, 18 * 3600).astype(np.int64)


def _weights(first_day: date) -> NDArray[np.float64]:
    """Share of each hour of all days but the last."""
    days = [first_day + timedelta(days=number) for number in range(DAYS - 1)]
    season = [
        1 + 0.32 * np.cos(2 * np.pi * (d.timetuple().tm_yday - SUMMER_PEAK) / 365) for d in days
    ]
    weights = np.outer(season, BY_HOUR)
    for number, day in enumerate(days):
        weekday = day.weekday()
        if weekday >= 5:
            weights[number] *= 1.25
        for hour in LATE:
            # A weekend's night begins on Friday evening and ends early on Sunday.
            night = weekday in (4, 5) if hour >= 12 else weekday in (5, 6)
            weights[number, hour] *= 1.35 if night else 1.0
    share: NDArray[np.float64] = weights.ravel() / weights.sum()
    return share
