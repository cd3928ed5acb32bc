"""A lead is seen by those who may see everything it rests on, and by nobody else."""

from __future__ import annotations

import pytest
from tests.web.forms import text_of
from tests.web.records import signed_in

from headstamp.web.leads import queries
from headstamp.web.leads.models import LeadBasis

pytestmark = pytest.mark.django_db

HIDDEN = "Xylo"


def seen(person):
    return {one.pk for one in queries.leads(person)}


def test_one_side_in_reach_is_not_enough(records):
    records.agreement("VCSO", "PVPD", "agency")
    lead = records.lead(records.exhibit("VCSO"), records.exhibit("PVPD"))
    assert seen(records.person("analyst", "PVPD")) == {lead.pk}
    assert seen(records.person("investigator", "VCSO")) == set()
    assert seen(records.person("monitor", "OIM")) == {lead.pk}
    assert seen(records.person("administrator", "PVPD")) == set()


def test_a_lead_that_also_rests_on_something_out_of_reach_is_not_seen(records):
    lead, analyst = records.lead(), records.person("analyst")
    assert seen(analyst) == {lead.pk}
    LeadBasis.objects.create(lead=lead, link=records.link(code="MPD"))
    assert seen(analyst) == set()


def test_an_exhibit_that_is_restricted_since_takes_its_lead_out_of_reach(records):
    from headstamp.web.evidence import actions

    exhibit = records.exhibit()
    lead = records.lead(exhibit)
    browser = signed_in(records.person("analyst"))
    assert browser.get(f"/leads/{lead.pk}/").status_code == 200
    actions.change_exhibit(
        exhibit, version=1, changes={"marking": "restricted"}, by=records.person("examiner")
    )
    for page in ("", "sheet/", "sheet/file/"):
        assert browser.get(f"/leads/{lead.pk}/{page}").status_code == 404
    assert lead.number not in text_of(browser.get("/leads/?state=all"))


def test_no_lead_says_anything_of_an_incident_that_its_reader_may_not_see(records):
    technician = records.person("technician", "MPD")
    hidden = records.incident("MPD", by=technician, number=f"{HIDDEN}-1", address=HIDDEN)
    exhibit = records.exhibit("MPD", of=hidden, by=technician, number="SEEN-1", marking="open")
    lead = records.lead(exhibit, records.exhibit())
    browser = signed_in(records.person("analyst"))
    for page in (f"/leads/{lead.pk}/", f"/leads/{lead.pk}/sheet/", "/leads/", "/"):
        text = text_of(browser.get(page))
        assert lead.number in text
        assert HIDDEN not in text, page
        assert str(hidden.pk) not in text, page
    assert browser.get("/leads/?q=SEEN-1").context["page"].rows == [lead]


def test_technicians_and_examiners_are_shown_no_lead_anywhere(records):
    lead = records.lead(upto="in_progress")
    link = lead.bases.get().link
    for role in ("technician", "examiner"):
        browser = signed_in(records.person(role))
        assert browser.get(f"/leads/{lead.pk}/").status_code == 403
        for page in ("/", f"/links/{link.pk}/", f"/exhibits/{link.exhibit_a_id}/"):
            assert lead.number not in text_of(browser.get(page)), page


def test_reading_a_lead_on_a_restricted_exhibit_is_on_record(records):
    from headstamp.web.audit.models import AuditEvent

    by = records.person("investigator")
    incident = records.incident(by=by)
    case = records.case(by=by)
    from headstamp.web.casework import cases

    cases.add_incident(case, incident=incident, by=by)
    lead = records.lead(records.exhibit(of=incident, marking="restricted"))
    signed_in(by).get(f"/leads/{lead.pk}/")
    event = AuditEvent.objects.filter(action="casework.read_restricted").last()
    assert event is not None
    assert event.actor == str(by.pk)
