"""The rows of an imported table, one by one: what each says, as it was written, and its doubt."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from headstamp.formats.incident_lists.database import connection, text
from headstamp.formats.incident_lists.vintages import REJECTED, ROWS, SOURCE


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One row that could be read.

    Parameters
    ----------
    number : int
        As a spreadsheet shows it.
    values : dict
        By column of ``output_columns``; None where nothing is known.
    written : dict
        Every column of the table, as text.
    doubt : str
        What in it means nothing, or contradicts; empty for nothing.
    """

    number: int
    values: dict[str, Any]
    written: dict[str, str]
    doubt: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """One row that could not be read: its number, what is wrong, and its cells."""

    number: int
    fault: str
    cells: tuple[str, ...]


def rows_kept(folder: Path) -> tuple[tuple[str, ...], tuple[BatchRow, ...]]:
    """The names of the table's columns, and the rows that could be read, in their order.

    Parameters
    ----------
    folder : Path
        Of a batch.
    """
    source = f"read_parquet({text(folder / SOURCE)}, file_row_number = true)"
    with TemporaryDirectory(prefix="headstamp-") as spill, connection(Path(spill)) as database:
        found = database.execute(f"SELECT file_row_number, * EXCLUDE file_row_number FROM {source}")
        header = tuple(column[0] for column in found.description[1:])
        cells = {row[0]: row[1:] for row in found.fetchall()}
        found = database.execute(f"SELECT * FROM read_parquet({text(folder / ROWS)}) ORDER BY row")
        names = [column[0] for column in found.description]
        rows = (dict(zip(names, row, strict=True)) for row in found.fetchall())
        return header, tuple(_row(row, header, cells) for row in rows)


def _row(
    values: dict[str, Any], header: tuple[str, ...], cells: dict[int, tuple[Any, ...]]
) -> BatchRow:
    number, place, doubt = values.pop("row"), values.pop("position"), values.pop("fault")
    written = zip(header, cells[place], strict=True)
    said = {name: "" if cell is None else str(cell) for name, cell in written}
    return BatchRow(number, values, said, doubt or "")


def rows_set_aside(folder: Path) -> Iterator[SetAside]:
    """The rows that could not be read.

    Parameters
    ----------
    folder : Path
        Of a batch.
    """
    with (folder / REJECTED).open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        for number, fault, *cells in rows:
            yield SetAside(int(number), fault, tuple(cells))
