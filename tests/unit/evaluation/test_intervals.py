"""Intervals against published values."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from headstamp.evaluation.intervals import bootstrap_over_firearms, clopper_pearson, wilson


def test_no_error_in_n_trials_has_the_closed_form() -> None:
    assert clopper_pearson(0, 63) == pytest.approx((0.0, 1 - 0.025 ** (1 / 63)))


def test_values_of_newcombe_1998_table_1() -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, table I: 81/263, 15/148, 1/29."""
    assert clopper_pearson(81, 263) == pytest.approx((0.2527, 0.3676), abs=5e-5)
    assert clopper_pearson(15, 148) == pytest.approx((0.0578, 0.1617), abs=5e-5)
    assert clopper_pearson(0, 20) == pytest.approx((0.0, 0.1684), abs=5e-5)
    assert clopper_pearson(1, 29) == pytest.approx((0.0009, 0.1776), abs=5e-5)
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


@pytest.mark.parametrize(("errors", "trials"), [(0, 5), (3, 17), (40, 40), (100, 717)])
def test_both_agree_with_scipy(errors: int, trials: int) -> None:
    result = binomtest(errors, trials)
    assert clopper_pearson(errors, trials) == pytest.approx(
        tuple(result.proportion_ci(method="exact"))
    )
    assert wilson(errors, trials) == pytest.approx(tuple(result.proportion_ci(method="wilson")))


def test_no_trials_have_no_interval() -> None:
    assert np.isnan(clopper_pearson(0, 0)).all()
    assert np.isnan(wilson(0, 0)).all()


def test_drawing_firearms_is_wider_than_drawing_pairs_when_one_firearm_makes_the_errors() -> None:
    first, second = np.triu_indices(12, 1)
    wrong = (first == 0).astype(float)

    def share(weights: np.ndarray) -> float:
        return float(weights @ wrong / weights.sum()) if weights.sum() else float("nan")

    low, high = bootstrap_over_firearms(share, first, second)
    exact = clopper_pearson(int(wrong.sum()), len(wrong))
    assert low < wrong.mean() < high
    assert high - low > exact[1] - exact[0]


def test_bootstrap_repeats_itself() -> None:
    first, second = np.triu_indices(6, 0)
    once, again = (bootstrap_over_firearms(np.max, first, second) for _ in range(2))
    assert once == again


def test_two_firearms_are_too_few_to_draw() -> None:
    none = np.array([0, 0, 1]), np.array([0, 1, 1])
    assert np.isnan(bootstrap_over_firearms(np.sum, *none)).all()
