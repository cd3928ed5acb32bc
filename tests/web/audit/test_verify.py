"""Whoever gets past the guards is found out: the first place that is not what it was is named."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.web.audit.conftest import CUSTODY, EVENTS, STEPS
from tests.web.audit.tampering import drop_guards, sql

from headstamp.errors import BrokenRecordError
from headstamp.web.audit.chain import START
from headstamp.web.audit.models import AuditEvent
from headstamp.web.audit.queries import verify
from headstamp.web.comparisons import actions as comparisons
from headstamp.web.evidence import custody
from headstamp.web.evidence.models import CustodyTransfer, Exhibit

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(events):
    """Six events, and nothing that guards them."""
    found = events(6)
    drop_guards(EVENTS)
    return found


def broken(*anchors):
    found = verify(anchors).broken
    return (found.sequence, found.reason) if found else None


def rewrite(events, **changes):
    """Change the third event, and chain everything after it anew."""
    previous = START
    for event in events:
        if event.sequence == 3:
            for name, value in changes.items():
                setattr(event, name, value)
        event.previous = previous
        event.hash = previous = event.expected_hash()
        event.save()


def test_a_record_that_nobody_touched_is_whole(events):
    found = verify()
    assert (found.events, found.head, found.whole) == (0, START, True)
    last = events(6).last()
    found = verify([(4, AuditEvent.objects.get(sequence=4).hash)])
    assert (found.events, found.head, found.whole) == (6, last.hash, True)


def test_an_edit_is_named_at_the_event(record):
    sql(f"UPDATE {EVENTS} SET action = 'tests.other' WHERE sequence = 3")
    assert broken() == (3, "its content is not what was put on record")


@pytest.mark.parametrize("name", AuditEvent.CONTENT)
def test_an_edit_of_any_column_is_found(record, name):
    event = record.get(sequence=6)
    changed = {"sequence": 7, "detail": {"number": 99}, "at": record.get(sequence=1).at}
    value = changed.get(name, "x")
    AuditEvent.objects.filter(pk=6).update(**{name: value})
    assert getattr(event, name) != value
    assert broken()[0] == 6


def test_an_edit_with_its_own_hash_made_anew_is_named_at_the_next_event(record):
    event = record.get(sequence=3)
    event.actor = "somebody-else"
    event.hash = event.expected_hash()
    event.save()
    assert broken() == (4, "it does not follow from the event before it")


def test_a_deletion_in_the_middle_is_named(record):
    sql(f"DELETE FROM {EVENTS} WHERE sequence IN (3, 4)")
    assert broken() == (3, "event 3 is missing; the next one is 5")


def test_a_deletion_at_the_beginning_is_named(record):
    sql(f"DELETE FROM {EVENTS} WHERE sequence = 1")
    assert broken() == (1, "event 1 is missing; the next one is 2")


def test_two_events_that_changed_places_are_named(record):
    for before, after in ((3, 100), (4, 3), (100, 4)):
        sql(f"UPDATE {EVENTS} SET sequence = {after} WHERE sequence = {before}")
    assert broken() == (3, "it does not follow from the event before it")


def test_a_record_that_was_cut_off_is_found_with_an_anchor_alone(record):
    anchor = (6, record.get(sequence=6).hash)
    sql(f"DELETE FROM {EVENTS} WHERE sequence > 4")
    assert broken() is None
    assert broken(anchor) == (5, "the record ends here, but its event 6 was anchored")


def test_a_record_that_was_emptied_is_found_with_an_anchor_alone(record):
    anchor = (6, record.get(sequence=6).hash)
    sql(f"DELETE FROM {EVENTS}")
    assert broken() is None
    assert broken(anchor)[0] == 1


def test_a_record_written_anew_is_found_with_an_anchor_alone(record):
    early, late = ((n, record.get(sequence=n).hash) for n in (2, 5))
    rewrite(record, action="tests.other")
    assert broken() is None
    assert broken(early) is None
    sentence = "it is not the event that was anchored: rows were rewritten"
    assert broken(early, late) == (5, sentence)


def test_an_anchor_taken_after_the_rewriting_does_not_hide_it(record):
    before = (6, record.get(sequence=6).hash)
    rewrite(record, action="tests.other")
    after = (6, record.get(sequence=6).hash)
    assert broken(before, after)[0] == broken(after, before)[0] == 6


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's columns have types")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("detail = 'no JSON'", "its content is not what was put on record"),
        ("at = 'yesterday'", "its content cannot be read"),
        ("at = 7", "its content cannot be read"),
    ],
)
def test_content_that_is_none_is_named(record, change, said):
    sql("PRAGMA ignore_check_constraints=ON")
    sql(f"UPDATE {EVENTS} SET {change} WHERE sequence = 3")
    sql("PRAGMA ignore_check_constraints=OFF")
    assert broken() == (3, said)


def test_a_record_that_is_gone_is_an_error_that_says_so(db):
    sql(f"DROP TABLE {EVENTS}")
    with pytest.raises(BrokenRecordError, match="cannot be read"):
        verify()


def test_missing_guards_are_part_of_the_finding(events):
    events(2)
    drop_guards(CUSTODY)
    found = verify()
    assert found.broken is None
    assert not found.whole
    assert f"{CUSTODY}_no_" in found.sentences[0]


class TestCustody:
    """The same for chains of custody, each named by its exhibit."""

    @pytest.fixture
    def chain(self, exhibit, person):
        """An exhibit with three entries, beside another, and nothing that guards them."""
        holder = person("technician")
        made = exhibit(by=holder)
        exhibit()
        custody.move(made, action="stored", by=holder, place="Vault 3")
        custody.move(made, action="removed", by=holder, condition="sealed")
        drop_guards(CUSTODY)
        return Exhibit.objects.get(pk=made.pk)

    def faults(self):
        return [(fault.record, fault.reason) for fault in verify().chain_faults]

    @pytest.mark.usefixtures("chain")
    def test_what_nobody_touched_is_whole(self):
        assert self.faults() == []

    def test_an_edit_is_named(self, chain):
        chain.custody.filter(position=2).update(place="Vault 4")
        assert (str(chain.pk), "entry 2 is not what was written") in self.faults()

    def test_a_deletion_in_the_middle_is_named(self, chain):
        chain.custody.filter(position=2).delete()
        assert (str(chain.pk), "entry 2 is missing") in self.faults()

    def test_a_chain_that_was_cut_off_is_named(self, chain):
        chain.custody.filter(position=3).delete()
        said = "the exhibit counts 3 entries, the chain has 2"
        assert (str(chain.pk), said) in self.faults()

    def test_a_chain_that_is_gone_is_named(self, chain):
        chain.custody.all().delete()
        assert [record for record, _ in self.faults()] == [str(chain.pk)] * 2

    def test_a_chain_written_anew_with_its_end_is_known_by_the_record(self, chain):
        previous = START
        for row in chain.custody.order_by("position"):
            row.place, row.previous = "Vault 4", previous
            row.hash = previous = row.expected_hash()
            row.save()
        Exhibit.objects.filter(pk=chain.pk).update(custody_head=previous)
        said = "an entry that is on record is not in it any more"
        assert self.faults() == [(str(chain.pk), said)]

    def test_a_chain_cut_off_with_its_end_is_known_by_the_record(self, chain):
        chain.custody.filter(position=3).delete()
        head = chain.custody.get(position=2).hash
        Exhibit.objects.filter(pk=chain.pk).update(custody_count=2, custody_head=head)
        assert [record for record, _ in self.faults()] == [str(chain.pk)]

    def test_a_hand_over_is_vouched_for_too(self, chain, person):
        to = person("examiner")
        custody.settle(custody.offer(chain, to=to, by=chain.holder), accepted=True, by=to)
        assert self.faults() == []
        assert CustodyTransfer.objects.filter(exhibit=chain).count() == 4
        event = AuditEvent.objects.get(action="evidence.hand_over_taken")
        assert event.detail["entry"] == chain.custody.get(position=4).hash


class TestSteps:
    """The same for the steps of a link."""

    @pytest.fixture
    def moved(self, link, person):
        comparisons.review(link, lead=True, reason="Agree", version=1, by=person("technician"))
        comparisons.verify(link, agreed=True, reason="So do I", version=2, by=person("examiner"))
        drop_guards(STEPS)
        link.refresh_from_db()
        return link

    def faults(self):
        return [(fault.record, fault.reason) for fault in verify().chain_faults]

    @pytest.mark.usefixtures("moved")
    def test_what_nobody_touched_is_whole(self):
        assert self.faults() == []

    @pytest.mark.parametrize("change", [{"reason": "Other"}, {"by": None}, {"state": "withdrawn"}])
    def test_an_edit_is_named(self, moved, change):
        moved.steps.filter(position=2).update(**change)
        assert self.faults() == [
            (str(moved.pk), "a step that is on record is not what was written")
        ]

    def test_a_deletion_is_named(self, moved):
        moved.steps.filter(position=2).delete()
        assert (str(moved.pk), "step 2 is missing") in self.faults()

    def test_a_state_that_no_step_led_to_is_named(self, moved):
        type(moved).objects.filter(pk=moved.pk).update(state="hit_confirmed")
        said = "the link is hit_confirmed, its last step says lead_verified"
        assert self.faults() == [(str(moved.pk), said)]
