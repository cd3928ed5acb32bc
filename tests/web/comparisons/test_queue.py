"""The review queue: the strongest first, on both databases, and nobody's own lead again."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from tests.web.forms import text_of
from tests.web.records import signed_in

from headstamp.web.comparisons.models import BallisticLink, Examination
from headstamp.web.comparisons.queries import WAITING_FOR, links_of, queue
from headstamp.web.comparisons.states import LinkState
from headstamp.web.lists import indexed

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(records):
    def make(**fields):
        exhibits = [records.exhibit() for _ in range(2)]
        return BallisticLink.objects.create(exhibit_a=exhibits[0], exhibit_b=exhibits[1], **fields)

    return make


def test_the_strongest_support_comes_first_and_links_without_a_ratio_last(link, records):
    made = {ratio: link(log10_lr=ratio) for ratio in (None, 0.5, 3.7, -2.0)}
    found = [one.log10_lr for one in queue(records.person("technician"))]
    assert found == [3.7, 0.5, -2.0, None]
    exhibit = made[None].exhibit_a
    other = BallisticLink.objects.create(
        exhibit_a=exhibit, exhibit_b=made[0.5].exhibit_b, log10_lr=0.1
    )
    shown = list(links_of(records.person("technician"), exhibit))
    assert shown == [other, made[None]]


@pytest.mark.parametrize("role", WAITING_FOR)
def test_each_role_is_shown_what_waits_for_it(role, link, records):
    for state in LinkState.values:
        link(state=state, log10_lr=1.0)
    person = records.person(role)
    assert {one.state for one in queue(person)} == set(WAITING_FOR[role])
    assert {one.state for one in queue(person, "all")} == set(LinkState.values)
    for state in LinkState.values:
        assert {one.state for one in queue(person, state)} == {state}


def test_ones_own_lead_waits_for_somebody_else(link, records):
    reviewer = records.person("technician")
    link(state="lead_unconfirmed", reviewer=reviewer)
    assert not queue(reviewer)
    assert queue(records.person("technician"))
    assert queue(reviewer, "all")


def test_ones_own_conclusion_waits_for_another_examiner(link, records):
    examiner, other = records.person("examiner"), records.person("examiner")
    made = link(state="examination_requested")
    assert list(queue(examiner)) == [made]
    examination = Examination.objects.create(link=made, conclusion="unsuitable", examiner=examiner)
    assert not queue(examiner)
    assert list(queue(other)) == [made]
    assert list(queue(examiner, "all")) == [made]
    Examination.objects.filter(pk=examination.pk).update(verified_at=timezone.now(), agreed=False)
    assert list(queue(examiner)) == [made]


WAIT = {
    *("correlated", "lead_unconfirmed", "lead_verified", "disseminated"),
    "examination_requested",
}


def test_the_monitor_is_told_what_waits_for_others(link, records):
    for number, state in enumerate(LinkState.values, 1):
        for _ in range(number):
            link(state=state, log10_lr=1.0)
    monitor = records.person("monitor")
    browser = signed_in(monitor)
    page = text_of(browser.get("/"))
    for words in ("What waits for you", "waits for you", "Waiting for me"):
        assert words not in page
    assert "Candidates and leads, waiting for others" in page
    shown = dict(re.findall(r'\?state=(\w+)">[^<]+</a> <span[^>]*>(\d+)<', page))
    assert shown == {
        state: str(number) for number, state in enumerate(LinkState.values, 1) if state in WAIT
    }
    assert {one.state for one in queue(monitor)} == WAIT
    page = text_of(browser.get("/queue/"))
    assert "Waiting for others" in page
    assert "Waiting for me" not in page


def test_nobody_who_can_act_is_told_of_what_waits_for_others(link, records):
    link(state="lead_verified", log10_lr=1.0)
    page = text_of(signed_in(records.person("technician")).get("/"))
    assert "What waits for you" in page
    assert "No candidate or lead waits for you" in page
    assert "waiting for others" not in page


WAYS = {"looked up": 500, "asked one by one": 0}


@pytest.fixture(params=WAYS)
def way(request, monkeypatch):
    """Both ways of finding the links of exhibits: of a few, and of more."""
    monkeypatch.setattr(indexed, "FEW", WAYS[request.param])


@pytest.mark.usefixtures("way")
def test_links_are_found_by_the_numbers_of_exhibits_and_incidents(link, records):
    made = link()
    link()
    person = records.person("analyst")
    for text in (made.exhibit_a.number, made.exhibit_b.incident.number.lower()):
        assert list(queue(person, "all", text)) == [made]
    assert not queue(person, "all", "%")


@pytest.mark.usefixtures("way")
def test_the_number_of_an_incident_out_of_reach_finds_no_link(records):
    hidden = records.incident("VCSO", number="HIDDEN-1")
    exhibits = [
        records.exhibit("VCSO", of=hidden, number="SEEN-1", marking="open"),
        records.exhibit(number="SEEN-2"),
    ]
    made = BallisticLink.objects.create(exhibit_a=exhibits[0], exhibit_b=exhibits[1])
    person = records.person("analyst")
    assert list(queue(person, "all", "SEEN-1")) == [made]
    assert not queue(person, "all", "HIDDEN")
    assert list(queue(records.person("monitor"), "all", "HIDDEN")) == [made]


def test_leafing_through_the_queue_meets_every_link_once(link, records):
    exhibits = [records.exhibit() for _ in range(12)]
    BallisticLink.objects.bulk_create(
        BallisticLink(exhibit_a=one, exhibit_b=other, log10_lr=1.0)
        for n, one in enumerate(exhibits)
        for other in exhibits[:n]
    )
    browser, met = signed_in(records.person("technician")), []
    for page in (1, 2):
        met += [one.pk for one in browser.get("/queue/", {"page": page}).context["page"].rows]
    assert len(met) == len(set(met)) == 66
