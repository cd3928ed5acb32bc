"""What a share of guns is a share of: no share without its base."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Final, Literal, get_args

from scipy import stats

BaseName = Literal[
    "recovered", "submitted", "traced", "purchaser_identified", "dealer_identified",
    "source_state_identified", "dated", "possessor_age_known", "requested", "not_sent", "out",
]  # fmt: skip

BASE_NAMES: Final[tuple[BaseName, ...]] = get_args(BaseName)

WORDS: Final[dict[BaseName, str]] = {
    "recovered": "guns recovered",
    "submitted": "guns submitted for tracing",
    "traced": "guns traced",
    "purchaser_identified": "traces that identified a purchaser",
    "dealer_identified": "traces that identified a dealer",
    "source_state_identified": "traces that identified a source state",
    "dated": "traces with a dated first sale and recovery",
    "possessor_age_known": "guns whose possessor's age is known",
    "requested": "traces requested",
    "not_sent": "requests not sent yet",
    "out": "requests sent and not ended",
}
"""How a base is named beside a share."""


@dataclass(frozen=True, slots=True)
class Base:
    """A number of guns that shares are taken of.

    Parameters
    ----------
    name : str
    count : int

    Raises
    ------
    ValueError
        If it is no base, or the number is negative.
    """

    name: BaseName
    count: int

    def __post_init__(self) -> None:
        if self.name not in BASE_NAMES:
            raise ValueError(f"{self.name!r} is no base; take one of {', '.join(BASE_NAMES)}")
        if self.count < 0:
            raise ValueError(f"{self.count} guns cannot be a base")

    def __str__(self) -> str:
        return f"{self.count:,} {WORDS[self.name]}"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a base.

    Parameters
    ----------
    part : int
    base : Base

    Raises
    ------
    ValueError
        If the part is negative, or larger than its base.
    """

    part: int
    base: Base

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.base.count:
            raise ValueError(f"{self.part} is no part of {self.base}")

    @property
    def value(self) -> float:
        """From 0 to 1; NaN of an empty base."""
        return self.part / self.base.count if self.base.count else nan

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson score interval; NaN of an empty base.

        References
        ----------
        Wilson 1927, doi:10.1080/01621459.1927.10502953.
        """
        if not self.base.count:
            return (nan, nan)
        found = stats.binomtest(self.part, self.base.count).proportion_ci(0.95, method="wilson")
        return (float(found.low), float(found.high))

    def __str__(self) -> str:
        return f"{100 * self.value:.1f} % of {self.base}" if self.base.count else f"of {self.base}"
