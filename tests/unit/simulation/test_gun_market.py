"""A synthetic gun market has the traits it is made to have."""

from __future__ import annotations

import numpy as np
import pytest

from headstamp.simulation.gun_market import FIRST, IN_SCHEMES, LAST, STOLEN, Market, draw_market
from headstamp.simulation.gun_market_dealers import STATES
from headstamp.simulation.gun_market_table import HEADER, TRUTH, rows, truth

GUNS = 6000


@pytest.fixture(scope="module")
def market() -> Market:
    return draw_market(GUNS, seed=3)


@pytest.fixture(scope="module")
def table(market):
    return [dict(zip(HEADER, one, strict=True)) for one in rows(market, 3)]


def test_the_same_seed_gives_the_same_table_and_another_does_not(table) -> None:
    again, other = (draw_market(GUNS, seed) for seed in (3, 4))
    assert [dict(zip(HEADER, one, strict=True)) for one in rows(again, 3)] == table
    assert not np.array_equal(other.dealer, again.dealer)


def test_so_many_guns_come_from_schemes_and_thefts_and_none_from_both(market) -> None:
    scheme, theft = market.scheme >= 0, market.theft >= 0
    assert not (scheme & theft).any()
    assert scheme.mean() == pytest.approx(IN_SCHEMES, abs=0.02)
    assert theft.mean() == pytest.approx(STOLEN, abs=0.01)


def test_guns_are_recovered_in_the_period_and_not_before_they_are_sold(market) -> None:
    assert (market.recovered >= FIRST).all()
    assert (market.recovered <= LAST).all()
    sold = ~np.isnat(market.sold)
    assert (market.sold[sold] <= market.recovered[sold]).all()


def test_guns_of_schemes_are_recovered_sooner_and_further_away(market) -> None:
    days = (market.recovered - market.sold).astype(float)
    scheme, ordinary = market.scheme >= 0, (market.scheme < 0) & (market.theft < 0)
    assert np.median(days[scheme]) < 0.3 * np.median(days[ordinary])
    moved = market.dealers.state[market.dealer] != market.place
    assert moved[scheme].mean() > 2 * moved[ordinary].mean()


def test_a_scheme_has_one_to_three_purchasers_and_shares_them_with_no_other(market) -> None:
    scheme = market.scheme >= 0
    pairs = set(zip(market.scheme[scheme].tolist(), market.purchaser[scheme].tolist(),
                    strict=True))  # fmt: skip
    straws = np.bincount([one for one, _ in pairs])
    assert 1 <= straws.min() <= straws.max() <= 3
    assert len({person for _, person in pairs}) == len(pairs)
    assert not {person for _, person in pairs} & set(market.purchaser[~scheme].tolist())


def test_a_few_dealers_sell_most_guns_and_those_have_most_traces(market) -> None:
    sales = np.sort(market.dealers.sales)[::-1]
    assert sales[: len(sales) // 5].sum() > 0.5 * sales.sum()
    ordinary = (market.scheme < 0) & (market.theft < 0)
    traces = np.bincount(market.dealer[ordinary], minlength=len(sales))
    assert np.corrcoef(traces, market.dealers.sales)[0, 1] > 0.9


def test_the_table_lacks_what_real_tables_lack(table) -> None:
    assert 0.1 < np.mean([not one["sale_date"] for one in table]) < 0.4
    assert any(len(one["sale_date"]) == 7 for one in table)
    assert any(one["serial"] == "OBLITERATED" for one in table)
    assert any(one["sale_date"] > one["recovery_date"] for one in table)
    assert any(one["purchaser_key"] for one in table if one["theft_report"])
    assert {one["recovery_state"] for one in table} <= {state for state, *_ in STATES}


def test_the_truth_has_a_row_a_trace(market, table) -> None:
    found = [dict(zip(TRUTH, one, strict=True)) for one in truth(market)]
    assert [one["trace_id"] for one in found] == [one["trace_id"] for one in table]
    assert sum(bool(one["scheme"]) for one in found) == int((market.scheme >= 0).sum())
