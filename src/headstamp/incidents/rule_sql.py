"""A counting rule as one SQL query: one scan of the list, whatever is asked of the days."""

from __future__ import annotations

from collections.abc import Mapping

from headstamp.incidents.rules import Condition, CountingRule
from headstamp.incidents.windows import Window


def days_sql(
    rule: CountingRule,
    relations: Mapping[str, str],
    known_on: str,
    *,
    reach: Window | None = None,
    by: str = "",
) -> str:
    """A count for each day on which there is one.

    What is counted by different values, such as incidents by their number, is placed on the first
    day of each.

    Parameters
    ----------
    rule : CountingRule
    relations : mapping
        What SQL reads each list from.
    known_on : str
        ISO 8601 day; nothing that was not known then is counted.
    reach : Window, optional
        The days that are wanted; all unless given.
    by : str
        Field to count by; empty for the whole list.

    Returns
    -------
    str
        A query with the columns ``area`` (empty text without ``by``), ``day``, ``number``.
    """
    area = by or "''"
    conditions = _conditions(rule, relations, known_on)
    day = f"CAST({rule.date} AS DATE)"
    source = f"FROM {relations[rule.schema]} AS record WHERE {{}} GROUP BY ALL"
    if not rule.distinct:
        within = [_within(rule, reach)] if reach else []
        where = " AND ".join([*within, *conditions])
        return f"SELECT {area} AS area, {day} AS day, count(*) AS number {source.format(where)}"
    where = " AND ".join([f"{rule.distinct} IS NOT NULL", *conditions])
    return (
        "SELECT area, day, count(*) AS number FROM ("
        f"SELECT {area} AS area, {rule.distinct}, min({day}) AS day {source.format(where)}"
        ") GROUP BY ALL"
    )


def places_sql(
    rule: CountingRule, relations: Mapping[str, str], known_on: str, reach: Window
) -> str:
    """What a rule counts in some days, with its place.

    What is counted by different values has the place of its first record.

    Parameters
    ----------
    rule : CountingRule
    relations : mapping
        What SQL reads each list from.
    known_on : str
        ISO 8601 day.
    reach : Window

    Returns
    -------
    str
        A query with the columns ``day``, ``latitude``, ``longitude``, ``address``, in an order that
        does not depend on that of the list.
    """
    source = f"FROM {relations[rule.schema]} AS record"
    conditions = _conditions(rule, relations, known_on)
    fields = ("latitude", "longitude", "address")
    if not rule.distinct:
        where = " AND ".join([_within(rule, reach), *conditions])
        inner = (
            f"SELECT CAST({rule.date} AS DATE) AS day, {', '.join(fields)} {source} WHERE {where}"
        )
        return f"{inner} ORDER BY ALL"
    where = " AND ".join([f"{rule.distinct} IS NOT NULL", *conditions])
    first = ", ".join(f"{name} := {name}" for name in (rule.date, *fields))
    chosen = ", ".join(f"earliest.{name} AS {name}" for name in fields)
    return (
        f"SELECT CAST(earliest.{rule.date} AS DATE) AS day, {chosen} FROM ("
        f"SELECT min(struct_pack({first})) AS earliest {source} WHERE {where} "
        f"GROUP BY {rule.distinct}) WHERE CAST(earliest.{rule.date} AS DATE) "
        f"BETWEEN DATE '{reach.first}' AND DATE '{reach.last}' ORDER BY ALL"
    )


def _within(rule: CountingRule, one: Window) -> str:
    return (
        f"{rule.date} >= TIMESTAMP '{one.first.isoformat()}' "
        f"AND {rule.date} < TIMESTAMP '{one.last.isoformat()}' + INTERVAL 1 DAY"
    )


def _conditions(rule: CountingRule, relations: Mapping[str, str], known_on: str) -> list[str]:
    known = [name for name in (rule.date, rule.known_by) if name]
    parts = [f"{name} < TIMESTAMP '{known_on}' + INTERVAL 1 DAY" for name in known]
    return parts + [_condition(one, relations) for one in rule.where]


def _condition(one: Condition, relations: Mapping[str, str]) -> str:
    values = ", ".join(_literal(value) for value in one.values)
    if one.looked_up_in:
        known = (
            f"SELECT incident FROM {relations[one.looked_up_in]} "
            f"WHERE {one.field} IN ({values}) AND incident IS NOT NULL"
        )
        if one.excluded:
            return f"(incident IS NULL OR incident NOT IN ({known}))"
        return f"incident IN ({known})"
    if one.excluded:
        return f"({one.field} IS NULL OR {one.field} NOT IN ({values}))"
    return f"{one.field} IN ({values})"


def _literal(value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "'" + value.replace("'", "''") + "'"
