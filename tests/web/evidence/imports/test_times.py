"""Dates as tables write them, in Chicago."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from headstamp.web.evidence.imports.times import (
    MeaninglessError,
    likely_order,
    read_clock,
    read_time,
)

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2020, 1, 1, tzinfo=UTC)


def read(text, order="mdy", clock=None):
    found, is_timed = read_time(text, order, CHICAGO, NOW, clock)
    assert found.tzinfo is UTC
    return found.astimezone(CHICAGO).strftime("%Y-%m-%d %H:%M:%S"), is_timed


@pytest.mark.parametrize(
    ("text", "order", "local", "is_timed"),
    [
        ("5/6/2017", "mdy", "2017-05-06 00:00:00", False),
        ("5/6/2017", "dmy", "2017-06-05 00:00:00", False),
        ("17-05-06", "ymd", "2017-05-06 00:00:00", False),
        ("05/06/17", "mdy", "2017-05-06 00:00:00", False),
        ("05/06/70", "mdy", "1970-05-06 00:00:00", False),
        ("5.6.2017 22:15", "dmy", "2017-06-05 22:15:00", True),
        ("2017-05-06", "mdy", "2017-05-06 00:00:00", False),
        ("2017/05/06", "dmy", "2017-05-06 00:00:00", False),
        ("2017-05-06T22:15:30", "mdy", "2017-05-06 22:15:30", True),
        ("2017-05-06 22:15:30.123", "mdy", "2017-05-06 22:15:30", True),
        ("2017-05-06T22:15:00Z", "mdy", "2017-05-06 17:15:00", True),
        ("2017-05-06 22:15:00+00", "mdy", "2017-05-06 17:15:00", True),
        ("2017-05-06T22:15:00-05:00", "mdy", "2017-05-06 22:15:00", True),
        ("2017-05-06 00:00:00+00", "mdy", "2017-05-06 00:00:00", False),
        ("05/06/2017 10:15 PM", "mdy", "2017-05-06 22:15:00", True),
        ("05/06/2017 12:00:00 AM", "mdy", "2017-05-06 00:00:00", True),
        ("05/06/2017 12:30:00 PM", "mdy", "2017-05-06 12:30:00", True),
        ("05/06/2017 1:05 a.m.", "mdy", "2017-05-06 01:05:00", True),
        ("05/06/2017, 1:05am", "mdy", "2017-05-06 01:05:00", True),
        ("6-May-2017", "mdy", "2017-05-06 00:00:00", False),
        ("06-MAY-17", "dmy", "2017-05-06 00:00:00", False),
        ("6 May 2017 22:15", "ymd", "2017-05-06 22:15:00", True),
        ("May 6, 2017", "dmy", "2017-05-06 00:00:00", False),
        ("Sept. 6, 2017 10:15 PM", "dmy", "2017-09-06 22:15:00", True),
        ("20170506", "dmy", "2017-05-06 00:00:00", False),
        ("42861", "mdy", "2017-05-06 00:00:00", False),
        ("42861.0", "mdy", "2017-05-06 00:00:00", False),
        ("42861.5", "mdy", "2017-05-06 12:00:00", True),
        ("42861.927083333", "mdy", "2017-05-06 22:15:00", True),
        ("2/29/2016", "mdy", "2016-02-29 00:00:00", False),
        ("1/1/1950", "mdy", "1950-01-01 00:00:00", False),
    ],
)
def test_a_date_is_read_as_it_was_meant(text, order, local, is_timed):
    assert read(text, order) == (local, is_timed)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *(("yesterday", "is no date"), ("", "is no date"), ("5/6", "is no date")),
        *(("2/29/2017", "no date that exists"), ("13/1/2017", "no date that exists")),
        *(("0/1/2017", "no date that exists"), ("2017-05-06 25:00", "no time of a day")),
        *(("5/6/2017 13:00 PM", "no time of a day"), ("5/6/2017 0:15 PM", "no time of a day")),
        *(("5/6/2017 10:61", "no time of a day"), ("5/6/1949", "before 1950")),
        *(("1/2/2020", "in the future"), ("99999", "in the future"), ("10000", "before 1950")),
        *(("3/12/2017 2:30", "skipped when clocks"), ("2017-05-06 22:15:00+99", "no zone")),
        *(("12/31/9999 23:59", "in the future"), ("05/06/69", "in the future")),
        *(("9999-99-99", "no date that exists"), ("Febtober 3, 2017", "no date")),
    ],
)
def test_a_date_that_means_nothing_says_why(text, why):
    with pytest.raises(MeaninglessError, match=why):
        read(text)


def test_an_hour_that_comes_twice_is_its_first_coming_and_equals_itself():
    found, _ = read_time("11/5/2017 1:30", "mdy", CHICAGO, NOW)
    assert found == datetime(2017, 11, 5, 6, 30, tzinfo=UTC)


def test_a_day_that_begins_with_a_skipped_hour_is_that_day():
    havana = ZoneInfo("America/Havana")  # clocks went forward at midnight on 2017-03-12
    found, is_timed = read_time("3/12/2017", "mdy", havana, NOW)
    assert not is_timed
    assert found.astimezone(havana).date().isoformat() == "2017-03-12"


def test_a_clock_of_its_own_column_is_put_on_the_written_day():
    assert read("2017-05-06 00:00:00+00", clock=time(2, 40)) == ("2017-05-06 02:40:00", True)
    assert read("5/6/2017 11:11", clock=time(2, 40)) == ("2017-05-06 02:40:00", True)
    with pytest.raises(MeaninglessError, match="skipped"):
        read("3/12/2017", clock=time(2, 30))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("22:15", time(22, 15)), ("3:57:00", time(3, 57)), ("10:15 PM", time(22, 15))),
        *(("12:00 am", time(0)), ("2215", time(22, 15)), ("357", time(3, 57))),
        *(("0.5", time(12)), (".75", time(18)), ("0.927083333", time(22, 15))),
    ],
)
def test_a_time_of_day_is_read(text, expected):
    assert read_clock(text) == expected


@pytest.mark.parametrize("text", ["25:00", "2460", "noon", "1:2", "12", "22:15+02", "13:00 PM"])
def test_what_is_no_time_of_day_says_so(text):
    with pytest.raises(MeaninglessError, match="no time of a day"):
        read_clock(text)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["5/6/2017", "5/13/2017"], "mdy"),
        (["6/5/2017", "13/5/2017"], "dmy"),
        (["17/5/6", "17/12/13"], "ymd"),
        (["5/6/2017"], "mdy"),
        ([], "mdy"),
        (["x", "", "31/1/2017"], "dmy"),
    ],
)
def test_the_order_that_reads_most_dates_is_proposed(texts, order):
    assert likely_order(texts) == order
