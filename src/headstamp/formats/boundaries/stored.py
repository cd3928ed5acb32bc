"""The boundaries in a folder of lists: one file for each kind of area."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from headstamp.errors import OutputError, UnreadableTableError
from headstamp.formats.atomic import write_atomically
from headstamp.incidents.areas import Area, Areas

FOLDER: Final = "areas"
"""Beside the lists of a jurisdiction."""

MANIFEST: Final = "headstamp"
"""The member of the GeoJSON that says where it comes from."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Where the boundaries of one kind of area come from.

    Parameters
    ----------
    jurisdiction, kind : str
    source : str
        Who published them; empty where nobody said.
    file_name, sha256 : str
        Of the file; of a shapefile, of all its parts.
    code_field, name_field, population_field : str
        What they were read from.
    population_year : int
        0 where it is not known.
    areas, merged : int
        How many, and how many parts of one area were put together.
    """

    jurisdiction: str
    kind: str
    source: str
    file_name: str
    sha256: str
    code_field: str
    name_field: str
    population_field: str
    population_year: int
    areas: int
    merged: int


def place_of(data: Path, jurisdiction: str, kind: str) -> Path:
    """Where the boundaries of a kind lie."""
    return data / jurisdiction / FOLDER / f"{kind}.geojson"


def kept(data: Path, jurisdiction: str = "") -> list[Boundaries]:
    """What there is, by jurisdiction and kind.

    Parameters
    ----------
    data : Path
    jurisdiction : str
        Empty for all.

    Raises
    ------
    UnreadableTableError
        If a file is damaged.
    """
    paths = sorted(data.glob(f"{jurisdiction or '*'}/{FOLDER}/*.geojson"))
    return [_manifest(_read(path), path) for path in paths]


def keep(data: Path, boundaries: Boundaries, features: list[dict[str, Any]]) -> Path:
    """Write the boundaries of a kind; the earlier ones stay until the new are there.

    Raises
    ------
    OutputError
        If the folder cannot be written.
    """
    place = place_of(data, boundaries.jurisdiction, boundaries.kind)
    content = {
        "type": "FeatureCollection",
        MANIFEST: asdict(boundaries),
        "features": features,
    }
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{place.parent}: cannot be made ({error.strerror})") from error
    write_atomically(place, (json.dumps(content, separators=(",", ":")) + "\n").encode())
    return place


def collection(data: Path, jurisdiction: str, kind: str) -> dict[str, Any] | None:
    """The boundaries as GeoJSON, without where they come from; None where there are none.

    Raises
    ------
    UnreadableTableError
        If the file is damaged.
    """
    path = place_of(data, jurisdiction, kind)
    if not path.is_file():
        return None
    return {"type": "FeatureCollection", "features": _features(_read(path), path)}


def known_areas(data: Path, jurisdiction: str, kind: str) -> Areas:
    """The areas of a kind; none where there are no boundaries.

    Raises
    ------
    UnreadableTableError
        If the file is damaged.
    """
    path = place_of(data, jurisdiction, kind)
    if not kind or not path.is_file():
        return Areas()
    content = _read(path)
    manifest = _manifest(content, path)
    own = [one["properties"] for one in _features(content, path)]
    return Areas(
        tuple(Area(one["area"], one["name"], one["population"]) for one in own),
        manifest.source or manifest.file_name,
        manifest.population_year,
    )


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(path) from error


def _manifest(content: Any, path: Path) -> Boundaries:
    try:
        return Boundaries(**{one.name: content[MANIFEST][one.name] for one in fields(Boundaries)})
    except (KeyError, TypeError) as error:
        raise _damaged(path) from error


def _features(content: Any, path: Path) -> list[dict[str, Any]]:
    try:
        found = list(content["features"])
        for one in found:
            one["properties"]["area"], one["properties"]["name"], one["properties"]["population"]
    except (KeyError, TypeError) as error:
        raise _damaged(path) from error
    return found


def _damaged(path: Path) -> UnreadableTableError:
    return UnreadableTableError(
        f"{path}: is damaged; import the boundaries again with 'headstamp areas import'"
    )
