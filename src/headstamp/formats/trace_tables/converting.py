"""SQL that gives the rows of a table of traces their meaning, and names what has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from headstamp.formats.incident_lists.converting import EARLIEST, PREFIX, chosen
from headstamp.formats.incident_lists.database import name as quoted
from headstamp.formats.incident_lists.database import text
from headstamp.formats.incident_lists.schema import Column
from headstamp.formats.trace_tables.schema import TraceSchema
from headstamp.tracing.records import FIELDS, REQUIRED, Kind

OLDEST: Final = 120

SPANS: Final = ("recovered", "sold")
"""The fields that become a first and a last day."""

FUNCTIONS: Final[dict[Kind, str]] = {
    "maker": "maker_of", "calibre": "calibre_of", "type": "type_of",
    "state": "state_of", "status": "status_of", "answer": "answer_of",
}  # fmt: skip

NUMBERS: Final[dict[Kind, tuple[int, int]]] = {
    "age": (0, OLDEST), "latitude": (-90, 90), "longitude": (-180, 180),
}  # fmt: skip

WRONG: Final[dict[Kind, str]] = {
    "date": "is no date that is known",
    "partial_date": "is no date that is known",
    "state": "is no state",
    "status": "is no state of a trace",
    "answer": "is neither yes, no nor unknown",
    "flag": "is neither yes nor no",
    "age": f"is no age from 0 to {OLDEST}",
    "latitude": "is no latitude",
    "longitude": "is no longitude",
}

RAW: Final = ("serial", "maker", "calibre", "type")
"""Fields whose text is kept beside what it was taken for."""


def output_columns() -> list[str]:
    """The columns of the rows that are kept, in their order."""
    spans = [f"{field}_{end}" for field in SPANS for end in ("first", "last")]
    plain = [field for field in FIELDS if field not in SPANS]
    return [*plain, *spans, *(f"{field}_written" for field in RAW), "serial_status", "gun",
            "dealer_key"]  # fmt: skip


def select_fields(schema: TraceSchema, header: Sequence[str]) -> list[str]:
    """``expression AS headstamp_column`` for every column; NULL where the table has none."""
    columns = chosen(schema, header)
    found = []
    for field, kind in FIELDS.items():
        written = _written(columns[field][0]) if field in columns else "CAST(NULL AS VARCHAR)"
        how = schema.columns.get(field, Column(()))
        found += [f"{meaning} AS {PREFIX}{name}" for name, meaning in _named(field, kind, written,
                                                                            how)]  # fmt: skip
    return found


def select_derived() -> list[str]:
    """What tells a gun and a dealer apart, from the columns of ``select_fields``."""
    licence = f"regexp_replace(upper({PREFIX}licence), '[^A-Z0-9]', '', 'g')"
    parts = ", ".join(f"{PREFIX}{one}" for one in ("dealer", "dealer_city", "dealer_state"))
    place = f"upper(regexp_replace(concat_ws('|', {parts}), '[^A-Za-z0-9|]+', ' ', 'g'))"
    return [
        f"CASE WHEN {PREFIX}serial_status = 'intact' AND {PREFIX}maker IS NOT NULL "
        f"THEN {PREFIX}maker || ' ' || {PREFIX}serial ELSE 'trace ' || {PREFIX}trace END "
        f"AS {PREFIX}gun",
        # Of a licence of 15 characters the middle names its expiry, and changes with each renewal.
        f"CASE WHEN length({licence}) = 15 THEN left({licence}, 3) || right({licence}, 5) "
        f"WHEN {licence} <> '' THEN {licence} WHEN {PREFIX}dealer IS NOT NULL THEN {place} END "
        f"AS {PREFIX}dealer_key",
    ]


def select_faults(schema: TraceSchema, header: Sequence[str], latest: str) -> str:
    """An expression: what is wrong with a row, NULL for nothing.

    Parameters
    ----------
    latest : str
        ISO 8601 day after which nothing can have happened.
    """
    parts = [
        f"CASE WHEN {condition} THEN {said} END"
        for field, (column, _) in chosen(schema, header).items()
        for condition, said in _faults(field, column, latest, quotes=schema.quotes_cells)
    ]
    parts.append(
        f"CASE WHEN {PREFIX}sold_first > {PREFIX}recovered_last THEN 'was sold on ' || "
        f"{PREFIX}sold_first || ', after its recovery on ' || {PREFIX}recovered_last END"
    )
    return f"nullif(concat_ws('; ', {', '.join(parts)}), '')"


def is_severe(latest: str) -> str:
    """A condition: the row has no id, or cannot be placed in time."""
    return (
        f"{PREFIX}trace IS NULL OR {PREFIX}recovered_first IS NULL "
        f"OR {PREFIX}recovered_first > '{latest}' OR {PREFIX}recovered_first < '{EARLIEST}'"
    )


def _written(column: str) -> str:
    return f"nullif(trim({quoted(column)}), '')"


def _named(field: str, kind: Kind, written: str, how: Column) -> Iterator[tuple[str, str]]:
    """The columns that a field becomes, each with its expression."""
    if field in SPANS:
        yield f"{field}_first", _span(written, how, first=True)
        yield f"{field}_last", _span(written, how, first=False)
        return
    if field in RAW:
        yield f"{field}_written", written
    if kind == "serial":
        parts = [f"nullif(split_part(headstamp_serial_of({written}), '|', {i}), '')"
                 for i in (1, 2, 3)]  # fmt: skip
        yield "serial", parts[0]
        yield "serial_status", f"coalesce({parts[1]}, 'unknown')"
        yield "serial_fault", parts[2]
        return
    yield field, _meaning(kind, written, how)


def _meaning(kind: Kind, written: str, how: Column) -> str:
    if kind in FUNCTIONS:
        return f"nullif(headstamp_{FUNCTIONS[kind]}({written}), '')"
    if kind in NUMBERS:
        low, high = NUMBERS[kind]
        number = f"try_cast(replace({written}, ',', '') AS DOUBLE)"
        return f"CASE WHEN {number} BETWEEN {low} AND {high} THEN {number} END"
    if kind == "flag":
        true, false = (", ".join(map(text, words)) for words in (how.true, how.false))
        word = f"lower({written})"
        return f"CASE WHEN {word} IN ({true}) THEN true WHEN {word} IN ({false}) THEN false END"
    return _day(written, how) if kind == "date" else written


def _day(written: str, how: Column) -> str:
    return f"CAST(try_strptime({written}, [{', '.join(map(text, how.formats))}]) AS DATE)"


def _span(written: str, how: Column, *, first: bool) -> str:
    """The first or the last day of what may be a day, a month or a year."""
    known = f"regexp_replace({written}, '(-00)+$', '')"
    month = (
        f"CASE WHEN regexp_full_match({known}, '[0-9]{{4}}-[0-9]{{1,2}}') "
        f"THEN CAST(try_strptime({known} || '-01', '%Y-%m-%d') AS DATE) "
        f"WHEN regexp_full_match({known}, '[0-9]{{1,2}}/[0-9]{{4}}') "
        f"THEN CAST(try_strptime('01/' || {known}, '%d/%m/%Y') AS DATE) END"
    )
    year = (
        f"CASE WHEN regexp_full_match({known}, '[12][0-9]{{3}}([.]0)?') "
        f"THEN CAST(left({known}, 4) AS INT) END"
    )
    if first:
        return f"coalesce({_day(known, how)}, {month}, make_date({year}, 1, 1))"
    return f"coalesce({_day(known, how)}, last_day({month}), make_date({year}, 12, 31))"


def _faults(field: str, column: str, latest: str, *, quotes: bool) -> Iterator[tuple[str, str]]:
    """What can be wrong with a field: conditions, each with an expression that says it."""
    kind, written = FIELDS[field], _written(column)
    meant = f"{PREFIX}{field}_first" if field in SPANS else f"{PREFIX}{field}"
    shown = f"{text(f'{column}: ')} || left({written}, 40)" if quotes else text(f"{column}:")
    if field in REQUIRED:
        yield f"{written} IS NULL", text(f"{column} is missing")
    if kind in WRONG:
        yield (
            f"{written} IS NOT NULL AND {meant} IS NULL",
            f"{shown} || {text(f' {WRONG[kind]}')}",
        )
    if kind == "serial":
        fault = f"{PREFIX}serial_fault"
        yield f"{fault} IS NOT NULL", f"{text(f'{column} ')} || {fault}"
    if kind in ("date", "partial_date"):
        yield f"{meant} > '{latest}'", f"{shown} || ' lies ahead of {latest}'"
        yield f"{meant} < '{EARLIEST}'", f"{shown} || ' is before {EARLIEST}'"
