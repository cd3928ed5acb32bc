"""The cells of a sheet as they stand, with their addresses."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from headstamp.errors import UnreadableTableError

LARGEST: Final = 50_000_000
"""Bytes of a file, unpacked; ATF's are below one million."""

ROWS: Final = 2_000
COLUMNS: Final = 500


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet.

    Parameters
    ----------
    title : str
    rows : list of tuple
        Values from A1 on; None where a cell is empty.
    """

    title: str
    rows: list[tuple[Any, ...]]

    def at(self, row: int, column: int) -> Any:
        """A value by zero-based place; None beyond the edge."""
        within = row < len(self.rows) and column < len(self.rows[row])
        return self.rows[row][column] if within else None

    def text(self, row: int, column: int) -> str:
        """The text of a cell in single spaces; empty where it holds none."""
        value = self.at(row, column)
        return " ".join(value.split()) if isinstance(value, str) else ""


def address(row: int, column: int) -> str:
    """``BE7`` of zero-based row 6 and column 56."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def grids(path: Path) -> list[Grid]:
    """The sheets of a workbook, or the one of a CSV file.

    Raises
    ------
    UnreadableTableError
        If it is neither, damaged, protected, or too large.
    """
    try:
        content = path.open("rb").read(4)
    except OSError as error:
        raise UnreadableTableError(f"{path}: cannot be read ({error.strerror})") from error
    if content.startswith(b"PK"):
        return list(_sheets(path))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableTableError(
            f"{path.name}: is an old or a protected workbook; open it and save it as .xlsx"
        )
    return [Grid(path.stem, list(_lines(path)))]


def _sheets(path: Path) -> Iterator[Grid]:
    import openpyxl

    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(one.file_size for one in archive.infolist())
        if size <= LARGEST:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                rows = sheet.iter_rows(max_row=ROWS, max_col=COLUMNS, values_only=True)
                yield Grid(sheet.title, list(rows))
            book.close()
            return
    except Exception as error:  # the reader's own faults are of many kinds
        raise UnreadableTableError(
            f"{path.name}: no .xlsx workbook that can be read; save it again, or as .csv"
        ) from error
    raise UnreadableTableError(f"{path.name}: unpacks to more than 50 MB; that is no such workbook")


def _lines(path: Path) -> Iterator[tuple[Any, ...]]:
    if path.stat().st_size > LARGEST:
        raise UnreadableTableError(f"{path.name}: is over 50 MB; that is no such workbook")
    try:
        text = path.read_text(encoding="utf-8-sig")
        for row in csv.reader(text.splitlines()[:ROWS], strict=True):
            yield tuple(cell.strip() or None for cell in row[:COLUMNS])
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableTableError(
            f"{path.name}: neither an .xlsx workbook nor a CSV file in UTF-8"
        ) from error
