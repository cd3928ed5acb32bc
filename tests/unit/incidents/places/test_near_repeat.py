"""The Knox test against a count by hand, and near repeats that were planted."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import numpy as np
import pytest

from headstamp.incidents.places import near_repeat
from headstamp.incidents.places.near_repeat import near_repeats, one_event_a_day


def by_hand(east, north, day):
    """Pairs by band, each looked at by itself; and those of all places, by days alone."""
    found, of_days, of_metres = {}, {}, {}
    for one, other in combinations(range(len(day)), 2):
        apart = hypot(east[one] - east[other], north[one] - north[other])
        days = abs(int(day[one]) - int(day[other]))
        metres = next((end for end in (100, 200, 300, 400) if apart <= end), None)
        last = next((end for end in (7, 14, 21, 28) if days <= end), None)
        of_days[last] = of_days.get(last, 0) + 1
        of_metres[metres] = of_metres.get(metres, 0) + 1
        found[metres, last] = found.get((metres, last), 0) + 1
    pairs = len(day) * (len(day) - 1) / 2
    return found, {
        (metres, last): of_metres.get(metres, 0) * of_days.get(last, 0) / pairs
        for metres in (100, 200, 300, 400)
        for last in (7, 14, 21, 28)
    }


@pytest.fixture
def uniform():
    drawn = np.random.default_rng(11)
    return drawn.uniform(0, 3000, 400), drawn.uniform(0, 3000, 400), drawn.integers(0, 365, 400)


def test_pairs_and_their_expectation_are_those_counted_one_by_one(uniform):
    observed, expected = by_hand(*uniform)
    for one in near_repeats(*uniform, seed=1, permutations=5):
        band = one.metres[1], one.days[1]
        assert one.observed == observed.get(band, 0)
        assert one.expected == pytest.approx(expected[band])


def test_the_expectation_is_the_mean_of_shuffled_dates(uniform):
    east, north, day = uniform
    drawn = np.random.default_rng(2)
    first = [
        near_repeats(east, north, drawn.permutation(day), seed=1, permutations=1)[0].observed
        for _ in range(300)
    ]
    expected = near_repeats(*uniform, seed=1, permutations=1)[0].expected
    assert np.mean(first) == pytest.approx(expected, abs=4 * np.std(first) / 300**0.5)


def test_dates_that_have_nothing_to_do_with_places_show_no_excess():
    below = 0
    for seed in range(40):
        drawn = np.random.default_rng(seed)
        events = (
            drawn.uniform(0, 3000, 250),
            drawn.uniform(0, 3000, 250),
            drawn.integers(0, 365, 250),
        )
        below += near_repeats(*events, seed=seed, permutations=99)[0].p <= 0.05
    # Binomial(40, 0.05): more than 6 has a probability of 0.3 %.
    assert below <= 6


def test_a_planted_near_repeat_is_found_in_its_band_alone(uniform):
    east, north, day = uniform
    drawn = np.random.default_rng(4)
    east = np.append(east, east[:60] + drawn.uniform(-50, 50, 60))
    north = np.append(north, north[:60] + drawn.uniform(-50, 50, 60))
    day = np.append(day, day[:60] + drawn.integers(1, 7, 60))
    bands = near_repeats(east, north, day, seed=1, permutations=199)
    nearest = bands[0]
    assert (nearest.metres, nearest.days) == ((0.0, 100.0), (0, 7))
    assert nearest.ratio > 3
    assert nearest.p == pytest.approx(1 / 200)
    far = next(one for one in bands if one.metres[1] == 400 and one.days == (22, 28))
    assert far.p > 0.05


def test_the_same_seed_gives_the_same_answer(uniform):
    one = near_repeats(*uniform, seed=3, permutations=50)
    assert one == near_repeats(*uniform, seed=3, permutations=50)


def test_several_victims_at_one_place_on_one_day_are_no_repeat():
    east, north = np.array([5.2, 5.1, 5.2, 90.0]), np.zeros(4)
    day = np.array([3, 3, 4, 3])
    found = one_event_a_day(east, north, day)
    assert found[0].tolist() == [5.2, 5.2, 90.0]
    assert found[2].tolist() == [3, 4, 3]


def test_the_end_of_a_band_belongs_to_it():
    east, north, day = np.array([0.0, 100.0]), np.zeros(2), np.array([0, 7])
    observed = {
        (one.metres[1], one.days[1]): one.observed
        for one in near_repeats(east, north, day, seed=1, permutations=1)
    }
    assert observed.pop((100.0, 7)) == 1
    assert not any(observed.values())


def test_more_pairs_than_memory_is_given_for_are_refused(monkeypatch, uniform):
    monkeypatch.setattr(near_repeat, "MOST_PAIRS", 10)
    with pytest.raises(ValueError, match="take less time"):
        near_repeats(*uniform, seed=1)
