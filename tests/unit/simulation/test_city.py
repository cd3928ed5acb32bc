"""The synthetic city: whole, in order, and as uneven as real ones are."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from headstamp.simulation.city import plan_city
from headstamp.simulation.city_records import City

SEEDS = (1, 2, 3, 2017)
ROLES = {
    "technician", "examiner", "analyst", "investigator",
    "prosecutor", "commander", "monitor", "administrator",
}  # fmt: skip


@pytest.fixture(scope="module", params=SEEDS)
def city(request: pytest.FixtureRequest) -> City:
    return plan_city(request.param)


@pytest.fixture(scope="module")
def large() -> City:
    return plan_city(5, 20_000, guns=3000, scans=5000)


def test_the_same_seed_gives_the_same_city_and_another_another() -> None:
    assert plan_city(7) == plan_city(7)
    assert replace(plan_city(8), seed=7) != plan_city(7)


def test_a_city_has_the_numbers_asked_for() -> None:
    city = plan_city(1, 900, guns=100, scans=200, exhibits=2500)
    assert len(city.incidents) == 900
    assert len(city.firearms) == 100
    assert sum(exhibit.scanned for exhibit in city.exhibits) == 200
    assert len(city.exhibits) == 2500


@pytest.mark.parametrize("seed", range(12))
def test_the_smallest_cities_can_be_drawn(seed: int) -> None:
    for guns in (2, 5, 11):
        city = plan_city(seed, 5 * guns, guns=guns, scans=12, exhibits=0)
        used = {number for gun in city.firearms for number in gun.used_in}
        assert city.incidents[-1].number in used
        assert all(gun.used_in or gun.recovered_in for gun in city.firearms)


def test_too_few_incidents_for_the_guns_are_refused() -> None:
    with pytest.raises(ValueError, match="5 times"):
        plan_city(1, 299, guns=60)


def test_numbers_ids_and_addresses_of_people_are_unique(city: City) -> None:
    for names in (
        [incident.number for incident in city.incidents],
        [exhibit.number for exhibit in city.exhibits],
        [gun.id for gun in city.firearms],
        [gun.serial for gun in city.firearms],
        [person.email for person in city.staff],
        [area.name for area in city.areas],
    ):
        assert len(set(names)) == len(names)


def test_everything_named_exists(city: City) -> None:
    incidents = {incident.number: incident for incident in city.incidents}
    agencies = {agency.code for agency in city.agencies}
    people = {person.email for person in city.staff}
    guns = {gun.id for gun in city.firearms}
    patrols = {area.name: area.agency for area in city.areas}
    assert {person.agency for person in city.staff} == agencies
    assert all(patrols[incident.area] == incident.agency for incident in city.incidents)
    for exhibit in city.exhibits:
        assert exhibit.incident in incidents
        assert exhibit.number.startswith(f"{exhibit.incident}-")
        assert exhibit.collector in people
        assert exhibit.firearm in guns | {None}
    for gun in city.firearms:
        assert {*gun.used_in, gun.recovered_in} <= {*incidents, None}


def test_times_are_aware_and_in_order(city: City) -> None:
    incidents = {incident.number: incident for incident in city.incidents}
    assert all(incident.occurred_at.utcoffset() == timedelta(0) for incident in city.incidents)
    assert all(a.occurred_at <= b.occurred_at for a, b in pairwise(city.incidents))
    assert all(incident.occurred_at <= incident.reported_at for incident in city.incidents)
    assert all(e.collected_at >= incidents[e.incident].reported_at for e in city.exhibits)


def test_running_numbers_follow_the_order_of_reports(city: City) -> None:
    for agency in {incident.agency for incident in city.incidents}:
        own = [incident for incident in city.incidents if incident.agency == agency]
        own.sort(key=lambda incident: incident.reported_at)
        assert [i.number for i in own] == sorted(i.number for i in own)


def test_all_before_the_newest_incident_is_collected_when_it_occurs(large: City) -> None:
    newest = large.incidents[-1]
    earlier = [e for e in large.exhibits if e.incident != newest.number]
    assert max(e.collected_at for e in earlier) < newest.occurred_at


def test_the_last_day_can_be_chosen() -> None:
    city = plan_city(3, last_day=date(2026, 5, 20))
    zone = ZoneInfo(city.time_zone)
    days = [incident.occurred_at.astimezone(zone).date() for incident in city.incidents]
    assert days[-1] == date(2026, 5, 20)
    assert min(days) >= date(2025, 5, 21)
    assert {incident.number[2:4] for incident in city.incidents} == {"25", "26"}


def test_every_role_is_present_and_the_neighbour_has_its_own(city: City) -> None:
    roles = Counter((person.agency, person.role) for person in city.staff)
    assert {role for _, role in roles} == ROLES
    assert roles["PVPD", "examiner"] == 2
    [neighbour] = [agency.code for agency in city.agencies if not agency.has_agreement]
    assert roles[neighbour, "analyst"] == roles[neighbour, "examiner"] == 1


def test_every_address_of_a_person_ends_in_example(city: City) -> None:
    assert all(person.email.endswith(".example") for person in city.staff)


def test_a_killing_is_a_homicide_and_nothing_else_is(city: City) -> None:
    assert all((i.homicides > 0) == (i.offence_code == "09A") for i in city.incidents)


def test_places_lie_in_their_area_and_on_their_sketch(city: City) -> None:
    rings = {area.name: area.polygon for area in city.areas}
    for incident in city.incidents:
        (west, south), _, (east, north), _ = rings[incident.area]
        assert west <= incident.x_m <= east
        assert south <= incident.y_m <= north
    for exhibit in city.exhibits:
        if exhibit.kind == "test_fire":
            assert exhibit.x_m is exhibit.y_m is None
        else:
            assert exhibit.x_m is not None
            assert exhibit.y_m is not None
            assert 0 <= exhibit.x_m <= 30
            assert 0 <= exhibit.y_m <= 20


def test_one_block_has_one_address(large: City) -> None:
    blocks = {(i.address, i.x_m, i.y_m) for i in large.incidents}
    assert len({address for address, _, _ in blocks}) == len(blocks)
    assert len({(x, y) for _, x, y in blocks}) == len(blocks)


def test_nights_weekends_and_summers_have_more_than_their_share(large: City) -> None:
    zone = ZoneInfo(large.time_zone)
    local = [incident.occurred_at.astimezone(zone) for incident in large.incidents]
    assert np.mean([t.hour >= 20 or t.hour < 4 for t in local]) > 1.3 * 8 / 24
    assert np.mean([t.weekday() >= 5 for t in local]) > 1.15 * 2 / 7
    assert np.mean([t.month in (6, 7, 8) for t in local]) > 1.15 * 92 / 365


def test_a_few_districts_have_most_of_the_incidents(large: City) -> None:
    counts = sorted(Counter(i.area for i in large.incidents).values(), reverse=True)
    assert len(counts) == len(large.areas)
    assert sum(counts[:3]) > 0.4 * len(large.incidents)


def test_a_decade_of_a_large_city_is_drawn_within_a_minute() -> None:
    start = time.perf_counter()
    city = plan_city(9, 50_000, guns=5000, scans=10_000)
    assert time.perf_counter() - start < 60
    assert len(city.exhibits) == 100_000
