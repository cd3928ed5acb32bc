"""The report of a comparison."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from headstamp.comparison.result import Comparison
from headstamp.reports import wording
from headstamp.reports.comparison import ComparisonReport, render_html, render_pdf
from headstamp.reports.comparison_content import content

HOSTILE = '<script>alert(1)</script>#eval("x") & *case*.x3p'


@pytest.fixture(scope="module")
def page(report: ComparisonReport) -> str:
    return render_html(report)


def visible(page: str) -> str:
    """The text of a page, without style and tags."""
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_the_same_report_gives_the_same_page(report: ComparisonReport, page: str) -> None:
    assert render_html(report) == page


def test_the_same_report_gives_the_same_pdf(report: ComparisonReport) -> None:
    first = render_pdf(report)
    assert first.startswith(b"%PDF-")
    assert render_pdf(report) == first


def test_the_pdf_claims_to_be_archivable(report: ComparisonReport) -> None:
    assert b"pdfaid:part" in render_pdf(report)


def test_it_says_what_a_lead_is_not(page: str) -> None:
    text = visible(page)
    assert "A lead is not an identification and is not by itself probable cause." in text
    assert wording.COMPARISON_DOES_NOT_SHOW in text
    assert "Unconfirmed" in text
    assert "a measure, not a verdict" in text


def test_it_holds_both_hashes_whole(page: str, report: ComparisonReport) -> None:
    assert report.a.sha256 in page
    assert report.b.sha256 in page


def test_it_holds_scores_and_published_counts_beside_their_threshold(page: str) -> None:
    text = visible(page)
    assert "Congruent cells 5 of 9" in text
    assert "Congruent cells 3 2 5" in text
    assert "Share congruent 60 % 50 % 56 %" in text
    assert "CMC (Song 2013) 7 6 or more" in text
    assert "High-CMC (Tong 2015) 8 6 or more" in text
    assert "1.50 mm²" in text


def test_it_names_the_population_and_how_good_it_is(page: str) -> None:
    text = visible(page)
    for part in ("test range v3", "0.123", "−2.00 to 2.50", "40 firearms", "1 of 120"):
        assert part in text


def test_a_ratio_at_the_bound_says_so(report: ComparisonReport) -> None:
    assert wording.AT_BOUND in visible(render_html(replace(report, log10_lr=2.5)))
    assert wording.AT_BOUND not in visible(render_html(report))


def test_warnings_of_population_and_quality_are_shown(page: str) -> None:
    text = visible(page)
    assert "The instrument of this case is not known." in text
    assert "Little surface is left." in text


def test_every_parameter_and_version_is_shown(page: str) -> None:
    text = visible(page)
    assert "cell_size 0.00045" in text
    assert "fine yes" in text
    assert "processing 1" in text


def test_congruent_cells_are_drawn_with_their_correlation_and_others_faintly(page: str) -> None:
    drawings = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    assert len(drawings) == 4
    of_a = drawings[0]
    assert of_a.count("stroke-dasharray") == 2
    assert ">0.87<" in of_a
    assert ">0.20<" not in of_a


def test_a_page_loads_nothing_and_runs_nothing(page: str) -> None:
    sources = re.findall(r"(?:src|href)=\"([^\"]*)\"", page)
    assert sources
    assert all(source.startswith("data:image/png;base64,") for source in sources)
    assert "<script" not in page


def test_hostile_names_stay_text(report: ComparisonReport) -> None:
    hostile = replace(
        report,
        a=replace(report.a, name=HOSTILE, warnings=(HOSTILE,)),
        warnings=(HOSTILE,),
    )
    page = render_html(hostile)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert render_pdf(hostile).startswith(b"%PDF-")


def test_scans_without_overlap_still_have_a_report(
    report: ComparisonReport, nothing_compared: Comparison
) -> None:
    empty = replace(report, comparison=nothing_compared, log10_lr=float("nan"))
    text = visible(render_html(empty))
    assert "nowhere share the least overlap" in text
    assert wording.NO_SCORE in text
    assert "nan" not in text.lower().split()
    assert render_pdf(empty).startswith(b"%PDF-")


def test_without_a_population_there_is_no_ratio_and_the_page_says_why(
    report: ComparisonReport,
) -> None:
    text = visible(render_html(replace(report, population=None, log10_lr=float("nan"))))
    assert wording.NO_POPULATION in text
    assert "times as probable" not in text


def test_page_and_pdf_are_made_from_the_same_texts(report: ComparisonReport) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=io.BytesIO(render_pdf(report)).getvalue(),
        capture_output=True,
        check=True,
    ).stdout.decode()
    flat = "".join(text.split())
    texts = content(report)
    for part in (
        texts["wording"]["lead"],
        texts["lr"]["sentence"],
        report.a.name,
        "5of9",
        report.a.sha256[:32],
    ):
        assert "".join(part.split()) in flat


def test_a_cell_that_met_no_surface_is_drawn_on_its_own_scan_only(
    report: ComparisonReport, comparison: Comparison
) -> None:
    correlation = comparison.cells_of_a.correlation.copy()
    correlation[-1] = -1.0
    cells = replace(comparison.cells_of_a, correlation=correlation)
    page = render_html(replace(report, comparison=replace(comparison, cells_of_a=cells)))
    own, other = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)[:2]
    assert own.count("stroke-dasharray") == other.count("stroke-dasharray") + 1
    assert "5 no surface" in visible(page)
