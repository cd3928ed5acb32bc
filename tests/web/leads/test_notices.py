"""Who is told of a lead and when, and which clocks that stops."""

from __future__ import annotations

import pytest
from django.core import mail
from tests.web.records import work

from headstamp.web.audit.models import AuditEvent
from headstamp.web.leads import actions, making
from headstamp.web.leads.models import Lead, Notification

pytestmark = pytest.mark.django_db


def name(lead, person, by):
    lead.refresh_from_db()
    actions.name_investigator(lead, person=person, version=lead.version, by=by)
    lead.refresh_from_db()


def triage(lead, by, *, public_safety=False):
    lead.refresh_from_db()
    actions.triage(
        lead,
        priority=2,
        reasons=["recent"],
        public_safety=public_safety,
        text="Open",
        version=lead.version,
        by=by,
    )
    lead.refresh_from_db()


def told(person):
    return list(Notification.objects.filter(person=person).values_list("kind", flat=True))


def test_who_is_named_before_the_triage_is_told_by_it_and_who_is_named_later_at_once(records):
    lead, by = records.lead(), records.person("analyst")
    first, second = records.person("investigator"), records.person("investigator")
    name(lead, first, by)
    assert told(first) == []
    assert lead.noticed_at is None
    triage(lead, by)
    assert told(first) == ["concerned"]
    assert lead.noticed_at is not None
    stopped = lead.noticed_at
    name(lead, second, by)
    assert told(second) == ["concerned"]
    assert told(first) == ["concerned"]
    assert lead.noticed_at == stopped


def test_an_agency_whose_investigators_nobody_named_has_no_notice(records):
    records.agreement("VCSO", "PVPD", "agency")
    records.agreement("PVPD", "VCSO", "agency")
    lead = records.lead(records.exhibit("VCSO"), records.exhibit("PVPD"))
    by = records.person("analyst")
    triage(lead, by)
    name(lead, records.person("investigator", "PVPD"), by)
    clocks = {one.agency.code: one.noticed_at for one in lead.concerned.all()}
    assert clocks["PVPD"] is not None
    assert clocks["VCSO"] is None
    assert lead.noticed_at is None
    name(lead, records.person("investigator", "VCSO"), by)
    assert lead.noticed_at is not None


def test_public_safety_tells_at_once_also_before_the_triage(records):
    commander, agent = records.person("commander"), records.person("investigator")
    from headstamp.web.casework import cases

    incident = records.incident(by=agent)
    case = records.case(by=agent)
    cases.add_incident(case, incident=incident, by=agent)
    link = records.link(records.exhibit(of=incident), steps=2)
    analyst = records.person("analyst")
    lead = making.make_by_hand(link, text="A second shooting", public_safety=True, by=analyst)
    assert lead.state == "new"
    assert told(agent) == ["public_safety"]
    assert told(commander) == ["public_safety"]
    lead.refresh_from_db()
    assert lead.noticed_at is not None


def test_a_lead_marked_at_its_triage_tells_commanders_who_may_see_it_and_no_others(records):
    records.agreement("VCSO", "PVPD", "agency")
    lead = records.lead(records.exhibit("VCSO"), records.exhibit("PVPD"))
    own, other = records.person("commander"), records.person("commander", "VCSO")
    triage(lead, records.person("analyst"), public_safety=True)
    assert told(own) == ["public_safety"]
    assert told(other) == []  # sees no exhibit of the city's police


def test_what_somebody_was_told_is_shown_only_while_the_lead_is_in_reach(records, signed_in):
    given = records.agreement("PVPD", "FFB", "agency")
    lead, agent = records.lead(upto="triaged"), records.person("investigator", "FFB")
    name(lead, agent, records.person("analyst"))
    browser = signed_in(agent)
    assert lead.number in browser.get("/leads/notifications/").content.decode()
    assert lead.number in browser.get("/").content.decode()
    from headstamp.web.casework import cases

    cases.end_agreement(given, by=records.person("administrator"))
    assert lead.number not in browser.get("/leads/notifications/").content.decode()
    assert lead.number not in browser.get("/").content.decode()
    assert browser.get(f"/leads/{lead.pk}/").status_code == 404


def test_no_mail_is_queued_where_it_is_not_set_up(records):
    lead = records.lead(upto="assigned")
    work()
    assert mail.outbox == []
    assert set(Notification.objects.values_list("mail", flat=True)) == {""}
    assert lead.notices.count() == 1


def test_a_mail_says_that_there_is_a_lead_and_nothing_of_it(records, settings):
    settings.SENDS_MAIL, settings.DEFAULT_FROM_EMAIL = True, "headstamp@room.example"
    lead = records.lead(upto="assigned")
    work()
    assert len(mail.outbox) == Notification.objects.count() == 2
    exhibit = lead.bases.get().link.exhibit_a
    for one in mail.outbox:
        assert one.to == [lead.assignee.email]
        assert lead.number in one.subject + one.body
        for secret in (exhibit.number, exhibit.incident.number, "Alder", lead.assignee.name):
            assert secret not in one.subject + one.body
    assert set(Notification.objects.values_list("mail", flat=True)) == {"sent"}


def test_a_mail_that_cannot_be_sent_is_kept_as_failed_and_on_record(records, settings, signed_in):
    settings.SENDS_MAIL, settings.DEFAULT_FROM_EMAIL = True, "headstamp@room.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    lead = records.lead(upto="assigned")
    work()
    failed = Notification.objects.filter(mail="failed")
    assert failed.count() == 2
    assert "ConnectionRefusedError" in failed.first().mail_fault
    assert AuditEvent.objects.filter(action="leads.mailed", outcome="failed").count() == 2
    page = signed_in(lead.assignee).get("/leads/notifications/").content.decode()
    assert "E-mail could not be sent" in page


def test_a_message_that_was_sent_is_not_sent_again(records, settings):
    from headstamp.web.leads.jobs import send_mail

    settings.SENDS_MAIL, settings.DEFAULT_FROM_EMAIL = True, "headstamp@room.example"
    records.lead(upto="assigned")
    work()
    count = len(mail.outbox)
    for one in Notification.objects.all():
        send_mail.func(str(one.pk))
    assert len(mail.outbox) == count


def test_a_disabled_account_is_told_nothing(records):
    from headstamp.web.leads.notifying import tell

    lead, person = records.lead(), records.person("investigator")
    person.is_active = False
    tell(lead, [person], Notification.Kind.CLOSED, by=None)
    assert not Notification.objects.exists()
    assert Lead.objects.count() == 1
