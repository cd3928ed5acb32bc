"""What persons decided about pairs of records; a decision is undone by another entry, never erased.

Nothing is merged but by a person, and nothing merged stays so against one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from headstamp.errors import LinkageError
from headstamp.linkage.records import Key, Kind


@dataclass(frozen=True, slots=True)
class Decision:
    """That two records are of one thing, or are not.

    Parameters
    ----------
    number : int
        Its place in the file, from 1.
    kind : str
    one, other : Key
        The lesser first.
    same : bool
    by, why : str
    at : str
        ISO 8601, UTC.
    """

    number: int
    kind: Kind
    one: Key
    other: Key
    same: bool
    by: str
    why: str
    at: str


@dataclass(frozen=True, slots=True)
class Undoing:
    """That a decision no longer holds."""

    number: int
    undoes: int
    by: str
    why: str
    at: str


Entry: TypeAlias = Decision | Undoing


def decide(
    entries: Sequence[Entry],
    *,
    kind: Kind,
    one: Key,
    other: Key,
    same: bool,
    by: str,
    why: str,
    at: str,
) -> Decision:
    """The entry of a decision, after those that are there.

    Raises
    ------
    LinkageError
        If there is one record alone, no name or reason, or a decision on the pair that holds.
    """
    first, second = sorted((one, other))
    if first == second:
        raise LinkageError(f"{one}: is one record; a decision is about two")
    _require(by, why)
    for earlier in in_force(entries):
        if (earlier.kind, earlier.one, earlier.other) == (kind, first, second):
            said = "are of one" if earlier.same else "are of two"
            raise LinkageError(
                f"{first} and {second}: decision {earlier.number} by {earlier.by} says that they "
                f"{said}; undo it first"
            )
    return Decision(len(entries) + 1, kind, first, second, same, by.strip(), why.strip(), at)


def undo(entries: Sequence[Entry], *, number: int, by: str, why: str, at: str) -> Undoing:
    """The entry that undoes a decision.

    Raises
    ------
    LinkageError
        If there is no such decision, or it is undone already.
    """
    _require(by, why)
    if not any(isinstance(one, Decision) and one.number == number for one in entries):
        raise LinkageError(f"{number}: there is no decision of that number")
    for one in entries:
        if isinstance(one, Undoing) and one.undoes == number:
            raise LinkageError(f"{number}: was undone already, by entry {one.number}")
    return Undoing(len(entries) + 1, number, by.strip(), why.strip(), at)


def _require(by: str, why: str) -> None:
    if not by.strip():
        raise LinkageError("say who decides, with --by")
    if not why.strip():
        raise LinkageError("say why, with --why: the next person must be able to judge it")


def in_force(entries: Iterable[Entry]) -> tuple[Decision, ...]:
    """The decisions that were not undone, in their order."""
    listed = tuple(entries)
    undone = {one.undoes for one in listed if isinstance(one, Undoing)}
    return tuple(one for one in listed if isinstance(one, Decision) and one.number not in undone)
