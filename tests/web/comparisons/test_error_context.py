"""Every conclusion shows how often its like is wrong, and hides no inconclusive one."""

from __future__ import annotations

import pytest
from tests.web.forms import text_of
from tests.web.records import signed_in, work

from headstamp.formats.reference_file import load_reference
from headstamp.web.comparisons.error_context import of_comparison, of_examinations
from headstamp.web.comparisons.models import BallisticLink, Comparison, Examination

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(records):
    for firing in (1, 2):
        records.scan(1, firing)
    work()
    return BallisticLink.objects.get()


def test_the_page_of_a_link_states_its_population_and_its_errors(link, records):
    population = load_reference(None)
    page = text_of(signed_in(records.person("analyst")).get(f"/links/{link.pk}/"))
    assert population.identity in page
    assert population.description in page
    assert "Equal error rate" in page
    for rate in population.error_rates:
        assert f"{rate.missed:,} of {rate.same_pairs:,}" in page
        assert f"{rate.false:,} of {rate.different_pairs:,}" in page
    # Clopper-Pearson of 0 of 6,847: 1 - 0.025 ** (1 / 6847) = 0.05386 %.
    assert "0.0 to 0.1 %" in page
    assert "are inconclusive; they are counted as below every threshold" in page
    assert "A measure, not a verdict" in page


def test_the_page_of_a_candidate_states_them_too(link, records):
    compared = Comparison.objects.first()
    page = text_of(signed_in(records.person("analyst")).get(f"/comparisons/{compared.pk}/"))
    assert "Errors in the reference population" in page


@pytest.mark.parametrize("population", ["", "synthetic v0", "other v1"])
def test_a_comparison_without_its_population_says_that_nothing_is_known(link, records, population):
    Comparison.objects.update(population=population)
    link.comparison.refresh_from_db()
    assert of_comparison(link.comparison) is None
    page = text_of(signed_in(records.person("analyst")).get(f"/links/{link.pk}/"))
    assert "nothing is known of how often it misleads" in page


def test_without_a_comparison_there_is_nothing_to_say():
    assert of_comparison(None) is None


@pytest.fixture
def examined(records):
    """``examined(code, conclusion, agreed)``: a verified examination of an agency's link."""
    from django.utils import timezone

    def make(conclusion, agreed=True, code="PVPD"):
        exhibits = [records.exhibit(code) for _ in range(2)]
        link = BallisticLink.objects.create(exhibit_a=exhibits[0], exhibit_b=exhibits[1])
        return Examination.objects.create(
            link=link,
            conclusion=conclusion,
            method="both",
            bases="x",
            examiner=records.person("examiner", code),
            verifier=records.person("examiner", code),
            verified_at=timezone.now(),
            agreed=agreed,
        )

    return make


def test_verified_examinations_are_counted_with_their_inconclusive_ones(examined, records):
    for conclusion in ("identification", "identification", "elimination", "unsuitable"):
        examined(conclusion)
    for letter in "abc":
        examined(f"inconclusive_{letter}")
    examined("identification", agreed=False)
    found = of_examinations(records.person("analyst"))
    assert found["total"] == 8
    assert dict(found["counts"]) == {
        "for one firearm": 2,
        "inconclusive": 3,
        "for two firearms": 1,
        "unsuitable": 1,
        "not shared by the second examiner": 1,
    }
    assert found["inconclusive"] == "38 %"  # 3 of 8


def test_examinations_out_of_reach_and_not_verified_are_not_counted(examined, records, link):
    examined("identification", code="MPD")
    Examination.objects.create(
        link=link,
        conclusion="identification",
        method="both",
        bases="x",
        examiner=records.person("examiner"),
    )
    assert of_examinations(records.person("analyst"))["total"] == 0
    assert of_examinations(records.person("monitor"))["total"] == 1


def test_the_page_of_an_examined_link_says_how_often_examiners_err(examined, records):
    made = examined("inconclusive_b")
    page = text_of(signed_in(records.person("prosecutor")).get(f"/links/{made.link_id}/"))
    # Monson, Smith, Peters (2023), doi:10.1111/1556-4029.15152, cartridge cases.
    for figure in ("0.93 %", "0.55 to 1.57 %", "1.87 %", "1.16 to 2.99 %"):
        assert figure in page
    assert "Of the 1 verified examinations whose links you may see" in page
    assert "Inconclusive: 100 %" in page


def test_a_link_nobody_examined_says_nothing_of_examiners(link, records):
    page = text_of(signed_in(records.person("analyst")).get(f"/links/{link.pk}/"))
    assert "How often examiners err" not in page
