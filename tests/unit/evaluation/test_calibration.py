"""Bounded logistic calibration: laws, and scikit-learn as an independent fit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from headstamp.evaluation.calibration import Calibration, features, fit


def overlapping(seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    same = np.arange(400) < 100
    correlation = np.clip(random.normal(np.where(same, 0.5, 0.2), 0.15), -0.9, 0.95)
    cells = random.poisson(np.where(same, 12, 3)).astype(float)
    return correlation, cells, same


def separated() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(2)
    same = np.arange(780) < 63
    correlation = random.uniform(np.where(same, 0.55, -0.05), np.where(same, 0.86, 0.27))
    cells = np.round(random.uniform(np.where(same, 24, 0), np.where(same, 55, 8)))
    return correlation, cells, same


ON_SEPARATED = fit(*separated())
anything = st.floats(allow_nan=True, allow_infinity=True)


def test_agrees_with_scikit_learn() -> None:
    correlation, cells, same = overlapping()
    found = fit(correlation, cells, same)
    standardised = (features(correlation, cells) - found.mean) / found.scale
    model = LogisticRegression(class_weight="balanced", C=1.0, tol=1e-10, max_iter=5000)
    model.fit(standardised, same)
    assert np.array(found.slope) * np.log(10) == pytest.approx(model.coef_[0], rel=1e-4)
    assert found.intercept * np.log(10) == pytest.approx(model.intercept_[0], rel=1e-4)


def test_separated_pairs_give_a_finite_calibration() -> None:
    assert np.isfinite([*ON_SEPARATED.slope, ON_SEPARATED.intercept]).all()
    correlation, cells, same = separated()
    assert ((ON_SEPARATED.log10_lr(correlation, cells) > 0) == same).all()


@given(anything, anything)
def test_no_scores_whatever_give_a_ratio_beyond_the_bounds(r: float, cells: float) -> None:
    value = ON_SEPARATED.log10_lr(np.array([r]), np.array([cells]))[0]
    if np.isnan(r) or np.isnan(cells):
        assert np.isnan(value)
    else:
        assert ON_SEPARATED.lower <= value <= ON_SEPARATED.upper


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 100), st.floats(0, 100))
def test_more_agreement_is_never_less_support(a: float, b: float, m: float, n: float) -> None:
    low = ON_SEPARATED.log10_lr(np.array([min(a, b)]), np.array([min(m, n)]))[0]
    high = ON_SEPARATED.log10_lr(np.array([max(a, b)]), np.array([max(m, n)]))[0]
    assert low <= high


def test_a_score_that_points_the_wrong_way_gets_no_weight() -> None:
    correlation, cells, same = overlapping()
    assert fit(-correlation, cells, same).slope[0] == 0.0


def test_pairs_without_scores_take_no_part_in_the_fit() -> None:
    correlation, cells, same = overlapping()
    with_gaps = fit(np.append(correlation, np.nan), np.append(cells, 0.0), np.append(same, True))
    assert with_gaps == fit(correlation, cells, same)


def test_how_often_either_truth_occurs_does_not_matter() -> None:
    """Twice as many different-source pairs shift prior odds, not likelihood ratios.

    True without the penalty, so there are many pairs, against which it weighs little.
    """
    correlation, cells, same = (np.tile(values, 100) for values in overlapping())
    twice = np.concatenate([np.arange(len(same)), np.flatnonzero(~same)])
    once, more = (
        model.unbounded(np.array([0.4]), np.array([8.0]))[0]
        for model in (
            fit(correlation, cells, same),
            fit(correlation[twice], cells[twice], same[twice]),
        )
    )
    assert more == pytest.approx(once, abs=0.03)


def test_constant_scores_are_worth_nothing() -> None:
    same = np.arange(20) < 10
    model = fit(np.full(20, 0.3), np.full(20, 4.0), same)
    assert model.log10_lr(np.array([0.3]), np.array([4.0]))[0] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("same", [np.zeros(5, bool), np.ones(5, bool), np.arange(5) < 1])
def test_too_few_pairs_are_refused(same: np.ndarray) -> None:
    with pytest.raises(ValueError, match="two usable pairs"):
        fit(np.linspace(0, 0.5, 5), np.arange(5.0), same)


def test_result_is_plain_numbers() -> None:
    assert isinstance(ON_SEPARATED, Calibration)
    assert all(type(value) is float for value in (*ON_SEPARATED.mean, ON_SEPARATED.upper))
