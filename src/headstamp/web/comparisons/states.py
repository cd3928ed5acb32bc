"""The states of a ballistic link, and which follows which.

Only ``hit_confirmed`` may be worded as an identification; ``wording.py`` holds the words.
"""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class LinkState(TextChoices):
    """Where a possible link stands."""

    CORRELATED = "correlated", "Candidate, not reviewed"
    REVIEWED_NO_LEAD = "reviewed_no_lead", "Reviewed: no lead"
    LEAD_UNCONFIRMED = "lead_unconfirmed", "Unconfirmed lead"
    LEAD_VERIFIED = "lead_verified", "Unconfirmed lead, second review done"
    DISSEMINATED = "disseminated", "Unconfirmed lead, sent out"
    EXAMINATION_REQUESTED = "examination_requested", "Unconfirmed lead, examination requested"
    HIT_CONFIRMED = "hit_confirmed", "Hit: identification by an examiner"
    NOT_CONFIRMED = "not_confirmed", "Not confirmed by an examiner"
    INCONCLUSIVE = "inconclusive", "Inconclusive"
    UNSUITABLE = "unsuitable", "Unsuitable for examination"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = LinkState

FOLLOWS: Final[dict[str, frozenset[str]]] = {
    S.CORRELATED: frozenset({S.REVIEWED_NO_LEAD, S.LEAD_UNCONFIRMED}),
    S.REVIEWED_NO_LEAD: frozenset(),
    S.LEAD_UNCONFIRMED: frozenset({S.LEAD_VERIFIED, S.REVIEWED_NO_LEAD}),
    S.LEAD_VERIFIED: frozenset({S.DISSEMINATED}),
    S.DISSEMINATED: frozenset({S.EXAMINATION_REQUESTED}),
    S.EXAMINATION_REQUESTED: frozenset(
        {S.HIT_CONFIRMED, S.NOT_CONFIRMED, S.INCONCLUSIVE, S.UNSUITABLE}
    ),
    S.HIT_CONFIRMED: frozenset(),
    S.NOT_CONFIRMED: frozenset(),
    S.INCONCLUSIVE: frozenset({S.EXAMINATION_REQUESTED}),
    S.UNSUITABLE: frozenset(),
    S.WITHDRAWN: frozenset(),
}
"""Besides, every state but ``withdrawn`` may be withdrawn with a reason."""


class Conclusion(TextChoices):
    """The AFTE range of conclusions."""

    IDENTIFICATION = "identification", "Identification"
    INCONCLUSIVE_A = "inconclusive_a", "Inconclusive A: some agreement, insufficient"
    INCONCLUSIVE_B = "inconclusive_b", "Inconclusive B: neither agreement nor disagreement"
    INCONCLUSIVE_C = "inconclusive_c", "Inconclusive C: some disagreement, insufficient"
    ELIMINATION = "elimination", "Elimination"
    UNSUITABLE = "unsuitable", "Unsuitable"


AFTER: Final[dict[str, str]] = {
    Conclusion.IDENTIFICATION: S.HIT_CONFIRMED,
    Conclusion.INCONCLUSIVE_A: S.INCONCLUSIVE,
    Conclusion.INCONCLUSIVE_B: S.INCONCLUSIVE,
    Conclusion.INCONCLUSIVE_C: S.INCONCLUSIVE,
    Conclusion.ELIMINATION: S.NOT_CONFIRMED,
    Conclusion.UNSUITABLE: S.UNSUITABLE,
}
"""The state a verified conclusion leads to."""


def may_follow(state: str, following: str) -> bool:
    """Whether a link in one state may go to another."""
    if following == S.WITHDRAWN:
        return state != S.WITHDRAWN
    return following in FOLLOWS[state]
