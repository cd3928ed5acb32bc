"""What may be done with a lead, by whom, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from headstamp.web.leads import actions, closing
from headstamp.web.leads.making import make_by_hand
from headstamp.web.leads.models import Lead, Notification
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db


def fresh(lead):
    return Lead.objects.select_related("assignee").get(pk=lead.pk)


def triage(lead, by, **changes):
    facts = {"priority": 1, "reasons": ["killed"], "public_safety": False, "text": "Open"}
    actions.triage(lead, version=fresh(lead).version, by=by, **{**facts, **changes})


def withdraw(lead, by):
    from headstamp.web.comparisons import actions as links

    link = lead.bases.get().link
    links.withdraw(link, reason="Swapped", version=link.version, by=by)


def test_a_lead_goes_from_new_to_a_rated_outcome(records):
    lead = records.lead(upto="in_progress")
    agent = lead.assignee
    closing.close(lead, state="closed_arrest", outcome="Arrested", version=lead.version, by=agent)
    lead = fresh(lead)
    closing.rate(lead, rating="helpful", comment="New", version=lead.version, by=agent)
    lead = fresh(lead)
    assert (lead.state, lead.rating, lead.rated_by) == ("closed_arrest", "helpful", agent)
    kinds = [one.kind for one in lead.steps.all()]
    assert kinds == ["made", "triaged", "assigned", "acknowledged", "noted", "closed", "rated"]
    assert [one.position for one in lead.steps.all()] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    "changes",
    [{"priority": 0}, {"priority": 9}, {"reasons": []}, {"reasons": ["race"]}, {"text": "  "}],
)
def test_a_priority_without_its_reasons_is_refused(records, changes):
    lead = records.lead()
    with pytest.raises(Refusal):
        triage(lead, records.person("analyst"), **changes)
    assert fresh(lead).state == "new"


def test_who_made_a_lead_by_hand_does_not_triage_it(records):
    analyst = records.person("analyst")
    lead = make_by_hand(records.link(steps=2), text="Now", public_safety=False, by=analyst)
    with pytest.raises(Refusal, match="another person must triage"):
        triage(lead, analyst)
    triage(lead, records.person("commander"))
    assert fresh(lead).state == "triaged"


def test_who_marked_it_for_public_safety_does_not_take_that_back(records):
    lead, analyst = records.lead(), records.person("analyst")
    triage(lead, analyst, public_safety=True)
    with pytest.raises(Refusal, match="another person takes that back"):
        triage(lead, analyst)
    triage(lead, records.person("commander"))
    assert not fresh(lead).public_safety


def test_only_agencies_that_a_lead_concerns_work_it(records):
    records.agreement("PVPD", "FFB", "agency")
    lead = records.lead()
    with pytest.raises(Refusal, match="agencies that this lead concerns"):
        triage(lead, records.person("analyst", "FFB"))


def test_a_lead_is_not_assigned_before_it_is_triaged(records):
    lead = records.lead()
    with pytest.raises(Refusal, match="cannot follow"):
        actions.assign(
            lead,
            person=records.person("investigator"),
            text="",
            version=lead.version,
            by=records.person("analyst"),
        )


@pytest.mark.parametrize("why", ["disabled", "lapsed", "role", "reach"])
def test_a_lead_goes_to_nobody_who_cannot_follow_it(records, why):
    lead = records.lead(upto="triaged")
    person = records.person("investigator", "FFB" if why == "reach" else "PVPD")
    if why == "disabled":
        person.is_active = False
    if why == "lapsed":
        person.enabled_at = timezone.now() - timedelta(days=91)
    if why == "role":
        person.role = "analyst"
    person.save()
    said = {"role": "no investigator", "reach": "may not see both"}.get(why, "disabled")
    for act in (actions.assign, actions.name_investigator):
        more = {"text": ""} if act is actions.assign else {}
        with pytest.raises(Refusal, match=said):
            act(
                lead,
                person=person,
                version=lead.version,
                by=records.person("analyst"),
                **more,
            )
    assert fresh(lead).assignee is None
    assert not Notification.objects.filter(person=person).exists()


def test_an_agent_of_another_agency_that_sees_both_exhibits_may_be_assigned(records):
    records.agreement("PVPD", "FFB", "agency")
    lead, agent = records.lead(upto="triaged"), records.person("investigator", "FFB")
    by = records.person("analyst")
    actions.assign(lead, person=agent, text="", version=lead.version, by=by)
    lead = fresh(lead)
    actions.acknowledge(lead, version=lead.version, by=agent)
    assert fresh(lead).state == "acknowledged"


def test_only_its_assignee_acknowledges_and_rates_a_lead(records):
    lead, stranger = records.lead(upto="assigned"), records.person("investigator")
    with pytest.raises(Refusal, match="Nothing here waits"):
        actions.acknowledge(lead, version=lead.version, by=stranger)
    with pytest.raises(Refusal, match="Only its assignee"):
        actions.note(lead, text="x", awaits_lab=False, version=lead.version, by=stranger)
    with pytest.raises(Refusal, match="Acknowledge the lead before"):
        closing.rate(lead, rating="helpful", comment="", version=lead.version, by=lead.assignee)
    actions.acknowledge(lead, version=lead.version, by=lead.assignee)
    lead = fresh(lead)
    with pytest.raises(Refusal, match="who follows a lead"):
        closing.rate(lead, rating="helpful", comment="", version=lead.version, by=stranger)


def test_an_unhelpful_lead_needs_a_word_why(records):
    lead = records.lead(upto="acknowledged")
    with pytest.raises(Refusal, match="Write down why"):
        closing.rate(lead, rating="unhelpful", comment=" ", version=lead.version, by=lead.assignee)


def test_an_investigator_it_concerns_knows_of_it_and_writes_without_moving_it(records):
    lead = records.lead(upto="in_progress")
    other = records.person("investigator")
    actions.name_investigator(
        lead, person=other, version=lead.version, by=records.person("analyst")
    )
    lead = fresh(lead)
    actions.acknowledge(lead, version=lead.version, by=other)
    lead = fresh(lead)
    assert lead.state == "in_progress"
    assert lead.notices.get(person=other).acknowledged_at is not None
    actions.note(lead, text="Seen before", awaits_lab=True, version=lead.version, by=other)
    assert fresh(lead).state == "in_progress"


def test_two_people_close_a_lead_and_the_second_is_told_who_was_first(records):
    lead, commander = records.lead(upto="in_progress"), records.person("commander")
    said = {"state": "closed_no_value", "outcome": "Known"}
    closing.close(lead, version=lead.version, by=lead.assignee, **said)
    with pytest.raises(Refusal, match=rf"{lead.assignee.name} has closed.*no value"):
        closing.close(lead, version=lead.version, by=commander, **said)
    lead = fresh(lead)
    with pytest.raises(Refusal, match="is closed"):
        closing.close(lead, version=lead.version, by=commander, **said)
    assert lead.steps.filter(kind="closed").count() == 1


def test_a_step_on_an_older_version_is_refused(records):
    lead = records.lead(upto="triaged")
    with pytest.raises(Refusal, match="Somebody else has worked"):
        actions.assign(
            lead,
            person=records.person("investigator"),
            text="",
            version=lead.version - 1,
            by=records.person("analyst"),
        )


def test_an_arrest_is_no_outcome_of_a_lead_that_nobody_followed(records):
    lead = records.lead(upto="triaged")
    with pytest.raises(Refusal, match="cannot follow"):
        closing.close(
            lead,
            state="closed_arrest",
            outcome="x",
            version=lead.version,
            by=records.person("analyst"),
        )
    assert fresh(lead).is_open


def test_leads_that_repeat_each_other_make_no_circle(records):
    by = records.person("analyst")
    first, second, third = (records.lead() for _ in range(3))

    def repeat(lead, other):
        closing.close(
            lead,
            state="closed_duplicate",
            outcome="The same",
            repeats=other.number.lower(),
            version=fresh(lead).version,
            by=by,
        )

    with pytest.raises(Refusal, match="is this lead"):
        repeat(first, first)
    repeat(first, second)
    repeat(second, third)
    with pytest.raises(Refusal, match="or repeats it"):
        repeat(third, first)
    assert fresh(third).is_open
    assert fresh(first).repeats == second


def test_a_lead_repeats_none_that_its_closer_may_not_see(records):
    hidden, lead = records.lead(code="MPD"), records.lead()
    with pytest.raises(Refusal, match="one that you can see"):
        closing.close(
            lead,
            state="closed_duplicate",
            outcome="x",
            repeats=hidden.number,
            version=lead.version,
            by=records.person("analyst"),
        )


def test_a_closed_lead_is_reopened_with_a_reason_and_assigned_anew(records):
    lead = records.lead(upto="in_progress")
    agent, analyst = lead.assignee, records.person("analyst")
    closing.close(
        lead, state="closed_insufficient", outcome="Too little", version=lead.version, by=agent
    )
    lead = fresh(lead)
    with pytest.raises(Refusal, match="Write down why"):
        closing.reopen(lead, text="", version=lead.version, by=analyst)
    closing.reopen(lead, text="A witness", version=lead.version, by=analyst)
    lead = fresh(lead)
    assert (lead.state, lead.assignee, lead.closed_at, lead.outcome) == ("reopened", None, None, "")
    assert Notification.objects.filter(person=agent, kind="reopened").exists()


def test_a_lead_on_a_withdrawn_link_is_held_until_somebody_decides(records):
    lead = records.lead(upto="in_progress")
    agent, analyst = lead.assignee, records.person("analyst")
    withdraw(lead, analyst)
    lead = fresh(lead)
    assert lead.on_hold
    assert Notification.objects.filter(person=agent, kind="fallen").exists()
    held = {"version": lead.version, "by": agent}
    with pytest.raises(Refusal, match="has to decide first"):
        actions.note(lead, text="x", awaits_lab=False, **held)
    with pytest.raises(Refusal, match="has to decide first"):
        closing.close(lead, state="closed_arrest", outcome="x", **held)
    with pytest.raises(Refusal, match="has to decide first"):
        triage(lead, analyst)
    actions.decide(lead, text="A second link", version=lead.version, by=analyst)
    lead = fresh(lead)
    assert lead.bases.get().decided_by == analyst
    actions.note(lead, text="Goes on", awaits_lab=False, version=lead.version, by=agent)
    assert not fresh(lead).on_hold


def test_a_link_that_an_examiner_eliminates_holds_its_lead_too(records):
    from headstamp.web.comparisons import actions as links

    lead = records.lead()
    link = lead.bases.get().link
    links.request_examination(
        link, reason="Needed", version=link.version, by=records.person("analyst")
    )
    made = links.examine(
        link,
        conclusion="elimination",
        method="both",
        bases="Differ",
        limits="",
        by=records.person("examiner"),
    )
    assert not fresh(lead).on_hold
    links.verify_examination(made, agreed=True, note="", by=records.person("examiner"))
    assert fresh(lead).on_hold


def test_whoever_decides_may_close_a_held_lead(records):
    lead, analyst = records.lead(), records.person("analyst")
    withdraw(lead, analyst)
    lead = fresh(lead)
    closing.close(
        lead, state="closed_insufficient", outcome="Withdrawn", version=lead.version, by=analyst
    )
    lead = fresh(lead)
    assert not lead.is_open
    closing.reopen(lead, text="A mistake", version=lead.version, by=analyst)
    assert fresh(lead).on_hold
