"""What an event holds, that it follows from the last one, and that its action comes with it."""

from __future__ import annotations

import csv
import hashlib
import io
import json

import pytest
from django.db import transaction
from django.utils import timezone

from headstamp.web.audit.actions import record, writing
from headstamp.web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def by_hand(previous, event):
    """The hash as ``docs/explanation/audit.md`` tells anybody to compute it."""
    content = {
        "sequence": event["sequence"],
        "at": event["at"],
        **{name: event[name] for name in ("action", "outcome", "actor", "role", "agency")},
        **{name: event[name] for name in ("address", "record_type", "record", "purpose")},
        "detail": event["detail"],
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def test_an_event_says_who_did_what_to_which_record_and_when(person, incident):
    user = person("analyst")
    found = incident()
    before = timezone.now()
    event = record(
        "tests.done", by=user, about=found, purpose="Testing", detail={"fields": ("a", "b")}
    )
    kept = AuditEvent.objects.get(pk=event.pk)
    assert (kept.action, kept.outcome, kept.purpose) == ("tests.done", "done", "Testing")
    assert (kept.actor, kept.role, kept.agency) == (str(user.pk), "analyst", str(user.agency_id))
    assert (kept.record_type, kept.record) == ("casework.incident", str(found.pk))
    assert kept.detail == {"fields": ["a", "b"]}
    assert before <= kept.at <= timezone.now()
    assert kept.hash == kept.expected_hash()


def test_an_action_that_fails_leaves_no_event_and_no_gap(events):
    events(2)
    with pytest.raises(RuntimeError), writing():
        record("tests.undone", by=None)
        raise RuntimeError
    events(1)
    assert list(AuditEvent.objects.order_by("sequence").values_list("sequence", "action")) == [
        (1, "tests.done"),
        (2, "tests.done"),
        (3, "tests.done"),
    ]


def test_an_event_is_undone_with_the_transaction_around_it(events):
    with pytest.raises(RuntimeError), transaction.atomic():
        events(1)
        raise RuntimeError
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("value", [0.5, [1e100], {"a": float("nan")}])
def test_a_number_that_databases_write_differently_is_refused(value):
    with pytest.raises(TypeError, match="as text"):
        record("tests.done", by=None, detail={"value": value})


@pytest.mark.parametrize(
    "detail", [{"text": 'ä"\\/\u2028 \U0001f600'}, {"b": 1, "a": [True, None, {"z": -(2**53)}]}, {}]
)
def test_what_a_detail_holds_hashes_the_same_when_it_is_read_again(detail):
    record("tests.done", by=None, detail=detail)
    event = AuditEvent.objects.get()
    assert event.hash == event.expected_hash()
    assert event.detail == detail


def test_anybody_with_a_copy_can_recompute_the_chain(events, person, signed_in):
    events(5)
    client = signed_in(person("monitor"))
    text = b"".join(client.get("/audit/export/").streaming_content).decode("utf-8-sig")
    rows = sorted(csv.DictReader(io.StringIO(text)), key=lambda row: int(row["sequence"]))
    assert len(rows) == 7  # with the sign-in and the export itself
    previous = "0" * 64
    for row in rows:
        event = {**row, "sequence": int(row["sequence"]), "detail": json.loads(row["detail"])}
        assert row["previous"] == previous
        assert by_hand(previous, event) == row["hash"]
        previous = row["hash"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.7", "127.0.0.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 192.0.2.1", "198.51.100.7"),
        (2, "198.51.100.7", "127.0.0.1"),
        (1, "Zebulon Quill", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_is_believed_as_far_as_there_are_proxies(
    client, settings, proxies, forwarded, expected
):
    settings.PROXIES = proxies
    client.post(
        "/account/login/",
        {"login": "a@b.example", "password": "wrong"},
        headers={"X-Forwarded-For": forwarded},
    )
    assert AuditEvent.objects.get().address == expected
