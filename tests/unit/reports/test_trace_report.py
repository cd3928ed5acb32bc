"""The gun trace report as page, PDF and CSV: bases, disclaimer, marking, and no names in public."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest

from headstamp.reports.trace_report import render_csv, render_html, render_pdf
from headstamp.reports.trace_wording import DISCLAIMER, LEFT_OUT, MARKING
from headstamp.tracing.bases import Base
from headstamp.tracing.publishing import published
from headstamp.tracing.report import Row, Table, TraceReport


@pytest.fixture
def internal() -> TraceReport:
    """997 of 14,880 traced guns, which are 997 of 27,500 recovered ones, and a few others."""
    bases = Base("dealer_identified", 14_880), Base("recovered", 27_500)
    dealers = [Row(f"=Dealer {i} <b>", 997 if i == 0 else 10) for i in range(6)]
    return TraceReport(
        "Port Verity", date(2013, 1, 1), date(2016, 12, 31), "internal",
        (
            Table("dealers", "Dealers", bases,
                  (*dealers, Row("all other dealers", 14_880 - 997 - 50))),
            Table("types", "Types", (Base("submitted", 42),),
                  (Row("pistol", 30), Row("rifle", 9), Row("derringer", 3))),
            Table("ages", "Ages", (Base("possessor_age_known", 3),), (Row("18 to 21", 3),)),
            Table("none", "None", (Base("dated", 0),), ()),
        ),
        ("One trace is there with different results.",),
        (("traces.csv", "2017-01-01", "ab" * 32),),
    )  # fmt: skip


@pytest.fixture
def public(internal: TraceReport) -> TraceReport:
    return published(internal)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2]).split())


@pytest.mark.parametrize("edition", ["internal", "public"])
def test_every_share_stands_by_its_base_and_the_disclaimer_is_there(edition, request) -> None:
    text = words(render_html(request.getfixturevalue(edition)))
    assert "of 14,880 traces that identified a dealer" in text
    assert "of 27,500 guns recovered" in text
    assert all(sentence in text for sentence in DISCLAIMER)
    assert "no sign that the dealer" in text


def test_the_page_prints_both_shares_of_the_same_guns(internal) -> None:
    text = words(render_html(internal))
    assert re.search(r"Dealer 0 &lt;b&gt; 997 6\.7 % 3\.6 %", text)


def test_the_internal_edition_alone_carries_the_legal_marking(internal, public) -> None:
    assert render_html(internal).count(MARKING) >= 2
    assert MARKING not in render_html(public)
    assert MARKING in render_csv(internal)
    assert MARKING not in render_csv(public)


def test_the_public_edition_shows_neither_a_dealer_nor_a_small_number(public) -> None:
    for text in (words(render_html(public)), render_csv(public)):
        assert "Dealer 0" not in text
        assert "traces.csv" not in text
    text = words(render_html(public))
    assert re.search(rf"pistol 30 .* derringer {LEFT_OUT} {LEFT_OUT} {LEFT_OUT}", text)
    assert re.search(rf"rifle {LEFT_OUT}", text)
    assert "Fewer than 5 guns are in this table: it is not published." in text


def test_in_csv_every_cell_has_its_base_and_what_is_left_out_is_empty(public) -> None:
    rows = list(csv.DictReader(io.StringIO(render_csv(public))))
    cells = [one for one in rows if one["row"]]
    assert cells
    assert all(one["base_name"] and int(one["base"]) > 0 for one in cells)
    (gone,) = [one for one in cells if one["row"] == "derringer"]
    assert (gone["count"], gone["share"], gone["share_low"], gone["note"]) == (
        "",
        "",
        "",
        "left out",
    )
    (pistol,) = [one for one in cells if one["row"] == "pistol"]
    assert float(pistol["share"]) == pytest.approx(30 / 42, abs=1e-6)


def test_a_dealer_named_like_a_formula_stays_text(internal) -> None:
    rows = list(csv.DictReader(io.StringIO(render_csv(internal))))
    assert any(one["row"].startswith("'=Dealer 0") for one in rows)
    assert "<b>" not in render_html(internal)


def test_an_empty_table_says_its_base_and_no_share(internal) -> None:
    text = words(render_html(internal))
    assert "There is no gun to count: the base is 0 traces with a dated first sale" in text


@pytest.mark.parametrize("edition", ["internal", "public"])
def test_the_same_report_gives_the_same_bytes_and_the_pdf_is_one(edition, request) -> None:
    report = request.getfixturevalue(edition)
    assert render_html(report) == render_html(report)
    made = render_pdf(report)
    assert made.startswith(b"%PDF-")
    assert made == render_pdf(report)
