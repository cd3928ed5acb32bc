"""Windows of time, and the same window of an earlier year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Name = Literal["week", "28_days", "year_to_date", "365_days", "range"]

DAYS: Final[dict[Name, int]] = {"week": 7, "28_days": 28, "365_days": 365}


@dataclass(frozen=True, slots=True)
class Window:
    """Days from the first to the last, both counted."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a window ends on {self.last} before it begins on {self.first}")

    @property
    def days(self) -> int:
        """Its exposure."""
        return (self.last - self.first).days + 1

    def years_earlier(self, years: int) -> Window:
        """The same dates of an earlier year; 29 February becomes the 28th where there is none.

        A window that holds a leap day is a day longer than its counterpart: rates, not counts,
        are then compared (see ``days``).
        """
        return Window(_earlier(self.first, years), _earlier(self.last, years))


def window(name: Name, to: date) -> Window:
    """The window of a name that ends on a day.

    Raises
    ------
    ValueError
        If there is no such window.
    """
    if name == "year_to_date":
        return Window(date(to.year, 1, 1), to)
    if name not in DAYS:
        raise ValueError(f"{name!r} is no window; take one of {', '.join(DAYS)}, year_to_date")
    return Window(to - timedelta(days=DAYS[name] - 1), to)


def _earlier(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
