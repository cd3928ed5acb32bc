"""What people do with a lead, from its triage to its outcome."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import writing
from headstamp.web.leads.models import Lead, LeadNotice, LeadStep, Notification
from headstamp.web.leads.notifying import notify_concerned, tell, warn_commanders
from headstamp.web.leads.states import FALLEN, LeadState, Priority, Reason
from headstamp.web.leads.steps import (
    current,
    refuse_hold,
    require_investigator,
    require_open,
    require_party,
    require_reach,
    require_reason,
    step,
)
from headstamp.web.refusals import Refusal

Kind = LeadStep.Kind


def triage(
    lead: Lead,
    *,
    priority: int,
    reasons: Iterable[str],
    public_safety: bool,
    text: str,
    version: int,
    by: User,
) -> None:
    """Say how soon a lead is worked, and why; who was named is told now.

    Raises
    ------
    Refusal
        If no reason is given, the same person made the lead by hand, or the same person who marked
        it for public safety takes that back.
    """
    chosen = sorted(set(reasons) & set(Reason.values))
    if priority not in Priority.values or priority == Priority.NOT_SAID or not chosen:
        raise Refusal("Choose a priority and at least one reason.")
    text = require_reason(text)
    with writing():
        found = current(lead, version)
        require_open(found)
        require_party(found, by)
        refuse_hold(found)
        is_new = found.state == LeadState.NEW
        if is_new and found.by_hand and found.made_by_id == by.pk:
            raise Refusal("You made this lead yourself; another person must triage it.")
        if found.public_safety and not public_safety and found.flagged_by_id == by.pk:
            raise Refusal("You marked this lead for public safety; another person takes that back.")
        is_raised = public_safety and not found.public_safety
        found.priority, found.reasons = priority, chosen
        found.public_safety = public_safety
        found.flagged_by = by if is_raised else found.flagged_by if public_safety else None
        said = [Priority(priority).label, *(Reason(one).label for one in chosen)]
        said += ["Public safety"] if public_safety else []
        state = LeadState.TRIAGED if is_new else ""
        step(found, Kind.TRIAGED, by=by, state=state, said="; ".join(said)[:200], text=text)
        notify_concerned(found, by=by)
        if is_raised:
            warn_commanders(found, by=by)


def name_investigator(lead: Lead, *, person: User, version: int, by: User) -> None:
    """Say that a lead concerns somebody; they are told at once if it is triaged or urgent.

    Raises
    ------
    Refusal
        If they are named already, cannot follow leads, or may not see this one.
    """
    require_investigator(person)
    with writing():
        found = current(lead, version)
        require_open(found)
        require_party(found, by)
        require_reach(person, found)
        if found.notices.filter(person=person).exists():
            raise Refusal(f"{person.name} is named already.")
        LeadNotice.objects.create(lead=found, person=person, agency=person.agency, named_by=by)
        step(found, Kind.NAMED, by=by, person=person)
        if found.state != LeadState.NEW or found.public_safety:
            notify_concerned(found, by=by)


def assign(lead: Lead, *, person: User, text: str, version: int, by: User) -> None:
    """Give a lead to an investigator, who is told and is to acknowledge it.

    Raises
    ------
    Refusal
        If their account is disabled, they are no investigator, or may not see it.
    """
    require_investigator(person)
    with writing():
        found = current(lead, version)
        require_party(found, by)
        refuse_hold(found)
        require_reach(person, found)
        found.assignee = person
        step(
            found, Kind.ASSIGNED, by=by, state=LeadState.ASSIGNED, person=person, text=text.strip()
        )
        if not found.notices.filter(person=person).exists():
            LeadNotice.objects.create(lead=found, person=person, agency=person.agency, named_by=by)
        notify_concerned(found, by=by)
        tell(found, [person], Notification.Kind.ASSIGNED, by=by)


def acknowledge(lead: Lead, *, version: int, by: User) -> None:
    """An investigator says that they know of a lead; its assignee also takes it on.

    Raises
    ------
    Refusal
        If nothing waits for this person's word.
    """
    with writing():
        found = current(lead, version)
        require_open(found)
        takes_on = found.assignee_id == by.pk and found.state == LeadState.ASSIGNED
        waiting = found.notices.filter(
            person=by, acknowledged_at=None, notified_at__isnull=False
        ).update(acknowledged_at=timezone.now())
        if not takes_on and not waiting:
            raise Refusal("Nothing here waits for your acknowledgement.")
        state = LeadState.ACKNOWLEDGED if takes_on else ""
        said = "Takes it on" if takes_on else "Knows of it"
        step(found, Kind.ACKNOWLEDGED, by=by, state=state, said=said)


def note(lead: Lead, *, text: str, awaits_lab: bool, version: int, by: User) -> None:
    """What was found out; by its assignee, who moves it on, or somebody else it concerns.

    Raises
    ------
    Refusal
        If the person neither follows the lead nor was told of it.
    """
    text = require_reason(text)
    with writing():
        found = current(lead, version)
        require_open(found)
        refuse_hold(found)
        state = ""
        if found.assignee_id == by.pk:
            state = LeadState.AWAITING_LAB if awaits_lab else LeadState.IN_PROGRESS
        elif not found.notices.filter(person=by, notified_at__isnull=False).exists():
            raise Refusal("Only its assignee, and investigators it concerns, write here.")
        step(found, Kind.NOTED, by=by, state=state, text=text)


def decide(lead: Lead, *, text: str, version: int, by: User) -> None:
    """A lead goes on although a link it rests on fell; closing it is the other answer.

    Raises
    ------
    Refusal
        If nothing fell, or no reason is given.
    """
    text = require_reason(text)
    with writing():
        found = current(lead, version)
        require_party(found, by)
        if not found.on_hold:
            raise Refusal("Nothing has to be decided here.")
        fallen = found.bases.filter(link__state__in=FALLEN, decided_at=None)
        fallen.update(decided_at=timezone.now(), decided_by=by, decision=text[:500])
        found.on_hold = False
        step(found, Kind.DECIDED, by=by, text=text)
