"""Signs of trafficking, each at the boundary where it begins."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.tracing.traces import columns, trace

from headstamp.tracing.indicators import RULES, Settings, indicators, indicators_of
from headstamp.tracing.multiple_sales import business_days


def raised(kind, *traces, **settings):
    """The traces of each sign of a kind."""
    return [one.traces for one in indicators_of(kind, columns(*traces), Settings(**settings))]


def sale(number, day, **more):
    """A pistol that P bought of D on a day."""
    return trace(number, sold=day, **{"purchaser": "P", "dealer": "D", **more})


@pytest.mark.parametrize(
    ("kind", "this", "not_this"),
    [
        ("short_time_to_crime", {"sold": "2014-06-02"}, {"sold": "2014-06-01"}),
        ("short_time_to_crime", {"sold": "2015"}, {"sold": "2014"}),
        ("short_time_to_crime", {"sold": "2017-06-01"}, {"sold": "2017-06-02"}),
        ("short_time_to_crime", {"sold": "2017-06"}, {}),
        ("purchaser_is_not_possessor", {"purchaser_is_possessor": "no"},
         {"purchaser_is_possessor": "unknown"}),
        ("multiple_sale_report", {"multiple_sale": True}, {"multiple_sale": False}),
        ("obliterated_serial", {"serial_status": "obliterated"}, {"serial_status": "none"}),
        ("theft_report", {"theft_report": True}, {"theft_report": None}),
        ("recovered_far", {"dealer_state": "IN", "recovery_state": "IL"},
         {"dealer_state": "IL", "recovery_state": "IL"}),
        ("recovered_far", {"dealer_state": "IN", "recovery_state": "IL"}, {"dealer_state": "IN"}),
    ],
)  # fmt: skip
def test_a_sign_of_one_trace_begins_where_it_should(kind, this, not_this) -> None:
    assert raised(kind, trace("yes", **this), trace("no", **not_this)) == [("yes",)]


def test_where_both_places_are_known_distance_decides_and_not_the_state() -> None:
    # One degree of latitude is 111.195 km on a sphere of 6,371.0088 km.
    over_the_line = {"sold_at": (41.5, -87.5), "recovered_at": (41.6, -87.5)}
    near = trace("near", dealer_state="IN", recovery_state="IL", **over_the_line)
    far = trace("far", dealer_state="IL", recovery_state="IL", sold_at=(40.0, -89.0),
                recovered_at=(41.0, -89.0))  # fmt: skip
    assert raised("recovered_far", near, far, far_km=111.1) == [("far",)]
    assert raised("recovered_far", near, far, far_km=111.3) == []


def test_one_purchaser_needs_two_guns_and_not_two_traces_of_one() -> None:
    one, other = (trace(name, purchaser="P", gun=name) for name in ("T1", "T2"))
    again = trace("T3", purchaser="P", gun="T1")
    nobody = [trace(name) for name in ("T4", "T5")]
    assert raised("one_purchaser", one, other, *nobody) == [("T1", "T2")]
    assert raised("one_purchaser", one, again, *nobody) == []


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("2017-05-01", "2017-05-01", True),
        ("2017-05-01", "2017-05-05", True),  # Monday, Friday
        ("2017-05-01", "2017-05-08", False),  # Monday, the next Monday: six business days
        ("2017-05-05", "2017-05-11", True),  # Friday, Thursday
        ("2017-05-05", "2017-05-12", False),  # Friday, Friday
        ("2017-05-06", "2017-05-12", True),  # Saturday, Friday
        ("2017-05-06", "2017-05-15", False),  # Saturday, Monday
        ("2017-05-01", "2017-05", False),  # a month is no day
    ],
)
def test_a_multiple_sale_is_two_handguns_within_five_business_days(first, second, is_one) -> None:
    assert raised("multiple_sale", sale("T1", first), sale("T2", second)) == (
        [("T1", "T2")] if is_one else []
    )


@pytest.mark.parametrize(
    "more", [{"purchaser": "Q"}, {"dealer": "E"}, {"type": "rifle"}, {"gun": "T1"}, {"dealer": ""}]
)
def test_a_multiple_sale_is_of_one_dealer_to_one_purchaser_of_two_handguns(more) -> None:
    first = sale("T1", "2017-05-01", gun="T1")
    assert raised("multiple_sale", first, sale("T2", "2017-05-01", type="revolver")) != []
    assert raised("multiple_sale", first, sale("T2", "2017-05-01", **more)) == []


def test_sales_that_overlap_are_two_runs() -> None:
    days = {"T1": "2017-05-01", "T2": "2017-05-05", "T3": "2017-05-11"}
    sales = [sale(name, day) for name, day in days.items()]
    assert raised("multiple_sale", *sales) == [("T1", "T2"), ("T2", "T3")]


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 40))
def test_business_days_are_the_weekdays_counted_one_by_one(first, more) -> None:
    days = [date.fromordinal(first.toordinal() + one) for one in range(more + 1)]
    assert business_days(first, days[-1]) == sum(day.weekday() < 5 for day in days)


def test_bought_together_is_one_day_one_dealer_and_one_purchaser() -> None:
    first = sale("T1", "2017-05-01", type="rifle")
    assert raised("bought_together", first, sale("T2", "2017-05-01")) == [("T1", "T2")]
    assert raised("bought_together", first, sale("T2", "2017-05-02")) == []
    assert raised("bought_together", first, sale("T2", "2017-05-01", dealer="E")) == []
    assert raised("bought_together", first, sale("T2", "2017-05-01", purchaser="Q")) == []
    month = [sale(name, "2017-05") for name in ("T1", "T2")]
    assert raised("bought_together", *month) == []


def _short_times(dealer, count, recovered="2017-06-01"):
    return [
        trace(f"{dealer}{i}", dealer=dealer, sold="2016-06-01", recovered=recovered)
        for i in range(count)
    ]


def _long_times(dealer, count):
    return [trace(f"{dealer}old{i}", dealer=dealer, sold="2000-01-01") for i in range(count)]


def test_a_cluster_is_five_short_times_of_a_dealer_and_more_than_others_have() -> None:
    rest = [*_long_times("E", 90), *_short_times("E", 5)]
    assert raised("dealer_cluster", *_short_times("D", 5), *rest) == [
        tuple(f"D{i}" for i in range(5))
    ]
    assert raised("dealer_cluster", *_short_times("D", 4), *rest) == []


def test_a_large_shop_with_as_many_short_times_as_all_others_is_no_cluster() -> None:
    shops = [one for name in ("D", "E", "F")
             for one in (*_long_times(name, 30), *_short_times(name, 6))]  # fmt: skip
    assert raised("dealer_cluster", *shops) == []


def test_a_cluster_lies_within_a_year() -> None:
    rest = _long_times("E", 200)
    early = _short_times("D", 4, "2016-06-02")
    within = trace("D9", dealer="D", sold="2016-06-01", recovered="2017-06-01")
    beyond = trace("D9", dealer="D", sold="2016-06-01", recovered="2017-06-02")
    assert len(raised("dealer_cluster", *early, within, *rest)) == 1
    assert raised("dealer_cluster", *early, beyond, *rest) == []


def test_what_is_not_known_raises_nothing() -> None:
    assert indicators(columns(*(trace(f"T{i}") for i in range(10)))) == []
    assert indicators(columns()) == []


def test_every_sign_says_its_records_and_why_and_none_is_a_score() -> None:
    pair = [sale(name, "2017-05-01", multiple_sale=True) for name in ("T1", "T2")]
    found = indicators(columns(*pair))
    assert {one.kind for one in found} == {
        "short_time_to_crime", "one_purchaser", "multiple_sale_report", "multiple_sale",
        "bought_together",
    }  # fmt: skip
    assert all(one.traces and one.because for one in found)
    assert {name for one in found for name in one.__slots__} == {"kind", "traces", "because"}


traces = st.lists(
    st.builds(
        lambda number, day, purchaser, dealer: sale(
            f"T{number}", f"2017-05-{day:02d}", purchaser=purchaser, dealer=dealer
        ),
        st.integers(0, 99), st.integers(1, 20), st.sampled_from("PQ"), st.sampled_from("DE"),
    ),
    max_size=12, unique_by=lambda one: one.id,
)  # fmt: skip


@given(traces, st.randoms())
def test_the_order_of_the_traces_changes_no_sign(given_traces, random) -> None:
    shuffled = random.sample(given_traces, len(given_traces))
    assert indicators(columns(*shuffled)) == indicators(columns(*given_traces))


def test_every_kind_has_a_rule() -> None:
    assert len(RULES) == 10
