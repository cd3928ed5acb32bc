"""Propose which column of an unknown list means what, for a person to confirm."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from headstamp.formats.incident_lists.database import connection, name, rows_in, text
from headstamp.formats.incident_lists.plain_csv import as_plain_csv
from headstamp.formats.incident_lists.reading import copy_rows
from headstamp.formats.incident_lists.schema import FORMATS, normalised

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "incident": (
        "incident",
        "incidentnumber",
        "case",
        "casenumber",
        "report",
        "complaint",
        "event",
    ),
    "victim": ("victim", "victimid", "id", "objectid", "rowid"),
    "occurred": ("occurred", "date", "datetime", "incidentdate", "occurdate"),
    "injury": ("injurydate",),
    "death": ("deathdate", "dateofdeath"),
    "fatal": ("fatal", "isfatal", "died", "killed", "murder"),
    "code": ("code", "offensecode", "iucr", "ucr", "nibrs"),
    "offence": ("offense", "offence", "crime", "primarytype", "offensetype"),
    "weapon": ("weapon",),
    "address": ("address", "block", "location", "street"),
    "beat": ("beat",),
    "district": ("district", "precinct"),
    "ward": ("ward",),
    "area": ("area", "neighborhood", "communityarea", "borough"),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
}
DATES: Final = (
    *FORMATS,
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%Y%m%d",
    "%b %d, %Y",
)
"""How dates are written in lists, the commoner first where a date can be read both ways."""


def propose(path: Path, list_name: str, jurisdiction: str) -> tuple[str, tuple[str, ...]]:
    """A mapping as TOML, and what a person must decide.

    Parameters
    ----------
    path : Path
    list_name, jurisdiction : str
        Small letters, digits and hyphens.

    Raises
    ------
    UnreadableTableError
        If the file is no table.
    """
    with tempfile.TemporaryDirectory(prefix="headstamp-") as folder:
        scratch = Path(folder)
        table = as_plain_csv(path, scratch, _looks_like_header)
        columns = _columns(table.header)
        with connection(scratch) as database:
            copy_rows(database, table, path.name, scratch / "rows.parquet")
            source = rows_in(scratch / "rows.parquet")
            formats = (
                _formats(database, source, columns["occurred"]) if "occurred" in columns else []
            )
            unit = _unit(database, source, columns.get("incident"))
    left = [one for one in table.header if one not in columns.values()]
    lines = [
        f"name = {_quoted(list_name)}",
        "version = 1",
        f"title = {_quoted(list_name)}",
        f"jurisdiction = {_quoted(jurisdiction)}",
        'source = "say where the file comes from"',
        "# One row is an incident, or a victim of one:",
        f'unit = "{unit}"',
        'date = "occurred"',
        "",
        "[fields]",
        *(_field(field, column, formats) for field, column in columns.items()),
        "",
        "# Columns that no field was found for:",
        *(f"#   {' '.join(column.split())}" for column in left),
        "# Where no list can leave the map, south, north, west and east can be given:",
        "# [bounds]",
    ]
    return "\n".join(lines) + "\n", tuple(_doubts(columns, formats))


def _looks_like_header(names: Iterable[str]) -> bool:
    listed = list(names)
    return len(listed) > 2 and len(set(listed)) == len(listed)


def _columns(header: Sequence[str]) -> dict[str, str]:
    """The column of each field: by its name, or else by a part of it."""
    left = {normalised(column): column for column in header}
    found = {}
    for field, names in NAMES.items():
        exact = next((one for one in names if one in left), None)
        parts = [one for one in names if len(one) > 3]
        within = next((key for key in left for one in parts if one in key), None)
        if key := exact or within:
            found[field] = left.pop(key)
    return found


def _formats(database: Any, source: str, column: str) -> list[str]:
    """The formats that read every date, or else as many as any can read."""
    written = f"nullif(trim({name(column)}), '')"
    counts = ", ".join(f"count(try_strptime({written}, {text(one)}))" for one in DATES)
    total, *read = database.execute(f"SELECT count({written}), {counts} FROM {source}").fetchone()
    whole = [one for one, number in zip(DATES, read, strict=True) if total and number == total]
    return whole or [one for one, number in zip(DATES, read, strict=True) if number]


def _unit(database: Any, source: str, incident: str | None) -> str:
    if incident is None:
        return "incident"
    unique = database.execute(
        f"SELECT count(DISTINCT {name(incident)}) = count(*) FROM {source}"
    ).fetchone()[0]
    return "incident" if unique else "victim"


def _field(field: str, column: str, formats: Sequence[str]) -> str:
    if field != "occurred":
        return f"{field} = {{ column = {_quoted(column)} }}"
    listed = ", ".join(map(_quoted, formats))
    return f"{field} = {{ column = {_quoted(column)}, required = true, formats = [{listed}] }}"


def _doubts(columns: dict[str, str], formats: Sequence[str]) -> Iterable[str]:
    for field in ("occurred", "incident"):
        if field not in columns:
            yield f"no column was found for '{field}'"
    if "occurred" in columns and not formats:
        yield f"the dates of {columns['occurred']!r} are written in no known way: give their format"
    if {"%m/%d/%Y", "%d/%m/%Y"} <= set(formats):
        yield "whether the month or the day comes first in the dates: leave one format"


def _quoted(written: str) -> str:
    return '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'
