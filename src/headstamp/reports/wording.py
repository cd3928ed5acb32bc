"""The words a report of a lead may use, in one place.

A *lead* is unconfirmed until an examiner concludes and a second person verifies; no report made by
a program alone may say more.
"""

from __future__ import annotations

import math
from typing import Final

UNCONFIRMED: Final = "Unconfirmed"
LEAD_SENTENCE: Final = "A lead is not an identification and is not by itself probable cause."
LEAD_STATE: Final = "unconfirmed lead candidate"
MEASURE: Final = "a measure, not a verdict"

UNCONFIRMED_SENTENCE: Final = (
    "Computed by a program; no examiner has looked at it and nobody has verified it."
)
COMPARISON_SHOWS: Final = (
    "How closely the fine marks on two cartridge cases agree when one surface is laid on the other "
    "in the position where they agree best. Marks made by the same firearm tend to agree in many "
    "places at once; marks made by different firearms rarely do."
)
COMPARISON_DOES_NOT_SHOW: Final = (
    "That the same firearm fired both, who fired it, or when. Firearms made one after another can "
    "leave similar marks, and the same firearm can leave marks that look unlike. Only a firearms "
    "examiner who has compared the exhibits can say more, and a second person must verify it."
)
SEARCH_SHOWS: Final = (
    "Which scans in the gallery have marks most like those of the query, best first. The order "
    "tells an examiner where to look first; it is made by a program from the surfaces alone."
)
SEARCH_DOES_NOT_SHOW: Final = (
    "That any of these came from the same firearm as the query. Some scan is always first, also "
    "when the firearm is not in the gallery at all."
)
NO_CANDIDATES: Final = (
    "No scan in the gallery shared enough surface with the query to be listed. This does not mean "
    "that the firearm is new: it may not have been collected yet, its scans may be masked, worn or "
    "partial, or it may have left other marks on this case. Check the quality of the query, scan "
    "it again if need be, and search again when the gallery has grown."
)
NOTHING_SEARCHED: Final = (
    "The gallery holds no scan that could be compared with the query: it is empty, or holds only "
    "other marks or the query itself. Add scans to it and search again."
)
NO_POPULATION: Final = (
    "No likelihood ratio is given, because no reference population was used. The counts and the "
    "correlation cannot be turned into a strength of support without one."
)
NO_SCORE: Final = (
    "No likelihood ratio is given, because the two surfaces could not be laid on each other. This "
    "supports neither side: nothing was compared."
)
AT_BOUND: Final = (
    "This value stands at the bound of the reference population: the population is too small to "
    "support a stronger statement, whatever the agreement."
)
LIMITS: Final = (
    "The likelihood ratio says how much more probable this agreement is if one firearm fired both "
    "than if two did. It is not the probability that one firearm fired both: that also depends on "
    "everything else known about the case, which this program does not know.",
    "It holds for firearms, ammunition and instruments like those of the reference population. It "
    "does not cover marks that firearms of one batch share (subclass marks) beyond what that "
    "population holds.",
    "It never goes beyond the bounds that the size of the population supports, however close the "
    "agreement.",
)

VERBAL_SCALE: Final = (
    (math.log10(2), "no more support for one side than for the other"),
    (1.0, "weak support"),
    (2.0, "moderate support"),
    (3.0, "moderately strong support"),
    (4.0, "strong support"),
    (6.0, "very strong support"),
    (math.inf, "extremely strong support"),
)
"""Upper end of each step, log10, and its words.

The steps are those of the ENFSI Guideline for Evaluative Reporting in Forensic Science (2015),
section 4; they describe the findings, never the firearm.
"""

VERBAL_SCALE_SOURCE: Final = (
    "verbal scale of the ENFSI Guideline for Evaluative Reporting in Forensic Science (2015)"
)


def support_in_words(log10_lr: float) -> str:
    """What a likelihood ratio says, in words; the empty string when there is none.

    Parameters
    ----------
    log10_lr : float
        NaN when there is no likelihood ratio.
    """
    if math.isnan(log10_lr):
        return ""
    degree = next(words for end, words in VERBAL_SCALE if abs(log10_lr) < end or end == math.inf)
    if abs(log10_lr) < VERBAL_SCALE[0][0]:
        return degree
    side = "the same firearm" if log10_lr > 0 else "different firearms"
    return f"{degree} for {side}"


def likelihood_ratio_sentence(log10_lr: float) -> str:
    """One sentence with the number; the empty string when there is none."""
    if math.isnan(log10_lr):
        return ""
    times = _rounded(10.0 ** abs(log10_lr))
    if abs(log10_lr) < VERBAL_SCALE[0][0]:
        return (
            "This agreement is about as probable if two firearms fired these cases as if one did."
        )
    if log10_lr > 0:
        return (
            f"This agreement is about {times} times as probable if one firearm fired both cases "
            "as if two different ones did."
        )
    return (
        f"This agreement is about {times} times as probable if two different firearms fired the "
        "cases as if one did."
    )


def at_bound(log10_lr: float, bounds: tuple[float, float]) -> bool:
    """Whether a likelihood ratio stands at the limit of its population."""
    return any(abs(log10_lr - bound) < 1e-9 for bound in bounds)


def _rounded(value: float) -> str:
    """Two significant digits, with thousands separated."""
    digits = max(0, 1 - math.floor(math.log10(value)))
    return f"{round(value, 1 - math.floor(math.log10(value))):,.{digits}f}"
