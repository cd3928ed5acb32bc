"""The queue of leads: whose, how late, in which state; and what waits for whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests.web.forms import text_of
from tests.web.records import signed_in

from headstamp.web.leads import queries
from headstamp.web.leads.clocks import notice_due
from headstamp.web.leads.models import Lead

pytestmark = pytest.mark.django_db


def numbers(browser, query=""):
    return [one.number for one in browser.get(f"/leads/{query}").context["page"].rows]


def recovered(lead, at, **more):
    target, limit = notice_due(at)
    Lead.objects.filter(pk=lead.pk).update(
        recovered_at=at, notice_due_at=target, notice_limit_at=limit, **more
    )


def test_public_safety_comes_first_then_what_is_not_triaged_then_by_priority_and_age(records):
    leads = [records.lead() for _ in range(5)]
    now = timezone.now()
    facts = [(True, 3, 0), (False, 0, 9), (False, 1, 2), (False, 1, 5), (False, 2, 30)]
    for lead, (safety, priority, hours) in zip(leads, facts, strict=True):
        at = now - timedelta(hours=hours)
        recovered(lead, at, public_safety=safety, priority=priority)
    order = [leads[n].number for n in (0, 1, 3, 2, 4)]
    assert numbers(signed_in(records.person("analyst"))) == order


def test_mine_are_those_assigned_to_me_or_that_i_was_told_of(records):
    own, other = records.lead(upto="assigned"), records.lead(upto="assigned")
    assert numbers(signed_in(own.assignee), "?who=mine") == [own.number]
    assert numbers(signed_in(other.assignee), "?who=mine") == [other.number]


def test_my_agencys_are_those_it_owns_or_that_concern_it(records):
    records.agreement("VCSO", "PVPD", "agency")
    records.agreement("PVPD", "VCSO", "agency")
    records.agreement("PVPD", "FFB", "agency")
    records.agreement("VCSO", "FFB", "agency")
    both = records.lead(records.exhibit("VCSO"), records.exhibit("PVPD"))
    city = records.lead()
    county = records.lead(code="VCSO")
    browsers = {code: signed_in(records.person("investigator", code)) for code in ("VCSO", "FFB")}
    assert set(numbers(browsers["VCSO"], "?who=agency")) == {both.number, county.number}
    assert numbers(browsers["FFB"], "?who=agency") == []
    assert set(numbers(browsers["FFB"])) == {both.number, city.number, county.number}


def test_overdue_and_due_today_are_what_nobody_has_notice_of(records, monkeypatch):
    noon = datetime(2026, 6, 5, 12, 0, tzinfo=ZoneInfo("America/Chicago"))
    monkeypatch.setattr(timezone, "now", lambda: noon)
    hours = {"over": 50, "limit today": 47, "target today": 20, "tomorrow": 5, "told": 60}
    leads = {name: records.lead() for name in hours}
    for name, lead in leads.items():
        met = {"noticed_at": noon} if name == "told" else {}
        recovered(lead, noon - timedelta(hours=hours[name]), **met)
    browser = signed_in(records.person("analyst"))
    named = {lead.number: name for name, lead in leads.items()}
    assert [named[one] for one in numbers(browser, "?clock=overdue")] == ["over"]
    today = {named[one] for one in numbers(browser, "?clock=today")}
    assert today == {"limit today", "target today"}


def test_states_and_priorities_filter_and_open_ones_are_shown_first(records):
    from headstamp.web.leads import closing

    lead, new = records.lead(upto="in_progress"), records.lead()
    closing.close(lead, state="closed_arrest", outcome="x", version=lead.version, by=lead.assignee)
    browser = signed_in(records.person("analyst"))
    assert numbers(browser) == [new.number]
    assert set(numbers(browser, "?state=all")) == {lead.number, new.number}
    assert numbers(browser, "?state=closed_arrest") == [lead.number]
    assert numbers(browser, "?state=all&priority=1") == [lead.number]
    assert numbers(browser, "?priority=0") == [new.number]
    assert numbers(browser, "?state=nothing") == []


def test_a_lead_is_found_by_the_beginning_of_its_number_or_of_an_exhibits(records):
    lead, other = records.lead(), records.lead()
    browser = signed_in(records.person("analyst"))
    exhibit = lead.bases.get().link.exhibit_b
    for text in (lead.number, lead.number.lower(), lead.number[:6], lead.number.removeprefix("L-")):
        assert lead.number in numbers(browser, f"?q={text}"), text
    assert numbers(browser, f"?q={exhibit.number}") == [lead.number]
    assert other.number not in numbers(browser, f"?q={lead.number}")


def test_the_first_page_says_what_waits_for_whom(records):
    new, triaged = records.lead(), records.lead(upto="triaged")
    assigned, followed = records.lead(upto="assigned"), records.lead(upto="in_progress")
    analyst = records.person("analyst")
    waiting = {one: queries.waits_for(one, analyst) for one in queries.waiting(analyst)}
    assert waiting == {new: "Triage", triaged: "Assign"}
    for lead, does in ((assigned, "Acknowledge"), (followed, "Follow")):
        person = lead.assignee
        found = {one: queries.waits_for(one, person) for one in queries.waiting(person)}
        assert found == {lead: does}
    page = text_of(signed_in(assigned.assignee).get("/"))
    assert assigned.number in page
    assert new.number not in page.split("Leads that wait for you")[1]
    assert not list(queries.waiting(records.person("prosecutor")))


def test_what_nobody_was_told_of_in_48_hours_waits_for_those_who_can_tell(records):
    lead = records.lead(upto="triaged")
    Lead.objects.filter(pk=lead.pk).update(
        state="in_progress", noticed_at=None, notice_limit_at=timezone.now() - timedelta(hours=1)
    )
    commander = records.person("commander")
    found = list(queries.waiting(commander))
    assert [queries.waits_for(one, commander) for one in found] == ["Give notice"]


def test_an_empty_queue_says_so(records):
    page = text_of(signed_in(records.person("analyst")).get("/leads/"))
    assert "No lead is open" in page
