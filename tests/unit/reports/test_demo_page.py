"""The demo's first page."""

from __future__ import annotations

import math

from headstamp.reports.demo_page import DemoCase, DemoRow, render_html
from headstamp.reports.wording import LEAD_SENTENCE


def row(scan: str = "S1-1.x3p", log10_lr: float = 1.5) -> DemoRow:
    return DemoRow(1, scan, "S1", 20, 40, 0.7, log10_lr, "same firearm", "case-1.html")


def case(*rows: DemoRow, name: str = "S9-1.x3p") -> DemoCase:
    return DemoCase(name, "S9", "2017-06-30", 12, 1.25, "case.html", rows)


def test_it_shows_the_candidates_and_the_sentence() -> None:
    page = render_html((case(row()),), 12)
    assert LEAD_SENTENCE in page
    assert "20 of 40" in page
    assert "+1.50" in page
    assert 'href="case-1.html"' in page


def test_hostile_names_are_escaped() -> None:
    page = render_html((case(row("<script>alert(1)</script>"), name="<img src=x>"),), 1)
    assert "<script>" not in page
    assert "<img src=x>" not in page


def test_no_candidates_and_no_ratio_are_said_in_words() -> None:
    assert "No candidates" in render_html((case(),), 0)
    assert "nan" not in render_html((case(row(log10_lr=math.nan)),), 1)
