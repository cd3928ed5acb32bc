"""Which column of a published list means what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

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

ALSO: Final = (
    *FORMATS,
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%d 00:00:00 %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
)
"""How a time of a shipped list is read too: as portals' interfaces and spreadsheets write it anew.

All shipped lists are American, so that the month comes first. A mapping is read by its own formats
alone: whoever wrote it has said which comes first.
"""

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


class Mapped(Protocol):
    """Whatever says which columns hold which fields."""

    @property
    def columns(self) -> Mapping[str, Column]:
        """By field."""
        ...


def column_of(content: Any) -> Column:
    """A column as a mapping file has it: a name, some names, or a table with more about it.

    Raises
    ------
    KeyError, TypeError
        If it names no column.
    """
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
        Normalised header names; a table that has them all is this list. Without any: all columns.
    columns : dict
        By field.
    bounds : (float, float, float, float) or None
        South, north, west and east of where it can be, in degrees.
    shore : tuple of (float, float)
        From these latitudes on, from south to north, nothing lies east of these longitudes.
    is_own : bool
        Whether a person made it for one layout: then no column may be missing.
    """

    name: str
    version: int
    title: str
    jurisdiction: str
    source: str
    unit: Unit
    date: str
    recognised_by: tuple[str, ...]
    columns: dict[str, Column]
    bounds: tuple[float, float, float, float] | None = None
    shore: tuple[tuple[float, float], ...] = ()
    is_own: bool = False

    def fits(self, header: Iterable[str]) -> bool:
        """Whether a table with this header is such a list."""
        there = {normalised(name) for name in header}
        if self.recognised_by:
            return set(self.recognised_by) <= there
        return all(there & set(map(normalised, one.names)) for one in self.columns.values())


def normalised(name: str) -> str:
    """A header name without case, spaces and punctuation."""
    return re.sub(r"[^a-z0-9]+", "", name.lower())
