"""Dates and times as tables write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

EARLIEST_YEAR: Final = 1950
EXCEL_DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a day, in no zone
ORDERS: Final = ("mdy", "dmy", "ymd")
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH: Final = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _MONTHS)}|sept)\.?"
_CLOCK: Final = (
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?"
    r"\s*(Z|[+-]\d{2}(?::?\d{2})?)?"
)
_TIME: Final = re.compile(rf"(\d{{1,4}})[-/.](\d{{1,2}})[-/.](\d{{1,4}})(?:[T ,]+{_CLOCK})?")
_DAY_FIRST: Final = re.compile(rf"(\d{{1,2}})[-/ .]+({_MONTH})[-/ ,.]+(\d{{2,4}})", re.IGNORECASE)
_MONTH_FIRST: Final = re.compile(rf"({_MONTH})\s+(\d{{1,2}}),?\s+(\d{{4}})", re.IGNORECASE)
_EXCEL: Final = re.compile(r"\d{5}(\.\d+)?")
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")


class MeaninglessError(ValueError):
    """A cell that cannot be what its column should hold."""


def read_time(
    text: str, order: str, zone: ZoneInfo, now: datetime, clock: time | None = None
) -> tuple[datetime, bool]:
    """A time in UTC, and whether the text says more than the day.

    Parameters
    ----------
    text : str
    order : str
        "mdy", "dmy" or "ymd": how dates are written.
    zone : ZoneInfo
        Of times without one.
    now : datetime
        Later times are refused.
    clock : time, optional
        The time of day, from a column of its own; the text then gives the day alone.

    Raises
    ------
    MeaninglessError
    """
    found, is_timed = _written(text, order)
    if clock is not None:
        found, is_timed = datetime.combine(found.date(), clock), True
    elif not is_timed:  # a day is a day of the place, whatever zone a database wrote beside it
        found = found.replace(tzinfo=None)
    local = found if found.tzinfo else found.replace(tzinfo=zone)
    if local.year < EARLIEST_YEAR:
        raise MeaninglessError(f"lies before {EARLIEST_YEAR}")
    if local.year > now.year + 1:
        raise MeaninglessError("lies in the future")
    utc = local.astimezone(UTC)
    if utc > now + timedelta(minutes=5):
        raise MeaninglessError("lies in the future")
    if not found.tzinfo and utc.astimezone(zone).replace(tzinfo=None) != found:
        if is_timed:
            raise MeaninglessError("is skipped when clocks go forward")
        return utc + timedelta(hours=1), False
    return utc, is_timed


def read_clock(text: str) -> time:
    """A time of day: 22:15, 10:15 PM, 2215, or a workbook's share of a day.

    Raises
    ------
    MeaninglessError
    """
    if re.fullmatch(r"0?\.\d+", text):
        seconds = round(float(text) * 86_400) % 86_400
        return (datetime(2000, 1, 1) + timedelta(seconds=seconds)).time()  # noqa: DTZ001
    if re.fullmatch(r"\d{3,4}", text):
        text = f"{text[:-2]}:{text[-2:]}"
    match = re.fullmatch(_CLOCK, text)
    if not match or match[5]:
        raise MeaninglessError("is no time of a day")
    return _clock(match[1], match[2], match[3], match[4])


def likely_order(texts: list[str]) -> str:
    """The order of day, month and year in which most of these are dates."""
    zone, now = ZoneInfo("UTC"), datetime(9000, 1, 1, tzinfo=UTC)

    def readable(order: str) -> int:
        count = 0
        for text in texts:
            try:
                read_time(text, order, zone, now)
                count += 1
            except MeaninglessError:
                continue
        return count

    return max(ORDERS, key=readable)


def _written(text: str, order: str) -> tuple[datetime, bool]:
    if _EXCEL.fullmatch(text):
        found = EXCEL_DAY_ZERO + timedelta(seconds=round(float(text) * 86_400))
        return found, "." in text and found.time() != time(0)
    if compact := _COMPACT.fullmatch(text):
        return _day(compact[1], compact[2], compact[3]), False
    match = _TIME.fullmatch(_numbered(text))
    if not match:
        raise MeaninglessError("is no date")
    one, two, three = match[1], match[2], match[3]
    if len(one) == 4 or (order == "ymd" and not _is_named(text)):
        day = _day(one, two, three)
    elif order == "dmy" and not _is_named(text):
        day = _day(three, two, one)
    else:
        day = _day(three, one, two)
    if match[4] is None:
        return day, False
    clock = _clock(match[4], match[5], match[6], match[7])
    found = datetime.combine(day.date(), clock)
    if match[8] is None:
        return found, True
    offset = match[8].replace("Z", "+00:00")
    offset = f"{offset}:00" if len(offset) == 3 else offset
    try:
        return datetime.fromisoformat(found.isoformat() + offset), clock != time(0)
    except ValueError as error:
        raise MeaninglessError("names no zone that exists") from error


def _is_named(text: str) -> bool:
    return bool(re.search(_MONTH, text, re.IGNORECASE))


def _numbered(text: str) -> str:
    """A date with the month's name, written month/day/year."""

    def number(name: str) -> int:
        return [month[:3] for month in _MONTHS].index(name[:3].lower()) + 1

    text = _DAY_FIRST.sub(lambda m: f"{number(m[2])}/{m[1]}/{m[3]}", text, count=1)
    return _MONTH_FIRST.sub(lambda m: f"{number(m[1])}/{m[2]}/{m[3]}", text, count=1)


def _day(year: str, month: str, day: str) -> datetime:
    if len(year) == 2:
        year = f"20{year}" if int(year) < 70 else f"19{year}"
    try:
        return datetime(int(year), int(month), int(day))  # noqa: DTZ001 - a day, in no zone
    except ValueError as error:
        raise MeaninglessError("is no date that exists") from error


def _clock(hour: str, minute: str, second: str | None, half: str | None) -> time:
    hours, half = int(hour), (half or "").lower().replace(".", "")
    if half:
        if not 1 <= hours <= 12:
            raise MeaninglessError("is no time of a day")
        hours = hours % 12 + (12 if half == "pm" else 0)
    try:
        return time(hours, int(minute), int(second or 0))
    except ValueError as error:
        raise MeaninglessError("is no time of a day") from error
