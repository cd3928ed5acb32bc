"""Which column of a table of traces holds which field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.schema import FORMATS, Column, column_of, normalised
from headstamp.tracing.records import FIELDS, REQUIRED

DAYS: Final = ("%m/%d/%Y", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p")
"""Further ways in which a day is written, month first."""

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "trace": ("trace_id", "trace", "trace number"),
    "serial": ("serial", "serial number"),
    "maker": ("maker", "manufacturer"),
    "model": ("model",),
    "calibre": ("calibre", "caliber"),
    "type": ("type", "firearm type", "weapon type"),
    "importer": ("importer",),
    "recovered": ("recovery_date", "recovered", "recovered on"),
    "recovery_place": ("recovery_place", "recovery address"),
    "recovery_city": ("recovery_city",),
    "recovery_county": ("recovery_county",),
    "recovery_state": ("recovery_state",),
    "recovery_latitude": ("recovery_latitude",),
    "recovery_longitude": ("recovery_longitude",),
    "category": ("crime_category", "category", "crime"),
    "sold": ("sale_date", "purchase date"),
    "dealer": ("dealer_name", "dealer"),
    "licence": ("dealer_licence", "dealer license", "ffl", "ffl number"),
    "dealer_city": ("dealer_city",),
    "dealer_county": ("dealer_county",),
    "dealer_state": ("dealer_state", "source_state"),
    "dealer_latitude": ("dealer_latitude",),
    "dealer_longitude": ("dealer_longitude",),
    "purchaser": ("purchaser_key", "purchaser id"),
    "possessor": ("possessor_key", "possessor id"),
    "possessor_age": ("possessor_age",),
    "purchaser_is_possessor": ("purchaser_is_possessor",),
    "multiple_sale": ("multiple_sale", "multiple sale report"),
    "multiple_sale_date": ("multiple_sale_date",),
    "theft_report": ("theft_report", "theft or loss report"),
    "status": ("completion_status", "status"),
}
"""The names of the documented table, the first of each, and what else they may be called."""


@dataclass(frozen=True, slots=True)
class TraceSchema:
    """The columns of a table of traces.

    Parameters
    ----------
    columns : dict
        By field.
    text : str
        The mapping as it was written; empty for the documented table.
    quotes_cells : bool
        Whether a fault says what stands in the cell, which may be anything, a person's name too.
    """

    columns: dict[str, Column]
    text: str = ""
    quotes_cells: bool = True

    def fits(self, header: Iterable[str]) -> bool:
        """Whether a table has the columns that no table can do without.

        A mapping was made for one layout: it can do without none.
        """
        there = {normalised(name) for name in header}
        needed = self.columns if self.text else REQUIRED
        return all(there & set(map(normalised, self.columns[field].names)) for field in needed)


def documented() -> TraceSchema:
    """The table as the reference describes it."""
    return TraceSchema({field: Column(names, formats=_formats()) for field, names in _all()})


def read_mapping(path: Path) -> TraceSchema:
    """The columns of another layout, from a TOML file with a table ``fields``.

    Raises
    ------
    UnreadableTableError
        If it is no mapping; the sentence says what is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
        given = tomllib.loads(text)["fields"]
        columns = {field: column_of(content) for field, content in given.items()}
    except KeyError as error:
        raise UnreadableTableError(f"{path}: no mapping: {error} is missing") from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableTableError(f"{path}: no mapping that can be read ({error})") from error
    if strange := [field for field in columns if field not in FIELDS]:
        raise UnreadableTableError(
            f"{path}: {', '.join(strange)}: no field of a trace; take {', '.join(FIELDS)}"
        )
    if lacking := [field for field in REQUIRED if field not in columns]:
        raise UnreadableTableError(f"{path}: has no column for {', '.join(lacking)}")
    return TraceSchema(columns, text)


def _all() -> list[tuple[str, tuple[str, ...]]]:
    return [(field, COLUMNS[field]) for field in FIELDS]


def _formats() -> tuple[str, ...]:
    return (*FORMATS, *DAYS)
