"""The funnel names whoever lies beyond it, and says why a large shop does not."""

from __future__ import annotations

from math import exp, lgamma, log

import pytest

from headstamp.reports.trace_charts import dealer_funnel
from headstamp.tracing.dealers import funnel, limits

TRACES, SALES = [40, 12, 3, 5], [10_000, 200, 900, None]


def test_a_dealer_beyond_the_outer_limits_is_named_in_words_and_in_the_table():
    names = ["Large", "Small", "Middle", "Unknown"]
    chart = dealer_funnel(names, funnel(TRACES, SALES))
    assert "Above the outer limits: Small." in chart.description
    assert "Without known sales: 1." in chart.description
    assert "no sign that anybody did wrong" in chart.description
    rows = {row[0]: row for row in chart.rows}
    assert rows["Small"][3:4] + rows["Small"][5:] == ("60.00", "above the limits")
    assert rows["Unknown"][1:] == ("5", "", "", "", "sales not known")
    assert chart.svg == dealer_funnel(names, funnel(TRACES, SALES)).svg


def test_without_sales_the_funnel_is_empty_and_says_so():
    chart = dealer_funnel(["One"], funnel([3], [None]))
    assert "Of no dealer the sales are known" in chart.description
    assert chart.svg.startswith("<svg")


def below(count, mean):
    """Share of a Poisson process's counts that are at most so many, by its definition."""
    return sum(exp(-mean + n * log(mean) - lgamma(n + 1)) for n in range(count + 1))


@pytest.mark.parametrize("sales", [1000, 4000, 100_000])
def test_limits_leave_out_one_dealer_in_a_thousand_on_either_side(sales):
    mean = 0.001 * sales
    low, high = (round(end * sales / 1000) for end in limits(0.001, sales))
    assert below(high, mean) >= 0.999 > below(high - 1, mean)
    assert below(low, mean) >= 0.001
    assert low == 0 or below(low - 1, mean) < 0.001
