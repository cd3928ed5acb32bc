"""Steps of leads only grow, and whoever changes one behind the program is found out."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from headstamp.web.audit.queries import verify
from headstamp.web.leads.models import Lead, LeadStep

pytestmark = pytest.mark.django_db


def test_the_steps_of_a_worked_lead_are_whole(records):
    records.lead(upto="in_progress")
    assert verify().whole


@pytest.mark.parametrize(
    "sql", ["UPDATE leads_leadstep SET text = 'x'", "DELETE FROM leads_leadstep"]
)
def test_the_database_refuses_to_change_or_remove_a_step(records, sql):
    records.lead()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_lead_whose_state_is_not_its_last_steps_is_found(records):
    lead = records.lead(upto="triaged")
    Lead.objects.filter(pk=lead.pk).update(state="closed_arrest")
    found = verify()
    assert not found.whole
    assert "its last step says triaged" in " ".join(found.sentences)


def test_a_step_that_is_on_record_and_not_as_it_was_written_is_found(records):
    from headstamp.web.audit.actions import record

    lead = records.lead()
    record("leads.lead_moved", by=None, about=lead, detail={"entry": "0" * 64})
    found = verify()
    assert not found.whole
    assert "not what was written" in " ".join(found.sentences)


def test_every_word_of_a_step_is_in_its_hash(records):
    step = records.lead(upto="triaged").steps.get(kind="triaged")
    known = step.expected_hash()
    changes = {"kind": "noted", "state": "new", "said": "x", "text": "x", "position": 9}
    for name, value in {**changes, "by_id": None, "person_id": step.by_id}.items():
        other = LeadStep.objects.get(pk=step.pk)
        setattr(other, name, value)
        assert other.expected_hash() != known, name
