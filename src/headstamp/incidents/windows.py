"""Windows of time, and the window of an earlier year that each is set against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Name = Literal["week", "28_days", "year_to_date", "365_days", "range"]

DAYS: Final[dict[Name, int]] = {"week": 7, "28_days": 28, "365_days": 365}


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Days from the first to the last, both counted."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a window ends on {self.last} before it begins on {self.first}")

    @property
    def days(self) -> int:
        """How long it is."""
        return (self.last - self.first).days + 1


def window(name: Name, to: date, first: date | None = None) -> Window:
    """The window of a name that ends on a day.

    Parameters
    ----------
    name : str
    to : date
        Its last day.
    first : date, optional
        Of a ``range``.

    Raises
    ------
    ValueError
        If there is no such window, or it ends before it begins.
    """
    if name == "range" and first is not None:
        return Window(first, to)
    if name == "year_to_date":
        return Window(date(to.year, 1, 1), to)
    if name not in DAYS:
        raise ValueError(f"{name!r} is no window; take one of {', '.join(DAYS)}, year_to_date")
    return Window(to - timedelta(days=DAYS[name] - 1), to)


def years_earlier(name: Name, now: Window, years: int) -> Window:
    """The same window of an earlier year.

    A week, 28 or 365 days stay so long and end on the same date. A year to date or a range has the
    same first and last date; with a leap day it is a day longer or shorter, which is what
    ``Window.days`` is for. 29 February becomes the 28th where there is none.
    """
    last = _earlier(now.last, years)
    if name in DAYS:
        return Window(last - timedelta(days=now.days - 1), last)
    return Window(_earlier(now.first, years), last)


def months(first: date, last: date) -> list[Window]:
    """The calendar months from one day to another; the outer ones cut off there."""
    found = []
    while first <= last:
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        found.append(Window(first, min(last, following - timedelta(days=1))))
        first = following
    return found


def years(first: date, last: date) -> list[Window]:
    """The calendar years from one day to another; the outer ones cut off there."""
    return [
        Window(max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))
        for year in range(first.year, last.year + 1)
    ]


def _earlier(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
