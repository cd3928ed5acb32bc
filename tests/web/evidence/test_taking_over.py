"""Custody of somebody who left: who may take it over, when, and what the chain says of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from tests.web.forms import form_of, text_of
from tests.web.records import signed_in
from tests.web.test_permissions import CASE, ROLES

from headstamp.web.audit.models import AuditEvent
from headstamp.web.evidence import custody
from headstamp.web.evidence.custody_chain import faults
from headstamp.web.evidence.models import CustodyTransfer
from headstamp.web.evidence.queries import hand_overs_waiting
from headstamp.web.evidence.taking_over import take_over
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(records):
    return records.person("technician", name="Left Behind")


@pytest.fixture
def exhibit(records, holder):
    return records.exhibit(by=holder)


@pytest.fixture
def commander(records):
    return records.person("commander")


def disabled(person):
    person.is_active = False
    person.save()


def lapsed(person):
    long_ago = timezone.now() - timedelta(days=settings.DISABLE_AFTER_DAYS + 1)
    person.enabled_at, person.last_login = long_ago, long_ago
    person.save()


def without_case_work(person):
    person.role = "administrator"
    person.save()


def current(exhibit):
    exhibit.refresh_from_db()
    return exhibit


def last(exhibit):
    return exhibit.custody.order_by("-position").first()


@pytest.mark.parametrize("left", [disabled, lapsed, without_case_work])
def test_a_commander_takes_over_from_a_holder_who_left(left, exhibit, holder, commander):
    left(holder)
    take_over(
        current(exhibit),
        to=commander,
        reason=" Retired in May ",
        seal="S-7",
        condition="In locker 4",
        by=commander,
    )
    made = last(exhibit)
    assert (made.action, made.position) == ("taken_over", 2)
    assert (made.released_by, made.released_by_agency) == (None, None)
    assert (made.received_by, made.decided_by) == (commander, commander)
    assert (made.reason, made.seal, made.condition) == ("Retired in May", "S-7", "In locker 4")
    assert current(exhibit).holder == commander
    assert custody.first_fault(exhibit) == ""
    assert list(faults()) == []
    custody.move(exhibit, action="stored", place="Vault", by=commander)


def test_the_entry_is_on_record_with_its_reason(exhibit, holder, commander, records):
    technician = records.person("technician")
    disabled(holder)
    take_over(exhibit, to=technician, reason="Left", by=commander)
    event = AuditEvent.objects.get(action="evidence.custody_taken_over")
    assert (event.record, event.actor, event.purpose) == (
        str(exhibit.pk),
        str(commander.pk),
        "Left",
    )
    assert event.detail == {
        "from": str(holder.pk),
        "to": str(technician.pk),
        "entry": last(exhibit).hash,
    }


@pytest.mark.parametrize("field", ["reason", "decided_by"])
def test_who_decided_and_why_cannot_be_rewritten(exhibit, holder, commander, records, field):
    disabled(holder)
    made = take_over(exhibit, to=commander, reason="Left", by=commander)
    setattr(made, field, "Stolen" if field == "reason" else records.person("commander"))
    assert made.expected_hash() != made.hash


def test_a_take_over_through_the_page(exhibit, holder, commander, records):
    technician = records.person("technician", name="Ada Nowheld")
    browser = signed_in(commander)
    assert "Take it over" not in text_of(browser.get(f"/exhibits/{exhibit.pk}/"))
    disabled(holder)
    page = browser.get(f"/exhibits/{exhibit.pk}/")
    assert "cannot hand it over: this account is disabled" in text_of(page)
    form = {**form_of(page, "reason"), "to": str(technician.pk), "reason": "Left the department"}
    answer = browser.post(f"/exhibits/{exhibit.pk}/take-over/", form, follow=True)
    page = text_of(answer)
    assert "Taken over; its holder did not hand it over" in page
    assert "Left Behind held it before and had no hand in this" in page
    assert f"{commander.name} decided it. Why: Left the department" in page
    assert "Take it over" not in page
    assert current(exhibit).holder == technician
    assert "Hand it over" in text_of(signed_in(technician).get(f"/exhibits/{exhibit.pk}/"))


def test_the_form_proposes_the_commander_and_names_who_can_hold_it(
    exhibit, holder, commander, records
):
    disabled(holder)
    gone = records.person("technician", is_active=False)
    others = [gone, records.person("monitor"), records.person("examiner", "LAB"), holder]
    page = signed_in(commander).get(f"/exhibits/{exhibit.pk}/")
    shown = text_of(page)
    assert form_of(page, "reason")["to"] == [str(commander.pk)]
    assert not [one for one in others if f'value="{one.pk}"' in shown]


@pytest.mark.parametrize("role", ROLES)
def test_only_commanders_are_offered_it(exhibit, holder, records, role):
    disabled(holder)
    browser = signed_in(records.person(role))
    page = text_of(browser.get(f"/exhibits/{exhibit.pk}/"))
    assert ("Take it over" in page) == (role == "commander")
    if role in CASE:
        assert "A commander of" in page
    sent = {"to": str(records.person("technician").pk), "reason": "Left"}
    status = browser.post(f"/exhibits/{exhibit.pk}/take-over/", sent).status_code
    assert status == (302 if role == "commander" else 403)


def test_nothing_is_taken_from_a_holder_who_can_hand_it_over(exhibit, holder, commander):
    with pytest.raises(Refusal, match=r"Left Behind \(PVPD\) holds this exhibit now"):
        take_over(exhibit, to=commander, reason="Faster", by=commander)
    sent = {"to": str(commander.pk), "reason": "Faster"}
    answer = signed_in(commander).post(f"/exhibits/{exhibit.pk}/take-over/", sent)
    assert answer.status_code == 422
    assert "can hand it over; ask them" in text_of(answer)
    assert current(exhibit).holder == holder
    assert exhibit.custody.count() == 1


def test_the_second_of_two_commanders_is_told_who_was_faster(exhibit, holder, commander, records):
    other = records.person("commander")
    disabled(holder)
    browser = signed_in(other)
    form = form_of(browser.get(f"/exhibits/{exhibit.pk}/"), "reason")
    take_over(exhibit, to=commander, reason="Left", by=commander)
    sent = {**form, "reason": "Left"}
    answer = browser.post(f"/exhibits/{exhibit.pk}/take-over/", sent)
    assert answer.status_code == 422
    assert f"{commander.name} (PVPD) holds this exhibit now" in text_of(answer)
    assert exhibit.custody.count() == 2
    with pytest.raises(Refusal, match="holds this exhibit now"):  # as it was read before
        take_over(exhibit, to=other, reason="Left", by=other)


def test_another_agencys_commander_takes_nothing_over(records, holder, exhibit):
    disabled(holder)
    records.agreement("PVPD", "LAB", "agency")
    stranger = records.person("commander", "LAB")
    with pytest.raises(Refusal, match="owns this record"):
        take_over(exhibit, to=stranger, reason="Left", by=stranger)
    browser = signed_in(stranger)
    assert "Take it over" not in text_of(browser.get(f"/exhibits/{exhibit.pk}/"))
    sent = {"to": str(stranger.pk), "reason": "Left"}
    answer = browser.post(f"/exhibits/{exhibit.pk}/take-over/", sent)
    assert answer.status_code == 422
    assert "owns this record" in text_of(answer)


def test_the_owner_takes_over_from_another_agencys_holder(records, holder, exhibit, commander):
    examiner = records.person("examiner", "LAB")
    custody.settle(custody.offer(exhibit, to=examiner, by=holder), accepted=True, by=examiner)
    disabled(examiner)
    take_over(current(exhibit), to=holder, reason="The laboratory closed", by=commander)
    assert current(exhibit).holder == holder


@pytest.mark.parametrize("why_not", ["monitor", "disabled", "lapsed", "foreign"])
def test_who_cannot_hold_it_gets_nothing(exhibit, holder, commander, records, why_not):
    disabled(holder)
    to = records.person(
        "monitor" if why_not == "monitor" else "examiner", "LAB" if why_not == "foreign" else "PVPD"
    )
    if why_not == "disabled":
        disabled(to)
    if why_not == "lapsed":
        lapsed(to)
    with pytest.raises(Refusal, match="who has case work and can sign in"):
        take_over(exhibit, to=to, reason="Left", by=commander)
    assert exhibit.custody.count() == 1


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_take_over_needs_a_reason(exhibit, holder, commander, reason):
    disabled(holder)
    with pytest.raises(Refusal, match="Say why"):
        take_over(exhibit, to=commander, reason=reason, by=commander)
    sent = {"to": str(commander.pk), "reason": reason}
    answer = signed_in(commander).post(f"/exhibits/{exhibit.pk}/take-over/", sent)
    assert answer.status_code == 422
    assert exhibit.custody.count() == 1


def test_nobody_takes_over_what_is_gone(exhibit, holder, commander):
    custody.move(exhibit, action="destroyed", by=holder)
    disabled(holder)
    with pytest.raises(Refusal, match="Nobody holds"):
        take_over(exhibit, to=commander, reason="Left", by=commander)


def test_what_the_holder_offered_ends_with_it(exhibit, holder, commander, records):
    examiner = records.person("examiner")
    offered = custody.offer(exhibit, to=examiner, by=holder)
    disabled(holder)
    take_over(exhibit, to=commander, reason="Left", by=commander)
    offered.refresh_from_db()
    assert offered.accepted is False
    assert offered.settled_at is not None
    assert not hand_overs_waiting(examiner)
    with pytest.raises(Refusal, match="settled already"):
        custody.settle(offered, accepted=True, by=examiner)
    assert current(exhibit).holder == commander
    assert AuditEvent.objects.filter(
        action="evidence.hand_over_declined", actor=str(commander.pk)
    ).exists()


@pytest.mark.parametrize("stored", [True, False])
def test_what_is_in_storage_stays_there(exhibit, holder, commander, stored):
    if stored:
        custody.move(exhibit, action="stored", place="Vault", by=holder)
    disabled(holder)
    take_over(current(exhibit), to=commander, reason="Left", by=commander)
    possible, impossible = ("removed", "stored") if stored else ("stored", "removed")
    with pytest.raises(Refusal):
        custody.move(exhibit, action=impossible, place="Vault", by=commander)
    custody.move(exhibit, action=possible, place="Vault", by=commander)


def test_an_exhibit_out_of_reach_is_not_taken_over(records, commander):
    technician = records.person("technician")
    incident = records.incident(by=technician, marking="restricted")
    held = records.exhibit(of=incident, by=technician)
    disabled(technician)
    sent = {"to": str(commander.pk), "reason": "Left"}
    answer = signed_in(commander).post(f"/exhibits/{held.pk}/take-over/", sent)
    assert answer.status_code == 404
    assert CustodyTransfer.objects.filter(exhibit=held).count() == 1
