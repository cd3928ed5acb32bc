"""The states of a lead, and which follows which."""

from __future__ import annotations

from typing import Final

from django.db.models import IntegerChoices, TextChoices

from headstamp.web.comparisons.states import LinkState


class LeadState(TextChoices):
    """Where a lead stands."""

    NEW = "new", "New, not triaged"
    TRIAGED = "triaged", "Triaged, not assigned"
    ASSIGNED = "assigned", "Assigned, not acknowledged"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    IN_PROGRESS = "in_progress", "In progress"
    AWAITING_LAB = "awaiting_lab", "Waiting for the laboratory"
    CLOSED_ARREST = "closed_arrest", "Closed: arrest"
    CLOSED_CHARGED = "closed_charged", "Closed: charges filed"
    CLOSED_NO_VALUE = "closed_no_value", "Closed: of no value"
    CLOSED_DUPLICATE = "closed_duplicate", "Closed: repeats another lead"
    CLOSED_INSUFFICIENT = "closed_insufficient", "Closed: not sufficient"
    REOPENED = "reopened", "Reopened, not assigned"


S = LeadState

WITHOUT_WORK: Final = frozenset({S.CLOSED_NO_VALUE, S.CLOSED_DUPLICATE, S.CLOSED_INSUFFICIENT})
"""Outcomes that a lead can have which nobody has followed."""

CLOSED: Final = WITHOUT_WORK | {S.CLOSED_ARREST, S.CLOSED_CHARGED}

FOLLOWS: Final[dict[str, frozenset[str]]] = {
    S.NEW: WITHOUT_WORK | {S.TRIAGED},
    S.TRIAGED: WITHOUT_WORK | {S.ASSIGNED},
    S.ASSIGNED: WITHOUT_WORK | {S.ASSIGNED, S.ACKNOWLEDGED},
    S.ACKNOWLEDGED: CLOSED | {S.ASSIGNED, S.IN_PROGRESS, S.AWAITING_LAB},
    S.IN_PROGRESS: CLOSED | {S.ASSIGNED, S.IN_PROGRESS, S.AWAITING_LAB},
    S.AWAITING_LAB: CLOSED | {S.ASSIGNED, S.IN_PROGRESS, S.AWAITING_LAB},
    S.REOPENED: WITHOUT_WORK | {S.ASSIGNED},
    **dict.fromkeys(CLOSED, frozenset({S.REOPENED})),
}

WORKED: Final = (S.ACKNOWLEDGED, S.IN_PROGRESS, S.AWAITING_LAB)
"""States in which its assignee follows a lead."""

MAY_LEAD: Final = frozenset(
    {
        LinkState.LEAD_VERIFIED,
        LinkState.DISSEMINATED,
        LinkState.EXAMINATION_REQUESTED,
        LinkState.HIT_CONFIRMED,
        LinkState.INCONCLUSIVE,
    }
)
"""States of a link on which a lead may rest: two persons have looked at it."""

FALLEN: Final = frozenset({LinkState.WITHDRAWN, LinkState.NOT_CONFIRMED})
"""States of a link after which somebody has to decide whether its lead goes on."""


class Priority(IntegerChoices):
    """How soon a lead is worked; the number is its place in the queue."""

    NOT_SAID = 0, "Not triaged"
    URGENT = 1, "Urgent"
    HIGH = 2, "High"
    ROUTINE = 3, "Routine"


class Reason(TextChoices):
    """What speaks for a priority; nothing about anybody's person."""

    KILLED = "killed", "Somebody was killed"
    WOUNDED = "wounded", "Somebody was wounded"
    RECENT = "recent", "An incident in the last 30 days"
    SEVERAL = "several", "Three or more incidents"
    GUN = "gun", "A firearm was recovered"
    COURT = "court", "A hearing or a charge hangs on it"
    OLD = "old", "No incident in the last year"
    OTHER = "other", "Something else, said below"


class Rating(TextChoices):
    """What a lead was worth to the investigator who followed it."""

    HELPFUL = "helpful", "Helpful"
    NEUTRAL = "neutral", "Neutral"
    UNHELPFUL = "unhelpful", "Unhelpful"


def may_follow(state: str, following: str) -> bool:
    """Whether a lead in one state may go to another."""
    return following in FOLLOWS[state]
