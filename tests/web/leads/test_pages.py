"""The page of a lead, its sheet, and what they may say."""

from __future__ import annotations

import pytest
from tests.web.forms import form_of, text_of
from tests.web.records import signed_in

from headstamp.reports.wording import LEAD_SENTENCE
from headstamp.web.leads.models import Lead

pytestmark = pytest.mark.django_db


def test_a_lead_of_two_agencies_goes_from_the_queue_to_a_rated_outcome(records):
    records.agreement("PVPD", "FFB", "agency")
    lead, agent = records.lead(), records.person("investigator", "FFB")
    path = f"/leads/{lead.pk}/"

    def send(browser, address, **changes):
        sent = {**form_of(browser.get(path), "version"), **changes}
        answer = browser.post(path + address, sent)
        assert answer.status_code == 302, text_of(answer)[-2000:]

    commander, federal = signed_in(records.person("commander")), signed_in(agent)
    send(commander, "triage/", priority="1", reasons=["killed"], text="Open")
    send(commander, "assign/", person=str(agent.pk), text="Ask")
    version = {"version": str(Lead.objects.get().version)}
    assert federal.post(path + "acknowledge/", version).status_code == 302
    send(federal, "follow-up/", text="Asked both")
    send(federal, "close/", state="closed_charged", outcome="Charges filed")
    send(federal, "rate/", rating="helpful", comment="It joined them")
    page = text_of(commander.get(path))
    for said in ("Closed: charges filed", "Helpful: It joined them", "Charges filed", "Asked both"):
        assert said in page


def test_what_was_typed_and_refused_is_still_there(records):
    lead = records.lead(upto="triaged")
    browser = signed_in(records.person("commander"))
    sent = {"version": "1", "priority": "2", "reasons": ["old"], "text": "Written at length"}
    answer = browser.post(f"/leads/{lead.pk}/triage/", sent)
    assert answer.status_code == 409
    assert "Somebody else has worked on this lead" in text_of(answer)
    assert "Written at length" in text_of(answer)


def test_a_form_with_a_field_left_out_names_the_field(records):
    lead = records.lead()
    browser = signed_in(records.person("commander"))
    answer = browser.post(f"/leads/{lead.pk}/triage/", {"version": lead.version})
    assert answer.status_code == 409
    assert "Priority: This field is required." in text_of(answer)


def test_html_in_what_people_write_is_shown_as_they_wrote_it(records):
    from headstamp.web.leads import actions

    lead = records.lead(upto="acknowledged")
    said = "<script>alert(1)</script>"
    actions.note(lead, text=said, awaits_lab=False, version=lead.version, by=lead.assignee)
    for page in ("", "sheet/"):
        text = text_of(signed_in(lead.assignee).get(f"/leads/{lead.pk}/{page}"))
        assert said not in text
        assert "&lt;script&gt;" in text


@pytest.mark.parametrize("length", [5000, 5001])
def test_a_follow_up_is_as_long_as_it_may_be_and_no_longer(records, length):
    lead = records.lead(upto="acknowledged")
    answer = signed_in(lead.assignee).post(
        f"/leads/{lead.pk}/follow-up/", {"version": lead.version, "text": "x" * length}
    )
    assert answer.status_code == (302 if length == 5000 else 409)


def test_a_lead_is_never_worded_as_more_than_its_link_permits(records):
    lead = records.lead(upto="in_progress")
    browser = signed_in(lead.assignee)
    for page in (f"/leads/{lead.pk}/", f"/leads/{lead.pk}/sheet/"):
        text = text_of(browser.get(page)).split("<main")[1]
        assert LEAD_SENTENCE in text
        for word in ("match", "identified", "Hit"):
            assert word not in text.replace("is not an identification", ""), (page, word)


def test_the_sheet_says_that_a_lead_is_no_identification_also_of_a_hit(records):
    from headstamp.web.comparisons import actions as links

    lead = records.lead()
    link = lead.bases.get().link
    links.request_examination(
        link, reason="Needed", version=link.version, by=records.person("analyst")
    )
    made = links.examine(
        link,
        conclusion="identification",
        method="both",
        bases="Agree",
        limits="",
        by=records.person("examiner"),
    )
    links.verify_examination(made, agreed=True, note="", by=records.person("examiner"))
    text = text_of(signed_in(records.person("analyst")).get(f"/leads/{lead.pk}/sheet/"))
    assert LEAD_SENTENCE in text
    assert "Hit: identification by an examiner" in text


def test_the_sheet_is_a_pdf_and_taking_it_is_on_record(records):
    from headstamp.web.audit.models import AuditEvent

    for at in ((41.88, -87.63), (41.9, -87.66)):
        records.incident(latitude=at[0], longitude=at[1])
    one = records.exhibit(of=records.incident(latitude=41.88, longitude=-87.63))
    other = records.exhibit(of=records.incident(latitude=41.9, longitude=-87.66))
    lead = records.lead(one, other, upto="acknowledged")
    answer = signed_in(lead.assignee).get(f"/leads/{lead.pk}/sheet/file/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")
    assert lead.number in answer["Content-Disposition"]
    assert (
        AuditEvent.objects.filter(action="leads.sheet_exported", record=str(lead.pk)).count() == 1
    )
    page = text_of(signed_in(lead.assignee).get(f"/leads/{lead.pk}/"))
    assert "data:image/svg+xml;base64," in page


def test_the_page_of_a_link_names_its_leads_and_makes_one_by_hand(records):
    link = records.link(steps=2)
    browser = signed_in(records.person("analyst"))
    path = f"/links/{link.pk}/"
    assert "Make a lead by hand" in text_of(browser.get(path))
    answer = browser.post(f"/leads/from-link/{link.pk}/", {"text": "A second shooting"})
    lead = Lead.objects.get()
    assert answer["Location"] == f"/leads/{lead.pk}/"
    page = text_of(browser.get(path))
    assert lead.number in page
    assert "Make a lead by hand" not in page


def test_a_lead_whose_assignee_cannot_see_it_any_more_says_so(records):
    from headstamp.web.casework import cases
    from headstamp.web.leads import actions

    given = records.agreement("PVPD", "FFB", "agency")
    lead, agent = records.lead(upto="triaged"), records.person("investigator", "FFB")
    by = records.person("analyst")
    actions.assign(lead, person=agent, text="", version=lead.version, by=by)
    browser, path = signed_in(by), f"/leads/{lead.pk}/"
    assert "cannot follow this lead any more" not in text_of(browser.get(path))
    cases.end_agreement(given, by=records.person("administrator"))
    assert f"{agent.name} cannot follow this lead any more" in text_of(browser.get(path))
    assert signed_in(agent).post(path + "acknowledge/", {"version": 9}).status_code == 404


def test_who_works_no_leads_is_offered_no_form(records):
    records.agreement("PVPD", "FFB", "agency")
    lead = records.lead(upto="triaged")
    for role, code in (("prosecutor", "PVPD"), ("monitor", "OIM"), ("analyst", "FFB")):
        page = text_of(signed_in(records.person(role, code)).get(f"/leads/{lead.pk}/"))
        assert "<form" not in page.split("<main")[1], role


def test_notifications_are_marked_as_read_all_at_once(records):
    lead = records.lead(upto="assigned")
    browser = signed_in(lead.assignee)
    assert "Mark all as read" in text_of(browser.get("/leads/notifications/"))
    assert browser.post("/leads/notifications/read/").status_code == 302
    assert "Mark all as read" not in text_of(browser.get("/leads/notifications/"))
    assert "This lead is assigned to you" not in text_of(browser.get("/"))
