"""What the sentences before speak of: measure, place and period."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from headstamp.claims.claim import Period
from headstamp.claims.measured import Measured

NATION: Final = frozenset({"united-states"})
REMEMBERED: Final = 12
"""Sentences after which a measure that was not spoken of again is forgotten."""


@dataclass(slots=True)
class Context:
    """Carried from sentence to sentence.

    Parameters
    ----------
    measured : Measured or None
    place : str
        The latest city that was spoken of, other than to compare.
    place_before : str
        The same before this sentence.
    period : Period or None
    age : int
        Sentences since the last claim.
    """

    measured: Measured | None = None
    place: str = ""
    place_before: str = ""
    period: Period | None = None
    age: int = 0
    places_seen: dict[str, int] = field(default_factory=dict)

    def next_sentence(self) -> None:
        """Forget what was said too long ago."""
        self.age += 1
        self.place_before = self.place
        if self.age > REMEMBERED:
            self.measured, self.period = None, None

    def speaks_of(self, place: str) -> None:
        """A city was named."""
        if place not in NATION:
            self.place = place

    def claimed(self, measured: Measured, period: Period | None) -> None:
        """A claim was made."""
        self.age = 0
        self.measured = measured
        self.period = period or self.period
