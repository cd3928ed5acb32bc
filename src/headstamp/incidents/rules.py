"""Counting rules: what counts as a murder or a shooting, on which day, by which list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from headstamp.incidents.records import FIELDS

Unit = Literal["victims", "incidents"]
Measure = Literal[
    "murders", "shooting_incidents", "shooting_victims", "fatal_shooting_victims",
    "nonfatal_shooting_victims",
]  # fmt: skip

UNITS: Final[tuple[Unit, ...]] = ("victims", "incidents")
MEASURES: Final[dict[Measure, str]] = {
    "murders": "Murders",
    "shooting_incidents": "Shooting incidents",
    "shooting_victims": "Shooting victims",
    "fatal_shooting_victims": "Shooting victims killed",
    "nonfatal_shooting_victims": "Shooting victims wounded",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field must, or must not, be.

    Parameters
    ----------
    field : str
    values : tuple of str or bool
    excluded : bool
        True: none of these; a record without a value is kept.
    looked_up_in : str
        The list that knows the field, by incident number; empty for the record's own.
    """

    field: str
    values: tuple[str | bool, ...]
    excluded: bool = False
    looked_up_in: str = ""


@dataclass(frozen=True, slots=True)
class CountingRule:
    """A published way to count.

    Parameters
    ----------
    name, version, title, explanation : str, int, str, str
    jurisdiction : str
    measure : str
    unit : str
        Victims or incidents.
    schema : str
        The list it counts in.
    date : str
        The field that places a record in a period.
    known_by : str
        The field that must not be later than the day of knowledge; empty for none.
    distinct : str
        The field whose different values are counted; empty to count records.
    where : tuple of Condition

    Raises
    ------
    ValueError
        If it names what is no field, measure or unit.
    """

    name: str
    version: int
    title: str
    explanation: str
    jurisdiction: str
    measure: Measure
    unit: Unit
    schema: str
    date: str
    known_by: str = ""
    distinct: str = ""
    where: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        named = [self.date, self.known_by, self.distinct, *(one.field for one in self.where)]
        for name in named:
            if name and name not in FIELDS:
                raise ValueError(f"{name!r} is no field of a record; take {', '.join(FIELDS)}")
        for name in (self.date, self.known_by):
            if name and FIELDS[name] != "time":
                raise ValueError(f"{name!r} is no time")
        if self.measure not in MEASURES:
            raise ValueError(f"{self.measure!r} is no measure; take one of {', '.join(MEASURES)}")
        if self.unit not in UNITS:
            raise ValueError(f"{self.unit!r} is no unit; take one of {', '.join(UNITS)}")

    @property
    def needs(self) -> dict[str, frozenset[str]]:
        """The lists it counts or looks something up in, and the fields it needs of each."""
        own = {self.date, self.known_by, self.distinct} - {""}
        needed = {self.schema: own}
        for one in self.where:
            if one.looked_up_in:
                own.add("incident")
                needed.setdefault(one.looked_up_in, {"incident"}).add(one.field)
            else:
                own.add(one.field)
        return {name: frozenset(fields) for name, fields in needed.items()}
