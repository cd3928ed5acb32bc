"""The guns of the synthetic city: what they are, and at which incidents they were fired."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from headstamp.simulation.city_times import Seconds

MOST_USES: Final = 15
EXPONENT: Final = 2.1
"""The share of guns with k uses falls as k to the minus this."""

NEVER_FIRED: Final = 0.1
RECOVERED: Final = 0.4
RECOVERED_AT_ONCE: Final = 0.25
"""Share of the recovered guns that are found at the last shooting they were used in."""

SHARED_SCENE: Final = 0.08
AWAY: Final = 0.2
GAP_DAYS: Final = 25.0


@dataclass(slots=True)
class Uses:
    """Which gun was fired where; indices of guns and of incidents, -1 for none.

    Parameters
    ----------
    first, second : int64 (incidents,)
        Known guns fired at an incident.
    recovered : int64 (guns,)
        Incident at which a gun was recovered.
    lead : int
        The gun of the newest incident, fired at three or more before.
    possession : bool (incidents,)
        A gun was found and nobody fired.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    recovered: NDArray[np.int64]
    lead: int
    possession: NDArray[np.bool_]
    by_gun: list[list[int]] = field(default_factory=list)

    def is_free(self, incident: int) -> bool:
        """Whether no known gun was fired or found there."""
        return bool(self.first[incident] < 0 and not self.possession[incident])

    def may_join(self, incident: int, gun: int) -> bool:
        """Whether a second gun may have been fired there."""
        return bool(self.first[incident] not in (-1, gun) and self.second[incident] < 0)


def draw_uses(
    random: np.random.Generator, guns: int, area: NDArray[np.int64], occurred: Seconds
) -> Uses:
    """Hand out incidents to guns: each keeps to one district mostly, and to a few months.

    Parameters
    ----------
    random : Generator
    guns : int
    area : int64 (incidents,)
    occurred : int64 (incidents,)
        Seconds, ascending.
    """
    count = len(area)
    wanted = _use_counts(random, guns, count)
    lead = int(np.argmax(wanted))
    nobody = np.full(count, -1)
    uses = Uses(nobody, nobody.copy(), np.full(guns, -1), lead, np.zeros(count, dtype=np.bool_))
    uses.first[-1] = lead
    uses.by_gun = [[] for _ in range(guns)]
    everywhere = np.arange(count - 1)
    for gun in np.argsort(-wanted, kind="stable").tolist():
        home = area[-1] if gun == lead else area[random.integers(count)]
        near = np.flatnonzero(area[:-1] == home)
        for when in _moments(random, int(wanted[gun]) - (gun == lead), occurred):
            joins = random.random() < SHARED_SCENE
            pools = [everywhere] if random.random() < AWAY else [near, everywhere]
            for pool in pools:
                if _use(uses, gun, pool, np.searchsorted(occurred[pool], when), joins):
                    break
    uses.by_gun[lead].append(count - 1)
    _recover(random, uses, wanted)
    for taken in uses.by_gun:
        taken.sort()
    return uses


def _use_counts(random: np.random.Generator, guns: int, incidents: int) -> NDArray[np.int64]:
    """A long tail: most guns once or twice, a few many times; one of them four times at least."""
    numbers = np.arange(1, MOST_USES + 1)
    law = numbers**-EXPONENT
    counts = random.choice(numbers, guns, p=law / law.sum())
    counts[random.random(guns) < NEVER_FIRED] = 0
    most = int(np.argmax(counts))
    counts[most] = max(4, counts[most])
    while counts.sum() > incidents - guns:  # every gun may need one more, to be recovered at
        counts[np.argmax(counts)] -= 1
    return counts


def _moments(random: np.random.Generator, uses: int, occurred: Seconds) -> list[float]:
    """When a gun is fired: seconds, ascending."""
    if uses == 0:
        return []
    start, end = float(occurred[0]), float(occurred[-2])
    first = random.uniform(start, start + 0.85 * (end - start))
    after = np.cumsum(random.exponential(GAP_DAYS * 86400, uses)) - GAP_DAYS * 43200
    after *= min(1.0, (end - first) / max(after[-1], 1.0))
    moments: list[float] = (first + np.maximum(after, 0)).tolist()
    return moments


def _use(
    uses: Uses, gun: int, pool: NDArray[np.int64], start: np.signedinteger[Any], joins: bool
) -> bool:
    """Fire a gun at the incident of the pool, from ``start``, that has room for it, if any."""
    for place in _from(int(start), len(pool)):
        incident = int(pool[place])
        if uses.is_free(incident):
            uses.first[incident] = gun
        elif joins and uses.may_join(incident, gun):
            uses.second[incident] = gun
        else:
            continue
        uses.by_gun[gun].append(incident)
        return True
    return False


def _from(start: int, count: int) -> Iterable[int]:
    """Onwards from ``start``, then back from it."""
    yield from range(start, count)
    yield from range(min(start, count) - 1, -1, -1)


def _recover(random: np.random.Generator, uses: Uses, wanted: NDArray[np.int64]) -> None:
    """Guns that were never fired are known because they were found; some of the others are too."""
    count = len(uses.first)
    for gun, taken in enumerate(uses.by_gun):
        if gun == uses.lead or (wanted[gun] > 0 and random.random() >= RECOVERED):
            continue
        last = max(taken, default=-1)
        after = int(random.integers(last + 1, count)) if last + 1 < count - 1 else count - 1
        free = (i for i in range(after, count - 1) if uses.is_free(i))
        at_once = last >= 0 and random.random() < RECOVERED_AT_ONCE
        later = last if at_once else next(free, last)
        if later < 0:
            later = next(i for i in range(count - 1) if uses.is_free(i))
        uses.recovered[gun] = later
        uses.possession[later] = later != last
