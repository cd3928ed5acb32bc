"""Bring a table of traces in: read it, set aside what means nothing, keep it as a batch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.converting import PREFIX, chosen
from headstamp.formats.incident_lists.database import connection, rows_in, text
from headstamp.formats.incident_lists.plain_csv import PlainCsv, as_plain_csv, sha256_of
from headstamp.formats.incident_lists.reading import Malformed, copy_rows
from headstamp.formats.incident_lists.repeated import mark_repeated
from headstamp.formats.incident_lists.setting_aside import RowNumbers, first_faults, write_set_aside
from headstamp.formats.incident_lists.vintages import REJECTED, ROWS, SOURCE, new_vintage
from headstamp.formats.trace_tables.batches import Batch, batches, folder_of, keep
from headstamp.formats.trace_tables.converting import (
    is_severe,
    output_columns,
    select_derived,
    select_faults,
    select_fields,
)
from headstamp.formats.trace_tables.functions import register
from headstamp.formats.trace_tables.schema import TraceSchema, documented

SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Source:
    """A file, when it was retrieved, how it is written, and what its columns hold."""

    file_name: str
    retrieved: str
    schema: TraceSchema
    table: PlainCsv


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file.

    Parameters
    ----------
    batch : Batch
    is_new : bool
        False where the same file had been imported before; nothing was done then.
    doubtful : int
        Rows that were kept although something in them means nothing, or contradicts.
    repeated : int
        Rows that say what an earlier row of the file says; they are set aside.
    absent : tuple of str
        Fields that the file has no column for.
    faults : tuple of str
        The first that were found, with their row.
    """

    batch: Batch
    is_new: bool
    doubtful: int = 0
    repeated: int = 0
    absent: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def import_traces(
    path: Path, data: Path, *, retrieved: str, schema: TraceSchema | None = None
) -> Imported:
    """Import a CSV file or a workbook of trace results into a folder.

    Parameters
    ----------
    path, data : Path
    retrieved : str
        ISO 8601 day or time.
    schema : TraceSchema, optional
        The documented table where none is given.

    Raises
    ------
    UnreadableTableError
        If it is no such table, or no row of it can be read; nothing is left behind.
    OutputError
        If the folder cannot be written.
    """
    taken = schema or documented()
    if (known := _known(data, sha256_of(path), taken)) is not None:
        return Imported(known, is_new=False)
    with new_vintage(data) as scratch:
        place = scratch / "batch"
        place.mkdir()
        table = as_plain_csv(path, scratch, taken.fits)
        _require_columns(taken, table, path.name)
        source = Source(path.name, retrieved, taken, table)
        with connection(scratch) as database:
            malformed = copy_rows(database, table, path.name, place / SOURCE)
            numbers = RowNumbers(table, malformed)
            database.create_function("headstamp_row", numbers.of, ["BIGINT"], "BIGINT")
            repeated = _convert(database, source, place)
            rejected = write_set_aside(database, table, malformed, place / REJECTED)
            faults = tuple(first_faults(database, table, malformed, SHOWN))
            made = _batch(database, source, rejected)
            doubtful = _count(database, "fault IS NOT NULL AND NOT is_set_aside")
        (place / "converted.parquet").unlink()
        if not made.rows:
            raise _nothing(path.name, faults, malformed)
        keep(data, made, place)
    absent = tuple(field for field in documented().columns if field not in made.fields)
    return Imported(made, True, doubtful, repeated, absent, faults)


def _known(data: Path, sha256: str, schema: TraceSchema) -> Batch | None:
    """The batch that was made of the same file."""
    same = next((one for one in batches(data) if one.sha256 == sha256), None)
    if same is not None and same.mapping != schema.text:
        raise UnreadableTableError(
            f"{same.file_name}: was imported with another mapping; to import it with this one, "
            f"remove {folder_of(data, same)} first"
        )
    return same


def _require_columns(schema: TraceSchema, table: PlainCsv, file_name: str) -> None:
    if schema.fits(table.header):
        return
    there = chosen(schema, table.header)
    lacking = [one.names[0] for field, one in schema.columns.items() if field not in there]
    needed = lacking if schema.text else [one for one in lacking if one in _needed(schema)]
    raise UnreadableTableError(
        f"{file_name}: has no column {', '.join(needed)}; it has {', '.join(table.header[:30])}. "
        "Name its columns in a mapping and give it with --mapping"
    )


def _needed(schema: TraceSchema) -> set[str]:
    from headstamp.tracing.records import REQUIRED

    return {schema.columns[field].names[0] for field in REQUIRED}


def _convert(database: Any, source: Source, place: Path) -> int:
    """Write the rows that mean something; the view ``converted`` has them all."""
    register(database)
    schema, header, latest = source.schema, source.table.header, source.retrieved[:10]
    rows = f"read_parquet({text(place / SOURCE)}, file_row_number = true)"
    repeated = mark_repeated(database, rows, header)
    meant = ", ".join(select_fields(schema, header))
    converted = place / "converted.parquet"
    database.execute(
        f"COPY (SELECT *, concat_ws('; ', {select_faults(schema, header, latest)}, "
        "CASE WHEN is_repeated THEN 'the same as an earlier row' END) AS all_faults, "
        f"nullif(all_faults, '') AS fault, is_repeated OR {is_severe(latest)} AS is_set_aside "
        f"FROM (SELECT *, {', '.join(select_derived())}, "
        "place IN (SELECT place FROM repeated) AS is_repeated "
        f"FROM (SELECT *, file_row_number AS place, {meant} FROM {rows}))) "
        f"TO {text(converted)} (FORMAT parquet)"
    )
    database.execute(f"CREATE TEMP VIEW converted AS SELECT * FROM {rows_in(converted)}")
    names = ", ".join(f"{PREFIX}{column} AS {column}" for column in output_columns())
    database.execute(
        f"COPY (SELECT headstamp_row(place) AS row, place AS position, {names}, fault "
        f"FROM converted WHERE NOT is_set_aside) TO {text(place / ROWS)} "
        "(FORMAT parquet, COMPRESSION zstd)"
    )
    return repeated


def _batch(database: Any, source: Source, rejected: int) -> Batch:
    first, last = database.execute(
        f"SELECT min({PREFIX}recovered_first), max({PREFIX}recovered_last) FROM converted "
        "WHERE NOT is_set_aside"
    ).fetchone()
    return Batch(
        id=f"{source.retrieved[:10]}-{source.table.sha256[:12]}",
        retrieved=source.retrieved,
        sha256=source.table.sha256,
        file_name=source.file_name,
        mapping=source.schema.text,
        rows=_count(database, "NOT is_set_aside"),
        rejected=rejected,
        first=first.isoformat() if first else "",
        last=last.isoformat() if last else "",
        fields=tuple(chosen(source.schema, source.table.header)),
    )


def _count(database: Any, condition: str) -> int:
    found = database.execute(f"SELECT count(*) FROM converted WHERE {condition}").fetchone()
    return int(found[0])


def _nothing(
    file_name: str, faults: tuple[str, ...], malformed: list[Malformed]
) -> UnreadableTableError:
    said = [*faults, *(f"row {one.line}: {one.reason}" for one in malformed)][:2]
    first = f" ({'; '.join(said)})" if said else ": it has no rows"
    return UnreadableTableError(
        f"{file_name}: nothing in it can be read as a trace{first}; nothing was imported"
    )
