"""Propose which column of an unknown list means what."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from headstamp.formats.incident_lists.reading import connection, header_of
from headstamp.formats.incident_lists.schema import normalised

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "incident": ("incident", "case", "report", "rd", "complaint", "dckey", "event"),
    "victim": ("victim", "victimid", "id", "objectid"),
    "occurred": ("occurred", "date", "datetime", "incidentdate", "dateoccurred"),
    "injury": ("injurydate",),
    "death": ("deathdate", "dateofdeath"),
    "fatal": ("fatal", "isfatal", "died", "killed", "murder"),
    "code": ("code", "offensecode", "iucr", "ucr", "nibrs"),
    "offence": ("offense", "offence", "crime", "primarytype", "offensetype"),
    "address": ("address", "block", "location", "street"),
    "beat": ("beat",),
    "district": ("district", "precinct"),
    "area": ("area", "neighborhood", "communityarea", "borough"),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
}
NEEDED: Final = ("occurred", "incident")


def propose(path: Path, name: str, jurisdiction: str) -> tuple[str, list[str]]:
    """A mapping as TOML, to be looked over, and the needed fields no column was found for.

    Raises
    ------
    UnreadableTableError
        If the file is no table.
    """
    with tempfile.TemporaryDirectory(prefix="headstamp-") as scratch:
        header = header_of(connection(Path(scratch)), path, path.name)
    found = _found(header)
    lines = [
        f"name = {_quoted(name)}",
        "version = 1",
        f"title = {_quoted(name)}",
        f"jurisdiction = {_quoted(jurisdiction)}",
        'source = "say where the file comes from"',
        "# One row is an incident, or a victim of one:",
        'unit = "incident"',
        'date = "occurred"',
        "",
        "[fields]",
        *(f"{field} = {{ column = {_quoted(column)} }}" for field, column in found.items()),
        "",
        "# Columns that no field was found for:",
        *(f"#   {column}" for column in header if column not in found.values()),
    ]
    return "\n".join(lines) + "\n", [field for field in NEEDED if field not in found]


def _found(header: list[str]) -> dict[str, str]:
    left = {normalised(column): column for column in header}
    found = {}
    for field, names in NAMES.items():
        exact = next((name for name in names if name in left), None)
        within = next(
            (key for key in left for name in names if len(name) > 3 and name in key), None
        )
        key = exact or within
        if key:
            found[field] = left.pop(key)
    return found


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
