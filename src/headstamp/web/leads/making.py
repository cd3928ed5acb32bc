"""A lead comes into being: when a link is sent out, or by hand from one that two persons saw."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Min

from headstamp.web.accounts.models import Agency, User
from headstamp.web.audit.actions import writing
from headstamp.web.comparisons.models import BallisticLink
from headstamp.web.comparisons.states import LinkState
from headstamp.web.evidence.models import Exhibit
from headstamp.web.leads.agency_calendars import calendar_of
from headstamp.web.leads.clocks import entry_due, notice_due
from headstamp.web.leads.models import Lead, LeadAgency, LeadBasis, LeadNotice, LeadStep
from headstamp.web.leads.notifying import notify_concerned, warn_commanders
from headstamp.web.leads.states import MAY_LEAD
from headstamp.web.leads.steps import require_reason, sees, step
from headstamp.web.refusals import Refusal
from headstamp.web.roles import Role


def make_by_hand(link: BallisticLink, *, text: str, public_safety: bool, by: User) -> Lead:
    """A lead from a link that two persons have looked at, before or after it was sent out.

    Raises
    ------
    Refusal
        If the link is not so far or has fallen, or a lead that is open rests on it already.
    """
    text = require_reason(text)
    with writing():
        current = BallisticLink.objects.select_related(
            "exhibit_a__agency", "exhibit_b__agency"
        ).get(pk=link.pk)
        if current.state not in MAY_LEAD:
            shown = LinkState(current.state).label
            raise Refusal(f"This link is “{shown}”; no lead can rest on it.")
        if known := open_lead_on(current):
            raise Refusal(f"Lead {known.number} rests on this link already; open that one.")
        lead = make(current, by=by, by_hand=True, text=text)
        if public_safety:
            lead.public_safety, lead.flagged_by = True, by
            lead.save(update_fields=["public_safety", "flagged_by"])
            notify_concerned(lead, by=by)
            warn_commanders(lead, by=by)
    return lead


def open_lead_on(link: BallisticLink) -> Lead | None:
    """The lead that rests on a link and is not closed."""
    found: Lead | None = Lead.objects.filter(bases__link=link, closed_at=None).first()
    return found


def make(link: BallisticLink, *, by: User, by_hand: bool, text: str) -> Lead:
    """Write a lead with the agencies and people it concerns; called inside ``writing``."""
    sides = (link.exhibit_a, link.exhibit_b)
    recovered = max(side.collected_at for side in sides)
    target, limit = notice_due(recovered)
    lead = Lead.objects.create(
        agency=by.agency,
        exhibit_a=link.exhibit_a,
        exhibit_b=link.exhibit_b,
        made_by=by,
        by_hand=by_hand,
        recovered_at=recovered,
        notice_due_at=target,
        notice_limit_at=limit,
        version=0,
    )
    LeadBasis.objects.create(lead=lead, link=link, is_first=True)
    for exhibit in _newest_by_agency(sides):
        _concern(lead, exhibit)
    step(lead, LeadStep.Kind.MADE, by=by, action="leads.lead_made", text=text)
    for person in _working(sides):
        if sees(person, lead):
            LeadNotice.objects.create(lead=lead, person=person, agency=person.agency)
    return lead


def _newest_by_agency(sides: tuple[Exhibit, ...]) -> Iterator[Exhibit]:
    """Of each agency the exhibit that it recovered last: its clock of entry starts with that."""
    found: dict[Any, Exhibit] = {}
    for exhibit in sorted(sides, key=lambda one: one.collected_at):
        found[exhibit.agency_id] = exhibit
    yield from found.values()


def _concern(lead: Lead, exhibit: Exhibit) -> None:
    agency: Agency = exhibit.agency
    LeadAgency.objects.create(
        lead=lead,
        agency=agency,
        recovered_at=exhibit.collected_at,
        entry_due_at=entry_due(exhibit.collected_at, calendar_of(agency)),
        entered_at=_entered(exhibit),
    )


def _entered(exhibit: Exhibit) -> datetime | None:
    """When its first scan was handed in, from which on it is searched against the collection."""
    kept = exhibit.scans.filter(withdrawn_at=None)
    found: datetime | None = kept.aggregate(first=Min("created_at"))["first"]
    return found


def _working(sides: tuple[Exhibit, ...]) -> list[User]:
    """Investigators of an exhibit's agency who are members of an open case of its incident."""
    found: dict[Any, User] = {}
    for side in sides:
        people = User.objects.filter(
            is_active=True,
            role=Role.INVESTIGATOR,
            agency=side.agency_id,
            case_memberships__case__is_open=True,
            case_memberships__case__incidents=side.incident_id,
        )
        found |= {one.pk: one for one in people.select_related("agency").distinct()}
    return list(found.values())
