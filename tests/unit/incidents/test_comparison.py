"""Comparisons of counts, and the words for them."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest

from headstamp.incidents.comparison import NO_CHANGE, compare_counts
from headstamp.incidents.figures import against
from headstamp.incidents.rates import rate
from headstamp.incidents.windows import Window, years_earlier


def test_320_after_322_is_no_detectable_change():
    found = compare_counts(320, [322])
    assert found.percent_change == pytest.approx(-0.62, abs=0.005)
    assert found.percent_interval == pytest.approx((-14.9, 16.0), abs=0.05)
    assert found.p_value == pytest.approx(0.938, abs=0.0005)
    assert found.wording == NO_CHANGE == "no detectable change"


def test_1703_after_1935_is_a_fall():
    found = compare_counts(1703, [1935])
    assert found.percent_change == pytest.approx(-11.99, abs=0.005)
    assert found.percent_interval == pytest.approx((-17.5, -6.1), abs=0.05)
    assert found.wording == "down 12 %"


def test_a_rise_is_worded_as_one():
    assert compare_counts(763, [593]).wording == "up 29 %"


def test_a_mean_of_years_is_a_rate_over_as_many_windows():
    found = compare_counts(20, [10, 12, 14])
    assert found.ratio == pytest.approx(20 / 12)
    # More is known of three years than of one.
    low, high = compare_counts(20, [12]).interval
    assert low < found.interval[0] < found.interval[1] < high


def test_from_nothing_there_is_no_ratio():
    found = compare_counts(9, [0])
    assert math.isnan(found.ratio)
    assert found.interval[1] == math.inf
    assert found.wording == "up from none"
    assert compare_counts(1, [0]).wording == NO_CHANGE
    assert compare_counts(0, [0]).wording == NO_CHANGE


def test_to_nothing_is_a_fall_of_all():
    assert compare_counts(0, [12]).wording == "down 100 %"


@pytest.mark.parametrize(("now", "then"), [(0.0, [1.0]), (1.0, [0.0])])
def test_a_window_without_days_is_refused(now, then):
    with pytest.raises(ValueError, match="above zero"):
        compare_counts(1, [1], now, then)


def test_counts_are_compared_as_they_stand_and_by_the_day():
    now = Window(date(2017, 1, 1), date(2017, 6, 29))
    earlier = {Window(date(2016, 1, 1), date(2016, 6, 29)): 322}
    found = against("last_year", now, 320, earlier)
    assert found.comparison.ratio == pytest.approx(320 / 322)
    assert found.comparison.p_value == pytest.approx(0.938, abs=0.0005)
    assert found.per_day.ratio == pytest.approx(320 / 180 / (322 / 181))
    assert found.wording == NO_CHANGE


def test_a_change_that_a_leap_day_makes_is_none():
    now = Window(date(2017, 1, 1), date(2017, 3, 1))
    leap = {Window(date(2016, 1, 1), date(2016, 3, 1)): 10_000}
    found = against("last_year", now, 9_722, leap)
    assert found.comparison.is_change
    assert not found.per_day.is_change
    assert found.wording == NO_CHANGE


def test_4300_of_2_7_million_are_159_3_per_100000():
    found = rate(4300, 2_700_000)
    assert found.value == pytest.approx(159.3, abs=0.05)
    assert found.interval[0] < found.value < found.interval[1]


def test_a_rate_needs_people():
    with pytest.raises(ValueError, match="population"):
        rate(3, 0)


@pytest.mark.parametrize(
    ("now", "wording"),
    [
        (4, "down 71 % so far; the period is not complete"),
        (13, "no detectable change"),
        (40, "up 186 %"),
    ],
)
def test_a_fall_in_a_period_that_is_open_is_one_so_far(now, wording):
    week = Window(date(2017, 6, 22), date(2017, 6, 28))
    found = against("last_year", week, now, {years_earlier("week", week, 1): 14})
    assert replace(found, is_open=True).wording == wording
    assert found.wording == wording.split(" so far")[0]
