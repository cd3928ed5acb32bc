"""Days that words of time mean, counted from the day a text was written."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
YEARS: Final = {"year": 1, "decade": 10, "generation": 25, "century": 100}
FIRST_YEAR: Final = 1900


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """From the first to the last, both counted."""

    first: date
    last: date

    @property
    def years(self) -> bool:
        """Whether it is whole years, or a year up to a day."""
        return (self.first.month, self.first.day) == (1, 1)

    def until(self, day: date) -> Days:
        """Cut off after a day."""
        return Days(min(self.first, day), min(self.last, day))


def year(number: int) -> Days:
    """A calendar year."""
    number = min(max(number, FIRST_YEAR), 2199)
    return Days(date(number, 1, 1), date(number, 12, 31))


def month(year_number: int, number: int) -> Days:
    """A calendar month."""
    return Days(
        date(year_number, number, 1),
        date(year_number, number, monthrange(year_number, number)[1]),
    )


def month_before(day: date, months: int) -> Days:
    """The month so many months before a day's."""
    count = max(day.year * 12 + day.month - 1 - months, FIRST_YEAR * 12)
    return month(count // 12, count % 12 + 1)


def day_of(year_number: int, month_number: int, day: int) -> date:
    """A day; the last of the month where it has fewer."""
    return date(
        year_number, month_number, max(1, min(day, monthrange(year_number, month_number)[1]))
    )


def years_earlier(days: Days, years: int) -> Days:
    """The same dates of an earlier year."""
    return Days(*(
        day_of(max(one.year - years, FIRST_YEAR), one.month, one.day)
        for one in (days.first, days.last)
    ))  # fmt: skip


def current(unit: str, day: date) -> Days:
    """This year, month, week, weekend, quarter ... of a day, whole."""
    if unit == "month":
        return month(day.year, day.month)
    if unit in ("week", "weekend"):
        monday = day - timedelta(days=day.weekday())
        return Days(monday + timedelta(days=4 if unit == "weekend" else 0),
                    monday + timedelta(days=6))  # fmt: skip
    if unit in ("quarter", "half"):
        return part(unit, (day.month - 1) // (3 if unit == "quarter" else 6) + 1, year(day.year))
    if unit in SEASONS:
        return season(unit, day)
    if unit in ("day", "night", "hour"):
        return Days(day, day)
    return year(day.year)


def season(name: str, day: date) -> Days:
    """The latest such season that had begun by a day."""
    first, last = SEASONS[name]
    begun = day.year if day.month >= first else day.year - 1
    return Days(date(begun, first, 1), month(begun + (last < first), last).last)


def earlier(unit: str, day: date) -> Days:
    """Last year, month, week, weekend ... seen from a day."""
    if unit == "month":
        return month_before(day, 1)
    if unit == "weekend":
        return last_weekend(day)
    now = current(unit, day)
    if unit in ("quarter", "half", "week", "day", "night"):
        return current(unit, now.first - timedelta(days=1))
    if unit in SEASONS:
        return years_earlier(now, 1) if now.last >= day else now
    return years_earlier(now, 1)


def last_weekend(day: date) -> Days:
    """Friday to Sunday that had ended, or was ending, on a day."""
    sunday = day - timedelta(days=(day.weekday() + 1) % 7)
    return Days(sunday - timedelta(days=2), sunday)


def last_weekday(name: str, day: date) -> Days:
    """The latest such day of the week, the day itself included."""
    found = day - timedelta(days=(day.weekday() - WEEKDAYS.index(name)) % 7)
    return Days(found, found)


def rolling(number: float, unit: str, day: date) -> Days:
    """So many units that end on a day."""
    count = int(min(number, 2400))
    if unit in YEARS:
        begin = years_earlier(Days(day, day), count * YEARS[unit]).first
        return Days(begin + timedelta(days=1), day)
    if unit in ("month", "quarter", "half"):
        months = count * {"month": 1, "quarter": 3, "half": 6}[unit]
        whole = month_before(day, months)
        return Days(day_of(whole.first.year, whole.first.month, day.day) + timedelta(days=1), day)
    if unit == "weekend":
        return Days(
            last_weekend(day).first - timedelta(days=7 * (count - 1)), last_weekend(day).last
        )
    length = {"week": 7}.get(unit, 1) * max(count, 1)
    if unit == "hour":
        length = max(1, count // 24)
    return Days(day - timedelta(days=length - 1), day)


def part(unit: str, number: int, whole: Days, many: int = 1) -> Days:
    """The first half, second quarter, first six months ... of a year, or days of a month."""
    months = {"month": 1, "quarter": 3, "half": 6}.get(unit)
    if months is None:
        length = {"week": 7}.get(unit, 1) * many
        begin = whole.first + timedelta(days=length * (number - 1))
        return Days(begin, begin + timedelta(days=length - 1))
    first = min(max(0, months * many * (number - 1)), 11)
    last = min(first + months * many, 12)
    begun = month(whole.first.year, first + 1).first
    return Days(begun, month(whole.first.year, max(last, 1)).last)


def holiday(name: str, year_number: int, weekend: bool) -> Days:
    """Memorial Day, Labor Day, Independence Day, or the long weekend that holds it."""
    if name == "independence":
        day = date(year_number, 7, 4)
        if not weekend:
            return Days(day, day)
        friday = day - timedelta(days=(day.weekday() - 4) % 7)
        return Days(min(friday, day), max(day, friday + timedelta(days=2)))
    last = date(year_number, 5, 31) if name == "memorial" else date(year_number, 9, 7)
    monday = last - timedelta(days=last.weekday())
    return Days(monday - timedelta(days=3), monday) if weekend else Days(monday, monday)
