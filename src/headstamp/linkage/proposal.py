"""A proposal that two records are of one thing, and what each field adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from headstamp.linkage.records import Key, Kind

START: Final = "start"
"""The first step of every explanation: how rare it is that two records are of one thing."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one field adds.

    Parameters
    ----------
    field : str
        ``start`` for what holds of any two records.
    one, other : str
        What each record says, as it was written.
    level : str
        How far they agree, in words.
    bits : float
        Binary logarithm of how many times as often that is so for records of one thing as for
        records of two; negative where it speaks against.
    """

    field: str
    one: str
    other: str
    level: str
    bits: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two records that may be of one thing; a person decides.

    Parameters
    ----------
    kind : str
    one, other : Key
    probability : float
        That these two *records* are of one thing, under the model. It is no statement about the
        person, the dealer or the firearm.
    weight : float
        The same in bits, log2(p / (1 - p)): the sum of the waterfall.
    waterfall : tuple of Step
    """

    kind: Kind
    one: Key
    other: Key
    probability: float
    weight: float
    waterfall: tuple[Step, ...]
