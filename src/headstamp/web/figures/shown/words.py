"""Dates, numbers and names as people read them."""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import Any, Final

PERIODS: Final = {
    "week": "Week",
    "28_days": "28 days",
    "year_to_date": "Year to date",
    "365_days": "365 days",
}
"""The periods of a release, in the order they are shown."""

AGAINST: Final = {
    "last_year": "the same days of the year before",
    "mean_of_3_years": "the mean of the 3 years before",
    "mean_of_5_years": "the mean of the 5 years before",
}

UNKNOWN: Final = "not known"
SUPPRESSED: Final = "not shown"


def day(text: str | date) -> str:
    """``29 June 2017``; what is no date is given back as it is."""
    try:
        found = text if isinstance(text, date) else date.fromisoformat(str(text)[:10])
    except ValueError:
        return str(text)
    return f"{found.day} {found:%B} {found.year}"


def days(first: str, last: str) -> str:
    """``23 June to 29 June 2017``."""
    one, other = date.fromisoformat(first), date.fromisoformat(last)
    if one == other:
        return day(one)
    begins = f"{one.day} {one:%B}" if one.year == other.year else day(one)
    return f"{begins} to {day(other)}"


def number(value: Any) -> str:
    """With thousands apart; a fraction with one decimal."""
    if value is None:
        return ""
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.1f}"
    return f"{int(value):,}"


def span(ends: Any, pattern: str = "{:,.0f}") -> str:
    """``286 to 357``; an end that is not finite is "no limit"."""
    if not ends:
        return ""
    said = [pattern.format(end) if _is_finite(end) else "no limit" for end in ends]
    return " to ".join(said)


def percent(ratio: float | None) -> str:
    """``-0.6 %`` of a ratio; empty where there is none."""
    return f"{100 * (ratio - 1):+.1f} %" if _is_finite(ratio) and ratio is not None else ""


def percents(ends: Any) -> str:
    """The ends of a ratio's interval, as changes."""
    if not ends:
        return ""
    return " to ".join(percent(end) or "no limit" for end in ends)


def p_value(value: float | None) -> str:
    """``p 0.94``."""
    if value is None:
        return ""
    return "p < 0.0001" if value < 0.0001 else f"p {value:.2g}"


def tone(wording: str) -> str:
    """Which way a change that may be called one goes."""
    if wording.startswith("up"):
        return "up"
    return "down" if wording.startswith("down") else ""


def rule_slug(key: str) -> str:
    """``chicago-murders v1`` as a part of an address."""
    return key.replace(" ", "-")


def _is_finite(value: Any) -> bool:
    return isinstance(value, (int, float)) and isfinite(value)
