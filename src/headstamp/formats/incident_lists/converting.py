"""SQL that gives the rows of a published list their meaning, and names what has none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from headstamp.formats.incident_lists.schema import Column, Schema, normalised
from headstamp.incidents.records import FIELDS

EARLIEST: Final = "1900-01-01"

PREFIX: Final = "headstamp_"
"""Before the names of our fields, as long as the list's own columns stand beside them."""


def chosen(schema: Schema, header: Sequence[str]) -> dict[str, tuple[str, str | None]]:
    """The column of each field, and the one with its time of day; only those that are there."""
    there = {normalised(name): name for name in header}
    found = {}
    for field, column in schema.columns.items():
        names = [there[key] for key in map(normalised, column.names) if key in there]
        times = [there[key] for key in map(normalised, column.time) if key in there]
        if names:
            found[field] = (names[0], times[0] if times else None)
    return found


def missing(schema: Schema, header: Sequence[str]) -> list[str]:
    """Names of required columns that the table lacks."""
    there = chosen(schema, header)
    return [
        column.names[0]
        for field, column in schema.columns.items()
        if field not in there and (column.required or field == schema.date)
    ]


def select_fields(schema: Schema, header: Sequence[str]) -> list[str]:
    """``expression AS headstamp_field`` for every field; NULL where the list has none."""
    columns = chosen(schema, header)
    expressions = []
    for field in FIELDS:
        if field in columns:
            meaning = _meaning(field, schema.columns[field], *columns[field])
        else:
            meaning = f"CAST(NULL AS {_type(field)})"
        expressions.append(f"{meaning} AS {PREFIX}{field}")
    return expressions


def select_faults(schema: Schema, header: Sequence[str], latest: str) -> str:
    """An expression: what is wrong with a row, NULL for nothing.

    Parameters
    ----------
    latest : str
        ISO 8601 day after which nothing can have occurred.
    """
    parts = []
    for field, names in chosen(schema, header).items():
        column = schema.columns[field]
        text = f"nullif(trim({_name(names[0])}), '')"
        label = names[0].replace("'", "''")
        if column.required or field == schema.date:
            parts.append(f"CASE WHEN {text} IS NULL THEN '{label} is missing' END")
        if FIELDS[field] in ("time", "number", "flag"):
            shown = f"'{label}: ' || left({text}, 40)"
            wrong = f"{text} IS NOT NULL AND {PREFIX}{field} IS NULL"
            parts.append(f"CASE WHEN {wrong} THEN {shown} || ' {_wrong(field)}' END")
        if FIELDS[field] == "time":
            shown = f"'{label}: ' || CAST({PREFIX}{field} AS VARCHAR)"
            if field != "updated":
                parts.append(f"CASE WHEN {PREFIX}{field} > '{latest}' THEN {shown} || ' lies ahead' END")
            parts.append(f"CASE WHEN {PREFIX}{field} < '{EARLIEST}' THEN {shown} || ' is too early' END")
    return f"nullif(concat_ws('; ', {', '.join(parts)}), '')"


def severe(schema: Schema) -> str:
    """A condition: the row cannot be placed in time, or lacks what it must have."""
    required = [field for field, column in schema.columns.items() if column.required]
    needed = dict.fromkeys([schema.date, *required])
    return " OR ".join(f"{PREFIX}{field} IS NULL" for field in needed)


def _meaning(field: str, column: Column, name: str, time: str | None) -> str:
    text = f"nullif(trim({_name(name)}), '')"
    kind = FIELDS[field]
    if kind == "time":
        formats = ", ".join("'" + one.replace("'", "''") + "'" for one in column.formats)
        read = f"try_strptime({text}, [{formats}])"
        if time is None:
            return read
        whole = f"concat_ws(' ', {text}, nullif(trim({_name(time)}), ''))"
        return f"coalesce(try_strptime({whole}, [{formats}]), {read})"
    if kind == "number":
        return f"try_cast(replace({text}, ',', '') AS DOUBLE)"
    if kind == "flag":
        true, false = (
            ", ".join("'" + word.replace("'", "''") + "'" for word in words)
            for words in (column.true, column.false)
        )
        word = f"lower({text})"
        return f"CASE WHEN {word} IN ({true}) THEN true WHEN {word} IN ({false}) THEN false END"
    if kind == "code":
        return f"nullif(ltrim(regexp_replace(upper({text}), '\\.0$', ''), '0'), '')"
    return text


def _type(field: str) -> str:
    return {"time": "TIMESTAMP", "flag": "BOOLEAN", "number": "DOUBLE"}.get(
        FIELDS[field], "VARCHAR"
    )


def _wrong(field: str) -> str:
    return {"time": "is no date", "flag": "is neither yes nor no"}.get(
        FIELDS[field], "is no number"
    )


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
