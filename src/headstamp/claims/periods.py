"""Periods: phrases of time put together and turned into days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from headstamp.claims import days as calendar
from headstamp.claims.claim import Period
from headstamp.claims.days import Days
from headstamp.claims.lexemes import Lexeme

Spec = tuple[str, list[Lexeme]]


@dataclass(frozen=True, slots=True)
class Told:
    """What a phrase of time means.

    Parameters
    ----------
    days : Days or None
        None where it points at another period only, as "the same period".
    shift_years : int
        How many years before the period spoken of it lies, where it is told by that.
    open_end : bool
        "since January": until the text was written.
    earlier : bool
        Whether it is told as one before: an earlier period to compare with.
    same : bool
        Whether it is "the same period" of some year.
    so_far : bool
    through : bool
        Whether it says where a period ends.
    """

    days: Days | None
    shift_years: int = 0
    shift_months: int = 0
    shift_days: int = 0
    earlier: bool = False
    same: bool = False
    so_far: bool = False
    since: bool = False
    through: bool = False

    @property
    def shifts(self) -> bool:
        """Whether it is told by its distance from the period spoken of."""
        return bool(self.shift_years or self.shift_months or self.shift_days)


def told(spec: Spec, today: date) -> Told:
    """What one phrase means on the day it was written."""
    rule, parts = spec
    terms: dict[str, Lexeme] = {}
    for part in parts:
        terms.setdefault(part.term, part)
    if rule == "simple":
        return _simple(parts[0], today)
    if rule == "ago":
        return _ago(parts, terms, today)
    if rule == "same":
        return Told(_of_last(terms, today) if "MONTH" in terms else None, same=True)
    if rule in ("since", "through"):
        return Told(None, since=rule == "since", through=rule == "through")
    reading = {"this": _this, "last": _of_last, "part": _part, "month": _month, "year": _year}
    if rule == "this" and "SPAN" in terms:
        return Told(None, same=True)
    found = reading[rule]({**terms, "all": parts} if rule in ("month", "year") else terms, today)
    earlier = rule == "last" and bool({"UNIT", "MONTH"} & terms.keys()) and "NUM" not in terms
    return Told(found, earlier=earlier)


BACK: Final = {
    "YEARAGO": Told(None, shift_years=1, earlier=True),
    "MONTHAGO": Told(None, shift_months=1, earlier=True),
    "WEEKAGO": Told(None, shift_days=7, earlier=True),
}


def _simple(part: Lexeme, today: date) -> Told:
    if part.term == "SOFAR":
        return Told(calendar.year(today.year), so_far=True)
    if part.term == "DAYWORD":
        day = today - timedelta(days=0 if part.value == "today" else 1)
        return Told(Days(day, day))
    if part.term == "DOW":
        return Told(calendar.last_weekday(part.value, today))
    if part.term == "HOLIDAY":
        return Told(_holiday(part, today, ""))
    if part.term == "UNIT":
        return Told(_this({"UNIT": part}, today))
    return BACK.get(part.term, Told(None))


def _holiday(part: Lexeme, today: date, which: str) -> Days:
    weekend = "weekend" in part.norm
    found = calendar.holiday(part.value, today.year, weekend)
    begun = found.first + timedelta(days=weekend)  # who writes of a weekend has seen a day of it
    if begun > today or which == "LAST":
        return calendar.holiday(part.value, today.year - 1, weekend)
    return found


def _ago(parts: list[Lexeme], terms: dict[str, Lexeme], today: date) -> Told:
    number, unit = int(min(terms["NUM"].value, 999)), str(terms["UNIT"].value)
    if unit in calendar.YEARS:
        return Told(None, shift_years=number * calendar.YEARS[unit], earlier=True)
    if unit in ("month", "quarter", "half"):
        return Told(None, shift_months=number, earlier=True)
    del parts, today
    return Told(None, shift_days=number * (7 if unit in ("week", "weekend") else 1), earlier=True)


def _this(terms: dict[str, Any], today: date) -> Days:
    if "MONTH" in terms:
        return calendar.month(today.year, calendar.MONTHS.index(terms["MONTH"].value) + 1)
    if "DOW" in terms:
        return calendar.last_weekday(terms["DOW"].value, today)
    if "HOLIDAY" in terms:
        return _holiday(terms["HOLIDAY"], today, "")
    if terms["UNIT"].value == "weekend":
        return calendar.last_weekend(today)
    return calendar.current(terms["UNIT"].value, today)


def _of_last(terms: dict[str, Any], today: date) -> Days:
    if "MONTH" in terms:
        return _latest_month(terms["MONTH"].value, today)
    if "DOW" in terms:
        return calendar.last_weekday(terms["DOW"].value, today - timedelta(days=1))
    if "HOLIDAY" in terms:
        return _holiday(terms["HOLIDAY"], today, "LAST")
    unit = str(terms["UNIT"].value)
    if "NUM" in terms:
        return calendar.rolling(terms["NUM"].value, unit, today)
    rolls = "past" in terms["LAST"].norm or terms["UNIT"].norm.endswith("s")
    if rolls and unit not in ("weekend", "summer", "winter", "spring", "autumn"):
        return calendar.rolling(1, unit, today)
    return calendar.earlier(unit, today)


def _latest_month(name: str, today: date) -> Days:
    number = calendar.MONTHS.index(name) + 1
    return calendar.month(today.year if number < today.month else today.year - 1, number)


def _part(terms: dict[str, Any], today: date) -> Days:
    if "YEAR" in terms:
        whole = calendar.year(int(terms["YEAR"].value))
    elif "LAST" in terms:
        whole = calendar.earlier("year", today)
    elif "MONTH" in terms:
        whole = calendar.month(today.year, calendar.MONTHS.index(terms["MONTH"].value) + 1)
    else:
        whole = calendar.year(today.year)
    many = int(min(terms["NUM"].value, 52)) if "NUM" in terms else 1
    return calendar.part(str(terms["UNIT"].value), int(terms["ORD"].value), whole, many)


def _year(terms: dict[str, Any], today: date) -> Days:
    del today
    years = [int(part.value) for part in terms["all"] if part.term == "YEAR"]
    decade = 9 if terms["all"][-1].norm.endswith("s") else 0
    return Days(calendar.year(min(years)).first, calendar.year(max(years) + decade).last)


def _month(terms: dict[str, Any], today: date) -> Days:
    """From a month or day to another; without a year the latest that had begun."""
    ends: list[list[int]] = []
    year = 0
    for part in terms["all"]:
        if part.term == "MONTH":
            ends.append([calendar.MONTHS.index(part.value) + 1, 0])
        elif part.term == "DAY":
            if ends[-1][1]:
                ends.append([ends[-1][0], 0])
            ends[-1][1] = int(part.value)
        elif part.term == "YEAR":
            year = int(part.value)
        elif part.term == "LAST":
            year = today.year - 1
        elif part.term == "THIS":
            year = today.year
    return _dates(ends, year, today)


def _dates(ends: list[list[int]], year: int, today: date) -> Days:
    (first_month, first_day), (last_month, last_day) = ends[0], ends[-1]
    if not year:
        year = (
            today.year if (first_month, first_day) <= (today.month, today.day) else today.year - 1
        )
    end_year = year + ((last_month, last_day) < (first_month, 0))
    return Days(
        calendar.day_of(year, first_month, first_day or 1),
        calendar.day_of(end_year, last_month, last_day or 31),
    )


def period(days: Days, said: str, today: date) -> Period:
    """As a claim holds it: cut off where the text was written."""
    to_date = days.first <= today < days.last
    cut = days.until(today) if to_date else days
    return Period(cut.first, cut.last, said, to_date)
