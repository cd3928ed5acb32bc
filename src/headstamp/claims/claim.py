"""A statistical claim: what a stretch of text says about a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

Measure = Literal[
    "murders", "shooting_incidents", "shooting_victims", "fatal_shooting_victims",
    "nonfatal_shooting_victims", "population", "other",
]  # fmt: skip
"""What is counted; ``other`` is a measure of crime that no figure here answers, as robberies."""

Relation = Literal["is", "more_than", "at_least", "less_than", "at_most", "between", "change",
    "compared_with", "extreme"]  # fmt: skip
"""How the subject stands to the quantity.

``is`` a number (softened by a hedge); beyond or within a bound; ``change`` from one period to
another, by count, percentage or direction alone; ``compared_with`` other places or period, as a
multiple or by direction; ``extreme``: a record, a rank, the highest since.
"""

Direction = Literal["", "up", "down", "same"]
UnitOfQuantity = Literal["count", "percent", "times", "per_100000", "rank"]

RELATIONS: Final[tuple[Relation, ...]] = get_args(Relation)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it was said.

    Parameters
    ----------
    low, high : float
        The same unless a range was said.
    unit : str
    said : str
        The words.
    """

    low: float
    high: float
    unit: UnitOfQuantity
    said: str


@dataclass(frozen=True, slots=True)
class Period:
    """Days that are spoken of, both counted.

    Parameters
    ----------
    first, last : date
    said : str
        The words; empty where the period was taken from the context.
    to_date : bool
        Whether it is a year or month that had not ended when the text was written.
    """

    first: date
    last: date
    said: str
    to_date: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a claim.

    Parameters
    ----------
    measure : str
    places : tuple of str
        Slugs, as ``chicago``; several where they are counted together; empty where none is known.
    period : Period or None
    relation : str
    quantity : Quantity or None
        None where only a direction or a record is claimed.
    direction : str
        Of a change or comparison.
    comparison_period : Period or None
        The earlier period of a change, or the years of a record.
    comparison_quantity : Quantity or None
        ``322`` of "down from 322".
    comparison_places : tuple of str
        ``new-york`` and ``los-angeles`` of "more than New York and Los Angeles combined".
    combined : bool
        Whether these are added up; else each is compared by itself.
    why : str
        How it was come to, in a sentence.
    """

    measure: Measure
    places: tuple[str, ...]
    period: Period | None
    relation: Relation
    quantity: Quantity | None = None
    direction: Direction = ""
    comparison_period: Period | None = None
    comparison_quantity: Quantity | None = None
    comparison_places: tuple[str, ...] = ()
    combined: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of text that says something about a number.

    Parameters
    ----------
    text : str
        ``source[start:end]``.
    start, end : int
        Offsets of characters into the text.
    readings : tuple of Reading
        The likeliest first; several where the words leave it open.
    hedge : str
        The name of the hedge, as ``nearly`` or ``about`` or ``slightly``; empty for none.
    speaker : str
        Who said it, as in the text; empty where the author does.
    """

    text: str
    start: int
    end: int
    readings: tuple[Reading, ...]
    hedge: str = ""
    speaker: str = ""
