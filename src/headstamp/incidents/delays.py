"""How late events come onto a list, estimated from how its vintages grew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import exp, log
from typing import Final

from headstamp.incidents.windows import Window

SETTLED: Final = 28
"""Age in days at which an event's day is taken to be complete."""

LEAST: Final = 20
"""Events that the growth over a day of age must rest on."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The events of one day, in one vintage and in the next.

    Parameters
    ----------
    age : int
        Days from the event's day to the retrieval of the first vintage.
    gap : int
        Days between the two retrievals; at least 1.
    before, after : int
        Events in the first and in the second.
    """

    age: int
    gap: int
    before: int
    after: int


def growths(vintages: Sequence[tuple[date, Mapping[date, int]]]) -> list[Growth]:
    """What came and went between vintages that follow each other.

    Parameters
    ----------
    vintages : sequence of (date, mapping)
        Day of retrieval and events a day, oldest first; of several of one day the last is taken.
    """
    latest = sorted(dict(vintages).items())
    found = []
    for (day, before), (next_day, after) in pairwise(latest):
        for age in range(SETTLED):
            of = date.fromordinal(day.toordinal() - age)
            gap = (next_day - day).days
            found.append(Growth(age, gap, before.get(of, 0), after.get(of, 0)))
    return found


def listed_shares(found: Iterable[Growth]) -> dict[int, float]:
    """The share of a day's events that are listed when the day has an age.

    A chain ladder: the growth over each day of age is pooled over the vintages, and the share is
    what the growth from that age until 28 days leaves. Growth over several days at once is taken to
    be even. An age whose growth rests on fewer than 20 events, and all below it, are left out.

    Parameters
    ----------
    found : iterable of Growth

    Returns
    -------
    dict
        Age in days to a share above 0; not above 1, even if more was removed than came.

    References
    ----------
    Lawless 1994, Canadian Journal of Statistics 22, p. 15; Mack 1993, doi:10.2143/AST.23.2.2005092.
    """
    known = list(found)
    shares = {}
    late = 0.0
    for age in range(SETTLED - 1, -1, -1):
        over = [one for one in known if one.age <= age < one.age + one.gap]
        before, after = sum(one.before for one in over), sum(one.after for one in over)
        if before < LEAST or not after:
            break
        days = sum(one.before * one.gap for one in over) / before
        late += log(after / before) / days
        shares[age] = min(1.0, exp(-late))
    return shares


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a window's events is listed.

    Parameters
    ----------
    share : float
        Of the events of the days for which it can be told, those that are listed.
    until : date
        The last of those days.
    """

    share: float
    until: date


def completeness(
    one: Window, retrieved: date, counts: Mapping[date, int], shares: Mapping[int, float]
) -> Completeness | None:
    """How much of a window's events is listed.

    Parameters
    ----------
    one : Window
    retrieved : date
        Of the list they are counted in.
    counts : mapping
        Events a day.
    shares : mapping
        By age, as ``listed_shares`` gives them.

    Returns
    -------
    Completeness or None
        None where it can be told of no day that has an event.
    """
    youngest = min(shares, default=SETTLED)
    until = min(one.last, date.fromordinal(retrieved.toordinal() - youngest))
    days = map(date.fromordinal, range(one.first.toordinal(), until.toordinal() + 1))
    numbers = {day: counts.get(day, 0) for day in days}
    expected = sum(
        number / shares.get((retrieved - day).days, 1.0) for day, number in numbers.items()
    )
    return Completeness(sum(numbers.values()) / expected, until) if expected else None
