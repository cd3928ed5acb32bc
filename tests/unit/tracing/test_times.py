"""Time-to-crime on columns is the rule of one trace, a million times."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.tracing.traces import columns, trace

from headstamp.tracing.time_to_crime import PartialDate, months_later, time_to_crime
from headstamp.tracing.times import months_later as months_later_each
from headstamp.tracing.times import times

days = st.dates(date(1995, 1, 1), date(2020, 12, 31))
spans = st.builds(
    lambda day, more: PartialDate(day, day + timedelta(more)), days, st.sampled_from([0, 29, 364])
)


@given(st.one_of(st.none(), spans), spans, st.sampled_from(["calendar", "days"]))
def test_the_columns_say_what_the_rule_of_one_trace_says(sold, recovered, measured) -> None:
    one = time_to_crime(sold, recovered, measured)
    found = times(columns(trace("T", sold=sold, recovered=recovered)), measured)
    flags = {
        "exact": found.exact, "partial_date": found.partial, "negative": found.negative,
        "no_sale_date": found.no_sale_date,
    }  # fmt: skip
    assert [name for name, where in flags.items() if where[0]] == [one.flag]
    if one.first_bucket is not None:
        assert (found.first_bucket[0], found.last_bucket[0]) == (one.first_bucket, one.last_bucket)
        assert bool(found.short[0]) == (one.is_short is True)
    if one.flag == "exact":
        assert found.days[0] == one.low


@given(days, st.sampled_from([3, 7, 12, 24, 36]))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months) -> None:
    found = months_later_each(np.array([day], "datetime64[D]"), months)[0]
    assert found.item() == months_later(day, months)


@pytest.mark.parametrize(
    ("sold", "recovered", "measured", "short"),
    [
        # Three calendar years with a leap day are 1,096 days.
        ("2014-06-01", "2017-06-01", "calendar", False),
        ("2014-06-02", "2017-06-01", "calendar", True),
        ("2014-06-02", "2017-06-01", "days", False),
        ("2014-06-03", "2017-06-01", "days", True),
        ("2016-02-29", "2019-02-28", "calendar", False),
        ("2016-02-29", "2019-02-27", "calendar", True),
        ("2014", "2017-06-01", "calendar", False),
        ("2015", "2017-06-01", "calendar", True),
        ("2017-06-02", "2017-06-01", "calendar", False),
    ],
)
def test_short_is_under_three_years_and_never_what_the_dates_leave_open(
    sold, recovered, measured, short
) -> None:
    found = times(columns(trace("T", sold=sold, recovered=recovered)), measured)
    assert bool(found.short[0]) is short
