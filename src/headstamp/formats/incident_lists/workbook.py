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
DENSE: Final = 50_000_000
MOST_DENSE: Final = 200
"""A part over ``DENSE`` bytes that was packed to less than a two-hundredth is no table."""


def write_sheet(path: Path, is_header: Callable[[Iterable[str]], bool], target: Path) -> int:
    """Write the sheet that has the header, from it downwards, as CSV in UTF-8.

    Empty rows are written as empty lines, so that rows keep their numbers.

    Parameters
    ----------
    path : Path
    is_header : callable
        Whether the texts of a row are the names of the columns.
    target : Path

    Returns
    -------
    int
        Rows above the header.

    Raises
    ------
    UnreadableTableError
        If it is no workbook, unpacks to over 1 GB, or no sheet has the header, or several have.
    """
    import openpyxl

    _require_small(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # the reader's own faults are of many kinds
        raise _no_workbook(path) from error
    try:
        found = list(_sheets(book, is_header))
        if not found:
            raise UnreadableTableError(
                f"{path.name}: no sheet has the columns of a list that is known; make a mapping "
                "with 'headstamp incidents map' and give it with --mapping"
            )
        _, above, header, rows = found[0]
        same = [one for one in found if set(one[2]) & set(header)]
        if len(same) > 1:
            which = ", ".join(one[0] for one in same)
            raise UnreadableTableError(
                f"{path.name}: several sheets have the columns of a list ({which}); save each as "
                "a file of its own, and import the one that is meant"
            )
        _write(header, rows, target)
        return above
    finally:
        book.close()


def _sheets(
    book: Any, is_header: Callable[[Iterable[str]], bool]
) -> Iterator[tuple[str, int, list[str], Iterator[tuple[Any, ...]]]]:
    """The sheets with the header: title, rows above, header, and the rows below it."""
    for sheet in book.worksheets:
        # What a sheet says of its own size may be wrong; rows beyond it would not be read.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True)
        above, header = _find(rows, is_header)
        if header is not None:
            yield sheet.title, above, header, rows


def _require_small(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _no_workbook(path) from error
    if "[Content_Types].xml" not in {one.filename for one in parts}:
        raise UnreadableTableError(
            f"{path.name}: a .zip archive and no workbook; unpack it, and import the file in it"
        )
    dense = any(
        one.file_size > DENSE and one.file_size > MOST_DENSE * one.compress_size for one in parts
    )
    if dense or sum(one.file_size for one in parts) > LARGEST_UNPACKED:
        raise UnreadableTableError(
            f"{path.name}: unpacks to more than 1 GB, or far more than its size; save it as .csv"
        )


def _no_workbook(path: Path) -> UnreadableTableError:
    return UnreadableTableError(
        f"{path.name}: no .xlsx workbook that can be read; save it again, or as .csv"
    )


def _find(
    rows: Iterator[tuple[Any, ...]], is_header: Callable[[Iterable[str]], bool]
) -> tuple[int, list[str] | None]:
    for number, row in enumerate(rows):
        if number >= HEADER_WITHIN:
            break
        names = ["" if cell is None else str(cell) for cell in row]
        while names and not names[-1]:
            names.pop()
        if len(names) > 1 and is_header([name for name in names if name]):
            return number, names
    return 0, None


def _write(header: list[str], rows: Iterator[tuple[Any, ...]], target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for row in rows:
            cells = ["" if cell is None else cell for cell in row[: len(header)]]
            if any(cell != "" for cell in cells):
                writer.writerow([*cells, *[""] * (len(header) - len(cells))])
            else:
                stream.write("\r\n")
