"""Leads of the city whose pages are measured: in every state, with their people and steps."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from benchmarks.city_people import BEGAN, LARGEST, People

STATES: Final = {
    "new": 0.02,
    "triaged": 0.02,
    "assigned": 0.02,
    "acknowledged": 0.02,
    "in_progress": 0.04,
    "awaiting_lab": 0.02,
    "closed_arrest": 0.08,
    "closed_charged": 0.08,
    "closed_no_value": 0.4,
    "closed_duplicate": 0.05,
    "closed_insufficient": 0.24,
    "reopened": 0.01,
}
PATHS: Final = {
    "new": ("new",),
    "triaged": ("new", "triaged"),
    "assigned": ("new", "triaged", "assigned"),
    "acknowledged": ("new", "triaged", "assigned", "acknowledged"),
}
FOLLOWED: Final = (*PATHS["acknowledged"], "in_progress")
KINDS: Final = {
    "new": "made",
    "triaged": "triaged",
    "assigned": "assigned",
    "acknowledged": "acknowledged",
    "in_progress": "noted",
    "awaiting_lab": "noted",
    "reopened": "reopened",
}
SAID: Final = "Asked at both places; the reports of the first officers are read."


@dataclass
class Leads:
    """What was loaded."""

    leads: list[Any] = field(default_factory=list)
    bases: list[Any] = field(default_factory=list)
    concerned: list[Any] = field(default_factory=list)
    notices: list[Any] = field(default_factory=list)
    steps: list[Any] = field(default_factory=list)
    notifications: list[Any] = field(default_factory=list)


def load_leads(chance: random.Random, people: People, links: list[Any], count: int) -> Leads:
    """Make so many leads over the decade up to today, two or so on each link."""
    from headstamp.web.leads import models

    found, now = Leads(), datetime.now(UTC)
    span = (now - BEGAN).total_seconds()
    for number in range(count):
        at = BEGAN + timedelta(seconds=span * (number + chance.random()) / count)
        _lead(found, chance, people, chance.choice(links), min(at, now))
    for kind, rows in (
        (models.Lead, found.leads),
        (models.LeadBasis, found.bases),
        (models.LeadAgency, found.concerned),
        (models.LeadNotice, found.notices),
        (models.LeadStep, found.steps),
        (models.Notification, found.notifications),
    ):
        kind.objects.bulk_create(rows, batch_size=5000)
    return found


def _lead(found: Leads, chance: random.Random, people: People, link: Any, at: datetime) -> None:
    from headstamp.web.leads.models import Lead, LeadBasis

    state = chance.choices(list(STATES), list(STATES.values()))[0]
    recovered = at - timedelta(hours=chance.expovariate(1 / 40))
    path = PATHS.get(state) or (*FOLLOWED, *(() if state == "in_progress" else (state,)))
    agent = chance.choice(people.of(LARGEST, "investigator") + people.of("FFB", "investigator"))
    times = [at + timedelta(hours=9 * place) for place in range(len(path))]
    is_closed = state.startswith("closed")
    made = Lead(
        agency=people.agencies[LARGEST],
        exhibit_a=link.exhibit_a,
        exhibit_b=link.exhibit_b,
        made_at=at,
        made_by=chance.choice(people.of(LARGEST, "analyst")),
        state=state,
        priority=0 if state == "new" else chance.choice((1, 2, 3)),
        reasons=[] if state == "new" else ["killed", "recent"],
        public_safety=chance.random() < 0.02,
        assignee=agent if "assigned" in path and state != "reopened" else None,
        recovered_at=recovered,
        notice_due_at=recovered + timedelta(hours=24),
        notice_limit_at=recovered + timedelta(hours=48),
        noticed_at=times[1] if len(path) > 1 and chance.random() < 0.9 else None,
        closed_at=times[-1] if is_closed else None,
        outcome=SAID if is_closed else "",
        rating=chance.choice(("helpful", "neutral", "unhelpful", "")) if is_closed else "",
        version=len(path),
        updated_at=times[-1],
    )
    found.leads.append(made)
    found.bases.append(LeadBasis(lead=made, link=link, is_first=True))
    _concern(found, made, link)
    if len(path) > 1:
        _tell(found, made, agent, times[1], is_known="acknowledged" in path)
    _step(found, chance.choice(people.of(LARGEST, "commander")), made, path, times)


def _concern(found: Leads, lead: Any, link: Any) -> None:
    from headstamp.web.leads.models import LeadAgency

    agencies = {one.agency_id: one for one in (link.exhibit_a, link.exhibit_b)}
    for exhibit in agencies.values():
        found.concerned.append(
            LeadAgency(
                lead=lead,
                agency_id=exhibit.agency_id,
                recovered_at=lead.recovered_at,
                entry_due_at=lead.recovered_at + timedelta(days=3),
                entered_at=lead.recovered_at + timedelta(hours=20),
                noticed_at=lead.noticed_at,
            )
        )


def _tell(found: Leads, lead: Any, agent: Any, at: datetime, *, is_known: bool) -> None:
    from headstamp.web.leads.models import LeadNotice, Notification

    found.notices.append(
        LeadNotice(
            lead=lead,
            person=agent,
            agency_id=agent.agency_id,
            named_at=at,
            notified_at=at,
            acknowledged_at=at + timedelta(hours=3) if is_known else None,
        )
    )
    for kind, hours in (("concerned", 0), ("assigned", 9)):
        told = at + timedelta(hours=hours)
        found.notifications.append(
            Notification(lead=lead, person=agent, kind=kind, at=told, read_at=told)
        )


def _step(found: Leads, by: Any, lead: Any, path: tuple[str, ...], times: list[datetime]) -> None:
    from headstamp.web.leads.models import LeadStep

    for position, (state, at) in enumerate(zip(path, times, strict=True), 1):
        found.steps.append(
            LeadStep(
                lead=lead,
                position=position,
                kind=KINDS.get(state, "closed"),
                state=state,
                at=at,
                by=by,
                text=SAID,
            )
        )
