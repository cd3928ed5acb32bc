"""Where leads come from, whom they concern, and when their clocks start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from headstamp.web.leads import making
from headstamp.web.leads.models import Lead
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 6, 5, 20, 0, tzinfo=UTC)


def test_a_link_that_is_sent_out_becomes_a_lead_of_whoever_sent_it(records):
    link = records.link(steps=2)
    assert not Lead.objects.exists()
    from headstamp.web.comparisons import actions

    analyst = records.person("analyst")
    actions.disseminate(link, sent_to="Homicide", reason="Open", version=3, by=analyst)
    lead = Lead.objects.get()
    assert (lead.state, lead.made_by, lead.agency) == ("new", analyst, analyst.agency)
    assert [one.link for one in lead.bases.all()] == [link]
    assert not lead.by_hand


def test_the_clock_starts_with_the_newer_recovery_and_each_agency_has_its_own_entry(records):
    records.agreement("VCSO", "PVPD", "agency")
    old = records.exhibit("VCSO", collected_at=FRIDAY - timedelta(days=300))
    new = records.exhibit("PVPD", collected_at=FRIDAY)
    lead = records.lead(old, new)
    assert lead.recovered_at == FRIDAY
    assert lead.notice_due_at == FRIDAY + timedelta(hours=24)
    assert lead.notice_limit_at == FRIDAY + timedelta(hours=48)
    clocks = {one.agency.code: one for one in lead.concerned.all()}
    assert set(clocks) == {"PVPD", "VCSO"}
    assert clocks["PVPD"].entry_due_at == datetime(2026, 6, 10, 5, 0, tzinfo=UTC)
    assert clocks["VCSO"].recovered_at == old.collected_at
    # 2025-08-09 is a Saturday: Monday, Tuesday.
    assert clocks["VCSO"].entry_due_at == datetime(2025, 8, 13, 5, 0, tzinfo=UTC)


def test_days_off_and_zones_of_the_settings_count_for_the_agency_they_name(records, settings):
    from zoneinfo import ZoneInfo

    from headstamp.web.leads.calendars import own_holidays

    settings.HOLIDAYS = own_holidays(["VCSO:2026-06-08"])
    settings.AGENCY_ZONES = {"PVPD": ZoneInfo("America/New_York")}
    records.agreement("VCSO", "PVPD", "agency")
    lead = records.lead(*(records.exhibit(code, collected_at=FRIDAY) for code in ("VCSO", "PVPD")))
    due = {one.agency.code: one.entry_due_at for one in lead.concerned.all()}
    assert due == {
        "PVPD": datetime(2026, 6, 10, 4, 0, tzinfo=UTC),
        "VCSO": datetime(2026, 6, 11, 5, 0, tzinfo=UTC),
    }


def test_entry_is_when_the_first_scan_of_the_newer_exhibit_was_handed_in(records):
    exhibit = records.exhibit()
    scan = records.scan(1, 1, of=exhibit)
    lead = records.lead(exhibit, records.exhibit(collected_at=FRIDAY - timedelta(days=700)))
    assert lead.concerned.get().entered_at == scan.created_at


def test_investigators_of_a_case_of_the_incident_are_named_and_others_are_not(records):
    from headstamp.web.casework import cases

    by = records.person("investigator")
    other, analyst = records.person("investigator"), records.person("analyst")
    disabled = records.person("investigator")
    incident = records.incident(by=by)
    case = records.case(by=by)
    cases.add_incident(case, incident=incident, by=by)
    for person in (analyst, disabled):
        cases.add_member(case, person=person, by=by)
    disabled.is_active = False
    disabled.save()
    lead = records.lead(records.exhibit(of=incident))
    assert [one.person for one in lead.notices.all()] == [by]
    assert other not in [one.person for one in lead.notices.all()]
    assert lead.notices.get().notified_at is None


@pytest.mark.parametrize("steps", [0, 1])
def test_no_lead_rests_on_a_link_that_one_person_has_seen(records, steps):
    link = records.link(steps=steps)
    with pytest.raises(Refusal, match="no lead can rest on it"):
        making.make_by_hand(link, text="x", public_safety=False, by=records.person("analyst"))


def test_a_lead_made_by_hand_from_a_verified_link_is_not_made_again_when_it_is_sent(records):
    from headstamp.web.comparisons import actions

    link, analyst = records.link(steps=2), records.person("analyst")
    lead = making.make_by_hand(link, text="Urgent", public_safety=False, by=analyst)
    actions.disseminate(link, sent_to="Homicide", reason="Open", version=3, by=analyst)
    assert Lead.objects.get() == lead
    with pytest.raises(Refusal, match=lead.number):
        making.make_by_hand(link, text="Again", public_safety=False, by=analyst)


def test_no_number_of_a_lead_tells_how_many_there_are(records):
    numbers = [records.lead().number for _ in range(3)]
    assert len(set(numbers)) == 3
    assert numbers != sorted(numbers) or len({one[:4] for one in numbers}) == 3
