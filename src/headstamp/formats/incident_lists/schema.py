"""Which column of a published list means what; one TOML file a list."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final, Literal

from headstamp.errors import UnreadableTableError
from headstamp.incidents.records import FIELDS

Unit = Literal["incident", "victim"]

FORMATS: Final = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%g",
    "%Y-%m-%d %H:%M:%S+00",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
)
"""How a time is read unless the schema says otherwise."""

TRUE: Final = ("true", "t", "yes", "y", "1", "1.0")
FALSE: Final = ("false", "f", "no", "n", "0", "0.0")


@dataclass(frozen=True, slots=True)
class Column:
    """The column, or columns, that hold a field.

    Parameters
    ----------
    names : tuple of str
        Header names, any spelling; the first that is there is taken.
    time : tuple of str
        The column with the time of day, where it stands apart from the day.
    formats : tuple of str
        Of dates, as ``strptime`` has them.
    true, false : tuple of str
        Words of a flag.
    required : bool
        Whether a row without it is rejected.
    """

    names: tuple[str, ...]
    time: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    true: tuple[str, ...] = TRUE
    false: tuple[str, ...] = FALSE
    required: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """A published list.

    Parameters
    ----------
    name, title, jurisdiction, source : str
    version : int
    unit : str
        What one row is: an incident or a victim.
    date : str
        The field that places a row in time.
    recognised_by : tuple of str
        Normalised header names; a table that has them all is this list.
    columns : dict
        By field.
    """

    name: str
    version: int
    title: str
    jurisdiction: str
    source: str
    unit: Unit
    date: str
    recognised_by: tuple[str, ...]
    columns: dict[str, Column] = field(default_factory=dict)

    def fits(self, header: Iterable[str]) -> bool:
        """Whether a table with this header is such a list."""
        return set(self.recognised_by) <= {normalised(name) for name in header}


def normalised(name: str) -> str:
    """A header name without case, spaces and punctuation."""
    return re.sub(r"[^a-z0-9]+", "", name.lower())


@cache
def shipped() -> dict[str, Schema]:
    """The lists that are known; by name."""
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
        return parsed(tomllib.loads(path.read_text(encoding="utf-8")), str(path))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableTableError(
            f"{path}: no mapping that can be read ({error}); make one with "
            "'headstamp incidents map'"
        ) from error


def parsed(content: Mapping[str, Any], where: str) -> Schema:
    """A schema from its TOML content.

    Raises
    ------
    UnreadableTableError
    """
    try:
        columns = {name: _column(name, one, where) for name, one in content["fields"].items()}
        schema = Schema(
            name=str(content["name"]),
            version=int(content.get("version", 1)),
            title=str(content.get("title", content["name"])),
            jurisdiction=str(content["jurisdiction"]),
            source=str(content.get("source", "")),
            unit=content["unit"],
            date=str(content.get("date", "occurred")),
            recognised_by=tuple(normalised(one) for one in content.get("recognised_by", ())),
            columns=columns,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableTableError(f"{where}: no mapping: {error} is missing or wrong") from error
    if schema.date not in columns or FIELDS[schema.date] != "time":
        raise UnreadableTableError(f"{where}: the date {schema.date!r} is no field with a time")
    if schema.unit not in ("incident", "victim"):
        raise UnreadableTableError(f"{where}: unit is 'incident' or 'victim', not {schema.unit!r}")
    return schema


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
        else (
            "is no list that is known; make a mapping with 'headstamp incidents map' and give it "
            "with --mapping"
        )
    )
    raise UnreadableTableError(f"{file_name}: {trouble} (columns: {', '.join(names[:12])})")


def _column(name: str, content: Any, where: str) -> Column:
    if name not in FIELDS:
        raise UnreadableTableError(f"{where}: {name!r} is no field; take {', '.join(FIELDS)}")
    if not isinstance(content, Mapping):
        content = {"column": content}
    return Column(
        names=_texts(content["column"]),
        time=_texts(content.get("time", ())),
        formats=_texts(content.get("formats", FORMATS)),
        true=_texts(content.get("true", TRUE)),
        false=_texts(content.get("false", FALSE)),
        required=bool(content.get("required", False)),
    )


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(one) for one in value)
