"""Real scans, as they occur in the field, from the page to their candidates."""

from __future__ import annotations

import pytest
from tests.web.forms import text_of
from tests.web.records import signed_in, work

from headstamp.web.comparisons.models import BallisticLink, Comparison
from headstamp.web.comparisons.queries import candidates_of
from headstamp.web.evidence import actions
from headstamp.web.evidence.models import Scan

pytestmark = pytest.mark.django_db

ODD = {  # what becomes of the odd files of the field, and a word of why
    "circle.x3p": Scan.State.UNSUITABLE,
    "circle.al3d": Scan.State.UNSUITABLE,
    "csafe-logo.x3p": Scan.State.UNSUITABLE,
    "pyramid.x3p": Scan.State.UNSUITABLE,
    "testing.x3p": Scan.State.UNSUITABLE,
    "sample-land.x3p": Scan.State.UNSUITABLE,
}


@pytest.fixture
def technician(records):
    return records.person("technician")


def hand_in(records, technician, path):
    exhibit = records.exhibit(by=technician)
    return actions.add_scan(exhibit, chunks=[path.read_bytes()], file_name=path.name, by=technician)


@pytest.mark.parametrize("name", ODD)
def test_odd_files_of_the_field_are_kept_and_answered(name, shared_data, records, technician):
    made = hand_in(records, technician, shared_data / "scans/formats" / name)
    work()
    made.refresh_from_db()
    browser = signed_in(technician)
    page = text_of(browser.get(f"/scans/{made.pk}/"))
    assert made.state == ODD[name]
    for text in (made.state_reason, *made.warnings):
        assert text.split("'")[0] in page
    for part in ("picture/", "mask/picture/", "mask/picture/?automatic"):
        assert browser.get(f"/scans/{made.pk}/{part}").status_code == 200, part
    for part in ("surface/", "heights/"):
        assert browser.get(f"/scans/{made.pk}/{part}").status_code == 404, part


def test_two_real_cases_of_one_slide_find_each_other_and_not_the_third(
    shared_data, records, technician
):
    folder = shared_data / "scans/fadul"
    one, other, third = (
        hand_in(records, technician, folder / f"fadul-{name}.x3p") for name in ("1-1", "2-1", "1-2")
    )
    work()
    third.refresh_from_db()
    assert set(Scan.objects.values_list("state", flat=True)) == {Scan.State.SEARCHED}
    # By sources.csv 1-1 and 1-2 come from one slide, 2-1 from another; published scores of
    # these scans put all pairs of one slide above all others.
    found = {
        frozenset((c.scan_a_id, c.scan_b_id)): c for c in Comparison.objects.order_by("created_at")
    }
    same = found[frozenset((one.pk, third.pk))]
    assert same.log10_lr > 1
    assert same.congruent_cells >= 24
    for pair in ({one.pk, other.pk}, {other.pk, third.pk}):
        assert found[frozenset(pair)].log10_lr < 0
        assert found[frozenset(pair)].congruent_cells <= 8
    link = BallisticLink.objects.get()
    assert {link.exhibit_a_id, link.exhibit_b_id} == {one.exhibit_id, third.exhibit_id}
    newest = max((one, other, third), key=lambda scan: scan.comparisons_as_a.count())
    newest.refresh_from_db()
    assert candidates_of(technician, newest)
    page = text_of(signed_in(technician).get(f"/links/{link.pk}/"))
    assert "Candidate, not reviewed" in page
