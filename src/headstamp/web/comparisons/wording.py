"""The words for a link in each state, in one place; only a confirmed hit may be called one."""

from __future__ import annotations

import math
from typing import Final

from headstamp.reports.wording import LEAD_SENTENCE, UNCONFIRMED_SENTENCE, VERBAL_SCALE
from headstamp.web.comparisons.states import LinkState as S
from headstamp.web.evidence.calibres import differ
from headstamp.web.evidence.models import Exhibit

TONES: Final[dict[str, str]] = {
    S.LEAD_UNCONFIRMED: "lead",
    S.LEAD_VERIFIED: "lead",
    S.DISSEMINATED: "lead",
    S.EXAMINATION_REQUESTED: "lead",
    S.HIT_CONFIRMED: "hit",
    S.WITHDRAWN: "bad",
}
"""The colour of a state's tag; the others are neutral."""

MEANING: Final[dict[str, str]] = {
    S.CORRELATED: f"A candidate from a search. {UNCONFIRMED_SENTENCE}",
    S.REVIEWED_NO_LEAD: "A reviewer looked at it and saw no lead.",
    S.LEAD_UNCONFIRMED: f"A possible link, seen by one reviewer. {LEAD_SENTENCE}",
    S.LEAD_VERIFIED: f"A possible link, seen by two reviewers, not examined. {LEAD_SENTENCE}",
    S.DISSEMINATED: f"A possible link that was sent to investigators. {LEAD_SENTENCE}",
    S.EXAMINATION_REQUESTED: (
        f"A possible link; a firearms examiner has been asked to compare the exhibits. "
        f"{LEAD_SENTENCE}"
    ),
    S.HIT_CONFIRMED: (
        "A firearms examiner compared the exhibits, identified them as fired in one firearm, and "
        "a second examiner verified it."
    ),
    S.NOT_CONFIRMED: "A firearms examiner eliminated the link, and a second examiner verified it.",
    S.INCONCLUSIVE: "An examination was inconclusive; the lead is not confirmed.",
    S.UNSUITABLE: "The exhibits cannot be examined for this; the lead is not confirmed.",
    S.WITHDRAWN: "Withdrawn; it must not be used any more.",
}


def calibre_caution(one: Exhibit, other: Exhibit) -> str:
    """What to say when two exhibits are recorded with calibres that differ; empty when not."""
    if not differ(one.calibre, other.calibre):
        return ""
    return (
        f"The recorded calibres differ: {one.number} is {one.calibre}, {other.number} is "
        f"{other.calibre}. Two calibres are seldom fired in one firearm, whatever was measured. "
        "Look at both headstamps first; one of them may be recorded wrongly."
    )


def support(log10_lr: float | None) -> str:
    """A likelihood ratio in the words of the verbal scale."""
    if log10_lr is None:
        return "no likelihood ratio"
    words = next(text for end, text in VERBAL_SCALE if abs(log10_lr) < end or end == math.inf)
    if words == VERBAL_SCALE[0][1]:
        return words
    return f"{words} for {'one firearm' if log10_lr > 0 else 'two firearms'}"
