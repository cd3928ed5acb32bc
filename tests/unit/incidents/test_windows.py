"""Windows of time and their counterparts in earlier years."""

from __future__ import annotations

from datetime import date

import pytest

from headstamp.incidents.windows import Window, window, years_earlier

DAY = date(2017, 6, 29)


@pytest.mark.parametrize(
    ("name", "first", "days"),
    [
        ("week", date(2017, 6, 23), 7),
        ("28_days", date(2017, 6, 2), 28),
        ("year_to_date", date(2017, 1, 1), 180),
        ("365_days", date(2016, 6, 30), 365),
    ],
)
def test_a_window_ends_on_its_day_and_counts_both_ends(name, first, days):
    found = window(name, DAY)
    assert found == Window(first, DAY)
    assert found.days == days


def test_a_range_has_the_days_it_was_given():
    assert window("range", DAY, date(2017, 3, 1)) == Window(date(2017, 3, 1), DAY)


@pytest.mark.parametrize("name", ["fortnight", "range"])
def test_what_is_no_window_is_refused(name):
    with pytest.raises(ValueError, match="is no window"):
        window(name, DAY)


def test_a_window_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        Window(DAY, date(2017, 6, 28))


def test_the_year_to_date_is_set_against_the_same_dates_leap_day_and_all():
    found = years_earlier("year_to_date", window("year_to_date", DAY), 1)
    assert found == Window(date(2016, 1, 1), date(2016, 6, 29))
    assert found.days == 181


@pytest.mark.parametrize("name", ["week", "28_days", "365_days"])
@pytest.mark.parametrize("day", [DAY, date(2016, 3, 2), date(2017, 3, 2), date(2016, 2, 29)])
def test_a_window_of_so_many_days_stays_as_long(name, day):
    now = window(name, day)
    for years in range(1, 6):
        earlier = years_earlier(name, now, years)
        assert earlier.days == now.days
        assert (earlier.last.month, earlier.last.day) in {(day.month, day.day), (2, 28)}
        assert earlier.last.year == day.year - years


def test_without_a_leap_day_the_dates_are_the_same():
    earlier = years_earlier("28_days", window("28_days", DAY), 1)
    assert earlier == Window(date(2016, 6, 2), date(2016, 6, 29))


def test_29_february_is_set_against_the_28th():
    now = window("year_to_date", date(2016, 2, 29))
    assert years_earlier("year_to_date", now, 1).last == date(2015, 2, 28)
    assert years_earlier("year_to_date", now, 4).last == date(2012, 2, 29)
