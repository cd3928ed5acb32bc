"""ROC area, equal error rate and error rates against closed forms and other programs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import roc_auc_score

from headstamp.evaluation.roc import auc, equal_error_rate, error_rates_at, operating_points


def labelled(same: list[float], different: list[float]) -> tuple[np.ndarray, np.ndarray]:
    scores = np.array(same + different, dtype=float)
    return scores, np.arange(len(scores)) < len(same)


def test_area_is_one_when_all_same_source_pairs_score_higher() -> None:
    assert auc(*labelled([3, 4], [1, 2])) == 1.0


def test_area_is_one_half_when_all_pairs_tie() -> None:
    assert auc(*labelled([1, 1, 1], [1, 1])) == 0.5


scores_and_truth = st.lists(
    st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=60
).filter(lambda pairs: 0 < sum(same for _, same in pairs) < len(pairs))


@given(scores_and_truth)
def test_area_with_ties_agrees_with_scikit_learn_and_mann_whitney(
    pairs: list[tuple[int, bool]],
) -> None:
    scores = np.array([score for score, _ in pairs], dtype=float)
    same = np.array([truth for _, truth in pairs])
    found = auc(scores, same)
    assert found == pytest.approx(roc_auc_score(same, scores))
    statistic = stats.mannwhitneyu(scores[same], scores[~same]).statistic
    assert found == pytest.approx(statistic / (same.sum() * (~same).sum()))


@given(scores_and_truth)
def test_equal_error_rate_is_where_the_two_rates_cross(pairs: list[tuple[int, bool]]) -> None:
    scores = np.array([score for score, _ in pairs], dtype=float)
    same = np.array([truth for _, truth in pairs])
    points = operating_points(scores, same)
    rate = equal_error_rate(scores, same)
    gap = points.missed - points.false
    before, after = np.flatnonzero(gap <= 0)[-1], np.flatnonzero(gap >= 0)[0]
    assert points.missed[min(before, after)] - 1e-12 <= rate
    assert rate <= points.missed[max(before, after)] + 1e-12


@pytest.mark.parametrize("distance", [1.0, 2.0, 3.0])
def test_equal_error_rate_of_two_unit_gaussians(distance: float) -> None:
    quantiles = (np.arange(20_000) + 0.5) / 20_000
    different = stats.norm.ppf(quantiles)
    scores = np.concatenate([different + distance, different])
    same = np.arange(40_000) < 20_000
    assert equal_error_rate(scores, same) == pytest.approx(stats.norm.sf(distance / 2), abs=1e-4)
    assert auc(scores, same) == pytest.approx(stats.norm.cdf(distance / np.sqrt(2)), abs=1e-4)


def test_separated_pairs_have_no_equal_error() -> None:
    assert equal_error_rate(*labelled([2, 3], [0, 1])) == 0.0


def test_pair_without_score_ranks_below_every_number() -> None:
    scores, same = labelled([1.0, np.nan], [0.5, 0.7])
    assert auc(scores, same) == 0.5
    assert error_rates_at(-100.0, scores, same) == (0.5, 1.0)


def test_pair_exactly_at_the_threshold_is_linked() -> None:
    assert error_rates_at(2.0, *labelled([2.0, 3.0], [2.0, 1.0])) == (0.0, 0.5)


@pytest.mark.parametrize("scores", [labelled([1.0], []), labelled([], [1.0])])
def test_one_kind_of_pairs_alone_has_no_curve(scores: tuple[np.ndarray, np.ndarray]) -> None:
    assert np.isnan(auc(*scores))
    assert np.isnan(equal_error_rate(*scores))


def test_weights_count_as_repeated_pairs() -> None:
    scores, same = labelled([1, 3, 2], [0, 2])
    times = np.array([2, 1, 3, 2, 1])
    again = np.repeat(scores, times), np.repeat(same, times)
    assert auc(scores, same, times.astype(float)) == pytest.approx(auc(*again))
    assert equal_error_rate(scores, same, times.astype(float)) == pytest.approx(
        equal_error_rate(*again)
    )
    assert error_rates_at(2, scores, same, times.astype(float)) == error_rates_at(2, *again)
