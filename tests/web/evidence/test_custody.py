"""The chain of custody: who may hold an exhibit, hand it over, and what the chain proves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone
from tests.web.forms import form_of, text_of
from tests.web.records import signed_in

from headstamp.web.audit.append_only import trigger_names
from headstamp.web.audit.models import AuditEvent
from headstamp.web.evidence import custody
from headstamp.web.evidence.models import CustodyTransfer, HandOver
from headstamp.web.evidence.queries import exhibits, hand_overs_waiting
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def holder(records):
    return records.person("technician")


@pytest.fixture
def exhibit(records, holder):
    return records.exhibit(by=holder, condition="Unsealed")


def chain(exhibit):
    return list(exhibit.custody.order_by("position"))


def current(exhibit):
    exhibit.refresh_from_db()
    return exhibit


def test_a_chain_starts_with_the_collector_at_the_time_of_collection(exhibit, holder):
    (first,) = chain(exhibit)
    assert (first.action, first.position, first.condition) == ("collected", 1, "Unsealed")
    assert (first.released_by, first.received_by) == (None, holder)
    assert first.at == exhibit.collected_at
    assert first.place == exhibit.incident.address
    assert current(exhibit).holder == holder
    assert custody.first_fault(exhibit) == ""


def test_a_hand_over_takes_both_sides(exhibit, holder, records):
    examiner = records.person("examiner")
    offered = custody.offer(exhibit, to=examiner, by=holder, seal="S-1", condition="Sealed bag")
    assert current(exhibit).holder == holder
    assert list(hand_overs_waiting(examiner)) == [offered]
    custody.settle(offered, accepted=True, by=examiner, condition="Seal unbroken")
    assert current(exhibit).holder == examiner
    last = chain(exhibit)[-1]
    assert (last.action, last.seal, last.condition) == ("handed_over", "S-1", "Seal unbroken")
    assert (last.released_by, last.received_by) == (holder, examiner)
    assert last.released_at == offered.released_at < last.at
    assert custody.first_fault(exhibit) == ""
    assert not hand_overs_waiting(examiner)


def test_a_hand_over_through_the_pages(exhibit, holder, records):
    examiner = records.person("examiner", "LAB")
    giver, taker = signed_in(holder), signed_in(examiner)
    page = giver.get(f"/exhibits/{exhibit.pk}/")
    form = {**form_of(page, "to"), "to": str(examiner.pk), "seal": "S-1"}
    assert giver.post(f"/exhibits/{exhibit.pk}/offer/", form).status_code == 302
    assert f"offers you exhibit {exhibit.number}" in text_of(taker.get("/"))
    offered = HandOver.objects.get()
    page = text_of(taker.get(f"/hand-overs/{offered.pk}/"))
    assert exhibit.number in page
    assert "S-1" in page
    assert exhibit.incident.address not in page
    assert exhibit.incident.number not in page.replace(exhibit.number, "")
    answer = taker.post(
        f"/hand-overs/{offered.pk}/settle/", {"do": "take", "condition": "Whole"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == f"/exhibits/{exhibit.pk}/"
    assert "is in your custody" in text_of(answer)
    assert current(exhibit).holder == examiner


@pytest.mark.parametrize("do", ["", "grab", None])
def test_a_hand_over_is_settled_by_a_choice_alone(exhibit, holder, records, do):
    taker = records.person("examiner")
    offered = custody.offer(exhibit, to=taker, by=holder)
    sent = {} if do is None else {"do": do}
    signed_in(taker).post(f"/hand-overs/{offered.pk}/settle/", sent)
    offered.refresh_from_db()
    assert offered.settled_at is None


def test_a_hand_over_can_be_refused_and_taken_back(exhibit, holder, records):
    other = records.person("technician")
    for by in (other, holder):
        offered = custody.offer(exhibit, to=other, by=holder)
        custody.settle(offered, accepted=False, by=by)
        offered.refresh_from_db()
        assert offered.accepted is False
        assert current(exhibit).holder == holder
    assert len(chain(exhibit)) == 1
    with pytest.raises(Refusal, match="settled already"):
        custody.settle(offered, accepted=True, by=other)


def test_nobody_else_settles_a_hand_over(exhibit, holder, records):
    other, stranger = records.person("technician"), records.person("technician")
    offered = custody.offer(exhibit, to=other, by=holder)
    for accepted in (True, False):
        with pytest.raises(Refusal, match="Only the person"):
            custody.settle(offered, accepted=accepted, by=stranger)
    with pytest.raises(Refusal, match="Only the person"):
        custody.settle(offered, accepted=True, by=holder)
    assert signed_in(stranger).get(f"/hand-overs/{offered.pk}/").status_code == 404
    sent = {"do": "take"}
    assert signed_in(stranger).post(f"/hand-overs/{offered.pk}/settle/", sent).status_code == 404


def test_only_who_holds_it_offers_or_moves_it(exhibit, records):
    stranger = records.person("technician")
    with pytest.raises(Refusal, match="holds this exhibit, not you"):
        custody.offer(exhibit, to=records.person("examiner"), by=stranger)
    with pytest.raises(Refusal, match="holds this exhibit, not you"):
        custody.move(exhibit, action="stored", place="Room 1", by=stranger)
    sent = {"to": str(records.person("examiner").pk)}
    answer = signed_in(stranger).post(f"/exhibits/{exhibit.pk}/offer/", sent)
    assert answer.status_code == 422
    assert "holds this exhibit, not you" in text_of(answer)
    answer = signed_in(stranger).post(
        f"/exhibits/{exhibit.pk}/move/", {"action": "stored", "place": "Room 1"}
    )
    assert answer.status_code == 422
    assert "holds this exhibit, not you" in text_of(answer)
    assert len(chain(exhibit)) == 1


def test_what_is_offered_is_neither_offered_again_nor_moved(exhibit, holder, records):
    other = records.person("technician")
    custody.offer(exhibit, to=other, by=holder)
    with pytest.raises(Refusal, match="offered to somebody already"):
        custody.offer(exhibit, to=records.person("examiner"), by=holder)
    with pytest.raises(Refusal, match="take that back first"):
        custody.move(exhibit, action="stored", place="Room 1", by=holder)
    sent = {"to": str(other.pk)}
    answer = signed_in(holder).post(f"/exhibits/{exhibit.pk}/offer/", sent)
    assert answer.status_code == 422
    assert "offered to somebody already" in text_of(answer)


@pytest.mark.parametrize(
    ("role", "fields"),
    [("administrator", {}), ("monitor", {}), ("technician", {"is_active": False})],
)
def test_people_without_case_work_are_offered_nothing(exhibit, holder, records, role, fields):
    other = records.person(role, **fields)
    with pytest.raises(Refusal, match="another person with case work"):
        custody.offer(exhibit, to=other, by=holder)
    page = signed_in(holder).get(f"/exhibits/{exhibit.pk}/")
    assert str(other.pk) not in text_of(page)
    answer = signed_in(holder).post(f"/exhibits/{exhibit.pk}/offer/", {"to": str(other.pk)})
    assert answer.status_code == 422


def test_nobody_offers_an_exhibit_to_themselves(exhibit, holder):
    with pytest.raises(Refusal, match="another person"):
        custody.offer(exhibit, to=holder, by=holder)


def test_who_lost_their_case_work_meanwhile_takes_nothing(exhibit, holder, records):
    other = records.person("technician")
    offered = custody.offer(exhibit, to=other, by=holder)
    other.role = "monitor"
    other.save()
    with pytest.raises(Refusal, match="case work"):
        custody.settle(offered, accepted=True, by=other)
    assert current(exhibit).holder == holder


MOVES = {  # what was done last: what may be done next
    "collected": {"stored", "returned", "destroyed"},
    "stored": {"removed"},
    "removed": {"stored", "returned", "destroyed"},
    "returned": set(),
    "destroyed": set(),
}
WAYS = {
    "collected": [],
    "stored": ["stored"],
    "removed": ["stored", "removed"],
    "returned": ["returned"],
    "destroyed": ["destroyed"],
}


@pytest.mark.parametrize("last", MOVES)
@pytest.mark.parametrize("following", ["stored", "removed", "returned", "destroyed"])
def test_moves_follow_each_other_as_things_do(exhibit, holder, last, following):
    for action in WAYS[last]:
        custody.move(exhibit, action=action, place="Room 1", by=holder)
    count = len(chain(exhibit))
    if following in MOVES[last]:
        custody.move(exhibit, action=following, place="Room 2", by=holder)
        assert chain(exhibit)[-1].action == following
    else:
        with pytest.raises(Refusal):
            custody.move(exhibit, action=following, place="Room 2", by=holder)
        assert len(chain(exhibit)) == count
    assert custody.first_fault(current(exhibit)) == ""


@pytest.mark.parametrize("action", ["collected", "handed_over", "taken_in", "eaten", ""])
def test_other_entries_are_not_made_by_a_move(exhibit, holder, action):
    with pytest.raises(Refusal, match="Choose what was done"):
        custody.move(exhibit, action=action, place="Room 1", by=holder)


@pytest.mark.parametrize("action", ["returned", "destroyed"])
def test_what_is_gone_is_held_by_nobody_and_stays_gone(exhibit, holder, records, action):
    custody.move(exhibit, action=action, by=holder)
    assert current(exhibit).holder is None
    for act in (
        lambda: custody.move(exhibit, action="stored", place="Room 1", by=holder),
        lambda: custody.offer(exhibit, to=records.person("examiner"), by=holder),
    ):
        with pytest.raises(Refusal, match="Nobody holds"):
            act()
    with pytest.raises(Refusal, match="begun already"):
        custody.take_in(exhibit, by=holder)


def test_storing_needs_a_place(exhibit, holder):
    with pytest.raises(Refusal, match="where it is stored"):
        custody.move(exhibit, action="stored", place="  ", by=holder)


def test_an_imported_exhibit_begins_its_chain_with_who_has_it_now(records, holder):
    from headstamp.web.evidence.models import Exhibit

    incident = records.incident()
    imported = Exhibit.objects.create(
        incident=incident,
        agency=incident.agency,
        number="I-1",
        kind="bullet",
        collected_at=timezone.now(),
    )
    with pytest.raises(Refusal, match="agency that owns"):
        custody.take_in(imported, by=records.person("technician", "MPD"))
    custody.take_in(imported, by=holder, condition="In a box")
    assert current(imported).holder == holder
    assert [one.action for one in chain(imported)] == ["taken_in"]
    with pytest.raises(Refusal, match="begun already"):
        custody.take_in(imported, by=records.person("technician"))


def test_a_chain_is_whole_whatever_the_zone_its_times_were_written_in(records, holder):
    chicago = ZoneInfo("America/Chicago")
    exhibit = records.exhibit(
        by=holder,
        of=records.incident(occurred_at=datetime(2020, 5, 1, tzinfo=UTC)),
        collected_at=datetime(2020, 5, 6, 7, 8, tzinfo=chicago),
    )
    assert custody.first_fault(current(exhibit)) == ""


def drop_triggers():
    """Take away what refuses changes of a chain, until the test is undone."""
    table = CustodyTransfer._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            for name in trigger_names("sqlite", table):
                cursor.execute(f"DROP TRIGGER {name}")


@pytest.fixture
def long_chain(exhibit, holder):
    for action in ("stored", "removed", "stored"):
        custody.move(exhibit, action=action, place="Room 1", by=holder)
    drop_triggers()
    return current(exhibit)


def rewrite(exhibit, position, **fields):
    CustodyTransfer.objects.filter(exhibit=exhibit, position=position).update(**fields)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("place", "Room 2"), ("seal", "S-9"), ("condition", "Broken"), ("action", "returned")),
        *(("at", LONG_AGO), ("released_at", LONG_AGO)),
        *(("received_by", None), ("released_by_agency", None), ("hash", "0" * 64)),
    ],
)
def test_a_rewritten_entry_breaks_the_chain_on_the_page(long_chain, holder, field, value):
    rewrite(long_chain, 2, **{field: value})
    assert custody.first_fault(long_chain) == "entry 2 is not what was written"
    page = text_of(signed_in(holder).get(f"/exhibits/{long_chain.pk}/"))
    assert "The chain is broken: entry 2 is not what was written" in page
    assert "Whole: every entry" not in page


def test_an_entry_rewritten_with_its_hash_breaks_the_next_one(long_chain):
    row = chain(long_chain)[1]
    row.place = "Room 2"
    rewrite(long_chain, 2, place="Room 2", hash=row.expected_hash())
    assert custody.first_fault(long_chain) == "entry 3 is not what was written"


def test_an_entry_taken_from_the_middle_is_missed(long_chain):
    CustodyTransfer.objects.filter(exhibit=long_chain, position=3).delete()
    assert custody.first_fault(long_chain) == "entry 3 is missing"


def test_an_entry_taken_from_the_end_is_missed(long_chain):
    CustodyTransfer.objects.filter(exhibit=long_chain, position=4).delete()
    assert "counts 4 entries, the chain has 3" in custody.first_fault(long_chain)


def test_an_entry_put_at_the_end_by_hand_is_found(long_chain, holder):
    last = chain(long_chain)[-1]
    last.pk, last.position, last.previous = None, 5, last.hash
    last._state.adding = True
    last.id = CustodyTransfer._meta.get_field("id").get_default()
    last.hash = last.expected_hash()
    last.save()
    assert "the chain has 5" in custody.first_fault(long_chain)


def test_the_holder_of_another_agency_sees_what_they_hold_and_no_more(records):
    technician, examiner = records.person("technician"), records.person("examiner", "LAB")
    incident = records.incident(
        by=technician, marking="restricted", number="R-1", address="Secret Street"
    )
    held = records.exhibit(of=incident, by=technician, number="HELD-1", kind="firearm")
    records.firearm(of=held, by=technician, serial="SER-1")
    other = records.exhibit(of=incident, by=technician, number="OTHER-1")
    records.scan(1, 1, of=held, by=technician)
    before = signed_in(examiner)
    assert before.get(f"/exhibits/{held.pk}/").status_code == 404
    offered = custody.offer(held, to=examiner, by=technician)
    assert before.get(f"/exhibits/{held.pk}/").status_code == 404
    custody.settle(offered, accepted=True, by=examiner)
    browser = signed_in(examiner)
    page = text_of(browser.get(f"/exhibits/{held.pk}/"))
    assert "Hand it over" in page
    assert "Whole: every entry" in page
    for hidden in ("R-1", "Secret Street", "SER-1", "gun1-1", str(incident.pk)):
        assert hidden not in page
    assert "HELD-1" in text_of(browser.get("/exhibits/"))
    assert "HELD-1" in text_of(browser.get("/exhibits/?held_by_me=on"))
    assert not exhibits(examiner).filter(pk=other.pk)
    for address in (
        f"/incidents/{incident.pk}/",
        f"/incidents/{incident.pk}/labels/",
        f"/scans/{held.scans.get().pk}/",
        f"/exhibits/{other.pk}/",
    ):
        assert browser.get(address).status_code == 404, address
    reads = AuditEvent.objects.filter(action="casework.read_restricted", record=str(held.pk))
    assert reads.filter(actor=str(examiner.pk)).exists()


def test_the_holder_of_another_agency_can_pass_it_on_and_then_sees_it_no_more(records):
    technician, examiner = records.person("technician"), records.person("examiner", "LAB")
    held = records.exhibit(by=technician)
    custody.settle(custody.offer(held, to=examiner, by=technician), accepted=True, by=examiner)
    browser = signed_in(examiner)
    sent = {"to": str(technician.pk)}
    assert browser.post(f"/exhibits/{held.pk}/offer/", sent).status_code == 302
    custody.settle(HandOver.objects.get(settled_at=None), accepted=True, by=technician)
    assert browser.get(f"/exhibits/{held.pk}/").status_code == 404


def test_a_holder_who_became_administrator_or_was_disabled_sees_nothing(records):
    for change in ({"role": "administrator"}, {"is_active": False}):
        technician, examiner = records.person("technician"), records.person("examiner", "LAB")
        held = records.exhibit(by=technician)
        custody.settle(custody.offer(held, to=examiner, by=technician), accepted=True, by=examiner)
        for name, value in change.items():
            setattr(examiner, name, value)
        assert not exhibits(examiner)


def test_everything_done_with_an_exhibit_is_on_record(exhibit, holder, records):
    other = records.person("technician")
    custody.settle(custody.offer(exhibit, to=other, by=holder), accepted=False, by=other)
    custody.settle(custody.offer(exhibit, to=other, by=holder), accepted=True, by=other)
    custody.move(exhibit, action="stored", place="Room 1", by=other)
    events = AuditEvent.objects.filter(record=str(exhibit.pk)).order_by("sequence")
    assert [(one.action.removeprefix("evidence."), one.actor) for one in events] == [
        ("exhibit_added", str(holder.pk)),
        ("custody_moved", str(holder.pk)),
        ("hand_over_offered", str(holder.pk)),
        ("hand_over_declined", str(other.pk)),
        ("hand_over_offered", str(holder.pk)),
        ("hand_over_taken", str(other.pk)),
        ("custody_moved", str(other.pk)),
    ]


def test_a_withdrawn_exhibit_is_still_held_and_can_be_returned(exhibit, holder, records):
    from headstamp.web.evidence.actions import withdraw_exhibit

    withdraw_exhibit(exhibit, reason="Entered twice", by=holder)
    custody.move(exhibit, action="returned", by=holder)
    assert current(exhibit).holder is None


def test_what_was_typed_by_the_old_holder_counts_no_more(exhibit, holder, records):
    """A page that was open before the exhibit changed hands."""
    browser = signed_in(holder)
    form = form_of(browser.get(f"/exhibits/{exhibit.pk}/"), "action")
    other = records.person("technician")
    custody.settle(custody.offer(exhibit, to=other, by=holder), accepted=True, by=other)
    answer = browser.post(
        f"/exhibits/{exhibit.pk}/move/", {**form, "action": "destroyed", "place": "Furnace"}
    )
    assert answer.status_code == 422
    assert current(exhibit).holder == other


def test_times_of_a_chain_do_not_run_backwards(exhibit, holder, records):
    other = records.person("technician")
    custody.settle(custody.offer(exhibit, to=other, by=holder), accepted=True, by=other)
    times = [one.at for one in chain(exhibit)]
    assert times == sorted(times)
    assert times[-1] - timezone.now() < timedelta(seconds=5)
