"""The guns of the synthetic city: where they were fired, what they left, what was scanned."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from headstamp.simulation.city import plan_city
from headstamp.simulation.city_records import City, Exhibit
from headstamp.simulation.city_scanning import simulated_scan, simulated_scans
from headstamp.simulation.collection import topography

SEEDS = (1, 2, 3, 2017)


@pytest.fixture(scope="module", params=SEEDS)
def city(request: pytest.FixtureRequest) -> City:
    return plan_city(request.param)


@pytest.fixture(scope="module")
def large() -> City:
    return plan_city(5, 20_000, guns=3000, scans=5000)


def scanned(city: City) -> list[Exhibit]:
    return [exhibit for exhibit in city.exhibits if exhibit.scanned]


def test_the_newest_incident_has_three_scans_of_a_gun_with_three_earlier_ones(city: City) -> None:
    newest = city.incidents[-1]
    cases = [e for e in scanned(city) if e.kind == "cartridge_case"]
    its_own = [e for e in cases if e.incident == newest.number]
    assert newest.agency == "PVPD"
    assert len(its_own) == 3
    [gun] = {e.firearm for e in its_own}
    earlier = {e.incident for e in cases if e.firearm == gun} - {newest.number}
    assert len(earlier) >= 3


def test_guns_used_twice_have_scans_from_several_incidents(city: City) -> None:
    for gun in city.firearms:
        if len(gun.used_in) >= 2:
            own = {e.incident for e in scanned(city) if e.firearm == gun.id}
            assert len(own) >= 2


def test_every_use_leaves_a_cartridge_case_and_every_recovery_the_gun(city: City) -> None:
    found = {(e.firearm, e.incident, e.kind) for e in city.exhibits}
    order = {incident.number: n for n, incident in enumerate(city.incidents)}
    for gun in city.firearms:
        assert all((gun.id, number, "cartridge_case") in found for number in gun.used_in)
        if gun.recovered_in:
            assert {(gun.id, gun.recovered_in, kind) for kind in ("firearm", "test_fire")} <= found
            assert all(order[number] <= order[gun.recovered_in] for number in gun.used_in)
        assert all(order[a] < order[b] for a, b in pairwise(gun.used_in))


def test_what_a_gun_left_has_its_calibre(city: City) -> None:
    guns = {gun.id: gun for gun in city.firearms}
    known = [exhibit for exhibit in city.exhibits if exhibit.firearm]
    assert all(exhibit.calibre == guns[str(exhibit.firearm)].calibre for exhibit in known)


def test_nobody_is_hurt_where_a_gun_was_only_found(city: City) -> None:
    fired = {number for gun in city.firearms for number in gun.used_in}
    found = {gun.recovered_in for gun in city.firearms} - fired
    only_found = [incident for incident in city.incidents if incident.number in found]
    assert only_found
    for incident in only_found:
        assert incident.offence_code == "520"
        assert incident.homicides == incident.nonfatal == incident.shot_at == 0


def test_most_guns_are_used_once_or_twice_and_a_few_many_times(large: City) -> None:
    uses = np.asarray([len(gun.used_in) for gun in large.firearms])
    fired = uses[uses > 0]
    assert np.mean(fired <= 2) > 0.7
    assert (fired >= 10).any()
    assert np.sort(fired)[-len(fired) // 10 :].sum() > 0.25 * fired.sum()


def test_a_gun_keeps_to_one_district_mostly(large: City) -> None:
    areas = {incident.number: incident.area for incident in large.incidents}
    for_each = [[areas[n] for n in g.used_in] for g in large.firearms if len(g.used_in) >= 3]
    assert np.mean([max(Counter(own).values()) / len(own) for own in for_each]) > 0.7


def test_each_scan_names_its_gun_and_no_other_exhibit_does(city: City) -> None:
    for exhibit in city.exhibits:
        assert exhibit.scanned == (exhibit.gun_index is not None)
        if exhibit.gun_index is not None:
            assert city.firearms[exhibit.gun_index].id == exhibit.firearm
    assert [e.firing_index for e in scanned(city)] == list(range(len(scanned(city))))


def test_scans_of_one_gun_share_a_breech_face_and_no_two_share_a_firing(city: City) -> None:
    planned = list(simulated_scans(city))
    faces = {(exhibit.firearm, scan.gun.firearm) for exhibit, scan in planned}
    assert len(faces) == len({gun for gun, _ in faces}) == len({face for _, face in faces})
    assert len({scan.firing.seed for _, scan in planned}) == len(planned)
    assert [exhibit for exhibit, _ in planned] == scanned(city)


def test_guns_of_one_batch_share_a_make_and_tool_marks(large: City) -> None:
    faces = {e.firearm: scan.gun for e, scan in simulated_scans(large)}
    batches: dict[str, set[tuple[int, str]]] = {}
    for gun in faces.values():
        assert bool(gun.batch) == (gun.firearm.subclass_share > 0)
        if gun.batch:
            batches.setdefault(gun.batch, set()).add((gun.firearm.batch_seed, gun.make))
    assert all(len(shared) == 1 for shared in batches.values())
    assert len({seed for shared in batches.values() for seed, _ in shared}) == len(batches)


def test_the_surface_of_an_exhibit_is_the_same_every_time() -> None:
    first, second = (plan_city(4) for _ in range(2))
    once = topography(simulated_scan(first, scanned(first)[0]))
    again = topography(simulated_scan(second, scanned(second)[0]))
    assert np.array_equal(once.heights, again.heights, equal_nan=True)
    assert once.measured_area > 0


def test_what_was_not_scanned_has_no_surface(city: City) -> None:
    other = next(exhibit for exhibit in city.exhibits if not exhibit.scanned)
    with pytest.raises(ValueError, match="not scanned"):
        simulated_scan(city, other)
