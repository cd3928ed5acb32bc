"""Records that accepted decisions join, and where a rejected one contradicts them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from headstamp.linkage.decisions import Decision, Entry, in_force
from headstamp.linkage.records import Key, Kind

_Neighbours: TypeAlias = Mapping[Key, Sequence[tuple[Key, int]]]


@dataclass(frozen=True, slots=True)
class Group:
    """Records that persons take to be of one thing.

    Parameters
    ----------
    kind : str
    members : tuple of Key
    decisions : tuple of int
        The numbers of those that join them.
    """

    kind: Kind
    members: tuple[Key, ...]
    decisions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two records that are joined through others, and were decided not to be of one thing.

    Parameters
    ----------
    kind : str
    one, other : Key
    rejected : int
        The decision that they are two.
    through : tuple of int
        The decisions, as few as there can be, that lead from one to the other.
    """

    kind: Kind
    one: Key
    other: Key
    rejected: int
    through: tuple[int, ...]


def groups(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Groups of two records or more, by kind and first member."""
    accepted = [one for one in in_force(entries) if one.same]
    made = []
    for kind, neighbours in _by_kind(accepted).items():
        seen = set[Key]()
        for key in sorted(neighbours):
            if key in seen:
                continue
            members = set(_paths(neighbours, key))
            seen |= members
            numbers = (one.number for one in accepted if one.kind == kind and one.one in members)
            made.append(Group(kind, tuple(sorted(members)), tuple(sorted(numbers))))
    return tuple(sorted(made, key=lambda one: (one.kind, one.members)))


def contradictions(entries: Iterable[Entry]) -> tuple[Contradiction, ...]:
    """Every rejected pair whose records accepted decisions join all the same."""
    listed = in_force(entries)
    joined = _by_kind(one for one in listed if one.same)
    found = []
    for one in listed:
        paths = _paths(joined.get(one.kind, {}), one.one) if not one.same else {}
        if one.other in paths:
            found.append(Contradiction(one.kind, one.one, one.other, one.number, paths[one.other]))
    return tuple(found)


def _by_kind(accepted: Iterable[Decision]) -> dict[Kind, _Neighbours]:
    made: dict[Kind, dict[Key, list[tuple[Key, int]]]] = defaultdict(lambda: defaultdict(list))
    for one in accepted:
        made[one.kind][one.one].append((one.other, one.number))
        made[one.kind][one.other].append((one.one, one.number))
    return {kind: dict(neighbours) for kind, neighbours in made.items()}


def _paths(neighbours: _Neighbours, start: Key) -> dict[Key, tuple[int, ...]]:
    """Each record that can be reached, with the numbers of the decisions that lead there."""
    paths: dict[Key, tuple[int, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        key = waiting.popleft()
        for other, number in neighbours.get(key, ()):
            if other not in paths:
                paths[other] = (*paths[key], number)
                waiting.append(other)
    return paths
