"""Bring a published list in: read it, set aside what means nothing, keep it as a vintage."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.converting import (
    PREFIX,
    missing,
    select_faults,
    select_fields,
    severe,
)
from headstamp.formats.incident_lists.reading import (
    Malformed,
    as_csv,
    connection,
    copy_rows,
    header_of,
    sha256_of,
)
from headstamp.formats.incident_lists.schema import Schema, schema_of
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
class Imported:
    """What became of a file.

    Parameters
    ----------
    vintage : Vintage
    is_new : bool
        False where the same file had been imported before; nothing was done then.
    doubtful : int
        Rows that were kept although a value that they could do without meant nothing.
    faults : tuple of str
        The first that were found, with their row.
    """

    vintage: Vintage
    is_new: bool
    doubtful: int
    faults: tuple[str, ...]


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
        If it is no such list; nothing is left behind.
    """
    sha256 = sha256_of(path) if path.is_file() else ""
    if not sha256:
        raise UnreadableTableError(f"{path}: there is no such file; check the name")
    known = _known(data, sha256, schema)
    if known is not None:
        return Imported(known, False, 0, ())
    with new_vintage(data) as scratch, as_csv(path, schema, scratch) as table:
        database = connection(scratch)
        header = header_of(database, table, path.name)
        found = schema or schema_of(header, path.name)
        if lacking := missing(found, header):
            raise UnreadableTableError(
                f"{path.name}: lacks the columns {', '.join(lacking)} of {found.name}; "
                f"it has {', '.join(header[:20])}"
            )
        malformed = copy_rows(database, table, path.name, scratch / SOURCE)
        facts = _convert(database, found, header, retrieved, scratch, malformed)
        database.close()
        for left in scratch.glob("sheet.csv"):
            left.unlink()
        vintage = Vintage(
            id=f"{retrieved[:10]}-{sha256[:12]}",
            jurisdiction=found.jurisdiction,
            schema=found.name,
            schema_version=found.version,
            retrieved=retrieved,
            sha256=sha256,
            file_name=path.name,
            rows=facts["rows"],
            rejected=facts["rejected"],
            first=facts["first"],
            last=facts["last"],
        )
        keep(data, vintage, scratch)
    return Imported(vintage, True, facts["doubtful"], tuple(facts["faults"]))


def _known(data: Path, sha256: str, schema: Schema | None) -> Vintage | None:
    if not data.is_dir():
        return None
    same = [one for one in vintages(data) if one.sha256 == sha256]
    wanted = [one for one in same if schema is None or schema.name == one.schema]
    return wanted[0] if wanted else None


def _convert(
    database: Any,
    schema: Schema,
    header: Sequence[str],
    retrieved: str,
    scratch: Path,
    malformed: list[Malformed],
) -> dict[str, Any]:
    """Write the rows with a meaning, and beside them those without."""
    fields = ", ".join(select_fields(schema, header))
    faults = select_faults(schema, header, f"{retrieved[:10]} 23:59:59")
    database.execute(
        "CREATE TEMP VIEW converted AS SELECT *, "  # noqa: S608 - names are quoted
        f"{faults} AS fault, ({severe(schema)}) OR {_ahead(schema, retrieved)} AS is_rejected "
        f"FROM (SELECT *, file_row_number + 2 AS source_row, {fields} "
        f"FROM read_parquet('{_path(scratch / SOURCE)}', file_row_number = true))"
    )
    names = ", ".join(["source_row", *(f"{PREFIX}{name} AS {name}" for name in FIELDS)])
    database.execute(
        f"COPY (SELECT {names} FROM converted WHERE NOT is_rejected) "  # noqa: S608
        f"TO '{_path(scratch / ROWS)}' (FORMAT parquet, COMPRESSION zstd)"
    )
    day = schema.date
    rows, first, last = database.execute(
        f"SELECT count(*), min({day})::DATE, max({day})::DATE "  # noqa: S608
        f"FROM read_parquet('{_path(scratch / ROWS)}')"
    ).fetchone()
    rejected = _write_rejected(database, header, scratch, malformed)
    doubtful = database.execute(
        "SELECT count(*) FROM converted WHERE fault IS NOT NULL AND NOT is_rejected"
    ).fetchone()[0]
    shown = database.execute(
        "SELECT source_row, fault FROM converted WHERE fault IS NOT NULL ORDER BY 1 LIMIT ?",
        [SHOWN],
    ).fetchall()
    said = [f"line {one.line}: {one.reason}" for one in malformed[:SHOWN]]
    said += [f"row {number}: {why}" for number, why in shown]
    return {
        "rows": rows,
        "rejected": rejected,
        "first": first.isoformat() if first else "",
        "last": last.isoformat() if last else "",
        "doubtful": doubtful,
        "faults": said[:SHOWN],
    }


def _ahead(schema: Schema, retrieved: str) -> str:
    return f"{PREFIX}{schema.date} > '{retrieved[:10]} 23:59:59'"


def _write_rejected(
    database: Any, header: Sequence[str], scratch: Path, malformed: list[Malformed]
) -> int:
    columns = ", ".join('"' + name.replace('"', '""') + '"' for name in header)
    found = database.execute(
        f"SELECT source_row, fault, {columns} FROM converted WHERE is_rejected ORDER BY 1"  # noqa: S608
    )
    count = len(malformed)
    with (scratch / REJECTED).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["row", "what is wrong", *header])
        for one in malformed:
            writer.writerow([f"line {one.line}", one.reason, one.text])
        while chunk := found.fetchmany(1000):
            writer.writerows(
                [number, why or "cannot be placed in time", *rest] for number, why, *rest in chunk
            )
            count += len(chunk)
    return count


def _path(path: Path) -> str:
    return str(path).replace("'", "''")
