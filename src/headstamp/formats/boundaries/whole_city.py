"""Whether places lie in a city, by the boundaries of its areas."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from headstamp.formats.boundaries.stored import collection
from headstamp.incidents.areas import TITLES
from headstamp.incidents.places.ground import Numbers

LEEWAY: Final = 0.002
"""Degrees by which the city is widened: drawn boundaries cut corners, and streets run on them."""

Inside = Callable[[Numbers, Numbers], NDArray[np.bool_]]


def inside_of(data: Path, jurisdiction: str) -> Inside | None:
    """A function that says of latitudes and longitudes whether they lie in the city.

    It goes by the first kind of area with boundaries, widened by about 200 m; None without any.

    Parameters
    ----------
    data : Path
    jurisdiction : str
    """
    for kind in TITLES:
        found = collection(data, jurisdiction, kind)
        if found is not None and found["features"]:
            return _inside(found)
    return None


def _inside(found: dict[str, Any]) -> Inside:
    import shapely

    shapes = shapely.from_geojson([json.dumps(one["geometry"]) for one in found["features"]])
    city = shapely.union_all(shapely.make_valid(shapes)).buffer(LEEWAY)
    shapely.prepare(city)

    def is_inside(latitude: Numbers, longitude: Numbers) -> NDArray[np.bool_]:
        return np.asarray(shapely.contains_xy(city, longitude, latitude), dtype=bool)

    return is_inside
