"""Strangers are answered from what was released; those who may see more, from every list in use."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.web.claims.conftest import crimes, release
from tests.web.forms import form_of, text_of

from headstamp.web.claims.models import KeptCheck
from headstamp.web.figures.lists.importing import keep_list, withdraw_list
from headstamp.web.figures.releases.actions import withdraw

pytestmark = pytest.mark.django_db

RIGHT = "Consistent with the figures"
MAY = "Chicago had 302 murders through May 31."


def asked(browser, sent, text=""):
    return text_of(browser.post("/check/", {**sent, **({"text": text} if text else {})}))


@pytest.fixture
def analyst(person, signed_in):
    return signed_in(person("analyst", "OWN"))


def test_what_was_not_released_is_counted_for_those_who_may_see_it_alone(
    unreleased, client, analyst, person, signed_in, sent
):
    assert RIGHT in asked(analyst, sent)
    for browser in (client, signed_in(person("administrator", "OWN"))):
        text = asked(browser, sent)
        assert RIGHT not in text
        assert "360 murders from" not in text


def test_the_interface_for_programs_counts_what_was_released_alone(unreleased, analyst, sent):
    answer = analyst.post("/check/api/", json.dumps(sent), content_type="application/json")
    assert [one["finding"] for one in answer.json()["claims"]] == ["not_checkable"]


def test_what_is_kept_is_checked_against_what_was_released_alone(unreleased, analyst, sent):
    analyst.post("/check/keep/", form_of(analyst.post("/check/", sent), "text"))
    kept = KeptCheck.objects.get()
    assert [one["finding"] for one in kept.claims] == ["not_checkable"]


def test_days_after_the_last_that_was_released_are_not_counted(
    unreleased, client, analyst, records, sent
):
    release(records, date(2017, 5, 31))
    assert RIGHT in asked(analyst, sent)
    text = asked(client, sent)
    assert RIGHT not in text
    assert "figures after 2017-05-31 are not released" in text
    assert RIGHT in asked(client, sent, MAY)


def test_a_later_list_is_not_counted_before_figures_of_it_are_released(
    lists, client, analyst, records, sent, tmp_path
):
    path = crimes(tmp_path / "later.csv", 3)
    keep_list(path, retrieved="2017-07-01", by=records.person("analyst"))
    later = {**sent, "date": "2017-07-02", "text": "Chicago had 540 murders through June 29."}
    assert RIGHT in asked(analyst, later)
    assert RIGHT not in asked(client, later)


def test_a_list_that_was_withdrawn_is_counted_for_nobody(
    unreleased, client, analyst, records, sent
):
    release(records, date(2017, 6, 29))
    assert RIGHT in asked(client, sent)
    withdraw_list(unreleased, reason="Wrong file", by=records.person("analyst"))
    assert RIGHT not in asked(client, sent)
    assert RIGHT not in asked(analyst, sent)


def test_a_release_that_was_withdrawn_answers_nobody(unreleased, client, records, sent):
    made = release(records, date(2017, 6, 29))
    withdraw(made, reason="Wrong day", by=records.person("commander"))
    assert RIGHT not in asked(client, sent)
