"""DuckDB with bounded memory, and how names and values are written in its SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from headstamp.errors import OutputError

MEMORY: Final = "600MB"
"""What DuckDB may hold before it spills; with the process itself well below 1 GiB."""


@contextmanager
def connection(spill: Path | None = None) -> Iterator[Any]:
    """An empty database in memory, closed at the end.

    Parameters
    ----------
    spill : Path, optional
        The folder for what does not fit into memory; without one such work fails.

    Raises
    ------
    OutputError
        If what is done with it finds no room on the disk or in memory.
    KeyboardInterrupt
        If the user stops it.
    """
    import duckdb

    opened = duckdb.connect()
    try:
        opened.execute(f"SET memory_limit = '{MEMORY}'")
        opened.execute("SET temp_directory = ?", [str(spill or "")])
        opened.execute("SET enable_progress_bar = false")
        # What is read is named by us: nothing is fetched, and no extension is loaded.
        opened.execute("SET autoinstall_known_extensions = false")
        yield opened
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        first = str(error).splitlines()[0]
        raise OutputError(f"{first}; make room, and run it again") from error
    except RuntimeError as error:  # how DuckDB says that Ctrl-C was pressed
        if "interrupted" in str(error).lower():
            raise KeyboardInterrupt from error
        raise
    finally:
        opened.close()


def rows_in(path: Path) -> str:
    """What SQL reads a Parquet file from."""
    return f"read_parquet({text(path)})"


def text(value: object) -> str:
    """A value as a string of SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def name(column: str) -> str:
    """The name of a column in SQL."""
    return '"' + column.replace('"', '""') + '"'
