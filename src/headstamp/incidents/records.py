"""What is known of a counted event, whichever city wrote it down and under which names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "code", "time", "flag", "number"]

FIELDS: Final[dict[str, Kind]] = {
    "incident": "text",
    "victim": "text",
    "occurred": "time",
    "injury": "time",
    "death": "time",
    "counted": "time",
    "updated": "time",
    "fatal": "flag",
    "police_involved": "flag",
    "code": "code",
    "offence": "text",
    "description": "text",
    "cause": "text",
    "weapon": "text",
    "status": "text",
    "address": "text",
    "location": "text",
    "beat": "code",
    "district": "code",
    "area": "text",
    "ward": "code",
    "latitude": "number",
    "longitude": "number",
}
"""The fields a record may have, and how their text is read."""


@dataclass(frozen=True, slots=True)
class Vintage:
    """A list as it stood when it was retrieved; vintages are compared, never mixed.

    Parameters
    ----------
    id : str
        Retrieval day and the beginning of the file's SHA-256.
    jurisdiction, schema : str
    schema_version : int
    retrieved : str
        ISO 8601 date or time.
    sha256, file_name : str
        Of the file it came from.
    rows, rejected : int
        Rows that were read, and rows that could not be.
    first, last : str
        Days of the earliest and the latest event; empty without rows.
    """

    id: str
    jurisdiction: str
    schema: str
    schema_version: int
    retrieved: str
    sha256: str
    file_name: str
    rows: int
    rejected: int
    first: str
    last: str
