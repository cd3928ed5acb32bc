"""A yearly workbook as a matrix, and everything in it that does not add up."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from headstamp.errors import UnreadableTableError
from headstamp.formats.trace_workbooks.grid import Grid, address, grids
from headstamp.formats.trace_workbooks.layout import Layout, Side, find_layout
from headstamp.tracing.flows import Counts, SourceRecoveryMatrix

_YEAR: Final = r"(?<!\d)((?:19|20)\d\d)(?!\d)"
_PERIODS: Final = (
    re.compile(rf"(?:calendar year|cy|fiscal year|fy)\s*{_YEAR}", re.IGNORECASE),
    re.compile(rf"\d{{1,2}}/\d{{1,2}}/{_YEAR}\s*(?:-|–|to|through|and)\s*\d{{1,2}}/"),
    re.compile(rf"january 1,? {_YEAR}", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that says something else than it should.

    Parameters
    ----------
    cell : str
    says, should_say : int, str or None
        ``should_say`` is None where that cannot be told.
    reason : str
    """

    cell: str
    says: int | float | str | None
    should_say: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class TraceWorkbook:
    """A workbook as it was read; nothing in it was changed.

    Parameters
    ----------
    matrix : SourceRecoveryMatrix
    problems : tuple of Problem
    notes : tuple of str
        The publisher's sentences below the table, and ours on how it was read.
    file_name, sha256, sheet : str
    """

    matrix: SourceRecoveryMatrix
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    file_name: str
    sha256: str
    sheet: str


def read_workbook(
    path: Path, year: int | None = None, rows_are: Side | None = None
) -> TraceWorkbook:
    """Read a workbook of source and recovery states, in whatever layout.

    Parameters
    ----------
    path : Path
        .xlsx or CSV.
    year : int, optional
        Taken from the sheet, else from the file's name.
    rows_are : str, optional
        Taken from the labels of the table.

    Raises
    ------
    UnreadableTableError
        If there is no such table in it, or its year cannot be told.
    """
    sheets = grids(path)
    try:
        layout = find_layout(sheets, rows_are)
    except UnreadableTableError as error:
        raise UnreadableTableError(f"{path.name}: {error}") from error
    counts, faults, blank = _cells(layout)
    problems = (*faults, *_totals(layout, counts))
    found, said = _year(layout.grid, path, year)
    notes = [*_remarks(layout), *said]
    if blank:
        notes.append(f"{blank} empty cells were read as 0.")
    rows, columns = tuple(layout.rows), tuple(layout.columns)
    matrix = (
        SourceRecoveryMatrix(found, rows, columns, counts)
        if layout.rows_are == "source"
        else SourceRecoveryMatrix(found, columns, rows, counts.T.copy())
    )
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return TraceWorkbook(matrix, problems, tuple(notes), path.name, sha256, layout.grid.title)


def _cells(layout: Layout) -> tuple[Counts, list[Problem], int]:
    """The counts, those that are none, and how many cells are empty."""
    counts = np.zeros((len(layout.rows), len(layout.columns)), np.int64)
    problems, blank = [], 0
    for i, row in enumerate(layout.rows.values()):
        for j, column in enumerate(layout.columns.values()):
            says = layout.grid.at(row, column)
            number = _number(says)
            if number is not None:
                counts[i, j] = number
            elif says is None:
                blank += 1
            else:
                problems.append(
                    Problem(
                        address(row, column), _plain(says), None, "no number of guns; read as 0"
                    )
                )
    return counts, problems, blank


def _number(says: Any) -> int | None:
    """A whole number that is not negative; None for anything else."""
    if isinstance(says, str):
        text = says.replace(",", "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    if isinstance(says, bool) or not isinstance(says, int | float):
        return None
    return int(says) if 0 <= says < 10**9 and says == int(says) else None


def _plain(says: Any) -> int | float | str:
    return says if isinstance(says, int | float | str) else str(says)


def _totals(layout: Layout, counts: Counts) -> list[Problem]:
    """Totals that are not the sum of their row, their column, or of everything."""
    rows, columns = list(layout.rows.values()), list(layout.columns.values())
    expected: list[tuple[int | None, int | None, int, str]] = [
        *((row, layout.total_column, int(n), "total of its row")
          for row, n in zip(rows, counts.sum(axis=1), strict=True)),
        *((layout.total_row, column, int(n), "total of its column")
          for column, n in zip(columns, counts.sum(axis=0), strict=True)),
        (layout.total_row, layout.total_column, int(counts.sum()), "total of the whole table"),
    ]  # fmt: skip
    found = []
    for row, column, should_say, reason in expected:
        if row is None or column is None:
            continue
        says = layout.grid.at(row, column)
        if _number(says) != should_say:
            said = None if says is None else _number(says)
            plain = _plain(says) if said is None and says is not None else said
            found.append(Problem(address(row, column), plain, should_say, reason))
    return found


def _remarks(layout: Layout) -> list[str]:
    """The sentences below the table."""
    last = max([*layout.rows.values(), layout.total_row or 0])
    below = (
        layout.grid.text(row, column)
        for row in range(last + 1, len(layout.grid.rows))
        for column in range(len(layout.grid.rows[row]))
    )
    return [text.lstrip("- ") for text in below if text]


def _year(grid: Grid, path: Path, given: int | None) -> tuple[int, list[str]]:
    """The year, and a note where its sources do not agree."""
    texts = [grid.title] + [cell for row in grid.rows for cell in row if isinstance(cell, str)]
    in_sheet = Counter(
        int(year) for text in texts for period in _PERIODS for year in period.findall(text)
    )
    in_name = {int(year) for year in re.findall(_YEAR, path.stem)}
    said = in_sheet.most_common(1)[0][0] if in_sheet else None
    if said is None and len(in_name) == 1:
        said = next(iter(in_name))
    year = given or said
    if year is None:
        raise UnreadableTableError(f"{path.name}: does not say its year; give it with --year")
    others = {*in_sheet, *in_name} - {year}
    if not others:
        return year, []
    named = ", ".join(map(str, sorted(others)))
    return year, [f"Read as {year}; the file also names {named}."]
