"""Whatever people type is shown as text on every page that can be reached from the first."""

from __future__ import annotations

import re
from html import escape, unescape

import pytest
from django.db import transaction
from tests.web.forms import form_of, text_of
from tests.web.records import signed_in
from tests.web.typist import Typist

TEXTS = {
    "script": "<script>alert(1)</script>\"'&amp;",
    "attribute": 'x" onfocus=alert(1) y=\'"><img src=x onerror=alert(1)>',
    "letters": "\U0001f52b \u202eevil\u202c \u0645\u0631\u062d\u0628\u0627 \u00e9\u0301 \u200b",
}


ELSEWHERE = ("/static/", "/account/", "/demo/", "/photographs/")
PICTURES = ("/picture/", "/heights/", "/picture/?automatic", "/file/")
CRAWLING = ("technician", "analyst", "monitor", "administrator")


def crawl(browser):
    """Every page of ours that links lead to, from the first one on."""
    waiting, met = ["/"], {}
    while waiting:
        address = waiting.pop()
        if address in met or address.startswith(ELSEWHERE) or address.endswith(PICTURES):
            continue
        answer = browser.get(address)
        met[address] = ""
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            met[address] = text_of(answer)
            found = re.findall(r'(?:href|src|hx-get)="([^"#]*)"', met[address])
            links = [unescape(one) for one in found]
            base = address.split("?")[0]
            waiting += [
                base + one if one.startswith("?") else one for one in links if one[:1] in "/?"
            ]
    return met


def dangers(page, text):
    """Places where a text stands on a page other than as text."""
    found = []
    for mark in ("<script>alert", "<img src=x", "onfocus=alert(1) y='\""):
        if mark in text:
            found += [
                page[max(0, m.start() - 80) : m.end()] for m in re.finditer(re.escape(mark), page)
            ]
    return found


@pytest.fixture(scope="module", params=TEXTS)
def typed(request, django_db_setup, django_db_blocker, making_records, tmp_path_factory):
    """A workspace in which everybody typed the same text everywhere, seen by every role."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        typist = Typist(making_records, TEXTS[request.param])
        typist.type_all()
        pages = {role: crawl(typist.browsers[role]) for role in CRAWLING}
        yield typist, pages
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.mark.django_db
@pytest.mark.parametrize("role", CRAWLING)
def test_what_was_typed_is_text_on_every_page(role, typed):
    typist, pages = typed
    assert len(pages[role]) > (4 if role == "administrator" else 15)
    for address, page in pages[role].items():
        assert not dangers(page, typist.text), address


@pytest.mark.django_db
def test_what_was_typed_is_shown_unchanged(typed):
    typist, pages = typed
    kept = typist.text.strip().replace("\u200b", "")
    shown = [page for page in pages["analyst"].values() if page]
    plain = [unescape(page) for page in shown]
    assert sum(kept[:30] in page.replace("\u200b", "") for page in plain) > 10
    if "<" in kept:
        assert sum(escape(kept[:30]) in page for page in shown) > 5


@pytest.mark.django_db
def test_what_was_typed_into_a_search_is_text(typed):
    typist, _ = typed
    for address in ("/search/", "/incidents/", "/exhibits/", "/firearms/", "/scans/", "/queue/"):
        page = text_of(typist.browsers["analyst"].get(address, {"q": typist.text, "state": "all"}))
        assert not dangers(page, typist.text), address


@pytest.mark.django_db
def test_what_was_typed_and_refused_is_text(typed):
    typist, _ = typed
    browser, text = typist.browsers["technician"], typist.text
    fields = {"number": text, "occurred_at": text, "status": text, "marking": text, "area": text}
    answer = browser.post("/incidents/new/", fields)
    assert answer.status_code == 422
    assert not dangers(text_of(answer), text)


@pytest.mark.django_db
def test_two_versions_are_shown_as_text(typed):
    from headstamp.web.casework.models import Incident

    typist, _ = typed
    incident = Incident.objects.filter(agency__code="PVPD", area=typist.text).first()
    if incident is None:  # white space at the end is cut off
        incident = Incident.objects.filter(agency__code="PVPD").first()
    address = f"/incidents/{incident.pk}/change/"
    one, other = typist.browsers["technician"], typist.browsers["commander"]
    forms = [form_of(browser.get(address), "address") for browser in (one, other)]
    assert one.post(address, {**forms[0], "address": typist.text + "1"}).status_code == 302
    answer = other.post(address, {**forms[1], "address": typist.text + "2"})
    assert answer.status_code == 409
    assert not dangers(text_of(answer), typist.text)
    assert typist.text.strip()[:30] in unescape(text_of(answer))


LONG = "word " * 20_000


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["investigative_note", "address", "number"])
def test_very_long_text_is_kept_whole_or_refused(field, records):
    browser = signed_in(records.person("investigator"))
    form = form_of(browser.get("/incidents/new/"), "number")
    sent = {**form, "number": "L-1", "occurred_at": "2020-05-06T07:08", field: LONG}
    answer = browser.post("/incidents/new/", sent)
    if field == "investigative_note":
        from headstamp.web.casework.models import Incident

        assert answer.status_code == 302
        assert Incident.objects.get(number="L-1").investigative_note == LONG.strip()
    else:
        assert answer.status_code == 422
        assert "Ensure this value has at most" in text_of(answer)
