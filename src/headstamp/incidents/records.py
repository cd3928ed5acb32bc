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

AREAS: Final = ("district", "beat", "area", "ward")
"""The fields that figures can be told apart by."""


@dataclass(frozen=True, slots=True)
class Vintage:
    """A list as it stood when it was retrieved; vintages are compared, never mixed.

    Parameters
    ----------
    id : str
        Retrieval day and the beginning of the file's SHA-256.
    jurisdiction, schema : str
    schema_version : int
    unit : str
        What a row is: an incident or a victim.
    retrieved : str
        ISO 8601 date or time.
    sha256, file_name : str
        Of the file it came from.
    rows, rejected : int
        Rows that were kept, and rows that were set aside.
    first, last : str
        Days of the earliest and the latest event.
    longest_gap : int
        Most days from one day with an event to the next; 0 with a single day.
    fields : tuple of str
        Those that the file had a column for.
    """

    id: str
    jurisdiction: str
    schema: str
    schema_version: int
    unit: str
    retrieved: str
    sha256: str
    file_name: str
    rows: int
    rejected: int
    first: str
    last: str
    longest_gap: int
    fields: tuple[str, ...]

    @property
    def day(self) -> str:
        """The day it was retrieved."""
        return self.retrieved[:10]
