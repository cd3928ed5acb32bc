"""The synthetic list of victims: what was planted is there, and the list says it late."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from datetime import date, timedelta
from itertools import product

import pytest

from headstamp.simulation.list_areas import KINDS, boundaries, parts
from headstamp.simulation.list_days import day_factors, year_factors
from headstamp.simulation.list_records import VictimList
from headstamp.simulation.list_table import list_csv, truth_csv
from headstamp.simulation.victim_list import plan_list

LAST = date(2026, 6, 30)


@pytest.fixture(scope="module")
def city() -> VictimList:
    return plan_list(seed=5, years=12, last=LAST)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    north = (one[0] - other[0]) * 111_320
    east = (one[1] - other[1]) * 111_320 * math.cos(math.radians(one[0]))
    return math.hypot(north, east)


def test_the_same_seed_gives_the_same_list_and_another_seed_another() -> None:
    first, again, other = (plan_list(seed, years=2, last=LAST) for seed in (1, 1, 2))
    assert list_csv(first, LAST) == list_csv(again, LAST) != list_csv(other, LAST)
    assert truth_csv(first) == truth_csv(again)


def test_an_impossible_list_is_refused() -> None:
    with pytest.raises(ValueError, match="one or more"):
        plan_list(1, years=0)


def test_the_areas_of_a_kind_cover_the_city_without_overlap() -> None:
    districts = parts("district")
    surface = sum((d.east - d.west) * (d.north - d.south) for d in districts)
    people = sum(d.population for d in districts)
    for kind in KINDS:
        there = parts(kind)
        assert sum((d.east - d.west) * (d.north - d.south) for d in there) == surface
        assert sum(d.population for d in there) == people
        assert len({d.code for d in there}) == len(there)
        for one, other in product(there, there):
            apart = (
                one.east <= other.west
                or other.east <= one.west
                or one.north <= other.south
                or other.north <= one.south
            )
            assert apart or one is other


def test_boundaries_are_closed_rings_with_code_and_people() -> None:
    for feature in boundaries("area")["features"]:
        ring = feature["geometry"]["coordinates"][0]
        assert ring[0] == ring[-1]
        assert len(ring) == 5
        assert feature["properties"]["population"] > 0


def test_every_victim_lies_in_the_district_and_area_that_the_list_says(city: VictimList) -> None:
    shapes = {
        (kind, one["properties"]["area"]): one["geometry"]["coordinates"][0]
        for kind in KINDS
        for one in boundaries(kind)["features"]
    }
    for victim in city.victims[::7]:
        for kind in KINDS:
            ring = shapes[kind, getattr(victim, kind)]
            # A city's height changes a degree of longitude by about a metre.
            assert ring[0][1] - 2e-5 <= victim.latitude <= ring[2][1] + 2e-5
            assert min(p[0] for p in ring) - 1e-4 <= victim.longitude
            assert victim.longitude <= max(p[0] for p in ring) + 1e-4


def test_yearly_numbers_follow_the_planted_trend(city: VictimList) -> None:
    own = Counter(
        int(one.occurred.year)
        for one in {v.incident: v for v in city.victims if not v.repeats}.values()
    )
    expected = {year: 520 * factor for year, factor in city.truth.by_year.items() if year < 2026}
    # Pearson's statistic of eleven Poisson numbers: 31.3 is exceeded once in a thousand.
    assert sum((own[year] - mean) ** 2 / mean for year, mean in expected.items()) < 31.3


def test_a_year_has_its_mean_number_of_incidents_whatever_the_season() -> None:
    factors = day_factors(date(2001, 1, 1), date(2020, 12, 31))
    assert factors.mean() == pytest.approx(1.0, abs=0.005)
    assert factors.max() / factors.min() > 1.8


def test_the_trend_falls_and_breaks_where_it_says() -> None:
    assert year_factors(2001, 2004) == pytest.approx(
        {2001: 1.0, 2002: 0.97, 2003: 0.97 * 1.35, 2004: 0.97 * 1.35 * 0.85}
    )


def test_summer_and_weekends_have_more(city: VictimList) -> None:
    whole_years = [v for v in city.victims if v.occurred.year < 2026]
    july = sum(v.occurred.month == 7 for v in whole_years)
    january = sum(v.occurred.month == 1 for v in whole_years)
    weekend = sum(v.occurred.weekday() >= 5 for v in whole_years) / 2
    weekday = sum(v.occurred.weekday() < 5 for v in whole_years) / 5
    assert july > 1.5 * january
    assert weekend > 1.15 * weekday


def test_hot_spots_are_dense(city: VictimList) -> None:
    places = {v.incident: (v.latitude, v.longitude) for v in city.victims}
    density = len(places) / (len(parts("district")) * 9e6)
    for spot in city.truth.hot_spots:
        near = sum(metres(p, (spot.latitude, spot.longitude)) < 300 for p in places.values())
        assert near > 4 * density * math.pi * 300**2


def test_near_repeats_are_near_and_soon(city: VictimList) -> None:
    by_incident = {v.incident: v for v in city.victims}
    repeats = [v for v in by_incident.values() if v.repeats]
    share = len(repeats) / sum(not v.repeats for v in by_incident.values())
    assert 0.08 < share < 0.12
    for one in repeats:
        first = by_incident[one.repeats]
        away = metres((one.latitude, one.longitude), (first.latitude, first.longitude))
        assert away <= city.truth.repeat_metres + 1
        assert timedelta(0) < one.occurred - first.occurred <= timedelta(days=14)


def test_a_list_of_an_earlier_day_lacks_what_came_later(city: VictimList) -> None:
    early, late = (rows(list_csv(city, day)) for day in (LAST - timedelta(days=30), LAST))
    assert all(row["listed"] <= "2026-05-31" for row in early)
    assert all(not row["death"] or row["death"] <= "2026-05-31" for row in early)
    later = {row["victim_number"]: row for row in late}
    died_since = [r for r in early if r["fatal"] == "no" and later[r["victim_number"]]["death"]]
    assert died_since
    assert all(row["offense"] != "MURDER" for row in early if row["fatal"] == "no")
    assert len(late) > len(early)


def test_the_list_says_no_more_than_is_known_on_its_day(city: VictimList) -> None:
    for row in rows(list_csv(city, LAST)):
        assert row["occurred"] < "2026-07-01"
        assert row["listed"] <= "2026-06-30"
        assert (row["fatal"] == "yes") == bool(row["death"])
