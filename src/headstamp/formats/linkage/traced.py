"""Firearms and dealers of a folder of traces, as records to be linked."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from headstamp.errors import LinkageError
from headstamp.formats.incident_lists.database import connection
from headstamp.formats.trace_tables.current import make_views, require_batches
from headstamp.linkage.records import Kind, Record, record

SOURCE: Final = "traces"

_FIELDS: Final[dict[Kind, dict[str, str]]] = {
    "firearm": {
        "id": "trace", "serial": "coalesce(serial_written, '')", "maker": "maker",
        "model": "model", "calibre": "calibre", "type": "type",
    },
    "dealer": {
        "id": "min(trace)", "name": "dealer", "licence": "licence", "city": "dealer_city",
        "county": "dealer_county", "state": "dealer_state",
    },
}  # fmt: skip


def traced_records(kind: Kind, data: Path) -> tuple[Record, ...]:
    """A record for each trace, or for each way in which a dealer is written.

    The id is that of the trace, or of the first trace that has the dealer so.

    Raises
    ------
    LinkageError
        For persons: a table of traces has none, but opaque keys.
    UnreadableTableError
        If the folder holds no traces.
    """
    if kind not in _FIELDS:
        raise LinkageError(f"a table of traces holds no {kind}s that could be compared")
    there = require_batches(data)
    fields = _FIELDS[kind]
    chosen = ", ".join(f"{expression} AS {name}" for name, expression in fields.items())
    rest = "WHERE dealer IS NOT NULL OR licence IS NOT NULL GROUP BY ALL" * (kind == "dealer")
    with TemporaryDirectory(prefix="headstamp-") as spill, connection(Path(spill)) as database:
        make_views(database, data, there)
        rows = database.execute(f"SELECT {chosen} FROM current {rest} ORDER BY ALL").fetchall()
    return tuple(
        record(kind, {"source": SOURCE, **dict(zip(fields, row, strict=True))}) for row in rows
    )
