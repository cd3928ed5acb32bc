"""Cases, their people and incidents, and agreements between agencies."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.forms import text_of
from tests.web.records import signed_in

from headstamp.web.accounts.models import User
from headstamp.web.audit.models import AuditEvent
from headstamp.web.casework import cases, queries
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db


def test_who_opens_a_case_is_its_first_member(records):
    analyst = records.person("analyst")
    case = records.case(by=analyst)
    assert list(case.members.all()) == [analyst]
    with pytest.raises(Refusal, match="one member"):
        cases.remove_member(case, person=analyst, by=analyst)


def test_a_number_is_used_once_an_agency(records):
    browser = signed_in(records.person("analyst"))
    records.case(number="C-7")
    answer = browser.post("/cases/new/", {"number": "C-7", "title": "Other"})
    assert answer.status_code == 422
    assert "this number already" in text_of(answer)
    assert records.case("MPD", number="C-7").pk


@pytest.mark.parametrize("role", ["monitor", "administrator"])
def test_only_people_with_case_work_are_members(records, role):
    analyst = records.person("analyst")
    case = records.case(by=analyst)
    with pytest.raises(Refusal, match="case work"):
        cases.add_member(case, person=records.person(role), by=analyst)
    browser = signed_in(analyst)
    sent = {"person": str(records.person(role).pk), "do": "add"}
    answer = browser.post(f"/cases/{case.pk}/members/", sent, follow=True)
    assert "Choose a person from the list" in text_of(answer)


def test_a_disabled_account_is_no_member(records):
    analyst = records.person("analyst")
    with pytest.raises(Refusal, match="case work"):
        cases.add_member(
            records.case(by=analyst), person=records.person("analyst", is_active=False), by=analyst
        )


def cases_of(person):
    """The cases of a person at their next request."""
    return list(queries.cases(User.objects.get(pk=person.pk)))


def test_a_member_of_another_agency_works_the_case_and_a_stranger_does_not(records):
    analyst, guest = records.person("analyst"), records.person("analyst", "MPD")
    case = records.case(by=analyst)
    assert not cases_of(guest)
    with pytest.raises(Refusal, match="members of the case"):
        cases.change_case(case, version=1, changes={"title": "Mine"}, by=guest)
    cases.add_member(case, person=guest, by=analyst)
    assert cases_of(guest) == [case]
    cases.change_case(case, version=1, changes={"title": "Ours"}, by=guest)
    with pytest.raises(Refusal, match="member already"):
        cases.add_member(case, person=guest, by=analyst)
    cases.remove_member(case, person=guest, by=analyst)
    assert not cases_of(guest)


def test_each_agency_takes_its_own_incidents_in(records):
    analyst, guest = records.person("analyst"), records.person("analyst", "MPD")
    case = records.case(by=analyst)
    cases.add_member(case, person=guest, by=analyst)
    theirs = records.incident("MPD", number="N-1", marking="open")
    with pytest.raises(Refusal, match="owns this incident"):
        cases.add_incident(case, incident=theirs, by=analyst)
    cases.add_incident(case, incident=theirs, by=guest)
    assert list(case.incidents.all()) == [theirs]


def test_of_two_incidents_with_one_number_ones_own_is_meant(records):
    analyst = records.person("analyst")
    case, own = records.case(by=analyst), records.incident(number="N-1")
    records.incident("MPD", number="N-1", marking="open", occurred_at=timezone.now())
    sent = {"number": "N-1", "do": "add"}
    signed_in(analyst).post(f"/cases/{case.pk}/incidents/", sent)
    assert list(case.incidents.all()) == [own]


def test_an_incident_out_of_reach_cannot_be_taken_in_and_is_not_spoken_of(records):
    analyst = records.person("analyst")
    case = records.case(by=analyst)
    hidden = records.incident(marking="restricted", number="H-1")
    answers = [
        text_of(
            signed_in(analyst).post(
                f"/cases/{case.pk}/incidents/", {"number": number, "do": "add"}, follow=True
            )
        )
        for number in (hidden.number, "NO-1")
    ]
    assert "There is no incident H-1 that you can see" in answers[0]
    assert "There is no incident NO-1 that you can see" in answers[1]
    assert not case.incidents.all()


def test_people_and_incidents_of_a_case_are_on_record(records):
    analyst, guest = records.person("analyst"), records.person("investigator", "MPD")
    case, incident = records.case(by=analyst), records.incident()
    cases.add_member(case, person=guest, by=analyst)
    cases.add_incident(case, incident=incident, by=analyst)
    cases.remove_incident(case, incident=incident, by=analyst)
    cases.remove_member(case, person=guest, by=analyst)
    events = AuditEvent.objects.filter(record=str(case.pk)).order_by("sequence")
    assert [one.action.removeprefix("casework.") for one in events] == [
        *("case_opened", "member_added", "incident_joined", "incident_left", "member_removed"),
    ]


@pytest.fixture
def administrator(records):
    return records.person("administrator")


def agreement(administrator, recipient, **changes):
    fields = {
        "recipient": str(recipient.pk),
        "markings": ["agency"],
        "case": "",
        "reason": "Joint force",
        "starts_on": str(timezone.localdate()),
        "ends_on": "",
        **changes,
    }
    return signed_in(administrator).post("/sharing/new/", fields)


def test_an_agreement_opens_records_and_ending_it_closes_them_at_once(records, administrator):
    incident = records.incident()
    guest = records.person("analyst", "MPD")
    assert agreement(administrator, guest.agency).status_code == 302
    browser = signed_in(guest)
    assert browser.get(f"/incidents/{incident.pk}/").status_code == 200
    made = queries.agreements(administrator).get()
    signed_in(administrator).post(f"/sharing/{made.pk}/end/")
    assert browser.get(f"/incidents/{incident.pk}/").status_code == 404
    events = AuditEvent.objects.filter(record=str(made.pk)).values_list("action", flat=True)
    assert set(events) == {"casework.agreement_made", "casework.agreement_ended"}


@pytest.mark.parametrize(
    "changes",
    [
        {"markings": []},
        {"markings": ["open"]},
        {"markings": ["everything"]},
        {"reason": ""},
        {"starts_on": "yesterday"},
        {"starts_on": "2026-02-02", "ends_on": "2026-02-01"},
    ],
)
def test_an_agreement_that_says_nothing_is_refused(records, administrator, changes):
    answer = agreement(administrator, records.agency("MPD"), **changes)
    assert answer.status_code == 422
    assert not queries.agreements(administrator)


def test_an_agreement_is_with_another_agency_and_about_ones_own_cases(records, administrator):
    assert agreement(administrator, administrator.agency).status_code == 422
    theirs = records.case("FBI")
    answer = agreement(administrator, records.agency("MPD"), case=str(theirs.pk))
    assert answer.status_code == 422


def test_only_the_agency_that_shares_ends_it_and_once(records, administrator):
    made = records.agreement("PVPD", "MPD", "agency")
    with pytest.raises(Refusal, match="alone can end"):
        cases.end_agreement(made, by=records.person("administrator", "MPD"))
    cases.end_agreement(made, by=administrator)
    with pytest.raises(Refusal, match="ended already"):
        cases.end_agreement(made, by=administrator)


def test_an_agreement_from_a_later_day_shares_nothing_yet(records, administrator):
    incident, guest = records.incident(), records.person("analyst", "MPD")
    later = timezone.localdate() + timedelta(days=1)
    agreement(administrator, guest.agency, starts_on=str(later))
    assert signed_in(guest).get(f"/incidents/{incident.pk}/").status_code == 404
