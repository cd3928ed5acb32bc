"""Counting rules: what counts as a murder or a shooting, on which day, by which list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from headstamp.incidents.records import FIELDS
from headstamp.incidents.windows import Window

Unit = Literal["victims", "incidents"]
Measure = Literal[
    "murders", "shooting_incidents", "shooting_victims", "fatal_shooting_victims",
    "nonfatal_shooting_victims",
]  # fmt: skip

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
    schema : str
        The list it counts in.
    date : str
        The field that places a record in a period.
    known_by : str
        The field that must not be later than the day of knowledge; empty for none.
    distinct : str
        The field whose different values are counted; empty to count records.
    where : tuple of Condition
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
        unknown = [name for name in named if name and name not in FIELDS]
        if unknown:
            raise ValueError(f"rule {self.name}: {unknown[0]!r} is no field of a record")

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists it needs."""
        others = [one.looked_up_in for one in self.where if one.looked_up_in]
        return tuple(dict.fromkeys([self.schema, *others]))


def count_sql(
    rule: CountingRule,
    relations: Mapping[str, str],
    windows: Iterable[Window],
    known_on: str,
    by: str = "",
) -> str:
    """One query, one scan: a count for each window.

    Parameters
    ----------
    rule : CountingRule
    relations : mapping
        What SQL reads each list from.
    windows : iterable of Window
    known_on : str
        ISO 8601 day; nothing that was not known then is counted.
    by : str
        Field to count by; empty for one row.

    Returns
    -------
    str
        Columns ``w0``, ``w1`` ... in the order of the windows, after ``by``.
    """
    counted = f"DISTINCT {rule.distinct}" if rule.distinct else "*"
    columns = [
        f"count({counted}) FILTER (WHERE {rule.date} >= TIMESTAMP '{one.first.isoformat()}' "
        f"AND {rule.date} < TIMESTAMP '{one.last.isoformat()}' + INTERVAL 1 DAY) AS w{number}"
        for number, one in enumerate(windows)
    ]
    groups = [by] if by else []
    grouped = f" GROUP BY {by}" if by else ""
    return (
        f"SELECT {', '.join([*groups, *columns])} "  # noqa: S608 - names of FIELDS, quoted values
        f"FROM {relations[rule.schema]} AS record "
        f"WHERE {condition_sql(rule, relations, known_on)}{grouped}"
    )


def condition_sql(rule: CountingRule, relations: Mapping[str, str], known_on: str) -> str:
    """The condition under which a record counts."""
    parts = [f"{rule.date} < TIMESTAMP '{known_on}' + INTERVAL 1 DAY"]
    if rule.known_by:
        parts.append(f"{rule.known_by} < TIMESTAMP '{known_on}' + INTERVAL 1 DAY")
    parts += [_condition(one, relations) for one in rule.where]
    return " AND ".join(parts)


def _condition(one: Condition, relations: Mapping[str, str]) -> str:
    values = ", ".join(_literal(value) for value in one.values)
    if one.looked_up_in:
        known = (
            f"SELECT incident FROM {relations[one.looked_up_in]} "  # noqa: S608
            f"WHERE {one.field} IN ({values}) AND incident IS NOT NULL"
        )
        kept = f"incident NOT IN ({known})" if one.excluded else f"incident IN ({known})"
        return f"(incident IS NULL OR {kept})" if one.excluded else kept
    if one.excluded:
        return f"({one.field} IS NULL OR {one.field} NOT IN ({values}))"
    return f"{one.field} IN ({values})"


def _literal(value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "'" + value.replace("'", "''") + "'"
