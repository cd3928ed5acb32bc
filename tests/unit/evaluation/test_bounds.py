"""Empirical bounds against lir and the closed form for separated pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headstamp.evaluation.bounds import elub

values = st.lists(st.floats(-12, 12).map(lambda x: round(x, 3)), min_size=1, max_size=25)


@settings(deadline=None, max_examples=60)
@given(values, values)
def test_agrees_with_lir(of_same: list[float], of_different: list[float]) -> None:
    from lir.algorithms.bayeserror import elub as by_lir

    log10_lr = np.array(of_same + of_different)
    same = np.arange(len(log10_lr)) < len(of_same)
    expected = by_lir(log10_lr.copy(), same.astype(int))
    assert elub(log10_lr, same) == pytest.approx(expected, abs=1e-9)


def test_separated_pairs_are_bounded_by_their_numbers() -> None:
    """One added misleading pair: t (1/(n_d + 1)) < 1 - 1/(n_s + 1), and the mirror image."""
    log10_lr = np.concatenate([np.full(63, 9.0), np.full(717, -9.0)])
    lower, upper = elub(log10_lr, log10_lr > 0)
    assert upper == pytest.approx(np.log10(718 * 63 / 64), abs=0.011)
    assert lower == pytest.approx(-np.log10(64 * 717 / 718), abs=0.011)


def test_more_pairs_allow_larger_ratios() -> None:
    few = np.repeat([9.0, -9.0], [10, 100])
    many = np.repeat([9.0, -9.0], [100, 1000])
    assert elub(many, many > 0)[1] > elub(few, few > 0)[1]
    assert elub(many, many > 0)[0] < elub(few, few > 0)[0]


def test_input_is_left_alone() -> None:
    log10_lr = np.array([50.0, -50.0, 20.0])
    elub(log10_lr, log10_lr > 0)
    assert list(log10_lr) == [50.0, -50.0, 20.0]
