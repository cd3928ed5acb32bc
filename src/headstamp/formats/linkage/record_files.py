"""Tables of records of one kind, as CSV or .xlsx, read whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from headstamp.errors import UnreadableTableError
from headstamp.formats.record_table import RawRow, RecordTable, read_table
from headstamp.formats.trace_tables.reference_tables import Table, named
from headstamp.linkage.records import Key, Kind, Record, columns, key_of, record

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "source": ("list", "agency"),
    "id": ("record_id", "number"),
    "serial": ("serial_number",),
    "maker": ("manufacturer",),
    "model": (),
    "calibre": ("caliber",),
    "type": ("firearm_type",),
    "name": ("dealer_name", "dealer"),
    "licence": ("license", "licence_number", "license_number", "ffl"),
    "city": ("dealer_city",),
    "county": ("dealer_county",),
    "state": ("dealer_state",),
    "given": ("given_name", "first_name"),
    "family": ("family_name", "last_name", "surname"),
    "born": ("date_of_birth", "dob", "birth_date"),
    "place": ("town",),
}
"""Each field, and what its column may be called beside its own name."""

TABLES: Final[dict[str, Table]] = {"maker": "makers", "calibre": "calibres", "type": "types"}
"""Fields that are brought to one name where the reference table knows it."""

_AMERICAN: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_ISO: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def read_records(kind: Kind, files: Iterable[Path]) -> tuple[Record, ...]:
    """The records of one table or more.

    Parameters
    ----------
    kind : str
    files : iterable of Path
        CSV or .xlsx with the columns ``source``, ``id`` and fields of the kind; a field without a
        column is not known.

    Raises
    ------
    UnreadableTableError
        If a table cannot be read, lacks a column, has a row without source or id, or a record is
        there twice.
    """
    found: dict[Key, tuple[Record, str]] = {}
    for path in files:
        for row, one in _records(kind, path):
            key, where = key_of(one), f"{path.name}, row {row}"
            if key in found:
                raise UnreadableTableError(
                    f"{where}: {key} was there already ({found[key][1]}); "
                    "give each record of a source an id of its own"
                )
            found[key] = one, where
    return tuple(one for one, _ in found.values())


def _records(kind: Kind, path: Path) -> list[tuple[int, Record]]:
    if not path.is_file():
        raise UnreadableTableError(f"{path}: there is no such file")
    table = read_table(path)
    chosen = _columns(kind, table, path.name)
    return [(row.number, record(kind, _values(row, chosen, path.name))) for row in table.rows]


def _columns(kind: Kind, table: RecordTable, name: str) -> dict[str, str]:
    """The column of each field that has one."""
    there = {_plain(column): column for column in reversed(table.columns)}
    chosen = {
        field: there[spelling]
        for field in columns(kind)
        for spelling in reversed((field, *COLUMNS[field]))
        if spelling in there
    }
    fields = [one for one in columns(kind) if one not in ("source", "id")]
    if lacking := [one for one in ("source", "id") if one not in chosen]:
        raise UnreadableTableError(
            f"{name}: has no column {' and no column '.join(lacking)}; a table of {kind}s has "
            f"source, id and {', '.join(fields)}"
        )
    if not set(fields) & set(chosen):
        raise UnreadableTableError(
            f"{name}: has none of the columns of a {kind}: {', '.join(fields)}"
        )
    return chosen


def _plain(column: str) -> str:
    return "_".join(re.findall(r"[a-z0-9]+", column.lower()))


def _values(row: RawRow, chosen: Mapping[str, str], name: str) -> dict[str, str]:
    where = f"{name}, row {row.number}"
    if row.fault:
        raise UnreadableTableError(f"{where}: {row.fault}")
    values = {field: " ".join(row.values[column].split()) for field, column in chosen.items()}
    for field in ("source", "id"):
        if not values[field]:
            raise UnreadableTableError(f"{where}: has no {field}; each record needs one")
    if ":" in values["source"]:
        raise UnreadableTableError(f"{where}: the source {values['source']} holds a colon")
    if values.get("born"):
        values["born"] = _day(values["born"], where)
    for field, table in TABLES.items():
        if field in values:
            values[field] = named(table, values[field]) or values[field]
    return values


def _day(written: str, where: str) -> str:
    """A date of birth as ISO 8601, as far as it is known."""
    text = written.removesuffix(" 00:00:00")
    try:
        if _AMERICAN.fullmatch(text):
            return datetime.strptime(text, "%m/%d/%Y").date().isoformat()  # noqa: DTZ007
        if _ISO.fullmatch(text):
            datetime.strptime(f"{text}-01-01"[:10], "%Y-%m-%d")  # noqa: DTZ007
            return text
    except ValueError:
        pass
    raise UnreadableTableError(
        f"{where}: {written} is no date of birth; write 1990-05-17, 1990-05, 1990 or 05/17/1990"
    )
