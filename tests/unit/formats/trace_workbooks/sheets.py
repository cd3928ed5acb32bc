"""Small workbooks of invented numbers, in layouts that occur and in some that may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

PLAIN: list[list[Any]] = [
    ["Recovery State", None, None, None, None, None],
    ["Source State", None, "ILLINOIS", "INDIANA", "WISCONSIN", "TOTAL"],
    [None, "ILLINOIS", 40, 10, 5, 55],
    [None, "INDIANA", 30, 60, 1, 91],
    [None, "WISCONSIN", 8, 0, 70, 78],
    [None, "TOTAL", 78, 70, 76, 224],
]
"""As ATF lays it out; recovered in Illinois: 40 of Illinois, 30 of Indiana, 8 of Wisconsin."""


def workbook(path: Path, *sheets: list[list[Any]], titles: tuple[str, ...] = ()) -> Path:
    """Write sheets into an .xlsx file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(titles[number] if titles else f"Sheet{number + 1}")
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def changed(row: int, column: int, value: Any) -> list[list[Any]]:
    """The plain sheet with another value in one cell (zero-based)."""
    rows = [list(one) for one in PLAIN]
    rows[row][column] = value
    return rows
