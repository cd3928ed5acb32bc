"""The review queue: the strongest first, on both databases, and nobody's own lead again."""

from __future__ import annotations

import pytest
from tests.web.records import signed_in

from headstamp.web.comparisons.models import BallisticLink
from headstamp.web.comparisons.queries import WAITING_FOR, links_of, queue
from headstamp.web.comparisons.states import LinkState

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


def test_links_are_found_by_the_numbers_of_exhibits_and_incidents(link, records):
    made = link()
    link()
    person = records.person("analyst")
    for text in (made.exhibit_a.number, made.exhibit_b.incident.number.lower()):
        assert list(queue(person, "all", text)) == [made]
    assert not queue(person, "all", "%")


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
