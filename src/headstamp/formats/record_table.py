"""Read the tables that agencies export (CSV, .xlsx) as rows of text, nothing interpreted."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeAlias

from headstamp.errors import UnreadableTableError

LARGEST_FILE: Final = 200_000_000
LARGEST_UNPACKED: Final = 500_000_000
"""Bytes; a workbook that unpacks to more is refused before it is opened."""

MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 500
LONGEST_CELL: Final = 32_767

_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEPARATORS: Final = ",;\t|"


MOST_NOTES: Final = 50
"""Lines above the header that are passed over."""

Line: TypeAlias = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stands in the file.

    Parameters
    ----------
    number : int
        As a spreadsheet program counts rows; the header is row 1.
    values : dict
        Text of each column.
    fault : str
        What is wrong with the row's shape; empty if nothing is.
    """

    number: int
    values: dict[str, str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A table with one header row."""

    columns: tuple[str, ...]
    rows: tuple[RawRow, ...]


def read_table(path: Path, name: str = "") -> RecordTable:
    """Read a CSV file, or the first sheet of a workbook that holds a table.

    Lines above the header with a single cell are notes and are passed over.

    Parameters
    ----------
    path : Path
    name : str, optional
        What the user calls the file, for errors.

    Raises
    ------
    UnreadableTableError
        If it is neither, damaged, protected, too large, or has no header and rows.
    """
    name = name or path.name
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableTableError(f"{name}: larger than 200 MB; split it")
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(_OLD_EXCEL):
        raise UnreadableTableError(
            f"{name}: an old or protected Excel file; save it as .xlsx or .csv without a password"
        )
    if start.startswith(b"PK"):
        return _workbook(path, name)
    try:
        return _table(_csv(path, name), name)
    except csv.Error as error:
        raise UnreadableTableError(f"{name}: no CSV file ({error}); export it again") from error


def _table(lines: Iterable[Line], name: str) -> RecordTable:
    rest = (line for line in lines if _filled(line[1]))
    first = next(rest, None)
    if first is None:
        raise UnreadableTableError(f"{name}: the file is empty")
    passed = [first]
    while _filled(first[1]) < 2 and len(passed) < MOST_NOTES and (found := next(rest, None)):
        first = found
        passed.append(found)
    if _filled(first[1]) < 2:
        raise UnreadableTableError(
            f"{name}: has one column only; export it with commas, semicolons or tabs"
        )
    columns = _columns(first[1], name)
    rows = [_row(number, cells, columns) for number, cells in islice(rest, MOST_ROWS + 1)]
    if not rows:
        raise UnreadableTableError(f"{name}: has a header and no rows")
    if len(rows) > MOST_ROWS:
        raise UnreadableTableError(f"{name}: more than {MOST_ROWS:,} rows; split it")
    return RecordTable(columns, tuple(rows))


def _filled(cells: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _columns(cells: list[str], name: str) -> tuple[str, ...]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > MOST_COLUMNS:
        raise UnreadableTableError(f"{name}: more than {MOST_COLUMNS} columns")
    made: list[str] = []
    for place, cell in enumerate(cells, 1):
        title = " ".join(cell.split())[:100] or f"column {place}"
        count = 2
        unique = title
        while unique in made:
            unique, count = f"{title} ({count})", count + 1
        made.append(unique)
    return tuple(made)


def _row(number: int, cells: list[str], columns: tuple[str, ...]) -> RawRow:
    extra = [cell for cell in cells[len(columns) :] if cell.strip()]
    fault = f"has {len(extra)} values beyond the last column" if extra else ""
    filled = [*cells, *[""] * len(columns)]
    values = {column: filled[i].strip() for i, column in enumerate(columns)}
    if any(len(value) > LONGEST_CELL for value in values.values()):
        fault = "has a value that is too long"
        values = {column: value[:LONGEST_CELL] for column, value in values.items()}
    return RawRow(number, values, fault)


def _csv(path: Path, name: str) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(path.read_bytes(), name)
    if "\0" in text:
        raise UnreadableTableError(f"{name}: is no table; export it as .csv or .xlsx")
    yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)), 1)


def _separator(text: str) -> str:
    """The character that cuts the first lines into most rows of one length."""
    head = text[:50_000].splitlines(keepends=True)[:30]

    def regularity(separator: str) -> tuple[int, int]:
        lengths = Counter(len(cells) for cells in csv.reader(head, delimiter=separator))
        tables = [(count, length) for length, count in lengths.items() if length > 1]
        return max(tables, default=(0, 0))

    return max(_SEPARATORS, key=regularity)


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTableError(f"{name}: its characters cannot be read; save it as CSV UTF-8")


def _workbook(path: Path, name: str) -> RecordTable:
    import openpyxl

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST_UNPACKED:
                raise UnreadableTableError(f"{name}: unpacks to more than 500 MB; not opened")
        with path.open("rb") as stream:  # by its name the reader would go by the suffix
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            return _first_table(book.worksheets, name)
    except UnreadableTableError:
        raise
    except Exception as error:  # the reader's own faults are of many kinds
        raise UnreadableTableError(
            f"{name}: no .xlsx workbook that can be read; save it again, or as .csv"
        ) from error


def _first_table(sheets: Iterable[Any], name: str) -> RecordTable:
    faults = []
    for sheet in sheets:
        try:
            return _table(_lines(sheet), name)
        except UnreadableTableError as fault:
            if "split it" in str(fault):
                raise
            faults.append(fault)
    raise faults[0] if faults else UnreadableTableError(f"{name}: holds no sheet")


def _lines(sheet: Any) -> Iterator[Line]:
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, [_text(cell) for cell in cells[: MOST_COLUMNS + 1]]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        is_day = cell.time() == time(0)  # the workbook knows no other way to hold a day
        return cell.date().isoformat() if is_day else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)
