"""What the cells of a row mean; a cell that means nothing gets a sentence that says why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from headstamp.formats.record_table import RawRow
from headstamp.web.casework.forms import MOST_VICTIMS
from headstamp.web.casework.models import Incident
from headstamp.web.evidence.imports.fields import FIELDS, Field, normalised
from headstamp.web.evidence.imports.times import MeaninglessError, read_clock, read_time
from headstamp.web.lists.exports import plain_cell

YES_AND_NO: Final = {"yes": 1, "y": 1, "true": 1, "t": 1, "no": 0, "n": 0, "false": 0, "f": 0}
MOST: Final = MOST_VICTIMS


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of a table are to be read.

    Parameters
    ----------
    kind : str
        "incidents" or "exhibits".
    columns : dict
        Column of each field.
    order : str
        "mdy", "dmy" or "ymd": how dates are written.
    zone : ZoneInfo
        Of times without one.
    now : datetime
        Later times are refused.
    words : dict
        For each field the value of each word that a choice is written as, normalised; empty for
        words that say nothing.
    """

    kind: str
    columns: Mapping[str, str]
    order: str
    zone: ZoneInfo
    now: datetime
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Converted:
    """A row with its meaning: values of fields, what is wrong, and words nobody has explained."""

    row: RawRow
    values: dict[str, Any]
    faults: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...] = ()


def convert(row: RawRow, reading: Reading) -> Converted:
    """Read the mapped cells of a row; never raises for what they hold."""
    values: dict[str, Any] = {}
    faults = [f"The row {row.fault}."] if row.fault else []
    unknown: list[tuple[str, str]] = []
    for one in FIELDS[reading.kind]:
        text = _cell(row, reading, one.name)
        if not text:
            if one.required:
                faults.append(f"{one.label} is missing.")
            continue
        try:
            found = _value(one, text, row, reading)
        except MeaninglessError as error:
            faults.append(f"{one.label}: {text[:60]!r} {error}.")
            if one.kind == "choice":
                unknown.append((one.name, text))
            continue
        if found is not None:
            values |= found
    return Converted(row, values, tuple(faults), tuple(unknown))


def _cell(row: RawRow, reading: Reading, name: str) -> str:
    column = reading.columns.get(name)
    return plain_cell(row.values.get(column, "")).strip() if column else ""


def _value(one: Field, text: str, row: RawRow, reading: Reading) -> dict[str, Any] | None:
    """The fields of the record that a cell gives."""
    if one.kind == "clock":
        return None  # read together with its day
    if one.kind == "time":
        return _time(one, text, row, reading)
    if one.kind == "choice":
        value = _choice(one, text, reading)
        return {one.name: value} if value else None
    if one.kind == "count":
        return {one.name: _count(text)}
    if one.kind == "number":
        return {one.name: _degrees(text, one.longest)}
    if one.is_code and re.fullmatch(r"\d+\.0", text):
        text = text[:-2]
    if len(text) > one.longest:
        raise MeaninglessError(f"is longer than {one.longest} characters")
    return {one.name: text}


def _time(one: Field, text: str, row: RawRow, reading: Reading) -> dict[str, Any]:
    is_event = one.name == "occurred_at"
    clock_text = _cell(row, reading, "occurred_clock") if is_event else ""
    clock = _clock(clock_text) if clock_text else None
    found, is_timed = read_time(text, reading.order, reading.zone, reading.now, clock)
    if not is_event:
        return {one.name: found}
    precision = Incident.Precision.MINUTE if is_timed else Incident.Precision.DAY
    return {one.name: found, "precision": str(precision)}


def _clock(text: str) -> time:
    try:
        return read_clock(text)
    except MeaninglessError as error:
        raise MeaninglessError(f"has {text[:60]!r} beside it, which {error}") from error


def _choice(one: Field, text: str, reading: Reading) -> str:
    word, known = normalised(text), dict(one.choices)
    explained = reading.words.get(one.name, {})
    if word in explained:
        if not explained[word] and one.required:
            raise MeaninglessError("says nothing, and something must be said")
        return explained[word]
    if word not in known:
        allowed = ", ".join(sorted(set(known.values())))
        raise MeaninglessError(f"is none of {allowed}")
    return known[word]


def _plain_number(text: str) -> float:
    if not re.fullmatch(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?([eE][+-]?\d{1,2})?", text):
        raise MeaninglessError("is no number")
    return float(text.replace(",", ""))


def _count(text: str) -> int:
    if normalised(text) in YES_AND_NO:
        return YES_AND_NO[normalised(text)]
    value = _plain_number(text)
    if not (value.is_integer() and 0 <= value <= MOST):
        raise MeaninglessError(f"is no whole number from 0 to {MOST}")
    return int(value)


def _degrees(text: str, largest: int) -> float:
    value = _plain_number(text)
    if abs(value) > largest:
        raise MeaninglessError(f"is no degree between -{largest} and {largest}")
    return value
