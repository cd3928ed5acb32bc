"""A folder of trace tables as they were imported, none of them changed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.vintages import ROWS, settle

MANIFEST: Final = "batch.json"


@dataclass(frozen=True, slots=True)
class Batch:
    """A file of traces, as it was imported.

    Parameters
    ----------
    id : str
        Retrieval day and the beginning of the file's SHA-256.
    retrieved : str
        ISO 8601 day or time.
    sha256, file_name : str
    mapping : str
        The mapping it was read by; empty for the documented table.
    rows, rejected : int
        Kept, and set aside.
    first, last : str
        First and last day of recovery.
    fields : tuple of str
        Those it has a column for.
    """

    id: str
    retrieved: str
    sha256: str
    file_name: str
    mapping: str
    rows: int
    rejected: int
    first: str
    last: str
    fields: tuple[str, ...]


def folder_of(data: Path, batch: Batch) -> Path:
    """Where a batch lies."""
    return data / "tables" / batch.id


def rows_of(data: Path, batch: Batch) -> Path:
    """The rows of a batch, in our fields."""
    return folder_of(data, batch) / ROWS


def batches(data: Path) -> list[Batch]:
    """The batches of a folder, the earliest retrieved first; none where there is no folder.

    Raises
    ------
    UnreadableTableError
        If one is damaged.
    """
    found = [_read(path) for path in data.glob(f"tables/*/{MANIFEST}")]
    return sorted(found, key=lambda one: (one.retrieved, one.id))


def keep(data: Path, batch: Batch, made: Path) -> Path:
    """Move a finished batch to its place; it appears whole or not at all.

    Raises
    ------
    OutputError
        If something is there already, or the folder cannot be written.
    """
    return settle(folder_of(data, batch), MANIFEST, asdict(batch), made)


def _read(path: Path) -> Batch:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        values = {one.name: content[one.name] for one in fields(Batch)}
        return Batch(**{**values, "fields": tuple(values["fields"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableTableError(
            f"{path}: is damaged; remove its folder and import the table again"
        ) from error
