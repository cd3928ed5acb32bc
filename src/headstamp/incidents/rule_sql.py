"""A counting rule as one SQL query: one scan of the list, whatever the number of windows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from headstamp.incidents.rules import Condition, CountingRule
from headstamp.incidents.windows import Window


def count_sql(
    rule: CountingRule,
    relations: Mapping[str, str],
    windows: Iterable[Window],
    known_on: str,
    by: str = "",
) -> str:
    """A count for each window.

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
        A query with the columns ``w0``, ``w1`` ... in the order of the windows, before them ``by``.
    """
    asked = list(windows)
    counted = f"DISTINCT {rule.distinct}" if rule.distinct else "*"
    columns = [
        f"count({counted}) FILTER (WHERE {_within(rule, one)}) AS w{number}"
        for number, one in enumerate(asked)
    ]
    reach = Window(min(one.first for one in asked), max(one.last for one in asked))
    condition = " AND ".join([_within(rule, reach), *_conditions(rule, relations, known_on)])
    return (
        f"SELECT {', '.join([by, *columns] if by else columns)} "
        f"FROM {relations[rule.schema]} AS record WHERE {condition}"
        + (f" GROUP BY {by} ORDER BY {by}" if by else "")
    )


def days_sql(rule: CountingRule, relations: Mapping[str, str], known_on: str) -> str:
    """A count for each day on which there was one: columns ``day`` and ``number``."""
    counted = f"DISTINCT {rule.distinct}" if rule.distinct else "*"
    conditions = [f"{rule.date} IS NOT NULL", *_conditions(rule, relations, known_on)]
    return (
        f"SELECT CAST({rule.date} AS DATE) AS day, count({counted}) AS number "
        f"FROM {relations[rule.schema]} AS record WHERE {' AND '.join(conditions)} GROUP BY 1"
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
