"""Intervals and tests for counts, against published values and independent computations."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from scipy import stats

from headstamp.incidents.poisson import byar, e_test, mid_p, ratio_interval


@pytest.mark.parametrize(("count", "low", "high"), [(320, 285.9, 357.1), (5, 1.61, 11.67)])
def test_byar_gives_the_published_intervals(count: int, low: float, high: float) -> None:
    assert byar(count) == pytest.approx((low, high), abs=0.05)


def poisson_share(count: int, mean: float) -> float:
    """Probability of fewer events, and half that of as many, from logarithms of factorials."""
    terms = [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1)]
    return math.fsum(terms) - terms[-1] / 2


def test_the_mid_p_interval_leaves_its_share_on_each_side() -> None:
    random = np.random.default_rng(5)
    for count in [0, 1, 7, 320, 5000, *map(int, random.integers(0, 900, 20))]:
        low, high = mid_p(count)
        assert poisson_share(count, high) == pytest.approx(0.025, abs=1e-8)
        if count == 0:
            assert low == 0
        else:
            assert 1 - poisson_share(count, low) == pytest.approx(0.025, abs=1e-8)


@pytest.mark.parametrize("count", [0, 1, 5, 40, 320, 4300])
def test_the_mid_p_interval_lies_within_the_exact_one(count: int) -> None:
    low, high = mid_p(count)
    assert low >= (stats.gamma.ppf(0.025, count) if count else 0)
    assert high <= stats.gamma.ppf(0.975, count + 1)


@pytest.mark.parametrize(
    ("now", "then", "low", "high"), [(320, 322, -14.9, 16.0), (1703, 1935, -17.5, -6.1)]
)
def test_the_interval_of_a_ratio_is_the_published_one(
    now: int, then: int, low: float, high: float
) -> None:
    found = [100 * (bound - 1) for bound in ratio_interval(now, then)]
    assert found == pytest.approx([low, high], abs=0.05)


def binomial_share(count: int, total: int, share: float) -> float:
    """Probability of fewer successes, and half that of as many, from exact integers."""
    terms = [math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(count + 1)]
    return math.fsum(terms) - terms[-1] / 2


def test_the_interval_of_a_ratio_leaves_its_share_on_each_side() -> None:
    random = np.random.default_rng(7)
    for _ in range(25):
        now, then = (int(n) for n in random.integers(1, 120, 2))
        days_now, days_then = (float(n) for n in random.integers(1, 400, 2))
        shares = [
            bound * days_now / (bound * days_now + days_then)
            for bound in ratio_interval(now, then, days_now, days_then)
        ]
        assert 1 - binomial_share(now, now + then, shares[0]) == pytest.approx(0.025, abs=1e-9)
        assert binomial_share(now, now + then, shares[1]) == pytest.approx(0.025, abs=1e-9)


def test_the_interval_of_a_ratio_lies_within_the_exact_one() -> None:
    for now, then in [(1, 1), (3, 9), (40, 25), (320, 322), (1703, 1935)]:
        exact = stats.binomtest(now, now + then).proportion_ci(0.95, "exact")
        low, high = ratio_interval(now, then)
        assert exact.low / (1 - exact.low) < low < now / then
        assert now / then < high < exact.high / (1 - exact.high)


@pytest.mark.parametrize(
    ("now", "then", "p_value", "digits"),
    [(6, 2, 0.1749, 5e-5), (25, 16, 0.165, 5e-4), (320, 322, 0.938, 5e-4)],
)
def test_the_e_test_gives_the_published_values(
    now: int, then: int, p_value: float, digits: float
) -> None:
    assert e_test(now, then) == pytest.approx(p_value, abs=digits)


def by_enumeration(now: int, then: int, days_now: float, days_then: float) -> float:
    """The definition of the E-test, summed pair by pair."""
    mean = (now + then) / (days_now + days_then)
    observed = abs(now / days_now - then / days_then) / np.sqrt(
        now / days_now**2 + then / days_then**2
    )
    most = int(stats.poisson.ppf(1 - 1e-13, mean * max(days_now, days_then))) + 2
    a, b = np.arange(most)[:, None], np.arange(most)[None, :]
    spread = a / days_now**2 + b / days_then**2
    difference = np.abs(a / days_now - b / days_then)
    statistic = np.divide(difference, np.sqrt(spread), where=spread > 0, out=np.zeros_like(spread))
    weights = stats.poisson.pmf(a, mean * days_now) * stats.poisson.pmf(b, mean * days_then)
    return float(weights[statistic >= observed - 1e-12].sum())


def test_the_e_test_agrees_with_its_definition_on_random_counts() -> None:
    random = np.random.default_rng(3)
    for _ in range(60):
        now, then = (int(n) for n in random.integers(0, 60, 2))
        days = (float(random.integers(1, 6)), float(random.integers(1, 6)))
        if now + then:
            found = e_test(now, then, *days)
            assert found == pytest.approx(by_enumeration(now, then, *days), abs=1e-5)


def test_swapping_the_counts_inverts_the_interval() -> None:
    low, high = ratio_interval(40, 25, 7, 8)
    assert ratio_interval(25, 40, 8, 7) == pytest.approx((1 / high, 1 / low))
    assert e_test(40, 25, 7, 8) == pytest.approx(e_test(25, 40, 8, 7))


def test_nothing_before_leaves_the_ratio_open_above() -> None:
    low, high = ratio_interval(3, 0)
    assert low > 0
    assert high == math.inf
    assert all(map(math.isnan, ratio_interval(0, 0)))
    assert e_test(0, 0) == 1


def test_a_negative_count_is_refused() -> None:
    for of in (byar, mid_p, lambda n: ratio_interval(1, n), lambda n: e_test(1, n)):
        with pytest.raises(ValueError, match="negative"):
            of(-1)


@pytest.mark.parametrize("mean", [3, 5, 12, 50, 500, 5000])
def test_intervals_of_a_count_cover_at_94_to_96_percent(mean: float) -> None:
    assert 0.94 <= coverage(mean) <= 0.96


@pytest.mark.parametrize("mean", [0.3, 1, 2])
def test_intervals_of_a_tiny_count_cover_more_and_never_less(mean: float) -> None:
    assert coverage(mean) >= 0.96


@cache
def known(count: int) -> tuple[float, float]:
    return mid_p(count)


def coverage(mean: float) -> float:
    """Probability that the interval holds the mean, over means nearby: coverage oscillates."""
    shares = []
    for near in np.linspace(0.9 * mean, 1.1 * mean, 41):
        counts = some_counts(*stats.poisson.ppf([1e-9, 1 - 1e-9], near))
        weights = stats.poisson.pmf(counts, near)
        inside = [known(count)[0] <= near <= known(count)[1] for count in counts]
        shares.append(np.dot(weights, inside) / weights.sum())
    return float(np.mean(shares))


def some_counts(low: float, high: float, most: int = 120) -> list[int]:
    """Counts over a range, every one where there are few."""
    step = max(1, int(high - low) // most)
    return list(range(int(low) // step * step, int(high) + 1, step))


@pytest.mark.parametrize("mean", [6, 10, 40, 300, 5000])
@pytest.mark.parametrize("ratio", [0.6, 1.0, 1.5])
def test_intervals_of_a_ratio_cover_at_94_to_96_percent(mean: float, ratio: float) -> None:
    assert 0.94 <= coverage_of_ratio(mean, ratio) <= 0.96


def test_intervals_of_a_ratio_of_tiny_counts_cover_more_and_never_less() -> None:
    assert coverage_of_ratio(1.5, 1.0) >= 0.98
    assert 0.95 <= coverage_of_ratio(4, 1.0) <= 0.97


@cache
def known_ratio(now: int, total: int) -> tuple[float, float]:
    return ratio_interval(now, total - now) if total else (0, math.inf)


def coverage_of_ratio(mean: float, ratio: float) -> float:
    """The same for the ratio of two counts whose means are ``ratio * mean`` and ``mean``.

    Their sum is Poisson, and given the sum the first is binomial: both are summed exactly.
    """
    shares = []
    for near in np.linspace(0.9 * ratio, 1.1 * ratio, 11):
        totals = some_counts(*stats.poisson.ppf([0.01, 0.99], mean * (1 + near)), most=6)
        given = []
        for total in totals:
            share = near / (1 + near)
            counts = some_counts(*stats.binom.ppf([1e-6, 1 - 1e-6], total, share), most=40)
            weights = stats.binom.pmf(counts, total, share)
            bounds = [known_ratio(count, total) for count in counts]
            inside = [low <= near <= high for low, high in bounds]
            given.append(np.dot(weights, inside) / weights.sum())
        weights = stats.poisson.pmf(totals, mean * (1 + near))
        shares.append(np.dot(weights, given) / weights.sum())
    return float(np.mean(shares))
