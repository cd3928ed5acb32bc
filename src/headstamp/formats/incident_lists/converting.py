"""SQL that gives the rows of a published list their meaning, and names what has none."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.coordinates import OTHER, coordinate, trouble
from headstamp.formats.incident_lists.database import name as quoted
from headstamp.formats.incident_lists.database import text
from headstamp.formats.incident_lists.schema import ALSO, Mapped, Schema, normalised
from headstamp.incidents.records import FIELDS

EARLIEST: Final = "1900-01-01"

PREFIX: Final = "headstamp_"
"""Before the names of our fields, as long as the list's own columns stand beside them."""

TYPES: Final = {"time": "TIMESTAMP", "flag": "BOOLEAN", "number": "DOUBLE"}
WRONG: Final = {
    "time": "is no date that is known",
    "flag": "is neither yes nor no",
}


def chosen(schema: Mapped, header: Sequence[str]) -> dict[str, tuple[str, str | None]]:
    """The column of each field, and the one with its time of day; only those that are there."""
    # A portal's own ":id" is taken only where the list has no "id".
    own_last = sorted(header, key=lambda name: not name.startswith(":"))
    there = {normalised(name): name for name in own_last}
    found = {}
    for field, column in schema.columns.items():
        names = [there[key] for key in map(normalised, column.names) if key in there]
        times = [there[key] for key in map(normalised, column.time) if key in there]
        if names:
            found[field] = (names[0], times[0] if times else None)
    return found


def require_columns(schema: Schema, header: Sequence[str], file_name: str) -> None:
    """Refuse a table that lacks a column the list cannot do without.

    A mapping was made for one layout: it can do without none.

    Raises
    ------
    UnreadableTableError
        With the names it lacks, and what they may be called now.
    """
    there = chosen(schema, header)
    lacking = [
        column.names[0]
        for field, column in schema.columns.items()
        if field not in there and (column.required or field == schema.date or schema.is_own)
    ]
    if not lacking:
        return
    free = {
        normalised(one): one for one in header if one not in {names[0] for names in there.values()}
    }
    now = [free[key] for one in lacking for key in get_close_matches(normalised(one), free, 1)]
    perhaps = f" (renamed to {', '.join(now)}?)" if now else ""
    raise UnreadableTableError(
        f"{file_name}: has no column {', '.join(lacking)}, which {schema.name} needs{perhaps}; "
        f"it has {', '.join(header[:30])}. Change the mapping if the list has changed"
    )


def select_fields(schema: Schema, header: Sequence[str]) -> list[str]:
    """``expression AS headstamp_field`` for every field; NULL where the list has none."""
    columns = chosen(schema, header)
    expressions = []
    for field, kind in FIELDS.items():
        if field in columns:
            meaning = _meaning(schema, field, columns)
        else:
            meaning = f"CAST(NULL AS {TYPES.get(kind, 'VARCHAR')})"
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
    for field, (column, _) in chosen(schema, header).items():
        written = _written(column)
        if field in needed(schema):
            parts.append(f"CASE WHEN {written} IS NULL THEN {text(f'{column} is missing')} END")
        kind = FIELDS[field]
        if kind in TYPES:
            wrong = f"{written} IS NOT NULL AND {PREFIX}{field} IS NULL"
            what = text(f" {WRONG[kind]}") if kind in WRONG else trouble(schema, field, written)
            said = f"{text(f'{column}: ')} || left({written}, 40) || {what}"
            parts.append(f"CASE WHEN {wrong} THEN {said} END")
        if kind == "time":
            said = f"{text(f'{column}: ')} || CAST({PREFIX}{field} AS DATE)"
            if field != "updated":
                ahead = is_ahead(field, latest)
                parts.append(f"CASE WHEN {ahead} THEN {said} || ' lies ahead of {latest}' END")
            early = f"{PREFIX}{field} < '{EARLIEST}'"
            parts.append(f"CASE WHEN {early} THEN {said} || ' is before {EARLIEST}' END")
    return f"nullif(concat_ws('; ', {', '.join(parts)}), '')"


def needed(schema: Schema) -> list[str]:
    """The fields without which a row counts for nothing."""
    required = [field for field, column in schema.columns.items() if column.required]
    return list(dict.fromkeys([schema.date, *required]))


def is_severe(schema: Schema, latest: str) -> str:
    """A condition: the row cannot be placed in time, or lacks what it must have."""
    lacking = [f"{PREFIX}{field} IS NULL" for field in needed(schema)]
    early = f"{PREFIX}{schema.date} < '{EARLIEST}'"
    return f"coalesce({' OR '.join([*lacking, is_ahead(schema.date, latest), early])}, false)"


def is_ahead(field: str, latest: str) -> str:
    """A condition: the field lies after a day."""
    return f"{PREFIX}{field} >= DATE '{latest}' + INTERVAL 1 DAY"


def _meaning(schema: Schema, field: str, columns: dict[str, tuple[str, str | None]]) -> str:
    column, time = columns[field]
    written = _written(column)
    how = schema.columns[field]
    kind = FIELDS[field]
    if kind == "time":
        formats = how.formats if schema.is_own else (*how.formats, *ALSO)
        return _time(tuple(dict.fromkeys(formats)), written, time)
    if kind == "number":
        places = {one: _written(columns[one][0]) for one in OTHER if one in columns}
        return coordinate(schema, field, places)
    if kind == "flag":
        true, false = (", ".join(map(text, words)) for words in (how.true, how.false))
        word = f"lower({written})"
        return f"CASE WHEN {word} IN ({true}) THEN true WHEN {word} IN ({false}) THEN false END"
    if kind == "code":
        return f"nullif(ltrim(regexp_replace(upper({written}), '\\.0$', ''), '0'), '')"
    return written


def _time(formats: Sequence[str], written: str, time: str | None) -> str:
    listed = ", ".join(map(text, formats))
    read = f"try_strptime({written}, [{listed}])"
    if time is None:
        return read
    whole = f"concat_ws(' ', {written}, nullif(trim({quoted(time)}), ''))"
    return f"coalesce(try_strptime({whole}, [{listed}]), {read})"


def _written(column: str) -> str:
    return f"nullif(trim({quoted(column)}), '')"
