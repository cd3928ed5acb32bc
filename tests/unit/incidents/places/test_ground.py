"""Degrees as metres, against the geodesic of PROJ."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from headstamp.incidents.places.ground import Ground

CITY = Ground(41.8, -87.7)


@pytest.mark.parametrize(("latitude", "longitude"), [(41.9, -87.7), (41.8, -87.5), (41.65, -87.6)])
def test_distances_are_those_of_the_geodesic_within_half_a_percent(latitude, longitude):
    east, north = CITY.metres(np.array([latitude]), np.array([longitude]))
    _, _, distance = Geod(ellps="WGS84").inv(-87.7, 41.8, longitude, latitude)
    assert np.hypot(east, north)[0] == pytest.approx(distance, rel=0.005)


@given(st.floats(41.5, 42.2), st.floats(-88, -87.4))
def test_there_and_back_is_the_same_place(latitude, longitude):
    found = CITY.degrees(*CITY.metres(np.array([latitude]), np.array([longitude])))
    assert (found[0][0], found[1][0]) == (pytest.approx(latitude), pytest.approx(longitude))


def test_the_centre_stays_where_it_is_when_a_list_grows():
    latitude, longitude = np.array([41.81, 41.82, 41.84]), np.array([-87.71, -87.7, -87.72])
    one = Ground.around(latitude, longitude)
    assert one == Ground.around(np.append(latitude, 41.79), np.append(longitude, -87.66))
    assert one == CITY
