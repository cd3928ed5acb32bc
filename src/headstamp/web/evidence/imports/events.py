"""Rows that stand several times with one number: one record, or something to mend.

In a table of incidents each number stands once; a row that says the same again is passed over. In
a table of victims each row is a person: the rows of one number are one incident, at the earliest
of their times, whose killed and wounded are added up. No row is lost: the record keeps them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from headstamp.web.evidence.imports.fields import COUNTS
from headstamp.web.evidence.imports.values import MOST, Converted

INCIDENTS: Final = "incidents"
VICTIMS: Final = "victims"


@dataclass
class Event:
    """One record with the rows it comes from."""

    rows: list[Converted]
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def first(self) -> Converted:
        """The row that stands first."""
        return self.rows[0]

    @property
    def number(self) -> str:
        """Of the record."""
        return str(self.values.get("number", ""))

    @property
    def raw(self) -> Any:
        """The rows as they stood: one as it is, several with their numbers."""
        if len(self.rows) == 1:
            return self.first.row.values
        return [{"row": one.row.number, "values": one.row.values} for one in self.rows]


def events(rows: Iterable[Converted], rows_are: str) -> tuple[list[Event], list[Converted]]:
    """Records, and rows to mend."""
    by_number: dict[str, list[Converted]] = {}
    bad: list[Converted] = []
    for one in rows:
        if number := str(one.values.get("number", "")):
            by_number.setdefault(number, []).append(one)
        else:
            bad.append(one)
    found = []
    for same in by_number.values():
        event, faulty = _of_victims(same) if rows_are == VICTIMS else _of_incidents(same)
        bad += faulty
        if event is not None:
            found.append(event)
    return found, sorted(bad, key=lambda one: one.row.number)


def suggested_rows(rows: list[Converted]) -> str:
    """Whether the rows are victims: numbers repeat, and nobody counts beyond one in a row."""
    numbers = [one.values["number"] for one in rows if one.values.get("number")]
    counts = [one.values[name] for one in rows for name in COUNTS if name in one.values]
    is_repeated = len(set(numbers)) < len(numbers)
    return VICTIMS if is_repeated and max(counts, default=0) <= 1 else INCIDENTS


def _of_incidents(same: list[Converted]) -> tuple[Event | None, list[Converted]]:
    good = [one for one in same if not one.faults]
    bad = [one for one in same if one.faults]
    if not good:
        return None, bad
    first = good[0]
    event = Event([first], first.values)
    for one in good[1:]:
        if one.values == first.values:
            event.rows.append(one)
        else:
            bad.append(_with(one, f"Row {first.row.number} has this number and says otherwise."))
    return event, bad


def _of_victims(same: list[Converted]) -> tuple[Event | None, list[Converted]]:
    faulty = [one for one in same if one.faults]
    if faulty:
        sentence = f"Row {faulty[0].row.number} is of the same incident; they come in together."
        return None, [one if one.faults else _with(one, sentence) for one in same]
    values: dict[str, Any] = {}
    for one in sorted(same, key=lambda one: (one.values["occurred_at"], one.row.number)):
        values = {**one.values, **values}
    for name in COUNTS:
        if any(name in one.values for one in same):
            values[name] = sum(one.values.get(name, 0) for one in same)
    if "nonfatal" not in values and "homicides" in values:
        values["nonfatal"] = sum(one.values.get("homicides") == 0 for one in same)
    if any(values.get(name, 0) > MOST for name in COUNTS):
        return None, [_with(one, f"More than {MOST} rows have this number.") for one in same]
    return Event(same, values), []


def _with(one: Converted, fault: str) -> Converted:
    return Converted(one.row, one.values, (*one.faults, fault), one.unknown)
