"""The schematic map of incidents."""

from __future__ import annotations

import re

import pytest

from headstamp.reports.incident_map import Line, Place, incident_map


def points(drawn: str) -> list[tuple[float, float]]:
    return [
        (float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawn)
    ]


def test_nothing_is_drawn_without_a_place() -> None:
    assert incident_map(()) == ""


def test_one_place_lies_in_the_middle() -> None:
    assert points(incident_map((Place("A", 41.9, -87.6),))) == [(320.0, 180.0)]


def test_north_is_up_and_east_is_right() -> None:
    south_west, north_east = Place("A", 41.80, -87.70), Place("B", 41.90, -87.60)
    (ax, ay), (bx, by) = points(incident_map((south_west, north_east)))
    assert ax < bx
    assert ay > by


def test_a_degree_of_longitude_is_as_long_as_it_is_at_that_latitude() -> None:
    # At 60 degrees it is half a degree of latitude.
    a, b, c = Place("A", 60.0, 10.0), Place("B", 60.0, 10.2), Place("C", 60.1, 10.0)
    (ax, ay), (bx, _), (_, cy) = points(incident_map((a, b, c)))
    assert (bx - ax) / (ay - cy) == pytest.approx(1.0, abs=0.005)


def test_the_scale_is_right() -> None:
    # One minute of latitude is a nautical mile, 1,852 m to a few metres.
    drawn = incident_map((Place("A", 41.0, -87.0), Place("B", 41.0 + 1 / 60, -87.0)))
    (_, ay), (_, by) = points(drawn)
    bar = re.search(r'v6h([\d.]+)v-6".*?>(\d+) (k?m)<', drawn)
    assert bar
    metres = int(bar[2]) * (1000 if bar[3] == "km" else 1)
    assert metres / float(bar[1]) * (ay - by) == pytest.approx(1852, rel=0.005)


def test_an_unconfirmed_link_is_dashed_and_a_confirmed_one_is_not() -> None:
    places = (Place("A", 41.8, -87.7), Place("B", 41.9, -87.6))
    assert "stroke-dasharray" in incident_map(places, (Line("A", "B"),))
    assert "stroke-dasharray" not in incident_map(places, (Line("A", "B", True),))


def test_numbers_are_text_and_never_markup() -> None:
    drawn = incident_map((Place('<a href="x">&', 41.8, -87.7),))
    assert "<a " not in drawn
    assert "&lt;a href=" in drawn


def test_numbers_of_two_incidents_at_one_place_do_not_lie_on_each_other() -> None:
    drawn = incident_map((Place("A", 41.8, -87.7), Place("B", 41.8, -87.7)))
    heights = [float(y) for y in re.findall(r'<text x="[\d.]+" y="([\d.]+)" text-anchor', drawn)]
    assert abs(heights[0] - heights[1]) >= 17
