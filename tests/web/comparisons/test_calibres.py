"""A caution where the two exhibits are recorded with different calibres."""

from __future__ import annotations

import pytest
from tests.web.forms import text_of
from tests.web.records import signed_in, work

from headstamp.web.comparisons.models import BallisticLink, Comparison
from headstamp.web.evidence.models import Exhibit

pytestmark = pytest.mark.django_db

CAUTION = "The recorded calibres differ"


@pytest.fixture
def pair(records):
    technician = records.person("technician")
    exhibits = [records.exhibit(by=technician, number=f"E-{number}") for number in (1, 2)]
    for firing, one in enumerate(exhibits, 1):
        records.scan(1, firing, of=one, by=technician)
    work()
    return exhibits


def pages(records):
    browser = signed_in(records.person("examiner"))
    link, compared = BallisticLink.objects.get(), Comparison.objects.first()
    return [
        text_of(browser.get(address))
        for address in (f"/links/{link.pk}/", f"/comparisons/{compared.pk}/")
    ]


def recorded(pair, *calibres):
    for one, calibre in zip(pair, calibres, strict=True):
        Exhibit.objects.filter(pk=one.pk).update(calibre=calibre)


def test_different_calibres_are_named_on_both_pages(pair, records):
    recorded(pair, "9 mm Luger", ".40 S&W")
    for page in pages(records):
        assert CAUTION in page
        assert "E-1 is 9 mm Luger" in page
        assert "E-2 is .40 S&amp;W" in page


@pytest.mark.parametrize(
    "calibres", [("9 mm Luger", "9mm luger"), ("9 mm Luger", ""), ("", ""), ("9x19", "9 mm Luger")]
)
def test_one_calibre_or_an_unknown_one_needs_no_caution(pair, records, calibres):
    recorded(pair, *calibres)
    for page in pages(records):
        assert CAUTION not in page


def test_the_caution_stops_nobody(pair, records):
    recorded(pair, "9 mm Luger", ".40 S&W")
    link = BallisticLink.objects.get()
    sent = {"decision": "lead", "reason": "Agreement", "version": link.version}
    answer = signed_in(records.person("examiner")).post(f"/links/{link.pk}/review/", sent)
    assert answer.status_code == 302


def test_the_calibre_of_an_exhibit_out_of_reach_is_not_told(pair, records):
    recorded(pair, "9 mm Luger", ".40 S&W")
    Exhibit.objects.filter(pk=pair[0].pk).update(marking="restricted")
    compared = Comparison.objects.first()
    answer = signed_in(records.person("examiner")).get(f"/comparisons/{compared.pk}/")
    assert answer.status_code == 200
    page = text_of(answer)
    assert "9 mm Luger" not in page
    assert CAUTION not in page
