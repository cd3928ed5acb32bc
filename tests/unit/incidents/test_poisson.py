"""Intervals and tests for counts, against published values and independent computations."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy import stats

from headstamp.incidents.poisson import byar, e_test, mid_p, ratio_interval


@pytest.mark.parametrize(("count", "low", "high"), [(320, 285.9, 357.1), (5, 1.61, 11.67)])
def test_byar_gives_the_published_intervals(count: int, low: float, high: float) -> None:
    assert byar(count) == pytest.approx((low, high), abs=0.05)


def test_the_mid_p_interval_solves_its_equations() -> None:
    for count in (0, 1, 7, 320, 5000):
        low, high = mid_p(count)
        tail = stats.poisson.cdf(count, high) - stats.poisson.pmf(count, high) / 2
        assert tail == pytest.approx(0.025, abs=1e-9)
        if count:
            tail = stats.poisson.sf(count, low) + stats.poisson.pmf(count, low) / 2
            assert tail == pytest.approx(0.025, abs=1e-9)


@pytest.mark.parametrize(
    ("now", "then", "low", "high"), [(320, 322, -14.9, 16.0), (1703, 1935, -17.5, -6.1)]
)
def test_the_interval_of_a_ratio_is_the_published_one(
    now: int, then: int, low: float, high: float
) -> None:
    found = [100 * (bound - 1) for bound in ratio_interval(now, then)]
    assert found == pytest.approx([low, high], abs=0.05)


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
    total = 0.0
    for a in range(most):
        for b in range(most):
            spread = a / days_now**2 + b / days_then**2
            statistic = abs(a / days_now - b / days_then) / np.sqrt(spread) if spread else 0.0
            if statistic >= observed - 1e-12:
                total += stats.poisson.pmf(a, mean * days_now) * stats.poisson.pmf(
                    b, mean * days_then
                )
    return total


def test_the_e_test_agrees_with_its_definition_on_random_counts() -> None:
    random = np.random.default_rng(3)
    for _ in range(12):
        now, then = (int(n) for n in random.integers(0, 15, 2))
        if now + then == 0:
            continue
        days = (float(random.integers(1, 4)), float(random.integers(1, 4)))
        assert e_test(now, then, *days) == pytest.approx(by_enumeration(now, then, *days), abs=1e-5)


def test_swapping_the_counts_inverts_the_interval() -> None:
    low, high = ratio_interval(40, 25, 7, 8)
    other = ratio_interval(25, 40, 8, 7)
    assert other == pytest.approx((1 / high, 1 / low))


def test_nothing_before_leaves_the_ratio_open_above() -> None:
    low, high = ratio_interval(3, 0)
    assert low > 0
    assert high == float("inf")
    assert all(np.isnan(ratio_interval(0, 0)))
    assert e_test(0, 0) == 1


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        byar(-1)


@pytest.mark.parametrize("mean", [5, 12, 50, 500, 5000])
def test_intervals_of_a_count_cover_at_94_to_96_percent(mean: float) -> None:
    assert 0.94 <= coverage(mean) <= 0.96


@cache
def known(count: int) -> tuple[float, float]:
    return mid_p(count)


def coverage(mean: float) -> float:
    """Probability that the interval holds the mean, over means nearby: coverage oscillates."""
    shares = []
    for near in np.linspace(0.9 * mean, 1.1 * mean, 41):
        low, high = (int(n) for n in stats.poisson.ppf([1e-9, 1 - 1e-9], near))
        step = max(1, (high - low) // 200)
        counts = range(low - low % step, high + 1, step)
        weights = [stats.poisson.pmf(count, near) for count in counts]
        inside = [known(count)[0] <= near <= known(count)[1] for count in counts]
        shares.append(np.dot(weights, inside) / sum(weights))
    return float(np.mean(shares))
