"""The end of a lead: its outcome, what it was worth, and its coming back."""

from __future__ import annotations

from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import writing
from headstamp.web.leads.models import Lead, LeadStep, Notification
from headstamp.web.leads.notifying import tell
from headstamp.web.leads.numbers import as_number
from headstamp.web.leads.states import CLOSED, WORKED, LeadState, Rating
from headstamp.web.leads.steps import (
    current,
    refuse_hold,
    require_open,
    require_party,
    require_reason,
    step,
)
from headstamp.web.refusals import Refusal

Kind = LeadStep.Kind


def close(
    lead: Lead, *, state: str, outcome: str, repeats: str = "", version: int, by: User
) -> None:
    """End a lead with its outcome; by its assignee, or an analyst or commander who works it.

    Raises
    ------
    Refusal
        If somebody else has closed it, no outcome is said, or it would repeat itself.
    """
    if state not in CLOSED:
        raise Refusal("Choose an outcome.")
    outcome = require_reason(outcome)
    with writing():
        found = current(lead, version)
        require_open(found)
        _require_ender(found, by)
        found.repeats = (
            _repeated(found, repeats, by) if state == LeadState.CLOSED_DUPLICATE else None
        )
        found.closed_at, found.outcome = timezone.now(), outcome
        said = f"Repeats {found.repeats.number}" if found.repeats else ""
        step(found, Kind.CLOSED, by=by, state=state, said=said, text=outcome)
        tell(found, _involved(found, by), Notification.Kind.CLOSED, by=by)


def rate(lead: Lead, *, rating: str, comment: str, version: int, by: User) -> None:
    """What the lead was worth to the investigator who followed it.

    Raises
    ------
    Refusal
        If somebody else followed it, or nobody has taken it on yet.
    """
    if rating not in Rating.values:
        raise Refusal("Choose what it was worth.")
    if rating == Rating.UNHELPFUL:
        require_reason(comment)
    with writing():
        found = current(lead, version)
        if found.assignee_id != by.pk:
            raise Refusal("The investigator who follows a lead rates it.")
        if found.state not in {*WORKED, *CLOSED}:
            raise Refusal("Acknowledge the lead before you rate it.")
        found.rating, found.rating_comment, found.rated_by = rating, comment.strip(), by
        step(found, Kind.RATED, by=by, said=Rating(rating).label, text=comment.strip())


def reopen(lead: Lead, *, text: str, version: int, by: User) -> None:
    """Take up a lead again that was closed; it is assigned anew.

    Raises
    ------
    Refusal
        If it is open, or no reason is given.
    """
    text = require_reason(text)
    with writing():
        found = current(lead, version)
        if found.is_open:
            raise Refusal("This lead is open.")
        _require_ender(found, by)
        told = _involved(found, by)
        found.closed_at, found.outcome, found.repeats, found.assignee = None, "", None, None
        found.rating, found.rating_comment, found.rated_by = "", "", None
        step(found, Kind.REOPENED, by=by, state=LeadState.REOPENED, text=text)
        tell(found, told, Notification.Kind.REOPENED, by=by)


def _require_ender(lead: Lead, by: User) -> None:
    if by.has_perm("leads.triage"):
        require_party(lead, by)
        return
    if lead.assignee_id != by.pk:
        raise Refusal("Its assignee, or an analyst or commander of its agencies, decides that.")
    refuse_hold(lead)


def _repeated(lead: Lead, number: str, by: User) -> Lead:
    """The lead that this one repeats.

    Raises
    ------
    Refusal
        If there is none that the person may see, or it repeats this one.
    """
    other: Lead | None = Lead.objects.visible_to(by).filter(number=as_number(number)).first()
    if other is None:
        raise Refusal("Write the number of the lead that it repeats, one that you can see.")
    following: Lead | None = other
    while following is not None:
        if following.pk == lead.pk:
            raise Refusal(f"{other.number} is this lead, or repeats it; choose another.")
        following = following.repeats
    return other


def _involved(lead: Lead, by: User) -> list[User]:
    """Everybody who was told of a lead, but whoever does this."""
    found = User.objects.filter(lead_notices__lead=lead, lead_notices__notified_at__isnull=False)
    return list(found.exclude(pk=by.pk).distinct())
