"""Scores become one order."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from headstamp.gallery.ranking import best, rounded

SCORES = arrays(
    np.float64, st.integers(0, 40), elements=st.floats(-1, 1).map(lambda x: round(x, 1))
)


def test_the_highest_comes_first_and_ties_go_by_gallery_index():
    scores = np.array([0.5, 0.9, 0.5, 0.7])
    assert best(scores, np.array([30, 20, 10, 40]), 4).tolist() == [1, 3, 2, 0]


def test_differences_of_the_last_bits_do_not_count():
    scores = np.array([0.70000001, 0.7, 0.70000002])
    assert best(scores, np.array([2, 0, 1]), 3).tolist() == [1, 2, 0]


def test_what_is_no_number_comes_last():
    scores = np.array([np.nan, -0.9, -np.inf, np.nan])
    assert best(scores, np.arange(4), 4).tolist() == [1, 0, 2, 3]


@given(SCORES, st.integers(0, 50), st.randoms())
def test_the_order_in_which_scores_arrive_does_not_matter(scores, count, random):
    indices = np.arange(len(scores), dtype=np.int64)
    shuffled = np.array(random.sample(range(len(scores)), len(scores)), dtype=np.int64)
    one = indices[best(scores, indices, count)]
    other = shuffled[best(scores[shuffled], shuffled, count)]
    assert one.tolist() == other.tolist()
    assert len(one) == min(count, len(scores))


def test_rounding_keeps_four_decimals():
    assert rounded(np.array([0.12344, 12.34567])).tolist() == [0.1234, 12.3457]
