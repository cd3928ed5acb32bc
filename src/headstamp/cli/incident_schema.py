"""Which list a file is said to be: one that is known, or one by a mapping."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from headstamp.errors import UnreadableTableError

if TYPE_CHECKING:
    from headstamp.formats.incident_lists.schema import Schema


def named_schema(name: str, mapping: Path | None) -> Schema | None:
    """By the options ``--schema`` and ``--mapping``; None to find it by the columns.

    Raises
    ------
    UnreadableTableError
        If both are given, or there is no such list.
    """
    from headstamp.formats.incident_lists.known_schemas import read_mapping, shipped

    if name and mapping is not None:
        raise UnreadableTableError("give --schema or --mapping, not both")
    if mapping is not None:
        return read_mapping(mapping)
    if not name:
        return None
    if name not in shipped():
        raise UnreadableTableError(f"{name}: is no known list; take one of {', '.join(shipped())}")
    return shipped()[name]
