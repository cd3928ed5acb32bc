"""The audit record of the city whose pages are measured: an event for everything that was done."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Final

from benchmarks.city_evidence import Evidence, Sizes
from benchmarks.city_leads import Leads
from benchmarks.city_links import Laboratory
from benchmarks.city_people import BEGAN, People

BATCH: Final = 20_000
CUSTODY: Final = {
    "collected": "evidence.custody_moved",
    "handed_over": "evidence.hand_over_taken",
    "stored": "evidence.custody_moved",
    "removed": "evidence.custody_moved",
}

Happened = tuple[datetime, str, Any, Any, str, dict[str, str]]
"""When, which action, who (None for the system), about what, outcome, detail."""


@dataclass(frozen=True)
class Happenings:
    """What was loaded, of which the record tells."""

    evidence: Evidence
    offers: list[Any]
    found: Laboratory
    leads: Leads


def load_record(chance: random.Random, people: People, loaded: Happenings, sizes: Sizes) -> int:
    """Write the record, chained, in the order of time; how many events."""
    from headstamp.web.audit.models import AuditEvent

    happened = [*_written(people, loaded)]
    happened += _read(chance, people, loaded.evidence, max(0, sizes.events - len(happened)))
    happened.sort(key=lambda event: event[0])
    chained = _chain(chance, happened)
    while batch := list(islice(chained, BATCH)):
        AuditEvent.objects.bulk_create(batch)
    return len(happened)


def _written(people: People, loaded: Happenings) -> Iterator[Happened]:
    evidence, found = loaded.evidence, loaded.found
    known = {one.pk: one for one in people.everybody}
    for agency in people.agencies.values():
        yield BEGAN, "accounts.agency_added", None, agency, "done", {}
    for one in people.everybody:
        yield BEGAN, "accounts.invited", None, one, "done", {"role": one.role}
    for action, records in (
        ("casework.incident_added", evidence.incidents),
        ("casework.scene_opened", evidence.scenes),
        ("evidence.exhibit_added", evidence.exhibits),
        ("evidence.firearm_described", evidence.firearms),
        ("evidence.scan_added", found.scans),
    ):
        for one in records:
            yield one.created_at, action, known[one.created_by_id], one, "done", {}
    for one in loaded.offers:
        by, detail = known[one.released_by_id], {"to": str(one.offered_to_id)}
        yield one.released_at, "evidence.hand_over_offered", by, one.exhibit, "done", detail
    for row in evidence.moves:
        detail = {"action": row.action, "entry": row.hash}
        yield row.at, CUSTODY[row.action], known[row.received_by_id], row.exhibit, "done", detail
    for one in found.scans:
        done = "done" if one.state == "searched" else "failed"
        at = one.created_at + timedelta(minutes=1)
        yield at, "evidence.scan_prepared", None, one, done, {}
        if one.state == "searched":
            yield at + timedelta(minutes=3), "comparisons.searched", None, one, "done", {}
    for step in found.steps:
        if step.by_id:
            detail = {"state": step.state, "entry": step.expected_hash()}
            yield step.at, "comparisons.link_moved", known[step.by_id], step.link, "done", detail
    for step in loaded.leads.steps:
        action = "leads.lead_made" if step.position == 1 else "leads.lead_moved"
        detail = {"kind": step.kind, "state": step.state, "entry": step.expected_hash()}
        yield step.at, action, known[step.by_id], step.lead, "done", detail


def _read(
    chance: random.Random, people: People, evidence: Evidence, count: int
) -> Iterator[Happened]:
    """Sign-ins, some of which fail, and reads of restricted records."""
    last = evidence.incidents[-1].reported_at
    span = (last - BEGAN).total_seconds()
    restricted = [one for one in evidence.incidents if one.marking == "restricted"]
    everybody = people.everybody
    for _ in range(count):
        at = BEGAN + timedelta(seconds=chance.uniform(0, span))
        by, drawn = chance.choice(everybody), chance.random()
        if drawn < 0.85:
            yield at, "accounts.signed_in", by, by, "done", {}
        elif drawn < 0.9:
            yield at, "accounts.sign_in_failed", None, by, "refused", {}
        else:
            yield at, "casework.read_restricted", by, chance.choice(restricted), "done", {}


def _chain(chance: random.Random, happened: list[Happened]) -> Iterator[Any]:
    from headstamp.web.audit.chain import START
    from headstamp.web.audit.models import AuditEvent

    previous = START
    for sequence, (at, action, by, about, outcome, detail) in enumerate(happened, 1):
        event = AuditEvent(
            sequence=sequence,
            at=at.astimezone(UTC),
            action=action,
            outcome=outcome,
            actor=str(by.pk) if by else "",
            role=by.role if by else "",
            agency=str(by.agency_id) if by else "",
            address=f"10.0.{chance.randint(0, 9)}.{chance.randint(2, 250)}" if by else "",
            record_type=about._meta.label_lower,
            record=str(about.pk),
            detail=detail,
            previous=previous,
        )
        event.hash = previous = event.expected_hash()
        yield event
