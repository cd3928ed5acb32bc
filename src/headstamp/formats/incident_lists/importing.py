"""Bring a published list in: read it, set aside what means nothing, keep it as a vintage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.converting import (
    PREFIX,
    chosen,
    is_severe,
    require_columns,
    select_faults,
    select_fields,
)
from headstamp.formats.incident_lists.database import connection, rows_in, text
from headstamp.formats.incident_lists.known_schemas import schema_of, shipped
from headstamp.formats.incident_lists.plain_csv import PlainCsv, as_plain_csv, sha256_of
from headstamp.formats.incident_lists.reading import copy_rows
from headstamp.formats.incident_lists.repeated import mark_repeated
from headstamp.formats.incident_lists.schema import Schema
from headstamp.formats.incident_lists.setting_aside import first_faults, write_set_aside
from headstamp.formats.incident_lists.vintages import (
    REJECTED,
    ROWS,
    SOURCE,
    keep,
    new_vintage,
    vintages,
)
from headstamp.incidents.records import FIELDS, Vintage

SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Source:
    """A file, how it is written, and which list it is."""

    file_name: str
    retrieved: str
    schema: Schema
    table: PlainCsv


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file.

    Parameters
    ----------
    vintage : Vintage
    is_new : bool
        False where the same file had been imported before; nothing was done then.
    doubtful : int
        Rows that were kept although a value that they can do without means nothing.
    repeated : int
        Rows that say what an earlier one says. They are set aside where the list numbers its rows;
        where it does not, two victims may look alike, and they are kept.
    absent : tuple of str
        Fields that the list commonly has, and this file has no column for.
    faults : tuple of str
        The first that were found, with their row.
    """

    vintage: Vintage
    is_new: bool
    doubtful: int = 0
    repeated: int = 0
    absent: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def import_list(
    path: Path, data: Path, *, retrieved: str, schema: Schema | None = None
) -> Imported:
    """Import a CSV file or a workbook into a folder of vintages.

    Parameters
    ----------
    path, data : Path
    retrieved : str
        ISO 8601 day or time.
    schema : Schema, optional
        Found by the header where none is given.

    Raises
    ------
    UnreadableTableError
        If it is no such list, or no row of it can be read; nothing is left behind.
    OutputError
        If the folder cannot be written.
    """
    known = _known(data, sha256_of(path), schema)
    if known is not None:
        return Imported(known, is_new=False)
    with new_vintage(data) as scratch:
        place = scratch / "vintage"
        place.mkdir()
        table = as_plain_csv(path, scratch, lambda names: _is_header(names, schema))
        found = schema or schema_of(table.header, path.name)
        require_columns(found, table.header, path.name)
        source = Source(path.name, retrieved, found, table)
        with connection(scratch) as database:
            malformed = copy_rows(database, table, path.name, place / SOURCE)
            repeated = _convert(database, source, place)
            rejected = write_set_aside(database, table, malformed, place / REJECTED)
            faults = tuple(first_faults(database, table, malformed, SHOWN))
            made = _vintage(database, source, place, rejected)
            doubtful = _doubtful(database)
        if not made.rows:
            raise _nothing(path.name, found, faults)
        keep(data, made, place)
    absent = tuple(field for field in found.columns if field not in made.fields)
    return Imported(made, True, doubtful, repeated, absent, faults)


def _is_header(names: Iterable[str], schema: Schema | None) -> bool:
    listed = list(names)
    return any(one.fits(listed) for one in ([schema] if schema else shipped().values()))


def _known(data: Path, sha256: str, schema: Schema | None) -> Vintage | None:
    """The vintage that was made of the same file."""
    same = [one for one in (vintages(data) if data.is_dir() else []) if one.sha256 == sha256]
    wanted = [one for one in same if schema is None or schema.name == one.schema]
    return wanted[0] if wanted else None


def _convert(database: Any, source: Source, place: Path) -> int:
    """Write the rows that mean something; the view ``converted`` has them all."""
    schema, header, latest = source.schema, source.table.header, source.retrieved[:10]
    rows = f"read_parquet({text(place / SOURCE)}, file_row_number = true)"
    repeated = mark_repeated(database, rows, header)
    numbered = "victim" in chosen(schema, header)
    again = f"place IN (SELECT place FROM repeated) AND {PREFIX}victim IS NOT NULL"
    database.execute(
        "CREATE TEMP VIEW converted AS SELECT *, "
        f"concat_ws('; ', {select_faults(schema, header, latest)}, "
        "CASE WHEN is_repeated THEN 'the same as an earlier row' END) AS all_faults, "
        "nullif(all_faults, '') AS fault, "
        f"is_repeated OR {is_severe(schema, latest)} AS is_set_aside "
        f"FROM (SELECT *, {again if numbered else 'false'} AS is_repeated "
        "FROM (SELECT *, file_row_number AS place, "
        f"{', '.join(select_fields(schema, header))} FROM {rows}))"
    )
    names = ", ".join(f"{PREFIX}{field} AS {field}" for field in FIELDS)
    database.execute(
        f"COPY (SELECT {names} FROM converted WHERE NOT is_set_aside) "
        f"TO {text(place / ROWS)} (FORMAT parquet, COMPRESSION zstd)"
    )
    return repeated


def _vintage(database: Any, source: Source, place: Path, rejected: int) -> Vintage:
    schema, table = source.schema, source.table
    rows, first, last, gap = database.execute(
        f"WITH days AS (SELECT CAST({schema.date} AS DATE) AS day, count(*) AS number "
        f"FROM {rows_in(place / ROWS)} GROUP BY day), "
        "gaps AS (SELECT day, day - lag(day) OVER (ORDER BY day) AS gap FROM days) "
        "SELECT (SELECT sum(number) FROM days), min(day), max(day), "
        "max(gap) FILTER (WHERE day > (SELECT max(day) FROM days) - 1096) FROM gaps"
    ).fetchone()
    return Vintage(
        id=f"{source.retrieved[:10]}-{table.sha256[:12]}",
        jurisdiction=schema.jurisdiction,
        schema=schema.name,
        schema_version=schema.version,
        unit=schema.unit,
        retrieved=source.retrieved,
        sha256=table.sha256,
        file_name=source.file_name,
        rows=int(rows or 0),
        rejected=rejected,
        first=first.isoformat() if first else "",
        last=last.isoformat() if last else "",
        longest_gap=gap or 0,
        fields=tuple(chosen(schema, table.header)),
    )


def _doubtful(database: Any) -> int:
    found = database.execute(
        "SELECT count(*) FROM converted WHERE fault IS NOT NULL AND NOT is_set_aside"
    ).fetchone()
    return int(found[0])


def _nothing(file_name: str, schema: Schema, faults: tuple[str, ...]) -> UnreadableTableError:
    first = f" ({'; '.join(faults[:2])})" if faults else ": it has no rows"
    return UnreadableTableError(
        f"{file_name}: nothing in it can be read as {schema.name}{first}; nothing was imported"
    )
