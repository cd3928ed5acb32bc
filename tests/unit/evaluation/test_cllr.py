"""The log likelihood ratio cost against closed forms and lir."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headstamp.evaluation.cllr import cllr, cllr_floor, cllr_min


def test_saying_nothing_costs_one_bit() -> None:
    assert cllr(np.zeros(10), np.arange(10) < 3) == pytest.approx(1.0)


def test_a_missing_likelihood_ratio_counts_as_saying_nothing() -> None:
    same = np.array([True, False])
    assert cllr(np.full(2, np.nan), same) == pytest.approx(1.0)


def test_right_infinite_ratios_cost_nothing_and_wrong_ones_everything() -> None:
    same = np.array([True, False])
    assert cllr(np.array([np.inf, -np.inf]), same) == 0.0
    assert cllr(np.array([-np.inf, -np.inf]), same) == np.inf


def test_cost_of_known_ratios() -> None:
    """LR 3 for the same source and 1/3 for different sources: log2(4/3) bits each."""
    values = np.log10([3.0, 1.0 / 3.0])
    assert cllr(values, np.array([True, False])) == pytest.approx(np.log2(4.0 / 3.0))
    assert cllr_floor(float(values[1]), float(values[0])) == pytest.approx(np.log2(4.0 / 3.0))


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.floats(-8, 8), min_size=2, max_size=20),
    st.lists(st.floats(-8, 8), min_size=2, max_size=20),
)
def test_agrees_with_lir(of_same: list[float], of_different: list[float]) -> None:
    from lir.data.models import LLRData
    from lir.metrics import cllr as by_lir

    values = np.array(of_same + of_different)
    same = np.arange(len(values)) < len(of_same)
    expected = by_lir(LLRData(features=values, labels=same.astype(int)))
    assert cllr(values, same) == pytest.approx(expected)
    assert cllr_min(values, same) <= cllr(values, same) + 1e-9


def test_minimum_is_zero_for_separated_pairs_however_badly_calibrated() -> None:
    same = np.array([True, True, False, False])
    assert cllr_min(np.array([9.0, 8.5, 8.0, 7.0]), same) == pytest.approx(0.0)


def test_one_kind_of_pairs_alone_has_no_cost() -> None:
    assert np.isnan(cllr(np.ones(3), np.ones(3, dtype=bool)))
    assert np.isnan(cllr_min(np.ones(3), np.ones(3, dtype=bool)))


def test_importing_the_package_does_not_load_lir() -> None:
    import subprocess
    import sys

    program = (
        "import sys, headstamp.evaluation.validation, headstamp.evaluation.reference_json\n"
        "print({'lir', 'sklearn', 'pandas', 'matplotlib'} & set(sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert found.stdout.strip() == "set()", found.stderr
