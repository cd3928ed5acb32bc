"""Days and numbers of figures in words."""

from __future__ import annotations

from math import inf, nan

import pytest

from headstamp.reports.figure_charts.words import between, days, known, p_value, rate, whole


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2017-06-23", "2017-06-29", "23 to 29 June 2017"),
        ("2017-01-01", "2017-06-29", "1 January to 29 June 2017"),
        ("2016-06-30", "2017-06-29", "30 June 2016 to 29 June 2017"),
        ("2017-06-29", "2017-06-29", "29 June 2017"),
    ],
)
def test_days_are_said_as_shortly_as_they_can_be(first: str, last: str, said: str) -> None:
    assert days(first, last) == said


def test_what_is_not_known_is_never_printed_as_a_number() -> None:
    assert not known(None)
    assert not known(nan)
    assert {whole(None), whole(nan), rate(None), rate(nan), p_value(nan), between(None)} == {
        "not known"
    }


def test_an_end_without_a_limit_is_said_to_have_none() -> None:
    assert between((0.5, inf), 1) == between((0.5, None), 1) == "0.5 to no limit"


def test_counts_have_separators_and_means_one_decimal() -> None:
    assert whole(12345) == "12,345"
    assert whole(2.5) == "2.5"
    assert whole(3.0) == "3"


def test_a_very_small_p_has_a_limit() -> None:
    assert p_value(0.00001) == "< 0.0001"
    assert p_value(0.938) == "0.94"
