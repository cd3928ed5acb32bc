"""Time-to-crime at its boundaries."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.tracing.time_to_crime import (
    BUCKETS,
    PartialDate,
    TimeToCrime,
    months_later,
    summary,
    time_to_crime,
)

days = st.dates(date(1950, 1, 1), date(2100, 12, 31))


def between(sale: str, recovery: str, measured: str = "calendar") -> TimeToCrime:
    return time_to_crime(PartialDate.of(sale), PartialDate.of(recovery), measured)  # type: ignore[arg-type]


def exact(day: date) -> PartialDate:
    return PartialDate(day, day)


@pytest.mark.parametrize(
    ("sale", "recovery", "bucket"),
    [
        ("2016-06-01", "2016-06-01", "under 3 months"),
        ("2016-06-01", "2016-08-31", "under 3 months"),
        ("2016-06-01", "2016-09-01", "3 to under 7 months"),
        ("2016-01-31", "2016-04-29", "under 3 months"),
        ("2016-01-31", "2016-04-30", "3 to under 7 months"),
        ("2016-06-01", "2016-12-31", "3 to under 7 months"),
        ("2016-06-01", "2017-01-01", "7 months to under 1 year"),
        ("2016-06-01", "2017-05-31", "7 months to under 1 year"),
        ("2016-06-01", "2017-06-01", "1 to under 2 years"),
        ("2016-06-01", "2018-06-01", "2 to under 3 years"),
        ("2016-06-01", "2019-05-31", "2 to under 3 years"),
        ("2016-06-01", "2019-06-01", "3 years and over"),
        ("2016-02-29", "2017-02-27", "7 months to under 1 year"),
        ("2016-02-29", "2017-02-28", "1 to under 2 years"),
        ("2016-02-29", "2020-02-28", "3 years and over"),
    ],
)
def test_buckets_end_on_the_same_day_of_a_later_month(
    sale: str, recovery: str, bucket: str
) -> None:
    assert between(sale, recovery).bucket == bucket


def test_three_calendar_years_with_a_leap_day_are_longer_than_1095_days() -> None:
    assert (date(2018, 5, 31) - date(2015, 6, 1)).days == 1095
    assert between("2015-06-01", "2018-05-31", "calendar").is_short is True
    assert between("2015-06-01", "2018-05-31", "days").is_short is False
    assert between("2015-06-01", "2018-05-30", "days").is_short is True
    assert between("2016-06-01", "2019-05-31", "calendar").is_short is True
    assert between("2016-06-01", "2019-06-01", "days").is_short is False


def test_a_sale_after_the_recovery_is_an_error_and_in_no_bucket() -> None:
    found = between("2016-06-02", "2016-06-01")
    assert (found.flag, found.low, found.high) == ("negative", -1, -1)
    assert found.bucket == ""
    assert found.is_short is None


def test_without_a_sale_there_is_no_time() -> None:
    assert time_to_crime(None, PartialDate.of("2016-06-01")) == TimeToCrime("no_sale_date")


def test_a_month_gives_a_range() -> None:
    found = between("2016-02", "2016-03-31")
    assert (found.flag, found.low, found.high) == ("partial_date", 31, 59)
    assert found.bucket == "under 3 months"


def test_a_year_may_leave_the_bucket_and_shortness_open() -> None:
    found = between("2013", "2016-06-30")
    assert (found.low, found.high) == (912, 1276)
    assert (found.bucket, found.is_short) == ("", None)
    assert between("2012", "2016-06-30").is_short is False
    assert between("2014", "2016-06-30").is_short is True


def test_a_sale_in_the_year_of_recovery_was_not_after_it() -> None:
    found = between("2016", "2016-02-10")
    assert (found.flag, found.low, found.high) == ("partial_date", 0, 40)


@pytest.mark.parametrize(
    "text", ["", "0000", "2016-13", "2016-02-30", "2016-01-01-1", "soon", "-5", "20160601"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|day|month"):
        PartialDate.of(text)


@given(days, days, st.sampled_from(["calendar", "days"]))
def test_exact_dates_give_the_days_between_them(sale: date, recovery: date, how: str) -> None:
    found = time_to_crime(exact(sale), exact(recovery), how)  # type: ignore[arg-type]
    assert found.low == found.high == (recovery - sale).days
    assert (found.flag == "negative") == (recovery < sale)
    assert (found.bucket in BUCKETS) == (found.flag == "exact")


@given(days, st.integers(0, 400), days, st.integers(0, 400), st.data())
def test_a_range_holds_whatever_the_dates_may_have_been(
    sale: date, sale_more: int, recovery: date, recovery_more: int, data: st.DataObject
) -> None:
    sold = PartialDate(sale, sale + timedelta(sale_more))
    found_on = PartialDate(recovery, recovery + timedelta(recovery_more))
    found = time_to_crime(sold, found_on)
    sale_day = sale + timedelta(data.draw(st.integers(0, sale_more)))
    recovery_day = recovery + timedelta(data.draw(st.integers(0, recovery_more)))
    one = time_to_crime(exact(sale_day), exact(recovery_day))
    if one.flag == "negative":
        return
    assert found.flag in ("exact", "partial_date")
    assert found.low <= one.low <= found.high  # type: ignore[operator]
    assert found.first_bucket <= one.first_bucket <= found.last_bucket  # type: ignore[operator]


@given(days, st.integers(0, 40), st.integers(0, 40))
def test_more_months_are_never_earlier(day: date, fewer: int, more: int) -> None:
    assert months_later(day, fewer) <= months_later(day, fewer + more)


def test_errors_and_missing_dates_are_counted_and_never_averaged() -> None:
    times = [
        between("2016-01-01", "2016-01-11"),
        between("2016-01-01", "2016-01-31"),
        between("2016-06-02", "2016-06-01"),
        between("2013", "2016-06-30"),
        TimeToCrime("no_sale_date"),
    ]
    found = summary(times)
    assert found.flags == {"exact": 2, "partial_date": 1, "negative": 1, "no_sale_date": 1}
    assert (found.mean, found.median) == (20, 20)
    assert found.buckets["under 3 months"].part == 2
    assert found.buckets["under 3 months"].base.count == 3
    assert found.open_between_buckets.part == 1


def test_nothing_dated_has_no_mean() -> None:
    found = summary([TimeToCrime("no_sale_date")])
    assert math.isnan(found.mean)
    assert math.isnan(found.buckets["3 years and over"].value)


@given(st.lists(st.tuples(days, days)))
def test_every_dated_gun_is_in_one_bucket_or_open(pairs: list[tuple[date, date]]) -> None:
    found = summary(time_to_crime(exact(a), exact(b)) for a, b in pairs)
    parts = sum(one.part for one in found.buckets.values()) + found.open_between_buckets.part
    assert parts == found.flags["exact"] + found.flags["partial_date"]
    assert sum(found.flags.values()) == len(pairs)
