"""What the figures say to a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from headstamp.claims.answers import Fact
from headstamp.claims.claim import Claim, Reading
from headstamp.claims.tolerances import Fit

Verdict = Literal[
    "consistent", "inconsistent", "consistent_with_another_unit", "imprecise", "not_checkable"
]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)

OF_FIT: Final[dict[Fit, Verdict]] = {
    "fits": "consistent",
    "close": "imprecise",
    "no": "inconsistent",
}

WORST_FIRST: Final[tuple[Verdict, ...]] = (
    "not_checkable", "inconsistent", "consistent_with_another_unit", "imprecise", "consistent",
)  # fmt: skip
"""Of several parts of a claim, the first of these that occurs is the finding of the whole."""

IN_WORDS: Final[dict[Verdict, str]] = {
    "consistent": "Consistent with the figures",
    "inconsistent": "Not what the figures say",
    "consistent_with_another_unit": "Right for another unit of count",
    "imprecise": "Imprecise: the wording says more than the figures",
    "not_checkable": "Cannot be checked here",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What the figures say to one reading.

    Parameters
    ----------
    verdict : str
    explanation : str
        Sentences for a reader: what was found, and what would be true.
    checked_against : tuple of Fact
        Those that the explanation rests on; the one that decided comes first.
    """

    verdict: Verdict
    explanation: str
    checked_against: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedReading:
    """A reading with its finding."""

    reading: Reading
    finding: Finding


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim, each of its readings checked.

    Parameters
    ----------
    claim : Claim
    readings : tuple of CheckedReading
        In the order of the claim.
    chosen : int
        Which of them the finding is of.
    finding : Finding
        Of the claim as a whole.
    """

    claim: Claim
    readings: tuple[CheckedReading, ...]
    chosen: int
    finding: Finding

    @property
    def reading(self) -> Reading:
        """The reading that the finding is of."""
        return self.readings[self.chosen].reading
