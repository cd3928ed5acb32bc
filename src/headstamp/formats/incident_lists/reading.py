"""The rows of a CSV file as text in Parquet, and the lines that no row could be made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.database import text
from headstamp.formats.incident_lists.plain_csv import PlainCsv

LONGEST_ROW: Final = 20
"""Lines that a cell with line ends in it may go over."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """A line that is no row: its number as a spreadsheet shows it, its text, and why."""

    line: int
    text: str
    reason: str


def copy_rows(database: Any, table: PlainCsv, file_name: str, target: Path) -> list[Malformed]:
    """Write every row as text to a Parquet file, in the order of the file.

    Nothing about the table is guessed: the columns and how they are divided are known already.

    Returns
    -------
    list of Malformed
        Lines with too few or too many columns, in their order.

    Raises
    ------
    UnreadableTableError
        If it is no table after all.
    """
    import duckdb

    columns = ", ".join(f"{text(one)}: 'VARCHAR'" for one in table.header)
    try:
        database.execute(
            f"COPY (SELECT * FROM read_csv({text(table.path)}, "
            f"columns = {{{columns}}}, auto_detect = false, header = true, "
            f"delim = {text(table.delimiter)}, quote = '\"', escape = '\"', strict_mode = true, "
            "encoding = 'utf-8', store_rejects = true, rejects_limit = 0)) "
            f"TO {text(target)} (FORMAT parquet, COMPRESSION zstd)"
        )
    except duckdb.InvalidInputException as error:
        first = str(error).splitlines()[0]
        raise UnreadableTableError(
            f"{file_name}: cannot be read as a table ({first}); save it as CSV in UTF-8"
        ) from error
    found = database.execute(
        "SELECT line, any_value(csv_line), min(error_message) FROM reject_errors "
        "GROUP BY line ORDER BY line"
    ).fetchall()
    malformed = [
        Malformed(table.above + line, (row or "").strip(), _reason(why)) for line, row, why in found
    ]
    _require_closed_quotes(malformed, file_name)
    return malformed


def _require_closed_quotes(malformed: list[Malformed], file_name: str) -> None:
    """What one open quotation mark swallows is not one bad line, but the rest of the table."""
    for one in malformed:
        if one.text.count("\n") > LONGEST_ROW:
            raise UnreadableTableError(
                f"{file_name}: line {one.line}: a quotation mark is never closed, and hides the "
                f"{one.text.count(chr(10)):,} lines after it at least; mend that line and import "
                "the file again"
            )


def _reason(message: str) -> str:
    return message.splitlines()[0][:200]
