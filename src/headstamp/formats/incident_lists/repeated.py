"""Rows that say again, in every column, what an earlier row of the file says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from headstamp.formats.incident_lists.database import name


def mark_repeated(database: Any, relation: str, header: Sequence[str]) -> int:
    """Make the table ``repeated`` of their places in the file, from 0, and count them.

    Rows with the same hash are found first, which takes little memory; only those are compared.
    What a portal says about a row (``:id``, ``:updated_at``) is not what the row says.

    Parameters
    ----------
    database : connection of DuckDB
    relation : str
        What SQL reads the rows from, with ``file_row_number``.
    header : sequence of str
        All columns.
    """
    columns = ", ".join(name(one) for one in header if not one.startswith(":"))
    database.execute(
        "CREATE TEMP TABLE suspects AS "
        f"SELECT hash({columns}) AS suspect FROM {relation} "
        "GROUP BY suspect HAVING count(*) > 1"
    )
    database.execute(
        "CREATE TEMP TABLE repeated AS SELECT place FROM ("
        f"SELECT file_row_number AS place, row_number() OVER (PARTITION BY {columns} "
        f"ORDER BY file_row_number) AS time FROM {relation} "
        f"WHERE hash({columns}) IN (SELECT suspect FROM suspects)) WHERE time > 1"
    )
    return int(database.execute("SELECT count(*) FROM repeated").fetchone()[0])
