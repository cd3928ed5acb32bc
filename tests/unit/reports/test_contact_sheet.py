"""The contact sheet of a search."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from headstamp.comparison.pose import Pose
from headstamp.evaluation.reference import ReferencePopulation
from headstamp.reports import wording
from headstamp.reports.contact_sheet import (
    SearchReport,
    SheetCandidate,
    render_html,
    render_pdf,
)
from headstamp.reports.surface import Surface
from headstamp.surfaces.prepared import Level


def surface(seed: int) -> Surface:
    codes = np.random.default_rng(seed).integers(-90, 90, (64, 60)).astype(np.int8)
    return Surface.of_level(Level(codes, 25e-6), (1e-5, 0.0))


@pytest.fixture(scope="module")
def sheet(population: ReferencePopulation) -> SearchReport:
    candidates = (
        SheetCandidate(
            1, "gun-7.x3p", 31, 40, 0.66, 2.1, Pose(0.2, (1e-4, 0.0)), surface(2),
            labels=(("Case", "HS-12"),), report_link="pairs/gun 7.html",
        ),
        SheetCandidate(2, "gun-9.x3p", 0, 38, 0.08, float("nan"), Pose()),
    )  # fmt: skip
    return SearchReport(
        "query.x3p",
        "c" * 64,
        surface(1),
        candidates,
        searched=1234,
        gallery=(("Name", "city"), ("Scans", "1,234")),
        stages=(("Shortlist", 1234, 0.25), ("Comparison", 100, 1.5)),
        population=population,
        versions={"headstamp": "0.1.0"},
    )


def visible(page: str) -> str:
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_the_same_search_gives_the_same_bytes(sheet: SearchReport) -> None:
    assert render_html(sheet) == render_html(sheet)
    assert render_pdf(sheet) == render_pdf(sheet)


def test_every_candidate_is_an_unconfirmed_lead_candidate(sheet: SearchReport) -> None:
    text = visible(render_html(sheet))
    assert text.count("unconfirmed lead candidate") == len(sheet.candidates)
    assert wording.LEAD_SENTENCE in text


def test_candidates_are_in_the_table_too(sheet: SearchReport) -> None:
    text = visible(render_html(sheet))
    assert "1 gun-7.x3p 31 of 40 0.66 2.10" in text
    assert "2 gun-9.x3p 0 of 38 0.08 none" in text


def test_gallery_times_and_population_are_named(sheet: SearchReport) -> None:
    text = visible(render_html(sheet))
    for part in ("1,234", "1.50 s", "1.75 s", "test range v3", "HS-12", "c" * 64):
        assert part in text


def test_a_report_link_stays_a_relative_address(sheet: SearchReport) -> None:
    assert 'href="pairs/gun%207.html"' in render_html(sheet)
    hostile = replace(sheet.candidates[0], report_link="javascript:alert(1)")
    assert 'href="javascript%3Aalert' in render_html(replace(sheet, candidates=(hostile,)))


def test_truth_is_shown_only_in_a_demonstration(sheet: SearchReport) -> None:
    assert "Truth" not in visible(render_html(sheet))
    shown = replace(sheet, candidates=(replace(sheet.candidates[0], truth="same firearm"),))
    assert "This is a demonstration" in visible(render_html(shown))
    assert render_pdf(shown).startswith(b"%PDF-")


def test_no_candidates_is_an_answer_with_a_meaning(sheet: SearchReport) -> None:
    text = visible(render_html(replace(sheet, candidates=())))
    assert wording.NO_CANDIDATES in text
    assert render_pdf(replace(sheet, candidates=())).startswith(b"%PDF-")


def test_an_empty_gallery_is_told_from_no_candidates(sheet: SearchReport) -> None:
    text = visible(render_html(replace(sheet, candidates=(), searched=0)))
    assert wording.NOTHING_SEARCHED in text
    assert wording.NO_CANDIDATES not in text


def test_hostile_names_stay_text(sheet: SearchReport) -> None:
    name = "<script>alert(1)</script>#panic()"
    hostile = replace(
        sheet,
        query_name=name,
        candidates=(replace(sheet.candidates[0], scan=name, truth=name),),
    )
    assert "<script" not in render_html(hostile)
    assert render_pdf(hostile).startswith(b"%PDF-")
