"""What is answered to text that no table keeps, and to filters that mean nothing."""

from __future__ import annotations

import pytest
from tests.web.forms import text_of

pytestmark = pytest.mark.django_db

LISTS = ("/search/", "/incidents/", "/exhibits/", "/firearms/", "/scans/", "/queue/", "/cases/")


@pytest.mark.parametrize("address", LISTS)
def test_nul_in_a_search_is_refused_and_breaks_nothing(address, person, signed_in):
    answer = signed_in(person("analyst")).get(address, {"q": "a\0b"})
    assert answer.status_code == 400
    assert "is no text" in text_of(answer)


def test_nul_in_a_form_is_refused(person, incident, signed_in):
    found = incident()
    browser = signed_in(person("commander"))
    answer = browser.post(f"/incidents/{found.pk}/withdraw/", {"reason": "a\0b"})
    assert answer.status_code == 400
    answer = browser.post(f"/incidents/{found.pk}/withdraw/", {"reason": "a", "b\0": "c"})
    assert answer.status_code == 400
    found.refresh_from_db()
    assert not found.is_withdrawn


@pytest.mark.parametrize("address", ["/incidents/", "/exhibits/", "/scans/", "/queue/"])
@pytest.mark.parametrize(
    "query", [{"occurred_from": "x"}, {"state": "x"}, {"kind": "x"}, {"q": "x" * 1000}]
)
def test_a_filter_that_means_nothing_shows_nothing(address, query, person, exhibit, signed_in):
    found = exhibit()
    answer = signed_in(person("analyst")).get(address, query)
    assert answer.status_code == 200
    known = {"/incidents/": "occurred_from", "/exhibits/": "kind", "/scans/": "state"}
    if "q" in query or known.get(address) in query:
        assert found.incident.number not in text_of(answer)
        assert "No " in text_of(answer)
