"""Shapes of areas in degrees, from a file in whichever projection, and lighter for drawing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from headstamp.errors import UnreadableTableError

MOST_AREAS: Final = 5000

DRAWN_BYTES: Final = 150_000
"""What the boundaries of one kind may weigh as GeoJSON, where they can be simplified so far."""

FINEST: Final = 2e-5
"""Degrees by which a boundary is first simplified: 2 m."""

COARSEST: Final = 5e-3

DIGITS: Final = 5
"""Of a coordinate in degrees: about a metre."""

POLYGONS: Final = {"Polygon", "MultiPolygon"}


def read_shapes(path: Path) -> Any:
    """The areas with their fields, in longitude and latitude (WGS 84).

    Parameters
    ----------
    path : Path
        ``.geojson`` or ``.shp``.

    Returns
    -------
    geopandas.GeoDataFrame

    Raises
    ------
    UnreadableTableError
        If it cannot be read, has no projection, or holds no areas on Earth.
    """
    found = _read(path)
    if not 0 < len(found) <= MOST_AREAS:
        raise UnreadableTableError(
            f"{path.name}: holds {len(found):,} shapes; give a file with one for each area, "
            f"at most {MOST_AREAS:,}"
        )
    if found.crs is None:
        raise UnreadableTableError(
            f"{path.name}: does not say in which projection it is; its .prj is missing"
        )
    _require_areas(found, path)
    try:
        found = found.to_crs("EPSG:4326")
    except Exception as error:  # the projections' own faults are of many kinds
        raise UnreadableTableError(f"{path.name}: cannot be projected ({error})") from error
    _require_on_earth(found, path)
    found.geometry = [_areal(one) for one in found.geometry.make_valid()]
    return found


def drawn(shapes: list[Any]) -> list[Any]:
    """The same shapes, simplified together so far that they are light enough to be drawn.

    Neighbours keep their common boundary.

    Parameters
    ----------
    shapes : list of shapely geometries
        In degrees.
    """
    import shapely

    tolerance = FINEST
    found = _simplified(shapes, tolerance)
    while _weight(found) > DRAWN_BYTES and tolerance < COARSEST:
        tolerance *= 1.5
        found = _simplified(shapes, tolerance)
    return [
        before if after.is_empty else after
        for before, after in zip(shapes, shapely.set_precision(found, 10**-DIGITS), strict=True)
    ]


def geojson(shape: Any) -> dict[str, Any]:
    """A shape as GeoJSON, to a metre."""
    import shapely

    content: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    content["coordinates"] = _rounded(content["coordinates"])
    return content


def _read(path: Path) -> Any:
    import geopandas

    if path.suffix.lower() != ".shp":
        _require_geojson(path)
    try:
        return geopandas.read_file(path, engine="pyogrio")
    except Exception as error:  # the reader's own faults are of many kinds
        first = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise UnreadableTableError(
            f"{path.name}: cannot be read ({first}); a shapefile needs its .shx and .dbf beside it"
        ) from error


def _require_geojson(path: Path) -> None:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableTableError(f"{path.name}: is no GeoJSON ({error})") from error
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise UnreadableTableError(f"{path.name}: is JSON, but no GeoJSON collection of features")


def _require_areas(found: Any, path: Path) -> None:
    for number, shape in enumerate(found.geometry, start=1):
        kind = "nothing" if shape is None or shape.is_empty else shape.geom_type
        if kind not in POLYGONS:
            raise UnreadableTableError(
                f"{path.name}: shape {number} is no area ({kind}); give polygons"
            )


def _require_on_earth(found: Any, path: Path) -> None:
    west, south, east, north = found.total_bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise UnreadableTableError(
            f"{path.name}: reaches from {west:g}, {south:g} to {east:g}, {north:g}, which is "
            "outside the world; it is in another projection than it says"
        )


def _areal(shape: Any) -> Any:
    """The areas of a shape that was mended, without the lines that came of it."""
    import shapely

    if shape.geom_type in POLYGONS:
        return shape
    parts = [one for one in shapely.get_parts(shape) if one.geom_type in POLYGONS]
    return shapely.union_all(parts)


def _simplified(shapes: list[Any], tolerance: float) -> list[Any]:
    import shapely

    return list(shapely.coverage_simplify(shapes, tolerance))


def _weight(shapes: list[Any]) -> int:
    return sum(len(json.dumps(geojson(one), separators=(",", ":"))) for one in shapes)


def _rounded(numbers: Any) -> Any:
    if isinstance(numbers, (int, float)):
        return round(numbers, DIGITS)
    return [_rounded(one) for one in numbers]
