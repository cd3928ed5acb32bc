"""Dates in digits or with the day first: "6/29/17", "2017-06-29", "30 June 2017"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from headstamp.claims.days import MONTHS
from headstamp.claims.lexemes import Lexeme

COUNTED: Final = ("measure", "people", "shot", "killed", "wounded", "shot_dead", "single")


def with_dates(items: list[Lexeme]) -> list[Lexeme]:
    """The same lexemes; each such date is a month, a day and perhaps a year."""
    kept: list[Lexeme] = []
    index = 0
    while index < len(items):
        made, used = _in_digits(items, index) or _day_first(items, index) or ([items[index]], 1)
        kept += made
        index += used
    return kept


def _in_digits(items: list[Lexeme], index: int) -> tuple[list[Lexeme], int] | None:
    """ "6/29/17", "2017-06-29"; without a year only behind a word such as "through"."""
    parts = _joined(items[index : index + 5])
    numbers = [int(one.value) for one in parts]
    if len(numbers) == 3 and len(parts[0].norm) == 4:
        year, month, day = numbers
    elif len(numbers) == 3 and len(parts[2].norm) in (2, 4):
        month, day, year = numbers
    elif len(numbers) == 2 and index and items[index - 1].term in ("THROUGH", "SINCE"):
        month, day, year = *numbers, 0
    else:
        return None
    if month > 12 and len(parts[0].norm) != 4:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    whole = replace(parts[0], kinds={}, norm="/", end=parts[-1].end)
    made = [
        replace(whole, term="MONTH", value=MONTHS[month - 1]),
        replace(whole, term="DAY", value=float(day)),
    ]
    if year:
        made.append(replace(whole, term="YEAR", value=year + 2000 * (year < 100)))
    return made, 2 * len(parts) - 1


def _joined(items: list[Lexeme]) -> list[Lexeme]:
    """Whole numbers with a stroke between them, or hyphens between three, and no blank."""
    parts = [one for one in items[::2] if one.term == "NUM" and one.value % 1 == 0]
    marks = {one.norm for one in items[1::2]}
    close = all(one.end == other.start for one, other in pairwise(items))
    if len(items) == 5 and len(parts) == 3 and close and marks in ({"/"}, {"-"}):
        return parts
    two = items[:3]
    close = len(two) == 3 and two[0].end == two[1].start and two[1].end == two[2].start
    if close and two[1].norm == "/" and all(one.term == "NUM" for one in two[::2]):
        return [two[0], two[2]]
    return []


def _day_first(items: list[Lexeme], index: int) -> tuple[list[Lexeme], int] | None:
    """ "30 June 2017"."""
    day = items[index]
    month = items[index + 1] if index + 1 < len(items) else None
    after = items[index + 2] if index + 2 < len(items) else None
    if month is None or month.term != "MONTH" or day.term != "NUM" or not day.norm.isdigit():
        return None
    counts = after is not None and any(kind in after.kinds for kind in COUNTED)
    if counts or not 1 <= day.value <= 31:
        return None
    if index and items[index - 1].term == "MONTH":
        return None
    named = replace(month, start=day.start, norm=f"{month.norm} ")
    return [named, replace(month, term="DAY", kinds={}, value=float(day.value))], 2
