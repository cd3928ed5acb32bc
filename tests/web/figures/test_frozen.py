"""What is released stays as it is: restated by later ones, withdrawn with a reason."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from tests.web.figures.conftest import FIRST_DAY, SECOND_DAY
from tests.web.figures.test_releases import decide
from tests.web.forms import text_of

from headstamp.web.audit.models import AuditEvent
from headstamp.web.figures.models import Content, Release, Restatement, Withdrawal
from headstamp.web.figures.releases import actions, chain

pytestmark = pytest.mark.django_db


def counted(path, last_day):
    """Shooting victims of the seven days to a day, from the file itself."""
    import csv
    from datetime import timedelta

    first = last_day - timedelta(days=6)
    with path.open(newline="") as stream:
        return sum(
            first.isoformat() <= row["occurred"][:10] <= last_day.isoformat()
            for row in csv.DictReader(stream)
            if row["weapon"] == "FIREARM"
        )


def test_a_later_list_restates_what_was_released(import_list, release, victim_lists):
    first = release(FIRST_DAY)
    import_list(SECOND_DAY)
    second = release(SECOND_DAY)
    rows = Restatement.objects.get(release=second, earlier=first).rows
    found = {
        (row["was"], row["is"])
        for row in rows
        if (row["rule"], row["period"], row["what"])
        == ("port-verity-shooting-victims v1", "week", "the count")
    }
    files = (victim_lists[FIRST_DAY], victim_lists[SECOND_DAY])
    was, now = (counted(path, FIRST_DAY) for path in files)
    assert was != now
    assert found == {(was, now)}
    assert not Restatement.objects.filter(release=first).exists()


def test_what_is_released_cannot_be_changed_in_the_database(release, person):
    made = release()
    actions.withdraw(made, reason="Wrong", by=person("commander"))
    for model, change in (
        (Release, {"note": "Other"}),
        (Content, {"name": "other"}),
        (Withdrawal, {"reason": "Other"}),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            model.objects.all()._raw_delete("default")


def test_the_check_of_the_record_finds_a_release_that_was_tampered_with(release):
    from headstamp.web.casework import files

    made = release()
    assert not list(chain.faults())
    content = Content.objects.filter(draft=made.draft, edition="public").first()
    path = files.path_of(content.file_id)
    whole = path.read_bytes()
    path.write_bytes(whole + b" ")
    assert [str(one.record) for one in chain.faults()] == [str(made.pk)]
    path.write_bytes(whole)
    event = AuditEvent.objects.get(action="figures.released")
    assert event.detail["entry"] == made.expected_hash()
    made.note = "Other"
    assert event.detail["entry"] != made.expected_hash()


def test_a_withdrawn_release_is_withdrawn_once_and_with_a_reason(release, person, signed_in):
    made = release()
    browser = signed_in(person("commander"))
    draft = made.draft
    assert decide(browser, draft, "withdraw").status_code == 409
    assert decide(browser, draft, "withdraw", reason="A week is missing").status_code == 302
    assert decide(browser, draft, "withdraw", reason="Again").status_code == 409
    assert Withdrawal.objects.get().reason == "A week is missing"
    event = AuditEvent.objects.get(action="figures.release_withdrawn")
    assert (event.record, event.purpose) == (str(made.pk), "A week is missing")


def test_what_was_never_released_is_not_withdrawn(prepare, person, signed_in):
    draft = prepare()
    answer = decide(signed_in(person("commander")), draft, "withdraw", reason="Why not")
    assert answer.status_code == 409
    assert "never released" in text_of(answer)
