"""Which row of a trace counts when it was imported more than once, and what its rows disagree on.

The row imported last counts; the others stay, and are shown beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.database import rows_in, text
from headstamp.formats.trace_tables.batches import Batch, batches, rows_of
from headstamp.formats.trace_tables.converting import output_columns

DERIVED: Final = ("gun", "dealer_key", "maker", "calibre", "type")
"""Columns that follow from others, or whose spelling alone may differ."""


@dataclass(frozen=True, slots=True)
class Version:
    """A row of a trace: its batch, its number in the file, and what one field says in it."""

    batch: str
    row: int
    says: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which the rows of one trace disagree; the last version counts.

    Parameters
    ----------
    trace, field : str
    versions : tuple of Version
        In the order of their import.
    """

    trace: str
    field: str
    versions: tuple[Version, ...]


def require_batches(data: Path) -> list[Batch]:
    """The batches of a folder.

    Raises
    ------
    UnreadableTableError
        If there is none.
    """
    found = batches(data)
    if not found:
        raise UnreadableTableError(
            f"{data}: holds no table of traces; import one with 'headstamp traces import FILE "
            f"--into {data}'"
        )
    return found


def make_views(database: Any, data: Path, there: Sequence[Batch]) -> None:
    """Make the views ``every`` (all rows) and ``current`` (one row a trace), and ``again``.

    ``again`` is a table of the rows of traces that are there more than once, with ``newer``, the
    number of rows of the same trace that were imported later.

    Parameters
    ----------
    database : connection of DuckDB
    data : Path
    there : sequence of Batch
        The earliest retrieved first.
    """
    parts = " UNION ALL BY NAME ".join(
        f"SELECT {number} AS batch, * FROM {rows_in(rows_of(data, one))}"
        for number, one in enumerate(there)
    )
    database.execute(f"CREATE TEMP VIEW every AS {parts}")
    database.execute(
        "CREATE TEMP TABLE again AS SELECT batch, row, trace, row_number() OVER "
        "(PARTITION BY trace ORDER BY batch DESC, row DESC) - 1 AS newer FROM every "
        "SEMI JOIN (SELECT trace FROM every GROUP BY trace HAVING count(*) > 1) USING (trace)"
    )
    older = "(SELECT batch, row FROM again WHERE newer > 0)"
    (some,) = database.execute(f"SELECT count(*) FROM {older}").fetchone()
    without = f"ANTI JOIN {older} USING (batch, row)" if some else ""
    database.execute(f"CREATE TEMP VIEW current AS SELECT * FROM every {without}")


def count_conflicts(database: Any) -> int:
    """Traces whose rows disagree."""
    return int(database.execute(f"SELECT count(*) FROM ({_disagreeing()})").fetchone()[0])


def conflicts(database: Any, there: Sequence[Batch], most: int | None = None) -> list[Conflict]:
    """What the rows of one trace disagree on, by trace.

    Parameters
    ----------
    database : connection of DuckDB
        With the views.
    there : sequence of Batch
        As for the views.
    most : int, optional
        So many traces; all where not given.
    """
    limit = "" if most is None else f"LIMIT {most}"
    traces = [
        one
        for (one,) in database.execute(
            f"SELECT trace FROM ({_disagreeing()}) ORDER BY trace {limit}"
        ).fetchall()
    ]
    return [one for trace in traces for one in _of_trace(database, there, trace)]


def _compared() -> list[str]:
    return [one for one in output_columns() if one not in ("trace", *DERIVED)]


def _disagreeing() -> str:
    differ = " OR ".join(
        f"count(DISTINCT coalesce(CAST({one} AS VARCHAR), '')) > 1" for one in _compared()
    )
    return (
        "SELECT trace FROM every SEMI JOIN (SELECT batch, row FROM again) "
        f"USING (batch, row) GROUP BY trace HAVING {differ}"
    )


def _of_trace(database: Any, there: Sequence[Batch], trace: str) -> list[Conflict]:
    columns = _compared()
    said = ", ".join(f"coalesce(CAST({one} AS VARCHAR), '')" for one in columns)
    rows = database.execute(
        f"SELECT batch, row, {said} FROM every WHERE trace = {text(trace)} ORDER BY batch, row"
    ).fetchall()
    return [
        Conflict(
            trace,
            column,
            tuple(Version(there[row[0]].id, row[1], row[2 + number]) for row in rows),
        )
        for number, column in enumerate(columns)
        if len({row[2 + number] for row in rows}) > 1
    ]
