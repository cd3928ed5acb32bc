"""Kilometres between two places on the globe."""

from __future__ import annotations

from typing import Final

import numpy as np

from headstamp.tracing.columns import Degrees

RADIUS_KM: Final = 6371.0088
"""Mean radius of the earth (Moritz 1980)."""


def kilometres(
    latitude: Degrees, longitude: Degrees, other_latitude: Degrees, other_longitude: Degrees
) -> Degrees:
    """Along the great circle, by the haversine formula; NaN where a place is not known.

    Parameters
    ----------
    latitude, longitude, other_latitude, other_longitude : float64
        Degrees.
    """
    north, other_north = np.radians(latitude), np.radians(other_latitude)
    apart = np.radians(other_longitude - longitude)
    half = (
        np.sin((other_north - north) / 2) ** 2
        + np.cos(north) * np.cos(other_north) * np.sin(apart / 2) ** 2
    )
    found: Degrees = 2 * RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return found
