"""The sheet of a lead, as far as the person who prints it may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from headstamp.reports.lead_sheet import LeadSheet, SheetExhibit, SheetLink, SheetRow
from headstamp.web.accounts.models import User
from headstamp.web.casework.templatetags.hs import occurred
from headstamp.web.comparisons.wording import MEANING, support
from headstamp.web.evidence.models import Exhibit
from headstamp.web.leads import queries
from headstamp.web.leads.clocks import Clock, NoticeClock
from headstamp.web.leads.maps import drawing_of
from headstamp.web.leads.models import Lead, LeadAgency, LeadBasis
from headstamp.web.leads.states import Reason
from headstamp.web.leads.steps import ON_HOLD

WRITTEN: Final = "%Y-%m-%d %H:%M"
NOT_YET: Final = "not yet"


def sheet_of(user: User, lead: Lead, bases: list[LeadBasis], now: datetime) -> LeadSheet:
    """Everything on it."""
    notice = NoticeClock.of(lead.recovered_at, lead.noticed_at)
    facts = [
        ("Priority", lead.get_priority_display()),
        ("Reasons", "; ".join(Reason(one).label for one in lead.reasons) or "not said yet"),
        ("Public safety", "Yes" if lead.public_safety else "No"),
        ("Assigned to", _who(lead.assignee) or "nobody yet"),
        ("Recovered", written(lead.recovered_at)),
        ("Notice of all investigators", notice.says(now)),
    ]
    facts += [("Outcome", lead.outcome)] if lead.outcome else []
    facts += [("Rated", lead.get_rating_display())] if lead.rating else []
    return LeadSheet(
        number=lead.number,
        state=lead.get_state_display(),
        printed=f"{written(now)} by {_who(user)}; times are in {settings.TIME_ZONE}",
        facts=tuple(facts),
        clocks=tuple(_clocks(lead, one, now) for one in queries.concerned(lead)),
        people=tuple(_people(lead)),
        links=tuple(_link(one) for one in bases),
        timeline=tuple(timeline(lead, bases)),
        drawing=str(drawing_of(bases)),
        caution=ON_HOLD if lead.on_hold else "",
    )


def written(at: datetime | None) -> str:
    """A time on the clocks of the place."""
    return timezone.localtime(at).strftime(WRITTEN) if at else NOT_YET


def last_day(due: datetime) -> str:
    """The day at whose end something is due."""
    return timezone.localtime(due - timedelta(minutes=1)).strftime("%Y-%m-%d")


def _who(person: User | None) -> str:
    return f"{person.name}, {person.agency.code}" if person else ""


def _clocks(lead: Lead, one: LeadAgency, now: datetime) -> tuple[str, str, str]:
    entry = Clock(one.entry_due_at, one.entered_at)
    notice = NoticeClock.of(lead.recovered_at, one.noticed_at)
    return (
        one.agency.name,
        notice.says(now),
        f"by the end of {last_day(one.entry_due_at)}: {entry.says(now)}",
    )


def _people(lead: Lead) -> Iterator[tuple[str, str, str, str]]:
    for one in queries.notices(lead):
        yield (
            one.person.name,
            one.agency.code,
            written(one.notified_at),
            written(one.acknowledged_at),
        )


def _link(one: LeadBasis) -> SheetLink:
    return SheetLink(
        one=_exhibit(one.link.exhibit_a, seen=one.a_incident_seen),
        other=_exhibit(one.link.exhibit_b, seen=one.b_incident_seen),
        state=one.link.get_state_display(),
        meaning=MEANING[one.link.state],
        support=support(one.link.log10_lr),
        decision=f"It was decided to go on: {one.decision}" if one.decided_at else "",
    )


def _exhibit(exhibit: Exhibit, *, seen: bool) -> SheetExhibit:
    what = " ".join(filter(None, (exhibit.get_kind_display().lower(), exhibit.calibre)))
    if not seen:
        return SheetExhibit(exhibit.number, what, exhibit.agency.code)
    incident = exhibit.incident
    return SheetExhibit(
        exhibit.number,
        what,
        exhibit.agency.code,
        incident.number,
        occurred(incident),
        incident.address,
    )


def timeline(lead: Lead, bases: Iterable[LeadBasis]) -> list[SheetRow]:
    """What happened, what was recovered, and what was done with the lead, oldest first."""
    rows: list[tuple[datetime, SheetRow]] = []
    for one in bases:
        for exhibit, seen in (
            (one.link.exhibit_a, one.a_incident_seen),
            (one.link.exhibit_b, one.b_incident_seen),
        ):
            if seen:
                rows.append(_happened(exhibit))
            at = exhibit.collected_at
            what = f"{exhibit.number} recovered"
            rows.append((at, SheetRow(written(at), what, exhibit.agency.code)))
    for step in queries.steps(lead):
        what = step.get_kind_display() + (f": {_who(step.person)}" if step.person else "")
        said = " ".join(filter(None, (f"{step.said}." if step.said else "", step.text)))
        rows.append((step.at, SheetRow(written(step.at), what, _who(step.by), said)))
    ordered = [row for _, row in sorted(rows, key=lambda row: row[0])]
    return list(dict.fromkeys(ordered))


def _happened(exhibit: Exhibit) -> tuple[datetime, SheetRow]:
    incident = exhibit.incident
    what = f"Incident {incident.number}"
    row = SheetRow(occurred(incident), what, incident.agency.code, incident.address)
    return incident.occurred_at, row
