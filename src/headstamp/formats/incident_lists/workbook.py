"""The sheet of an .xlsx workbook that holds a list, written as CSV."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from headstamp.errors import UnreadableTableError

HEADER_WITHIN: Final = 30
"""Rows of a sheet among which its header is looked for."""

LARGEST_UNPACKED: Final = 1_000_000_000


def write_sheet(path: Path, is_header: Callable[[Iterable[str]], bool], target: Path) -> None:
    """Write the first sheet that has the header, from it downwards, as CSV in UTF-8.

    Parameters
    ----------
    path : Path
    is_header : callable
        Whether the texts of a row are the names of the columns.
    target : Path

    Raises
    ------
    UnreadableTableError
        If it is no workbook, unpacks to over 1 GB, or no sheet has the header.
    """
    import openpyxl

    _require_small(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # the reader's own faults are of many kinds
        raise _no_workbook(path) from error
    try:
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True)
            header = _find(rows, is_header)
            if header is not None:
                _write(header, rows, target)
                return
    finally:
        book.close()
    raise UnreadableTableError(
        f"{path.name}: no sheet has the columns of a list that is known; make a mapping with "
        "'headstamp incidents map' and give it with --mapping"
    )


def _require_small(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _no_workbook(path) from error
    if size > LARGEST_UNPACKED:
        raise UnreadableTableError(f"{path.name}: unpacks to more than 1 GB; save it as .csv")


def _no_workbook(path: Path) -> UnreadableTableError:
    return UnreadableTableError(
        f"{path.name}: no .xlsx workbook that can be read; save it again, or as .csv"
    )


def _find(
    rows: Iterator[tuple[Any, ...]], is_header: Callable[[Iterable[str]], bool]
) -> list[str] | None:
    for number, row in enumerate(rows):
        if number >= HEADER_WITHIN:
            return None
        names = ["" if cell is None else str(cell) for cell in row]
        while names and not names[-1]:
            names.pop()
        if len(names) > 1 and is_header([name for name in names if name]):
            return names
    return None


def _write(header: list[str], rows: Iterator[tuple[Any, ...]], target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for row in rows:
            cells = ["" if cell is None else cell for cell in row[: len(header)]]
            if any(cell != "" for cell in cells):
                writer.writerow([*cells, *[""] * (len(header) - len(cells))])
