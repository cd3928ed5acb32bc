"""Charts render to the same text, with ids of their own."""

from __future__ import annotations

import re

import pytest

from headstamp.reports import charts

CURVE = [{"false": 0.0, "linked": 0.5, "order": 0}, {"false": 1.0, "linked": 1.0, "order": 1}]


def ids(svg: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', svg))


def test_a_chart_renders_to_the_same_text_again() -> None:
    specification = charts.roc(CURVE)
    assert charts.render_svg("roc", specification) == charts.render_svg("roc", specification)


def test_two_charts_on_a_page_share_no_id_and_refer_to_their_own() -> None:
    one, two = (charts.render_svg(name, charts.roc(CURVE)) for name in ("one", "two"))
    assert not ids(one) & ids(two)
    assert set(re.findall(r"url\(#([^)]+)\)", one)) <= ids(one)


def test_chart_loads_nothing() -> None:
    elsewhere = {**charts.roc(CURVE), "data": {"url": "https://example.org/data.csv"}}
    with pytest.raises(ValueError, match=r"(?i)base url|not allowed|access|denied"):
        charts.render_svg("roc", elsewhere)


@pytest.mark.parametrize("threshold", [None, 0.4])
def test_histogram_draws_both_truths_in_their_colours(threshold: float | None) -> None:
    values = [
        {"low": 0.0, "high": 0.5, "share": 1.0, "truth": charts.TRUTHS[1]},
        {"low": 0.5, "high": 1.0, "share": 1.0, "truth": charts.TRUTHS[0]},
    ]
    svg = charts.render_svg("scores", charts.histogram("score", values, threshold))
    assert charts.SAME in svg
    assert charts.DIFFERENT in svg
    assert all(truth in svg for truth in charts.TRUTHS)
