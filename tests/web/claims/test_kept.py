"""A result that is kept stays as it was found, at an address that can be shared."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.urls import reverse
from tests.web.forms import form_of, text_of

from headstamp.web.audit.models import AuditEvent
from headstamp.web.claims.models import KeptCheck

pytestmark = pytest.mark.django_db

KEEP = "/check/keep/"


@pytest.fixture
def analyst(person):
    return person("analyst", "OWN")


@pytest.fixture
def kept(analyst, signed_in, sent, lists):
    """A result kept by way of the page."""
    browser = signed_in(analyst)
    form = form_of(browser.post("/check/", sent), "text")
    answer = browser.post(KEEP, form)
    found = KeptCheck.objects.get()
    assert answer["Location"] == reverse("claims:kept", args=[found.pk])
    return found


def test_a_stranger_reads_what_was_kept_as_it_was_found(kept, client, sent):
    assert kept.text == sent["text"]
    assert kept.sha256 == sha256(sent["text"].encode()).hexdigest()
    page = client.get(reverse("claims:kept", args=[kept.pk]))
    assert page.status_code == 200
    text = text_of(page)
    assert "Chicago had 360 murders from 1 January to 29 June 2017" in text
    assert kept.sha256 in text
    assert "Withdraw" not in text


def test_it_is_on_record_by_the_hash_of_its_text_alone(kept, analyst, sent):
    event = AuditEvent.objects.get(action="claims.kept")
    assert (event.actor, event.record) == (str(analyst.pk), str(kept.pk))
    assert event.detail == {"sha256": kept.sha256, "claims": 1}


def test_it_is_not_changed_by_lists_that_come_later(kept, client):
    claims = kept.claims
    kept.refresh_from_db()
    assert kept.claims == claims
    assert claims[0]["checked_against"][0]["count"] == 360


def test_whoever_kept_it_withdraws_it_and_its_address_says_why(kept, analyst, signed_in, client):
    browser = signed_in(analyst)
    form = form_of(browser.get(reverse("claims:kept", args=[kept.pk])), "reason")
    browser.post(reverse("claims:withdraw", args=[kept.pk]), {**form, "reason": "Wrong day"})
    page = client.get(reverse("claims:kept", args=[kept.pk]))
    assert page.status_code == 410
    assert "Wrong day" in text_of(page)
    assert "360 murders" not in text_of(page)
    event = AuditEvent.objects.get(action="claims.withdrawn")
    assert (event.record, event.purpose) == (str(kept.pk), "Wrong day")


@pytest.mark.parametrize(
    ("role", "reason", "status"),
    [("analyst", "Wrong", 409), ("commander", "Wrong", 302), ("commander", " ", 409)],
)
def test_another_person_cannot_withdraw_it_but_a_commander_can(
    kept, person, signed_in, role, reason, status
):
    address = reverse("claims:withdraw", args=[kept.pk])
    answer = signed_in(person(role, "OWN")).post(address, {"reason": reason})
    assert answer.status_code == status
    kept.refresh_from_db()
    assert kept.is_withdrawn == (status == 302)


def test_it_is_withdrawn_once(kept, analyst, signed_in):
    address = reverse("claims:withdraw", args=[kept.pk])
    browser = signed_in(analyst)
    assert browser.post(address, {"reason": "Wrong"}).status_code == 302
    assert browser.post(address, {"reason": "Again"}).status_code == 409


def test_a_stranger_keeps_nothing(client, sent):
    assert client.post(KEEP, sent).status_code == 302
    assert not KeptCheck.objects.exists()


def test_a_text_that_is_too_long_is_not_kept(analyst, signed_in, sent):
    answer = signed_in(analyst).post(KEEP, {**sent, "text": "x" * 200_001})
    assert answer.status_code == 422
    assert not KeptCheck.objects.exists()


def test_a_number_of_four_hundred_digits_can_be_kept(analyst, signed_in, sent):
    said = f"Chicago had {'9' * 400} murders in 2015."
    assert signed_in(analyst).post(KEEP, {**sent, "text": said}).status_code == 302
