"""Numbers and days as charts and tables of figures print them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import isfinite, isnan
from typing import Any, Final

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
NONE: Final = "not known"
NO_LIMIT: Final = "no limit"


def known(value: Any) -> bool:
    """Whether there is a number: neither null nor NaN."""
    return isinstance(value, int | float) and not isnan(value)


def whole(value: Any) -> str:
    """A count; a mean keeps one decimal."""
    if not known(value):
        return NONE
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def rate(value: Any) -> str:
    """A rate per 100,000 with one decimal."""
    return f"{value:,.1f}" if known(value) else NONE


def between(bounds: Sequence[Any] | None, digits: int = 0) -> str:
    """An interval; an end that is infinite or null is no limit."""
    if bounds is None or len(bounds) != 2:
        return NONE
    return " to ".join(_end(end, digits) for end in bounds)


def _end(value: Any, digits: int) -> str:
    return f"{value:,.{digits}f}" if known(value) and isfinite(value) else NO_LIMIT


def p_value(value: Any) -> str:
    """With two significant digits."""
    if not known(value):
        return NONE
    return "< 0.0001" if value < 0.0001 else f"{value:.2g}"


def month(text: str) -> str:
    """``2016-01`` as ``January 2016``."""
    year, number = text.split("-")[:2]
    return f"{MONTHS[int(number) - 1]} {year}"


def day(text: str) -> str:
    """``2017-06-29`` as ``29 June 2017``."""
    one = date.fromisoformat(text[:10])
    return f"{one.day} {MONTHS[one.month - 1]} {one.year}"


def days(first: str, last: str) -> str:
    """Both ends in words, as ``23 to 29 June 2017``."""
    one, other = date.fromisoformat(first[:10]), date.fromisoformat(last[:10])
    if one.year != other.year:
        return f"{day(first)} to {day(last)}"
    if one.month != other.month:
        return f"{one.day} {MONTHS[one.month - 1]} to {day(last)}"
    return day(last) if one == other else f"{one.day} to {day(last)}"
