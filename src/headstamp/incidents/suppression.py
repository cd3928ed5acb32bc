"""Small cells: which numbers of a table by area are not shown, so that no small one can be told.

A cell of 1 to 4 is small. It is marked as such and not shown. What it could be computed from is
not shown either: for every cell so marked, and every number from 1 to 4, there is another table
with that number in the cell, with the same totals and the same numbers wherever one is shown, in
which no window has fewer events than a window inside it. Whoever has all that is shown can
therefore not say which of the four it is. The other table is found for each, not assumed.

Where there is none, a column is not shown of any area; then a small number in it might be one other
at least. Where not even that can be had, as of a city with one area, no column is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

SMALL: Final = range(1, 5)
"""What is small: 1 to 4. None are not: that nothing happened tells of nobody."""

LEAST_HIDDEN: Final = SMALL[-1] + len(SMALL)
"""What an area must have to be hidden for another's sake: 3 less is still not small."""

Cell = tuple[str, str]
"""An area and a column."""

Change = dict[str, int]
"""What is added to columns of one area."""


class Shown(Enum):
    """What is shown of a cell: its number, that it is small, or nothing."""

    NUMBER = ""
    SMALL = "1 to 4"
    NOTHING = "suppressed"


@dataclass(frozen=True)
class Table:
    """Counts by area.

    Parameters
    ----------
    counts : mapping
        By area, then by column; every area has all columns. Each column's total is known.
    inside : sequence of (str, str)
        Columns whose events are among those of another: the part, and the whole.
    parts : sequence of (str, str)
        Those of them whose difference is a number of people too, and no smaller one may be told.
    """

    counts: Mapping[str, Mapping[str, int]]
    inside: Sequence[tuple[str, str]] = ()
    parts: Sequence[tuple[str, str]] = ()


def suppress(table: Table) -> dict[Cell, Shown]:
    """What is shown of cells that are not shown as their number.

    1. Small cells, and parts that differ from their whole by a small number, are not shown.
    2. For each of these and each number it might be, an area is looked for that can make up the
       difference to the total from what is not shown of it.
    3. Where there is none, the area with the smallest numbers that can is not shown there.
    4. Where no area can, the column is not shown at all, and all is looked at again.

    Parameters
    ----------
    table : Table

    Returns
    -------
    dict
        By area and column; what is not in it is shown.
    """
    return _Work(table).done()


class _Work:
    def __init__(self, table: Table) -> None:
        self.counts = {area: dict(columns) for area, columns in table.counts.items()}
        self.columns = list(next(iter(self.counts.values()), {}))
        # What others can rely on is only what is true everywhere.
        inside = [
            (part, whole)
            for part, whole in table.inside
            if all(one[part] <= one[whole] for one in self.counts.values())
        ]
        self.parts = [pair for pair in table.parts if pair in set(inside)]
        self.related: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for pair in inside:
            for column in pair:
                self.related[column].append(pair)
        self.twins = {column: self._twins(column) for column in self.columns}
        self.shown: dict[Cell, Shown] = {}
        self.helpers: list[str] = []

    def done(self) -> dict[Cell, Shown]:
        self._hide_small()
        while (column := self._unprotected()) is not None:
            gone = all((area, column) in self.shown for area in self.counts)
            self._hide_columns(self.columns if gone else [column])
            if gone:
                break
        return self.shown

    def _twins(self, column: str) -> list[str]:
        """Columns that hold nearly the same events: they are best changed together."""
        totals = {one: sum(each[one] for each in self.counts.values()) for one in self.columns}
        others = {one for pair in self.related[column] for one in pair} - {column}
        return sorted(
            one for one in others if 10 * abs(totals[one] - totals[column]) <= totals[column]
        )

    def _hide_small(self) -> None:
        for area, counts in self.counts.items():
            for column, count in counts.items():
                if count in SMALL:
                    self.shown[area, column] = Shown.SMALL
            for part, whole in self.parts:
                if self._difference(area, part, whole) in SMALL:
                    self.shown.setdefault((area, part), Shown.NOTHING)

    def _hide_columns(self, columns: Sequence[str]) -> None:
        self.shown.update(
            {(one, column): Shown.NOTHING for one in self.counts for column in columns}
        )

    def _unprotected(self) -> str | None:
        """A column with a cell that can be told, although others were hidden for its sake."""
        for area, counts in self.counts.items():
            for column in counts:
                if (area, column) in self.shown and not self._is_protected(area, column):
                    return column
        return None

    def _is_protected(self, area: str, column: str) -> bool:
        """Whether a hidden cell can be what it is not: any small number, or one at least."""
        shown, count = self.shown[area, column], self.counts[area][column]
        if shown is Shown.SMALL:
            return all(self._can_be(area, column, number) for number in SMALL)
        if count in SMALL:
            return any(self._can_be(area, column, one) for one in SMALL if one != count)
        return all(
            any(self._can_be(area, column, count + apart - one) for one in SMALL if one != apart)
            for part, whole in self.parts
            if part == column and (area, whole) not in self.shown
            for apart in [self.counts[area][whole] - count]
            if apart in SMALL
        )

    def _difference(self, area: str, part: str, whole: str) -> int:
        """Of numbers that are both shown; 0 where they are not."""
        if (area, part) in self.shown or (area, whole) in self.shown:
            return 0
        return self.counts[area][whole] - self.counts[area][part]

    def _can_be(self, area: str, column: str, number: int) -> bool:
        """Whether a cell might be a number; where need be an area is hidden so that it might."""
        if number == self.counts[area][column]:
            return True
        changes = [one for one in self._changes(area, column, number) if self._can(area, one)]
        opposites = [{name: -added for name, added in one.items()} for one in changes]
        there = [one for one in (*self.helpers, *self.counts) if one != area]
        if any(self._can(one, change) for change in opposites for one in there):
            return True
        able = [(one, change) for change in opposites for one in there if self._could(one, change)]
        if not able:
            return False
        chosen, change = min(able, key=lambda pair: self._loss(*pair))
        self.helpers.append(chosen)
        for name in change:
            self.shown.setdefault((chosen, name), Shown.NOTHING)
        return True

    def _changes(self, area: str, column: str, number: int) -> Iterator[Change]:
        """What makes a cell a number: with hidden cells that must follow, and with their twins."""
        counts = self.counts[area]
        change = {column: number - counts[column]}
        for part, whole in self.related[column]:
            other = whole if part == column else part
            must = counts[other] < number if part == column else counts[other] > number
            if must and (area, other) in self.shown:
                change[other] = number - counts[other]
        yield change
        twins = {
            twin: added
            for changed, added in change.items()
            for twin in self.twins[changed]
            if (area, twin) in self.shown
        }
        if twins:
            yield twins | change

    def _loss(self, area: str, change: Change) -> tuple[bool, int, str]:
        """What is lost when cells of an area are hidden: those that hide others already first."""
        return area not in self.helpers, sum(self.counts[area][one] for one in change), area

    def _could(self, area: str, change: Change) -> bool:
        """Whether an area might have had other numbers if these were hidden."""
        counts = self.counts[area]
        fresh = [one for one in change if (area, one) not in self.shown]
        hidden = {one: number for one, number in change.items() if one not in fresh}
        enough = all(counts[one] >= LEAST_HIDDEN for one in fresh)
        return enough and self._are_allowed(area, hidden) and self._holds(area, change)

    def _can(self, area: str, change: Change) -> bool:
        """Whether an area might have had other numbers, by all that is shown of it."""
        hidden = all((area, column) in self.shown for column in change)
        return hidden and self._are_allowed(area, change) and self._holds(area, change)

    def _are_allowed(self, area: str, change: Change) -> bool:
        """Whether hidden cells stay what they are marked as; what was not small stays so."""
        for column, number in change.items():
            before = self.counts[area][column]
            after = before + number
            if self.shown[area, column] is Shown.SMALL and after not in SMALL:
                return False
            if after < 0 or before > SMALL[-1] >= after:
                return False
        return True

    def _holds(self, area: str, change: Change) -> bool:
        """Whether no part exceeds its whole after a change."""
        counts = self.counts[area]
        return all(
            counts[part] + change.get(part, 0) <= counts[whole] + change.get(whole, 0)
            for column in change
            for part, whole in self.related[column]
        )
