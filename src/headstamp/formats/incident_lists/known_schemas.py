"""The lists that are known, one TOML file each, and mappings of the user's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.schema import Column, Schema, column_of, normalised
from headstamp.incidents.records import FIELDS


@cache
def shipped() -> dict[str, Schema]:
    """The lists that are known, by name."""
    folder = resources.files(__package__) / "schemas"
    found = [
        parsed(tomllib.loads(entry.read_text(encoding="utf-8")), entry.name)
        for entry in sorted(folder.iterdir(), key=lambda one: one.name)
        if entry.name.endswith(".toml")
    ]
    return {schema.name: schema for schema in found}


def read_mapping(path: Path) -> Schema:
    """A schema from a file of the user's own.

    Raises
    ------
    UnreadableTableError
        If it is no schema; the sentence says what is wrong.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableTableError(
            f"{path}: no mapping that can be read ({error}); make one with "
            "'headstamp incidents map'"
        ) from error
    return replace(parsed(content, str(path)), is_own=True)


def schema_of(header: Iterable[str], file_name: str) -> Schema:
    """The known list that has this header.

    Raises
    ------
    UnreadableTableError
        If none has, or more than one.
    """
    names = list(header)
    found = [schema for schema in shipped().values() if schema.fits(names)]
    if len(found) == 1:
        return found[0]
    which = ", ".join(schema.name for schema in found)
    trouble = (
        f"could be {which}; name one with --schema"
        if found
        else f"is no list that is known{_nearest(names)}; make a mapping with 'headstamp incidents "
        "map' and give it with --mapping"
    )
    raise UnreadableTableError(f"{file_name}: {trouble} (columns: {', '.join(names[:12])})")


def _nearest(names: list[str]) -> str:
    """What a header lacks to be a list that is known; empty where it has less than half of it."""
    there = set(map(normalised, names))
    lacking = {
        schema.name: [one for one in schema.recognised_by if one not in there]
        for schema in shipped().values()
        if 2 * len(there & set(schema.recognised_by)) > len(schema.recognised_by)
    }
    if not lacking:
        return ""
    name = min(lacking, key=lambda one: len(lacking[one]))
    return f" (for {name} it lacks {', '.join(lacking[name])})"


def parsed(content: Mapping[str, Any], where: str) -> Schema:
    """A schema from its TOML content.

    Raises
    ------
    UnreadableTableError
        If something is missing or wrong; the sentence says what.
    """
    try:
        schema = _schema(content)
    except KeyError as error:
        raise UnreadableTableError(f"{where}: no mapping: {error} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise UnreadableTableError(f"{where}: no mapping: {error}") from error
    return schema


def _schema(content: Mapping[str, Any]) -> Schema:
    columns = {name: _column(name, one) for name, one in content["fields"].items()}
    schema = Schema(
        name=_slug("name", content["name"]),
        version=int(content.get("version", 1)),
        title=str(content.get("title", content["name"])),
        jurisdiction=_slug("jurisdiction", content["jurisdiction"]),
        source=str(content.get("source", "")),
        unit=content["unit"],
        date=str(content.get("date", "occurred")),
        recognised_by=tuple(normalised(one) for one in content.get("recognised_by", ())),
        columns=columns,
        bounds=_bounds(content.get("bounds")),
        shore=_shore(content.get("bounds", {}).get("shore", ())),
    )
    if schema.date not in columns or FIELDS[schema.date] != "time":
        raise ValueError(f"the date {schema.date!r} is no field with a time")
    if schema.unit not in ("incident", "victim"):
        raise ValueError(f"unit is 'incident' or 'victim', not {schema.unit!r}")
    return schema


def require_names(name: str, jurisdiction: str) -> None:
    """Refuse names that cannot be folders'.

    Raises
    ------
    UnreadableTableError
    """
    try:
        _slug("name", name)
        _slug("jurisdiction", jurisdiction)
    except ValueError as error:
        raise UnreadableTableError(f"no mapping can be made: {error}") from error


def _slug(what: str, text: Any) -> str:
    """A name that can be a folder's."""
    if not isinstance(text, str) or not re.fullmatch(r"[a-z0-9][a-z0-9-]*", text):
        raise ValueError(f"{what} {text!r} has other than small letters, digits and hyphens")
    return text


def _bounds(content: Any) -> tuple[float, float, float, float] | None:
    if content is None:
        return None
    south, north, west, east = (float(content[name]) for name in ("south", "north", "west", "east"))
    return south, north, west, east


def _shore(content: Any) -> tuple[tuple[float, float], ...]:
    found = tuple((float(latitude), float(longitude)) for latitude, longitude in content)
    if list(found) != sorted(found):
        raise ValueError("the shore goes from south to north")
    return found


def _column(name: str, content: Any) -> Column:
    if name not in FIELDS:
        raise ValueError(f"{name!r} is no field; take {', '.join(FIELDS)}")
    column = column_of(content)
    for one in column.formats:
        other = "%d".join(part.replace("%d", "%m") for part in one.split("%m"))
        if other != one and other in column.formats:
            raise ValueError(
                f"{name!r} is read by both {one} and {other}, which make two days of one text; "
                "leave the one that the list is written in"
            )
    return column
