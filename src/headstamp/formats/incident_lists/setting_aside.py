"""The rows that were set aside, with their number and the reason, for a person to look at."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from headstamp.formats.incident_lists.database import name
from headstamp.formats.incident_lists.plain_csv import PlainCsv
from headstamp.formats.incident_lists.reading import Malformed


class RowNumbers:
    """Numbers of rows as a spreadsheet shows them: empty and malformed lines count too.

    Parameters
    ----------
    table : PlainCsv
    malformed : sequence of Malformed
    """

    def __init__(self, table: PlainCsv, malformed: Sequence[Malformed]) -> None:
        self._first = table.above + 2
        no_rows = {one.line for one in malformed} | {table.above + line for line in table.empty}
        # Before the line of that number stand so many rows that could be read.
        self._read_before = [
            line - self._first - index for index, line in enumerate(sorted(no_rows))
        ]

    def of(self, place: int) -> int:
        """The number of a row that was read, by its place among those, from 0."""
        return place + self._first + bisect_right(self._read_before, place)


def write_set_aside(
    database: Any, table: PlainCsv, malformed: Sequence[Malformed], target: Path
) -> int:
    """Write them as CSV, in the columns of the list, and count them.

    Parameters
    ----------
    database : connection of DuckDB
        With the view ``converted``.
    table : PlainCsv
    malformed : sequence of Malformed
    target : Path
    """
    numbers = RowNumbers(table, malformed)
    found = database.execute(
        f"SELECT place, fault, {', '.join(map(name, table.header))} FROM converted "
        "WHERE is_set_aside ORDER BY place"
    )
    count = len(malformed)
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["row", "what is wrong", *table.header])
        writer.writerows([one.line, one.reason, one.text] for one in malformed)
        while rows := found.fetchmany(1000):
            writer.writerows([numbers.of(place), why, *cells] for place, why, *cells in rows)
            count += len(rows)
    return count


def first_faults(
    database: Any, table: PlainCsv, malformed: Sequence[Malformed], most: int
) -> list[str]:
    """The first faults, each with the number of its row."""
    numbers = RowNumbers(table, malformed)
    found = database.execute(
        "SELECT place, fault FROM converted WHERE fault IS NOT NULL ORDER BY place LIMIT ?", [most]
    ).fetchall()
    said = [(one.line, one.reason) for one in malformed[:most]]
    said += [(numbers.of(place), why) for place, why in found]
    return [f"row {number}: {why}" for number, why in sorted(said)[:most]]
