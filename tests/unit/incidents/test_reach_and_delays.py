"""What a list says about a window, and how much of it is still to come."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from headstamp.incidents.delays import (
    SETTLED,
    Completeness,
    Growth,
    completeness,
    growths,
    listed_shares,
)
from headstamp.incidents.reach import is_open, remarks, why_out_of_reach
from headstamp.incidents.records import Vintage
from headstamp.incidents.rules import CountingRule
from headstamp.incidents.windows import Window

RULE = CountingRule(
    "r", 1, "R", "Counts.", "alder", "shooting_victims", "victims", "list", "occurred"
)


def vintage(first="2015-01-01", last="2017-06-29", retrieved="2017-06-30", gap=2) -> Vintage:
    return Vintage(
        id="v", jurisdiction="alder", schema="list", schema_version=1, unit="victim",
        retrieved=retrieved, sha256="0" * 64, file_name="list.csv", rows=900, rejected=0,
        first=first, last=last, longest_gap=gap, fields=("occurred",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        ("2014-12-31", "2015-02-01", ""),
        ("2014-12-29", "2015-02-01", "list begins on 2015-01-01"),
        ("2017-06-01", "2017-07-01", "list is of 2017-06-30, before this period ended"),
        ("2017-06-01", "2017-06-30", ""),
    ],
)
def test_a_list_speaks_for_the_days_it_covers(first, last, reason):
    window = Window(date.fromisoformat(first), date.fromisoformat(last))
    assert why_out_of_reach(window, vintage(), "2019-01-01") == reason


def test_a_list_that_falls_silent_for_longer_than_ever_has_ended():
    window = Window(date(2017, 1, 1), date(2017, 6, 29))
    old = vintage(last="2017-06-26", retrieved="2019-01-01")
    assert why_out_of_reach(window, old, "2019-01-01") == "list ends on 2017-06-26"
    rare = vintage(last="2017-06-26", retrieved="2019-01-01", gap=3)
    assert why_out_of_reach(window, rare, "2019-01-01") == ""


def test_on_a_day_before_its_end_nothing_is_known_of_the_whole_of_a_window():
    window = Window(date(2017, 6, 1), date(2017, 6, 20))
    said = why_out_of_reach(window, vintage(), "2017-06-19")
    assert said == "on 2017-06-19 this period had not ended"
    assert why_out_of_reach(window, vintage(), "2017-06-20") == ""


def test_recent_days_are_marked_and_settled_ones_are_not():
    recent = Window(date(2017, 6, 1), date(2017, 6, 20))
    said = remarks(RULE, recent, vintage(), "2017-06-30", None)
    assert any("Days after 2017-06-02 may still rise" in text for text in said)
    settled = Window(date(2016, 6, 1), date(2016, 6, 20))
    assert not remarks(RULE, settled, vintage(), "2017-06-30", None)


def shown(vintages: int, days: int, chance: float, seed: int) -> list:
    """Vintages of consecutive days of a list on which events appear late, geometrically."""
    random = np.random.default_rng(seed)
    start = date(2020, 1, 1)
    events = random.integers(0, days, 400 * days)
    delays = random.geometric(chance, 400 * days) - 1
    found = []
    for back in range(vintages)[::-1]:
        today = days - 1 - back
        counts = Counter(int(day) for day in events[events + delays <= today])
        found.append(
            (
                start + timedelta(days=today),
                {start + timedelta(days=day): number for day, number in counts.items()},
            )
        )
    return found


def test_the_share_that_is_listed_is_the_one_that_was_simulated():
    shares = listed_shares(growths(shown(40, 120, 0.4, seed=2)))
    for age in (0, 1, 2, 5, 10):
        assert shares[age] == pytest.approx(1 - 0.6 ** (age + 1), abs=0.03)


def test_vintages_that_are_days_apart_tell_nearly_the_same():
    every_third = shown(60, 150, 0.4, seed=4)[::3]
    shares = listed_shares(growths(every_third))
    assert shares[5] == pytest.approx(1 - 0.6**6, abs=0.05)


def test_completeness_is_what_the_simulation_left_out():
    vintages = shown(40, 120, 0.4, seed=6)
    retrieved, counts = vintages[-1]
    window = Window(retrieved - timedelta(days=6), retrieved)
    found = completeness(window, retrieved, counts, listed_shares(growths(vintages)))
    assert found.until == retrieved
    expected = np.mean([1 - 0.6 ** (age + 1) for age in range(7)])
    assert found.share == pytest.approx(expected, abs=0.04)
    said = remarks(RULE, window, vintage(retrieved=str(retrieved)), str(retrieved), found)
    assert "Incomplete: about" in said[0]


def test_a_list_that_does_not_change_is_complete():
    days = {date(2020, 1, 1) + timedelta(days=n): 30 for n in range(60)}
    shares = listed_shares(growths([(date(2020, 2, 28), days), (date(2020, 2, 29), days)]))
    assert set(shares) == set(range(SETTLED))
    assert set(shares.values()) == {1.0}


def test_too_few_events_tell_nothing_about_an_age_and_all_below():
    enough = [Growth(age, 1, 100, 100) for age in range(SETTLED) if age != 5]
    shares = listed_shares([*enough, Growth(5, 1, 3, 9)])
    assert set(shares) == set(range(6, SETTLED))
    window = Window(date(2020, 1, 1), date(2020, 1, 31))
    counts = {date(2020, 1, 20): 4}
    assert completeness(window, date(2020, 1, 31), counts, shares).until == date(2020, 1, 25)
    assert completeness(window, date(2020, 1, 31), {}, shares) is None


@pytest.mark.parametrize(
    ("first", "share", "expected"),
    [
        ("2017-06-23", None, True),
        ("2017-05-01", None, False),  # its first days are settled
        ("2017-06-23", 0.9, True),
        ("2017-05-01", 0.9, True),
        ("2017-05-01", 0.97, False),
    ],
)
def test_a_window_is_open_while_much_of_it_may_be_to_come(first, share, expected):
    window = Window(date.fromisoformat(first), date(2017, 6, 29))
    listed = None if share is None else Completeness(share, date(2017, 6, 29))
    assert is_open(window, vintage(), "2017-06-30", listed) == expected
