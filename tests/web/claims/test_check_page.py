"""A text is checked by whoever pastes it, and leaves no trace."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.web.forms import text_of

from headstamp.web.audit.models import AuditEvent
from headstamp.web.claims import checking, rate
from headstamp.web.claims.models import KeptCheck
from headstamp.web.claims.showing import pieces

pytestmark = pytest.mark.django_db

PAGE = "/check/"


def test_a_stranger_gets_a_form_with_a_token(client):
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "csrfmiddlewaretoken" in page.content.decode()


def test_a_form_without_its_token_is_refused(sent):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(PAGE, sent).status_code == 403


def test_claims_are_marked_and_each_has_a_card_with_its_figures(client, sent, lists):
    page = client.post(PAGE, sent)
    assert page.status_code == 200
    text = text_of(page)
    assert "1 claim found" in text
    assert '<mark class="hs-claim hs-claim--hit">360 murders' in text
    assert 'href="#claim-1"' in text
    assert "Consistent with the figures" in text
    assert "said by mayor" in text or "said by the mayor" in text
    assert "Chicago had 360 murders from 1 January to 29 June 2017" in text
    assert "chicago-murders-open-data v1" in text
    assert "data:image/svg+xml;base64," in text


def test_a_wrong_number_is_told_what_would_be_true(client, sent, lists):
    text = text_of(client.post(PAGE, {**sent, "text": "Chicago had 500 murders this year."}))
    assert "Not what the figures say" in text
    assert "Chicago had 360 murders" in text


def test_without_lists_the_years_of_cities_answer(client, sent):
    text = text_of(client.post(PAGE, {**sent, "text": "New York had 352 murders in 2015."}))
    assert "Consistent with the figures" in text


def test_the_place_is_taken_by_its_name(client, sent):
    said = {**sent, "text": "There were 352 murders in 2015.", "place": "New York"}
    assert "Consistent with the figures" in text_of(client.post(PAGE, said))


def test_nothing_is_stored_and_nothing_put_on_record(client, sent, lists):
    before = AuditEvent.objects.count()
    client.post(PAGE, sent)
    assert (KeptCheck.objects.count(), AuditEvent.objects.count()) == (0, before)


def test_a_text_without_a_claim_is_said_to_have_none(client, sent):
    text = text_of(client.post(PAGE, {**sent, "text": "The Cubs won 7-3 in 2016."}))
    assert "No claim found" in text
    assert "Keep it" not in text


def test_markup_in_a_text_is_shown_and_not_obeyed(client, sent):
    said = "<script>alert(1)</script> New York had 352 murders in 2015. <b>x</b>"
    page = client.post(PAGE, {**sent, "text": said}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>x" not in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": ""}, "Paste a text to check."),
        ({"text": "   \n "}, "Paste a text to check."),
        ({"text": "é" * 100_001}, "longer than 200 kB"),
        ({"date": "June 2017"}, "Write it as 2017-06-30"),
        ({"date": ""}, "Say on which day"),
        ({"date": "2999-01-01"}, "lies ahead"),
        ({"date": "1492-01-01"}, "before 1900"),
    ],
)
def test_what_cannot_be_checked_is_said_at_its_field(client, sent, changed, said):
    page = client.post(PAGE, {**sent, **changed})
    assert page.status_code == 422
    assert said in text_of(page)


def test_a_text_of_just_the_largest_size_is_checked(client, sent):
    assert client.post(PAGE, {**sent, "text": "é" * 100_000}).status_code == 200


def test_more_than_so_many_checks_a_minute_have_to_wait(client, sent, monkeypatch):
    monkeypatch.setattr(rate, "PER_MINUTE", 2)
    monkeypatch.setattr(rate.time, "time", lambda: 1_500_000_000.0)
    answers = [client.post(PAGE, sent).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert "Wait a minute" in text_of(client.post(PAGE, sent))


def test_claims_beyond_the_most_are_counted_and_not_checked(client, sent, monkeypatch):
    monkeypatch.setattr(checking, "MOST_CLAIMS", 2)
    said = " ".join(f"New York had {number} murders in 2015." for number in (352, 353, 354))
    text = text_of(client.post(PAGE, {**sent, "text": said}))
    assert "2 claims found" in text
    assert "1 more were found" in text or "1 more was found" in text


def test_the_pieces_of_a_text_are_the_text():
    rows = [
        {"start": 2, "end": 5, "finding": "consistent"},
        {"start": 4, "end": 7, "finding": "imprecise"},
        {"start": 8, "end": 9, "finding": "imprecise"},
    ]
    found = pieces("0123456789", rows)
    assert "".join(one.text for one in found) == "0123456789"
    assert [one.verdict for one in found] == ["", "imprecise", "", "imprecise", ""]
    assert [one.numbers for one in found] == [(), (1, 2), (), (3,), ()]


def test_somebody_signed_in_may_keep_what_is_found_and_the_monitor_may_not(
    person, signed_in, sent, lists
):
    pages = {
        role: text_of(signed_in(person(role, "OWN")).post(PAGE, sent))
        for role in ("analyst", "monitor")
    }
    assert "Keep it" in pages["analyst"]
    assert "Keep it" not in pages["monitor"]
    assert reverse("claims:keep") in pages["analyst"]
