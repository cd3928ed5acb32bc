"""Whether a number as it was said fits a figure."""

from __future__ import annotations

import re
from math import inf, isfinite
from typing import Final

from headstamp.claims.claim import Quantity, Relation
from headstamp.claims.tolerances import (
    AT_LEAST,
    AT_MOST,
    CLOSE,
    JUST_OVER,
    LESS_THAN,
    MORE_THAN,
    MULTIPLE,
    PEOPLE,
    Fit,
    Tolerance,
    tolerance_of,
)

_BOUNDS: Final[dict[Relation, Tolerance]] = {
    "more_than": MORE_THAN,
    "at_least": AT_LEAST,
    "less_than": LESS_THAN,
    "at_most": AT_MOST,
}
_SCALE: Final = re.compile(r"(?i)(?:million|billion|thousand|hundred|\dk\b|\dm\b|\bmln?\b)")
_DECIMALS: Final = re.compile(r"\d\.(\d+)")

_ROUNDING: Final = 1e-9
"""What floating point may add at a bound."""

_CLOSE_PERCENT: Final = 2.0
"""Points that a percentage said as exact may be off by to be ``imprecise``."""


def bound(relation: Relation, hedge: str) -> Tolerance | None:
    """The tolerance of a number: of its bound, or of its hedge; None where it was said as exact."""
    found = tolerance_of(hedge)
    if relation in _BOUNDS:
        return JUST_OVER if relation == "more_than" and found == JUST_OVER else _BOUNDS[relation]
    return found if found is not None and found.kind == "number" else None


def fit(said: Quantity, value: float, relation: Relation, hedge: str, measure: str = "") -> Fit:
    """Whether a figure is what was said, or close to it.

    Parameters
    ----------
    said : Quantity
    value : float
        The figure, in the unit of what was said.
    relation, hedge : str
    measure : str
        ``population`` is allowed more: it is an estimate.
    """
    if not (isfinite(said.low) and isfinite(said.high) and isfinite(value)):
        return "no"
    if relation == "between" or said.low != said.high:
        return _between(said, value)
    tolerance = bound(relation, hedge)
    if tolerance is not None:
        return tolerance.fit(_ratio(value, said.low))
    return _exact(said, value, measure)


def _ratio(value: float, said: float) -> float:
    if said:
        return value / said
    return inf if value else 1.0


def _between(said: Quantity, value: float) -> Fit:
    if said.low <= value <= said.high:
        return "fits"
    return "close" if said.low * (1 - CLOSE) <= value <= said.high * (1 + CLOSE) else "no"


def _exact(said: Quantity, value: float, measure: str) -> Fit:
    off = abs(value - said.low) * (1 - _ROUNDING)
    share = off / said.low if said.low else (inf if off else 0.0)
    if measure == "population":
        fits, close = off <= _step(said) / 2 or share <= PEOPLE, share <= 2 * PEOPLE
    elif said.unit == "times":
        fits, close = share <= MULTIPLE, share <= 2 * MULTIPLE
    elif said.unit == "percent":
        fits, close = off <= _step(said) / 2, off <= _CLOSE_PERCENT
    elif said.unit == "rank":
        fits, close = off == 0, False
    else:
        rounded = said.unit == "per_100000" or bool(_SCALE.search(said.said))
        fits, close = off <= (_step(said) / 2 if rounded else 0), share <= CLOSE
    return "fits" if fits else "close" if close else "no"


def _step(said: Quantity) -> float:
    """What the last digit that was said stands for."""
    decimals = _DECIMALS.search(said.said)
    if not _SCALE.search(said.said):
        return 10.0 ** -len(decimals.group(1)) if decimals else 1.0
    step = 1.0
    while said.low and said.low % (10 * step) == 0:
        step *= 10
    return step
