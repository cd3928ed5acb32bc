"""Where in a sheet the states stand, and which side is the source; layouts vary by year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from headstamp.errors import UnreadableTableError
from headstamp.formats.trace_workbooks.grid import Grid, address
from headstamp.tracing.states import code_of

Side = Literal["source", "recovery"]

_TOTAL: Final = re.compile(r"(grand |sub)?totals?|sum|all states", re.IGNORECASE)
_NEEDED: Final = 2
"""States in a row, and in a column, from which a sheet may be a matrix."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A matrix in a sheet; every place is zero-based.

    Parameters
    ----------
    grid : Grid
    rows, columns : dict
        Place of each row and column by state.
    total_row, total_column : int or None
    rows_are : str
        Whether the rows are sources or states of recovery.
    """

    grid: Grid
    rows: dict[str, int]
    columns: dict[str, int]
    total_row: int | None
    total_column: int | None
    rows_are: Side

    @property
    def size(self) -> int:
        """Cells."""
        return len(self.rows) * len(self.columns)


def find_layout(sheets: Sequence[Grid], rows_are: Side | None = None) -> Layout:
    """The largest matrix of states in the sheets of a workbook.

    Parameters
    ----------
    sheets : sequence of Grid
    rows_are : str, optional
        Taken from the labels beside the matrix unless given.

    Raises
    ------
    UnreadableTableError
        If there is none, a state is there twice, or nothing says which side is the source.
    """
    found = [one for grid in sheets if (one := _in_sheet(grid, rows_are))]
    if not found:
        raise UnreadableTableError(
            "no sheet has states both across and down; it is no workbook of source and recovery "
            "states"
        )
    return max(found, key=lambda one: one.size)


def _in_sheet(grid: Grid, rows_are: Side | None) -> Layout | None:
    header = max(range(len(grid.rows)), key=lambda row: _states(_row(grid, row)), default=0)
    width = max(map(len, grid.rows), default=0)
    names = max(range(width), key=lambda column: _states(_below(grid, header, column)), default=0)
    across, down = _row(grid, header)[names + 1 :], list(_below(grid, header, names))
    if _states(across) < _NEEDED or _states(down) < _NEEDED:
        return None
    columns, total_column = _places(grid, [(header, names + 1 + n) for n in range(len(across))], 1)
    rows, total_row = _places(
        grid,
        [(header + 1 + n, names) for n in range(len(down)) if _counts(grid, header + 1 + n)],
        0,
    )
    side = rows_are or _rows_are(grid, header, names)
    return Layout(grid, rows, columns, total_row, total_column, side)


def _row(grid: Grid, row: int) -> list[str]:
    return [grid.text(row, column) for column in range(len(grid.rows[row]))] if grid.rows else []


def _below(grid: Grid, header: int, column: int) -> Iterator[str]:
    return (grid.text(row, column) for row in range(header + 1, len(grid.rows)))


def _states(texts: Sequence[str] | Iterator[str]) -> int:
    return len({code_of(text) for text in texts} - {""})


def _counts(grid: Grid, row: int) -> bool:
    """Whether a row holds numbers: below the matrix there are notes."""
    filled = [cell for cell in grid.rows[row] if cell is not None]
    numbers = sum(not isinstance(cell, str) or cell.replace(",", "").isdigit() for cell in filled)
    return numbers > 0


def _places(
    grid: Grid, cells: Sequence[tuple[int, int]], axis: int
) -> tuple[dict[str, int], int | None]:
    """The states along one side, and the place of their total."""
    found: dict[str, int] = {}
    total = None
    for cell in cells:
        label = grid.text(*cell)
        if _TOTAL.fullmatch(label):
            total = cell[axis]
        elif label:
            state = code_of(label)
            name = label if not state or state in found else state
            if name in found:
                raise UnreadableTableError(f"cell {address(*cell)}: {label} is there twice")
            found[name] = cell[axis]
    return found, total


def _rows_are(grid: Grid, header: int, names: int) -> Side:
    """From a label above the states across, or beside those down, or both in the corner."""
    for row in range(header + 1):
        for column in range(len(grid.rows[row])):
            label = grid.text(row, column).lower()
            sides = [side for side in _sides(label) if len(label) <= 60]
            if not sides:
                continue
            beside = row == header and column <= names
            if len(sides) == 2 and beside:
                return sides[0]
            if len(sides) == 1:
                return sides[0] if beside else _other(sides[0])
    for row in range(header + 1, len(grid.rows)):
        for column in range(names):
            if len(sides := _sides(grid.text(row, column).lower())) == 1:
                return sides[0]
    raise UnreadableTableError(
        f"sheet {grid.title}: nothing says whether the rows are source states or states of "
        "recovery; say so with --rows source or --rows recovery"
    )


def _sides(label: str) -> list[Side]:
    """The sides that a label names, in order; none where it speaks of no states."""
    if "state" not in label and label not in ("source", "recovery", "recovered"):
        return []
    at: dict[Side, int] = {"source": label.find("source"), "recovery": label.find("recover")}
    return sorted((side for side in at if at[side] >= 0), key=lambda side: at[side])


def _other(side: Side) -> Side:
    return "recovery" if side == "source" else "source"
