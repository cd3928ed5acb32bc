"""What the cells of a row mean; a cell that means nothing gets a sentence that says why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from headstamp.formats.record_table import RawRow
from headstamp.web.evidence.imports.fields import FIELDS, Field, normalised

EARLIEST_YEAR: Final = 1950
EXCEL_DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a day, in no zone
_TIME: Final = re.compile(
    r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})"
    r"(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?"
)


class MeaninglessError(ValueError):
    """A cell that cannot be what its column should hold."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A row with its meaning: values of fields, and what is wrong."""

    row: RawRow
    values: dict[str, Any]
    faults: tuple[str, ...]


def convert(
    row: RawRow,
    kind: str,
    mapping: Mapping[str, str],
    *,
    order: str,
    zone: ZoneInfo,
    now: datetime,
) -> Converted:
    """Read the mapped cells of a row; never raises for what they hold.

    Parameters
    ----------
    mapping : dict
        Column of each field.
    order : str
        "mdy", "dmy" or "ymd": how dates are written.
    zone : ZoneInfo
        Of times without one.
    now : datetime
        Later times are refused.
    """
    values: dict[str, Any] = {}
    faults = [f"The row {row.fault}."] if row.fault else []
    for field in FIELDS[kind]:
        column = mapping.get(field.name)
        text = row.values.get(column, "") if column else ""
        if not text:
            if field.required:
                faults.append(f"{field.label} is missing.")
            continue
        try:
            values[field.name] = _value(field, text, order, zone, now)
        except MeaninglessError as error:
            faults.append(f"{field.label}: {text[:60]!r} {error}.")
    return Converted(row, values, tuple(faults))


def _value(field: Field, text: str, order: str, zone: ZoneInfo, now: datetime) -> Any:
    if field.kind == "time":
        return _time(text, order, zone, now)
    if field.kind == "choice":
        known = dict(field.choices)
        word = normalised(text)
        if word not in known:
            allowed = ", ".join(sorted(set(known.values())))
            raise MeaninglessError(f"is none of {allowed}")
        return known[word]
    if field.kind in ("count", "number"):
        return _number(text, whole=field.kind == "count")
    if len(text) > field.longest:
        raise MeaninglessError(f"is longer than {field.longest} characters")
    return text


def _number(text: str, *, whole: bool) -> float | int:
    plain = text.replace(",", "") if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text) else text
    try:
        value = float(plain)
    except ValueError as error:
        raise MeaninglessError("is no number") from error
    if not whole:
        if not abs(value) <= 180:
            raise MeaninglessError("is no degree between -180 and 180")
        return value
    if not (value.is_integer() and 0 <= value <= 1000):
        raise MeaninglessError("is no whole number from 0 to 1000")
    return int(value)


def _time(text: str, order: str, zone: ZoneInfo, now: datetime) -> datetime:
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        found = EXCEL_DAY_ZERO + timedelta(days=float(text))
        found = found.replace(microsecond=0)
    else:
        match = _TIME.fullmatch(text.strip())
        if not match:
            raise MeaninglessError("is no date")
        found = _written(match, order)
    local = found if found.tzinfo else found.replace(tzinfo=zone)
    if local.year < EARLIEST_YEAR:
        raise MeaninglessError(f"lies before {EARLIEST_YEAR}")
    if local > now + timedelta(minutes=5):
        raise MeaninglessError("lies in the future")
    if (
        local.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None)
        != found.replace(tzinfo=None)
        and not found.tzinfo
    ):
        raise MeaninglessError("is skipped when clocks go forward")
    return local


def _written(match: re.Match[str], order: str) -> datetime:
    one, two, three = match[1], match[2], match[3]
    if len(one) == 4:
        year, month, day = one, two, three
    elif order == "dmy":
        year, month, day = three, two, one
    elif order == "ymd":
        year, month, day = one, two, three
    else:
        year, month, day = three, one, two
    if len(year) == 2:
        year = f"20{year}" if int(year) < 70 else f"19{year}"
    hour, half = int(match[4] or 0), (match[7] or "").lower().replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            raise MeaninglessError("is no time of a day")
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        found = datetime(  # noqa: DTZ001 - the zone is given by the caller
            int(year), int(month), int(day), hour, int(match[5] or 0), int(match[6] or 0)
        )
    except ValueError as error:
        raise MeaninglessError("is no date that exists") from error
    if match[8]:
        return datetime.fromisoformat(found.isoformat() + match[8].replace("Z", "+00:00"))
    return found
