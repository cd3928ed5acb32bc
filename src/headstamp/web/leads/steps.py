"""Writing a step of a lead, and the conditions that all steps share."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record
from headstamp.web.audit.chains import ENTRY
from headstamp.web.leads.models import Lead, LeadStep
from headstamp.web.leads.states import LeadState, may_follow
from headstamp.web.refusals import Refusal
from headstamp.web.roles import Role

MOVED_ON: Final = (
    "Somebody else has worked on this lead since you opened it; it is shown as it is now. "
    "Look again before you decide."
)
ON_HOLD: Final = (
    "A link that this lead rests on is withdrawn or not confirmed. An analyst or a commander has "
    "to decide first whether it goes on."
)
LONGEST: Final = 5000


def current(lead: Lead, version: int) -> Lead:
    """The lead as it is now, read inside ``writing``.

    Raises
    ------
    Refusal
        If somebody else has done something with it since that version.
    """
    found: Lead = Lead.objects.select_related("agency", "assignee").get(pk=lead.pk)
    if found.version == version:
        return found
    if not found.is_open and (last := found.steps.filter(kind=LeadStep.Kind.CLOSED).last()):
        raise Refusal(f"{last.by} has closed this lead meanwhile ({last.get_state_display()}).")
    raise Refusal(MOVED_ON)


def parties(lead: Lead) -> set[Any]:
    """Ids of the agencies that work a lead: its owner's, and those it concerns."""
    return {lead.agency_id, *lead.concerned.values_list("agency_id", flat=True)}


def require_party(lead: Lead, by: User) -> None:
    """Only the agencies that a lead concerns, and its owner, work it.

    Raises
    ------
    Refusal
    """
    if by.agency_id not in parties(lead):
        raise Refusal("Only the agencies that this lead concerns, and its owner, decide that.")


def require_open(lead: Lead) -> None:
    """Nothing is done with a lead that is closed but reopening it.

    Raises
    ------
    Refusal
    """
    if not lead.is_open:
        raise Refusal(f"This lead is closed ({lead.get_state_display()}); reopen it first.")


def refuse_hold(lead: Lead) -> None:
    """Nobody goes on with a lead one of whose links fell, until somebody has decided.

    Raises
    ------
    Refusal
    """
    if lead.on_hold:
        raise Refusal(ON_HOLD)


def require_reason(text: str) -> str:
    """What was written, without blanks around it.

    Raises
    ------
    Refusal
        If it says nothing, or too much.
    """
    if not (text := text.strip()):
        raise Refusal("Write down why.")
    if len(text) > LONGEST:
        raise Refusal(f"Say it in {LONGEST:,} characters at most.")
    return text


def require_investigator(person: User) -> None:
    """A lead goes to somebody who can follow it.

    Raises
    ------
    Refusal
        If their account is disabled, unused for too long, or of another role.
    """
    if not person.is_active or person.is_lapsed:
        raise Refusal(f"The account of {person.name} is disabled; choose somebody else.")
    if person.role != Role.INVESTIGATOR:
        raise Refusal(f"{person.name} is no investigator; choose somebody who is.")


def sees(person: User, lead: Lead) -> bool:
    """Whether a lead is in somebody's reach now."""
    fresh = User.objects.select_related("agency").get(pk=person.pk)
    return bool(Lead.objects.visible_to(fresh).filter(pk=lead.pk).exists())


def assignee_can_follow(lead: Lead) -> bool:
    """Whether its assignee still can: an account may be disabled, an agreement end."""
    person = lead.assignee
    return person is not None and person.is_active and not person.is_lapsed and sees(person, lead)


def require_reach(person: User, lead: Lead) -> None:
    """Nobody is told of a lead they may not see.

    Raises
    ------
    Refusal
    """
    if not sees(person, lead):
        raise Refusal(
            f"{person.name} may not see both exhibits. An agreement between the agencies, or a "
            "case they are a member of, has to come first."
        )


def step(
    lead: Lead,
    kind: str,
    *,
    by: User | None,
    state: str = "",
    action: str = "",
    **facts: Any,
) -> None:
    """Write a step, and the lead as it is after it; called inside ``writing``.

    Parameters
    ----------
    state : str
        The one the lead goes to; empty if it stays where it is.
    facts : person, said, text
    """
    if state and not may_follow(lead.state, state):
        shown = LeadState(lead.state).label
        raise Refusal(f"This lead is “{shown}”; that step cannot follow.")
    lead.state = state or lead.state
    lead.updated_at = timezone.now()
    lead.version += 1
    lead.save()
    made = LeadStep.objects.create(
        lead=lead, position=lead.steps.count() + 1, kind=kind, state=lead.state, by=by, **facts
    )
    detail = {"kind": str(kind), "state": str(lead.state), ENTRY: made.expected_hash()}
    record(action or "leads.lead_moved", by=by, about=lead, detail=detail)
