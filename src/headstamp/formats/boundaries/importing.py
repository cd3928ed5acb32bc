"""Import the boundaries of a kind of area: read, checked, simplified and kept, or refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any

from headstamp.errors import UnreadableTableError
from headstamp.formats.boundaries.shapes import drawn, geojson, read_shapes
from headstamp.formats.boundaries.stored import Boundaries, keep
from headstamp.formats.boundaries.unpacking import require_small, sha256_of, shapes_in
from headstamp.incidents.areas import Area, area_code
from headstamp.incidents.records import AREAS


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose boundaries these are, and which field of theirs means what.

    Parameters
    ----------
    jurisdiction : str
        Small letters, digits and hyphens.
    kind : str
        ``district``, ``beat``, ``area`` or ``ward``.
    code, name, population : str
        Fields; that of the population may be empty.
    population_year : int
        0 where it is not known.
    source : str
        Who published them.

    Raises
    ------
    UnreadableTableError
        If there is no such kind, or the jurisdiction is no name of a folder.
    """

    jurisdiction: str
    kind: str
    code: str
    name: str
    population: str = ""
    population_year: int = 0
    source: str = ""

    def __post_init__(self) -> None:
        if self.kind not in AREAS:
            raise UnreadableTableError(f"--kind {self.kind}: take one of {', '.join(AREAS)}")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.jurisdiction):
            raise UnreadableTableError(
                f"--jurisdiction {self.jurisdiction}: write small letters, digits and hyphens"
            )


@dataclass(frozen=True, slots=True)
class Imported:
    """What was kept, and where."""

    boundaries: Boundaries
    place: Path


def import_boundaries(path: Path, into: Path, asked: Asked) -> Imported:
    """Keep the boundaries of a kind; those of an earlier import are replaced.

    Parameters
    ----------
    path : Path
        GeoJSON, a shapefile, its folder or its ``.zip``.
    into : Path
        Folder of vintages; made when missing.
    asked : Asked

    Raises
    ------
    UnreadableTableError
        If something is missing or wrong; nothing is kept then.
    """
    with shapes_in(path) as file:
        require_small(file)
        table = read_shapes(file)
        digest = sha256_of(path if path.suffix.lower() == ".zip" else file)
    _require_fields(table, asked, path.name)
    areas = _by_area(table, asked, path.name)
    shapes = drawn([_together(parts) for parts in areas.values()])
    features = [
        {
            "type": "Feature",
            "properties": {"area": one.code, "name": one.name, "population": one.population},
            "geometry": geojson(shape),
        }
        for one, shape in zip(areas, shapes, strict=True)
    ]
    made = Boundaries(
        jurisdiction=asked.jurisdiction,
        kind=asked.kind,
        source=asked.source,
        file_name=path.name,
        sha256=digest,
        code_field=asked.code,
        name_field=asked.name,
        population_field=asked.population,
        population_year=asked.population_year,
        areas=len(areas),
        merged=len(table) - len(areas),
    )
    return Imported(made, keep(into, made, features))


def _require_fields(table: Any, asked: Asked, file_name: str) -> None:
    there = [name for name in table.columns if name != table.geometry.name]
    lacking = [
        name for name in (asked.code, asked.name, asked.population) if name and name not in there
    ]
    if lacking:
        raise UnreadableTableError(
            f"{file_name}: has no field {', '.join(lacking)}; it has {', '.join(there[:40])}"
        )


def _by_area(table: Any, asked: Asked, file_name: str) -> dict[Area, list[Any]]:
    """The shapes of each area, by code; parts of one area say the same of it."""
    found: dict[str, Area] = {}
    parts: dict[str, list[Any]] = {}
    for number, (one, shape) in enumerate(_rows(table, asked, file_name), start=1):
        known = found.setdefault(one.code, one)
        if known != one:
            raise UnreadableTableError(
                f"{file_name}: shape {number}: {asked.code} {one.code} is {one.name} here and "
                f"{known.name} before, or has another population; a code must belong to one area"
            )
        parts.setdefault(one.code, []).append(shape)
    order = sorted(found, key=lambda code: (len(code), code))
    return {found[code]: parts[code] for code in order}


def _rows(table: Any, asked: Asked, file_name: str) -> Iterator[tuple[Area, Any]]:
    for number, (_, row) in enumerate(table.iterrows(), start=1):
        code, name = _text(row[asked.code]), _text(row[asked.name])
        if not area_code(code):
            raise UnreadableTableError(f"{file_name}: shape {number} has no {asked.code}")
        people = _people(row[asked.population], file_name, number) if asked.population else None
        yield Area(area_code(code), name or code, people), row[table.geometry.name]


def _text(value: Any) -> str:
    missing = value is None or (isinstance(value, float) and isnan(value))
    return "" if missing else str(value).strip()


def _people(value: Any, file_name: str, number: int) -> int | None:
    text = _text(value).replace(",", "")
    if not text:
        return None
    try:
        people = float(text)
    except ValueError:
        people = -1.0
    if not 0 <= people < 1e9 or people != int(people):
        raise UnreadableTableError(
            f"{file_name}: shape {number}: {value} is no number of people; give another "
            "--population, or leave it out"
        )
    return int(people)


def _together(parts: list[Any]) -> Any:
    import shapely

    return parts[0] if len(parts) == 1 else shapely.union_all(parts)
