"""What people made of the leads so far: over two agencies, in states from new to closed."""

from __future__ import annotations

from typing import Final

from headstamp.simulation.city_people import CITY_POLICE
from headstamp.web.accounts.models import User
from headstamp.web.demonstration.people import People
from headstamp.web.leads import actions, closing
from headstamp.web.leads.models import Lead
from headstamp.web.leads.states import LeadState, Priority, Rating, Reason
from headstamp.web.leads.steps import sees
from headstamp.web.roles import Role

S = LeadState
FEDERAL: Final = "FFB"

STATES: Final = (
    *(S.IN_PROGRESS, S.NEW, S.CLOSED_CHARGED, S.ASSIGNED, S.NEW, S.TRIAGED),
    *(S.AWAITING_LAB, S.CLOSED_NO_VALUE, S.ACKNOWLEDGED, S.NEW),
)
"""States that leads are brought to, in turn."""

OUTCOMES: Final = {
    S.CLOSED_CHARGED: (
        "Charges filed on other evidence; the lead had told where to look.",
        Rating.HELPFUL,
        "It joined two incidents nobody had thought of together.",
    ),
    S.CLOSED_NO_VALUE: (
        "Both incidents were known to be one dispute already.",
        Rating.NEUTRAL,
        "Right, but known before.",
    ),
}


def work_leads(people: People) -> None:
    """Bring the leads that are open to states, the first that were made first."""
    found = Lead.objects.filter(on_hold=False, closed_at=None).order_by("made_at", "pk")
    for turn, lead in enumerate(found):
        _bring(lead, STATES[turn % len(STATES)], people, turn)


def _bring(lead: Lead, state: str, people: People, turn: int) -> None:
    if state == S.NEW:
        return
    analyst, commander = (people.one(CITY_POLICE, role) for role in (Role.ANALYST, Role.COMMANDER))
    actions.triage(
        lead,
        priority=Priority.HIGH if turn % 2 else Priority.URGENT,
        reasons=[Reason.RECENT if turn % 2 else Reason.KILLED],
        public_safety=turn == 0,
        text="Both incidents are open, and witnesses can still be asked.",
        version=_version(lead),
        by=commander,
    )
    _name(lead, people, commander)
    agent = _agent(lead, people, turn)
    if state == S.TRIAGED or agent is None:
        return
    actions.assign(
        lead,
        person=agent,
        text="Ask the witnesses of both incidents.",
        version=_version(lead),
        by=analyst,
    )
    if state != S.ASSIGNED:
        actions.acknowledge(lead, version=_version(lead), by=agent)
        _follow(lead, state, agent)


def _agent(lead: Lead, people: People, turn: int) -> User | None:
    """An investigator who may see everything the lead rests on: every second time a federal one.

    Which leads come first depends on which search ended first, and not everybody sees each.
    """
    own = people.of(CITY_POLICE, Role.INVESTIGATOR)
    own = own[turn % len(own) :] + own[: turn % len(own)]
    federal = people.of(FEDERAL, Role.INVESTIGATOR)
    wanted = [*federal, *own] if turn % 2 == 0 else [*own, *federal]
    return next((one for one in wanted if sees(one, lead)), None)


def _name(lead: Lead, people: People, by: User) -> None:
    """One investigator of each agency that a lead concerns and that has one."""
    for one in lead.concerned.select_related("agency"):
        for person in people.of(one.agency.code, Role.INVESTIGATOR)[:1]:
            if sees(person, lead) and not lead.notices.filter(person=person).exists():
                actions.name_investigator(lead, person=person, version=_version(lead), by=by)


def _follow(lead: Lead, state: str, agent: User) -> None:
    if state == S.ACKNOWLEDGED:
        return
    actions.note(
        lead,
        text="Asked at both places; the reports of the first officers are read.",
        awaits_lab=state == S.AWAITING_LAB,
        version=_version(lead),
        by=agent,
    )
    if state in OUTCOMES:
        outcome, rating, comment = OUTCOMES[LeadState(state)]
        closing.close(lead, state=state, outcome=outcome, version=_version(lead), by=agent)
        closing.rate(lead, rating=rating, comment=comment, version=_version(lead), by=agent)


def _version(lead: Lead) -> int:
    return int(Lead.objects.values_list("version", flat=True).get(pk=lead.pk))
