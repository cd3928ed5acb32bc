"""A folder of vintages: each list as it stood on the day it was retrieved, and never changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from headstamp.errors import OutputError, UnreadableTableError
from headstamp.formats.atomic import write_atomically
from headstamp.formats.incident_lists.scratch import scratch_folder
from headstamp.formats.json_text import json_text
from headstamp.incidents.records import Vintage

ROWS: Final = "rows.parquet"
"""The rows in our fields."""

SOURCE: Final = "source.parquet"
"""Every row as it was published, all columns, as text."""

REJECTED: Final = "rejected.csv"
MANIFEST: Final = "vintage.json"


def folder_of(data: Path, vintage: Vintage) -> Path:
    """Where a vintage lies."""
    return data / vintage.jurisdiction / vintage.schema / vintage.id


def vintages(data: Path, jurisdiction: str = "", schema: str = "") -> list[Vintage]:
    """The vintages of a folder, oldest first.

    Parameters
    ----------
    data : Path
    jurisdiction, schema : str
        Empty for all.

    Raises
    ------
    UnreadableTableError
        If there is no such folder, or a vintage in it is damaged.
    """
    if not data.is_dir():
        raise UnreadableTableError(
            f"{data}: there is no such folder; import a list into it with "
            "'headstamp incidents import FILE --into FOLDER'"
        )
    found = [_read(path) for path in data.glob(f"*/*/*/{MANIFEST}")]
    wanted = [
        one
        for one in found
        if jurisdiction in ("", one.jurisdiction) and schema in ("", one.schema)
    ]
    return sorted(wanted, key=lambda one: (one.retrieved, one.id))


@contextmanager
def new_vintage(data: Path) -> Iterator[Path]:
    """A scratch folder beside the vintages; removed again whatever happens.

    What a killed process has left is removed by the next import.

    So is the folder of vintages, if it was made for this and nothing was put into it.

    Raises
    ------
    OutputError
        If the folder cannot be made.
    """
    was_there = data.exists()
    with ExitStack() as stack:
        try:
            data.mkdir(parents=True, exist_ok=True)
            scratch = stack.enter_context(scratch_folder(data))
        except OSError as error:
            raise OutputError(f"{data}: cannot be made ({error.strerror})") from error
        try:
            yield scratch
        finally:
            stack.close()
            if not was_there:
                with suppress(OSError):  # it holds the vintage
                    data.rmdir()


def keep(data: Path, vintage: Vintage, made: Path) -> Path:
    """Move a finished vintage to its place; it appears whole or not at all.

    Raises
    ------
    OutputError
        If something is there already, or the folder cannot be written.
    """
    return settle(folder_of(data, vintage), MANIFEST, asdict(vintage), made)


def settle(place: Path, name: str, manifest: dict[str, Any], made: Path) -> Path:
    """Write the manifest of a finished folder and move the folder to its place, whole or not.

    Raises
    ------
    OutputError
        If something is there already, or the folder cannot be written.
    """
    try:
        write_atomically(made / name, json_text(manifest).encode())
        place.parent.mkdir(parents=True, exist_ok=True)
        made.rename(place)
    except OSError as error:
        raise OutputError(f"{place}: cannot be written ({error.strerror})") from error
    return place


def retrieval(text: str) -> str:
    """A retrieval day or time as ISO 8601.

    Raises
    ------
    UnreadableTableError
        If it is neither.
    """
    try:
        if len(text) == 10:
            return date.fromisoformat(text).isoformat()
        return datetime.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UnreadableTableError(
            f"{text}: is no date; write the day the file was retrieved as 2017-06-29"
        ) from error


def _read(path: Path) -> Vintage:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        values = {one.name: content[one.name] for one in fields(Vintage)}
        return Vintage(**{**values, "fields": tuple(values["fields"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableTableError(
            f"{path}: is damaged; remove its folder and import the list again"
        ) from error
