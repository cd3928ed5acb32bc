"""Rows that have changed since a vintage, merged with the others of that vintage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from headstamp.formats.incident_lists.database import connection, name, rows_in, text
from headstamp.formats.incident_lists.plain_csv import as_plain_csv
from headstamp.formats.incident_lists.portal.page import SYSTEM
from headstamp.formats.incident_lists.reading import copy_rows
from headstamp.formats.incident_lists.vintages import SOURCE, folder_of, vintages
from headstamp.incidents.records import Vintage

WHEN: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?")


@dataclass(frozen=True, slots=True)
class Base:
    """The vintage that is brought up to date.

    Parameters
    ----------
    vintage : Vintage
    rows : Path
        Every row of it as it was published.
    updated : str
        The latest ``:updated_at`` of its rows.
    """

    vintage: Vintage
    rows: Path
    updated: str

    @property
    def where(self) -> str:
        """Which rows may have changed since; those of that very moment are among them."""
        return f":updated_at >= '{self.updated}'"


def base_of(data: Path, file_name: str) -> Base | None:
    """The newest vintage that was fetched from a dataset; None where there is none to build on.

    Parameters
    ----------
    data : Path
    file_name : str
        That fetched files of the dataset have.
    """
    found = [one for one in vintages(data) if one.file_name == file_name]
    if not found:
        return None
    rows = folder_of(data, found[-1]) / SOURCE
    with connection() as database:
        if not set(SYSTEM) <= set(_columns(database, rows)):
            return None
        updated = database.execute(f'SELECT max(":updated_at") FROM {rows_in(rows)}').fetchone()[0]
    return Base(found[-1], rows, updated) if WHEN.fullmatch(updated or "") else None


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a merge.

    Parameters
    ----------
    trouble : str
        Why there is none; empty where there is one.
    is_changed : bool
        Whether it says anything that the vintage did not say.
    """

    trouble: str = ""
    is_changed: bool = True


def merge(base: Base, changed: Path, total: int, target: Path, scratch: Path) -> Merged:
    """Write the rows that have not changed and those that have as one CSV file.

    Rows that were deleted at the portal are still in the vintage, and nothing that was fetched
    says which; that some were is seen by the number of rows.

    Parameters
    ----------
    base : Base
    changed : Path
        CSV of the rows that have changed.
    total : int
        Rows that the list has now.
    target, scratch : Path
    """
    with connection(scratch) as database:
        table = as_plain_csv(changed, scratch, lambda _: True)
        if list(table.header) != (columns := _columns(database, base.rows)):
            return Merged("its columns have changed")
        copy_rows(database, table, changed.name, scratch / "changed.parquet")
        old, new = rows_in(base.rows), rows_in(scratch / "changed.parquet")
        database.execute(
            f"CREATE TEMP VIEW merged AS SELECT * FROM {new} UNION ALL "
            f"SELECT * FROM {old} AS old WHERE NOT EXISTS "
            f'(SELECT 1 FROM {new} AS new WHERE new.":id" = old.":id")'
        )
        rows, distinct = database.execute(
            'SELECT count(*), count(DISTINCT ":id") FROM merged'
        ).fetchone()
        if rows != total or distinct != rows:
            return Merged(_other_count(rows, total))
        if not database.execute(
            f"SELECT count(*) FROM (SELECT * FROM {new} EXCEPT SELECT * FROM {old})"
        ).fetchone()[0]:
            return Merged(is_changed=False)
        listed = ", ".join(map(name, columns))
        database.execute(
            f'COPY (SELECT {listed} FROM merged ORDER BY ":id") TO {text(target)} '
            "(FORMAT csv, HEADER true)"
        )
    return Merged()


def is_each_once(path: Path, header: tuple[str, ...], scratch: Path) -> bool:
    """Whether no row came twice, as when rows move from one page to the next while they are asked.

    Lines that are no rows do not count here; the import sets them aside.
    """
    import duckdb

    columns = ", ".join(f"{text(one)}: 'VARCHAR'" for one in header)
    with connection(scratch) as database:
        try:
            rows, distinct = database.execute(
                f'SELECT count(*), count(DISTINCT ":id") FROM read_csv({text(path)}, '
                f"columns = {{{columns}}}, auto_detect = false, header = true, delim = ',', "
                "quote = '\"', escape = '\"', strict_mode = true, store_rejects = true, "
                "rejects_limit = 0)"
            ).fetchone()
        except duckdb.InvalidInputException:
            return True  # the import says what is wrong with it
    return bool(rows == distinct)


def _columns(database: Any, rows: Path) -> list[str]:
    return [
        one[0] for one in database.execute(f"DESCRIBE SELECT * FROM {rows_in(rows)}").fetchall()
    ]


def _other_count(rows: int, total: int) -> str:
    if rows > total:
        return f"{rows - total:,} rows have been removed from it, and which cannot be told"
    return f"{total - rows:,} rows of it have no date of change that tells they are new"
