"""Records of the same things in several lists, with slips, and which are of one thing.

Nothing in them is real. The shares of slips are chosen, not measured: they let a method be judged
against a truth, and say nothing of how good any real list is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from headstamp.linkage.records import Key, Kind, Record, key_of
from headstamp.simulation.linked_dealers import draw_dealer_records
from headstamp.simulation.linked_firearms import draw_firearm_records
from headstamp.simulation.linked_persons import draw_person_records

Draw = Callable[[np.random.Generator], Iterator[list[Record]]]

DRAWN: Final[dict[Kind, Draw]] = {
    "firearm": draw_firearm_records,
    "dealer": draw_dealer_records,
    "person": draw_person_records,
}
_STREAMS: Final[dict[Kind, int]] = {"firearm": 31, "dealer": 32, "person": 33}


@dataclass(frozen=True, slots=True)
class LinkedRecords:
    """Records, and the number of the thing that each is of.

    Parameters
    ----------
    records : tuple of Record
        In no order that tells anything.
    thing : dict
        By key of the record.
    """

    records: tuple[Record, ...]
    thing: dict[Key, int]

    def true_pairs(self) -> set[tuple[Key, Key]]:
        """Pairs of records of one thing, the lesser key first."""
        things: dict[int, list[Key]] = {}
        for key, number in self.thing.items():
            things.setdefault(number, []).append(key)
        return {
            (one, other)
            for keys in map(sorted, things.values())
            for place, one in enumerate(keys)
            for other in keys[place + 1 :]
        }


def draw_linked_records(kind: Kind, count: int, seed: int) -> LinkedRecords:
    """So many records of a kind; the same seed gives the same.

    Parameters
    ----------
    kind : str
    count : int
    seed : int
    """
    random = np.random.default_rng([seed, _STREAMS[kind]])
    records: list[Record] = []
    thing: dict[Key, int] = {}
    for number, drawn in enumerate(DRAWN[kind](random)):
        kept = drawn[: count - len(records)]
        records += kept
        thing |= {key_of(one): number for one in kept}
        if len(records) == count:
            break
    order = random.permutation(len(records))
    return LinkedRecords(tuple(records[place] for place in order), thing)
