"""What the checking of a claim asks for: figures with their base, from wherever they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from headstamp.claims.claim import Measure
from headstamp.incidents.cities import CityYear

Unit = Literal["victims", "incidents", "people"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One number that a claim is checked against, and what it rests on.

    Parameters
    ----------
    measure, unit, place : str
    first, last : date
        Both counted.
    count : int
    rule, title : str
        Name and version of the counting rule, and its title; of a city's year, who states it.
    vintage : str
        Of the list; empty where there is none.
    known_on : str
        ISO 8601 day; nothing that became known later is counted. Empty where that cannot be told.
    later : bool
        Whether no list of the wanted day is at hand, and a later one was counted.
    """

    measure: Measure
    unit: Unit
    place: str
    first: date
    last: date
    count: int
    rule: str
    title: str
    vintage: str = ""
    known_on: str = ""
    later: bool = False

    @property
    def is_count(self) -> bool:
        """Whether it was counted here in a list, rather than stated by a source."""
        return bool(self.vintage)


@dataclass(frozen=True, slots=True)
class Looked:
    """The facts that were found, and why there are not more."""

    facts: tuple[Fact, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Days, both counted, and the day as known on which they are asked for."""

    first: date
    last: date
    known_on: date


class Answers(Protocol):
    """Figures for claims; knows lists and cities, and nothing of texts."""

    def figures(self, measure: Measure, place: str, window: Window) -> Looked:
        """By every rule for a measure, as known on a day, or in the first later list."""

    def population(self, place: str, year: int) -> Fact | None:
        """Of the year, or else of the nearest one at hand."""

    def cities(self, year: int) -> Sequence[CityYear]:
        """Whole years of cities."""

    def name(self, place: str) -> str:
        """How a place is written."""

    def why_unknown(self, place: str) -> str:
        """Why nothing can be said of a place; empty where it is known."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a text is checked against: the figures, and the day it was written."""

    answers: Answers
    written_on: date
