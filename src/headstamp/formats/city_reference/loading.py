"""Read years of cities: those that are shipped, and those of the user."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from headstamp.errors import UnreadableTableError
from headstamp.incidents.cities import CityYear

COLUMNS: Final = (
    "city", "name", "state", "year", "part_of_year", "murders", "population", "source",
)  # fmt: skip
LARGEST: Final = 5_000_000
"""Bytes of a user's file."""


def city_years(own: Path | None = None) -> tuple[CityYear, ...]:
    """Years of cities, by city, year and part of the year.

    Parameters
    ----------
    own : Path, optional
        A CSV file with the same columns; its rows replace shipped ones of the same city and time.

    Raises
    ------
    UnreadableTableError
        If the file cannot be read; the sentence names the row.
    """
    found = {_key(one): one for one in _shipped()}
    if own is not None:
        found |= {_key(one): one for one in _rows(_text(own), str(own))}
    return tuple(found[key] for key in sorted(found))


@cache
def _shipped() -> tuple[CityYear, ...]:
    table = resources.files(__package__) / "city-years.csv"
    return tuple(_rows(table.read_text(encoding="utf-8"), table.name))


def _key(one: CityYear) -> tuple[str, int, str]:
    return one.city, one.year, one.part_of_year


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableTableError(f"{path}: is larger than {LARGEST:,} bytes; leave out rows")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableTableError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise UnreadableTableError(f"{path}: is not UTF-8; save it as CSV UTF-8") from error


def _rows(text: str, where: str) -> Iterator[CityYear]:
    table = csv.DictReader(io.StringIO(text))
    if missing := [name for name in COLUMNS if name not in (table.fieldnames or ())]:
        raise UnreadableTableError(
            f"{where}: has no column {', '.join(missing)}; write the columns {', '.join(COLUMNS)}"
        )
    for number, row in enumerate(table, start=2):
        try:
            yield _row({name: (row[name] or "").strip() for name in COLUMNS})
        except ValueError as error:
            raise UnreadableTableError(f"{where}: row {number}: {error}") from error


def _row(row: dict[str, str]) -> CityYear:
    if absent := [name for name in ("city", "name", "year", "source") if not row[name]]:
        raise ValueError(f"{' and '.join(absent)} must be given")
    return CityYear(
        city=row["city"],
        name=row["name"],
        state=row["state"],
        year=int(row["year"]),
        part_of_year=row["part_of_year"],
        murders=_number(row["murders"]),
        population=_number(row["population"]),
        source=row["source"],
    )


def _number(text: str) -> int | None:
    return int(text) if text else None
