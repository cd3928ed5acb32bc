"""Concentration and the funnel."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from headstamp.tracing.bases import Base
from headstamp.tracing.dealers import funnel, gini, top_share


def test_the_top_dealers_share_is_of_the_base_given() -> None:
    share = top_share([5, 1, 9, 2], Base("traced", 40), top=2)
    assert (share.part, share.value) == (14, 0.35)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=40).filter(any))
def test_gini_is_half_the_mean_difference_relative_to_the_mean(traces: list[int]) -> None:
    values = np.array(traces, float)
    expected = np.abs(values[:, None] - values[None]).mean() / (2 * values.mean())
    assert gini(traces) == pytest.approx(expected, abs=1e-12)


def test_gini_of_nothing_is_unknown() -> None:
    assert math.isnan(gini([0, 0]))


def test_a_dealer_far_above_the_common_rate_is_above_and_a_large_one_is_not() -> None:
    found = funnel([100, 60, 2, 7], [50_000, 1_000, 1_000, None])
    assert [one.standing for one in found] == ["below", "above", "within", "no_sales_volume"]
    assert found[1].per_1000 == 60
    assert math.isnan(found[3].per_1000)


def test_limits_are_poisson_quantiles_of_the_common_rate() -> None:
    (one, _) = funnel([30, 10], [2_000, 2_000], level=0.95)
    low, high = stats.poisson.ppf([0.025, 0.975], 20)
    assert one.limits == pytest.approx((low / 2, high / 2))


def test_without_any_trace_every_dealer_is_within() -> None:
    assert [one.standing for one in funnel([0, 0], [10, 20])] == ["within", "within"]
