"""Guns that belong together: bought together, by one purchaser, found with one possessor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from headstamp.tracing.columns import Traces
from headstamp.tracing.grouping import grouped

Reason = Literal["bought_together", "one_purchaser", "one_possessor", "ballistic_link"]

REASONS: Final[tuple[Reason, ...]] = (
    "bought_together", "one_purchaser", "one_possessor", "ballistic_link",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edge:
    """Two guns, and the record that joins them.

    Parameters
    ----------
    one, other : str
        Guns, in ascending order.
    reason : str
    record : str
        The purchaser, the possessor, the sale or the link that makes it.
    traces : tuple of str
        Ids of the two traces that name it; empty of a ballistic link.
    """

    one: str
    other: str
    reason: Reason
    record: str
    traces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Guns that edges join, directly or through others, in ascending order."""

    guns: tuple[str, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Networks:
    """The components of all traces.

    Parameters
    ----------
    traces : Traces
    component : int32 (guns,)
        Of each gun, by its code.
    sources, targets : int64 (edges,)
        Places of traces; of ballistic links codes of guns.
    reason : int8 (edges,)
        Place in ``REASONS``.
    links : tuple of str
        Ids of the ballistic links, in the order of their edges, which are the last.
    """

    traces: Traces
    component: NDArray[np.int32]
    sources: NDArray[np.int64]
    targets: NDArray[np.int64]
    reason: NDArray[np.int8]
    links: tuple[str, ...]

    def sizes(self) -> NDArray[np.int64]:
        """Guns of each component, by its number."""
        return np.bincount(self.component)

    def each(self, least: int = 2) -> Iterator[Network]:
        """Networks of so many guns or more, the largest first, then by their first gun."""
        sizes = self.sizes()
        wanted = np.flatnonzero(sizes >= least)
        guns: dict[int, list[str]] = {number: [] for number in wanted.tolist()}
        for code in np.flatnonzero(sizes[self.component] >= least).tolist():
            guns[int(self.component[code])].append(self.traces.gun.names[code])
        edges: dict[int, list[Edge]] = {number: [] for number in guns}
        for place in range(len(self.reason)):
            number = int(self.component[self._gun(place, self.sources)])
            if number in edges:
                edges[number].append(self._edge(place))
        found = [
            Network(
                tuple(sorted(guns[one])),
                tuple(sorted(edges[one], key=lambda e: (e.one, e.other, e.reason, e.record))),
            )
            for one in guns
        ]
        yield from sorted(found, key=lambda one: (-len(one.guns), one.guns[0]))

    def _gun(self, place: int, ends: NDArray[np.int64]) -> int:
        end = int(ends[place])
        is_link = REASONS[self.reason[place]] == "ballistic_link"
        return end if is_link else int(self.traces.gun.codes[end])

    def _edge(self, place: int) -> Edge:
        reason = REASONS[self.reason[place]]
        names = self.traces.gun.names
        one, other = (names[self._gun(place, ends)] for ends in (self.sources, self.targets))
        if reason == "ballistic_link":
            record = self.links[place - len(self.reason) + len(self.links)]
            return Edge(min(one, other), max(one, other), reason, record, ())
        places = int(self.sources[place]), int(self.targets[place])
        ids = tuple(sorted(self.traces.id.at(end) for end in places))
        return Edge(min(one, other), max(one, other), reason, self._record(reason, places[0]), ids)

    def _record(self, reason: Reason, place: int) -> str:
        traces = self.traces
        if reason == "one_possessor":
            return f"possessor {traces.possessor.at(place)}"
        purchaser = f"purchaser {traces.purchaser.at(place)}"
        if reason == "one_purchaser":
            return purchaser
        return f"sale of {traces.sold_first[place]} by {traces.dealer.at(place)} to {purchaser}"


def networks(traces: Traces, links: Iterable[tuple[str, str, str]] = ()) -> Networks:
    """Join guns through the records they share.

    Guns of one group (say of one purchaser) are joined one to the next in the order of their names,
    which joins them all; each of these edges is true of its two guns.

    Parameters
    ----------
    traces : Traces
    links : iterable of (str, str, str)
        Ballistic links: an id and two guns; a link to a gun that is in no trace joins nothing.
    """
    exact = (traces.sold_first == traces.sold_last) & traces.dealer.known
    bought = np.where(exact, traces.purchaser.codes, -1).astype(np.int32)
    pairs = [
        _chains(traces, bought, traces.dealer.codes, traces.sold_first.astype(np.int64)),
        _chains(traces, traces.purchaser.codes),
        _chains(traces, traces.possessor.codes),
    ]
    linked, ids = _linked(traces, links)
    sources = np.concatenate([*(one for one, _ in pairs), linked[:, 0]])
    targets = np.concatenate([*(other for _, other in pairs), linked[:, 1]])
    reason = np.repeat(np.arange(4, dtype=np.int8), [*(len(one) for one, _ in pairs), len(linked)])
    ends = [
        np.concatenate([traces.gun.codes[end[reason < 3]], end[reason == 3]])
        for end in (sources, targets)
    ]
    guns = len(traces.gun.names)
    graph = coo_array((np.ones(len(reason), np.int8), (ends[0], ends[1])), shape=(guns, guns))
    _, component = connected_components(graph, directed=False)
    return Networks(traces, component, sources, targets, reason, ids)


def _chains(
    traces: Traces, first: NDArray[np.int32], *more: NDArray[np.integer]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places of traces, from one gun of each group to the next."""
    keys = np.where(first >= 0, traces.gun.codes, -1)
    order = np.lexsort((traces.id.codes, keys))
    back, starts = grouped(first[order], *(column[order] for column in more))
    chain = order[back]
    joined = np.ones(len(chain), bool)
    joined[starts[:-1]] = False
    inside = np.flatnonzero(joined)
    one, other = chain[inside - 1], chain[inside]
    differ = traces.gun.codes[one] != traces.gun.codes[other]
    return one[differ], other[differ]


def _linked(
    traces: Traces, links: Iterable[tuple[str, str, str]]
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    given = sorted({(link, *sorted((one, other))) for link, one, other in links})
    if not given:
        return np.zeros((0, 2), np.int64), ()
    codes = {name: code for code, name in enumerate(traces.gun.names)}
    known = [each for each in given if each[1] in codes and each[2] in codes]
    pairs = np.array([[codes[one], codes[other]] for _, one, other in known], np.int64)
    return pairs.reshape(-1, 2), tuple(link for link, _, _ in known)
