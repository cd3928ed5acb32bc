"""Hedges and what each allows: published bounds, never a silent one."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Final, Literal

Kind = Literal["number", "change"]
Fit = Literal["fits", "close", "no"]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What a hedge allows, as multiples of the number that was said, or as a percent change.

    Parameters
    ----------
    kind : str
        ``number``: the figure over the number said; ``change``: the size of the change in percent.
    low, high : float
    with_low, with_high : bool
        Whether the bound itself is allowed.
    close_low, close_high : float
        Beyond the bounds but within these, both allowed, the wording is too strong: ``imprecise``.
    in_words : str
    """

    kind: Kind
    low: float
    high: float
    with_low: bool
    with_high: bool
    close_low: float
    close_high: float
    in_words: str

    def fit(self, value: float) -> Fit:
        """Whether a ratio, or a change in percent, is allowed."""
        above = value >= self.low if self.with_low else value > self.low
        below = value <= self.high if self.with_high else value < self.high
        if above and below:
            return "fits"
        return "close" if self.close_low <= value <= self.close_high else "no"


ABOUT: Final = Tolerance("number", 0.9, 1.1, True, True, 0.8, 1.2, "within 10 % of it")
NEARLY: Final = Tolerance(
    "number", 0.9, 1.0, True, False, 0.8, 1.05, "from 10 % below it up to just below it"
)
JUST_OVER: Final = Tolerance("number", 1.0, 1.05, False, True, 0.98, 1.1, "above it by 5 % at most")
EXACTLY: Final = Tolerance("number", 1.0, 1.0, True, True, 0.99, 1.01, "just that number")
MORE_THAN: Final = Tolerance("number", 1.0, inf, False, True, 0.99, inf, "above it")
AT_LEAST: Final = Tolerance("number", 1.0, inf, True, True, 0.99, inf, "it or above")
LESS_THAN: Final = Tolerance("number", 0.0, 1.0, True, False, 0.0, 1.01, "below it")
AT_MOST: Final = Tolerance("number", 0.0, 1.0, True, True, 0.0, 1.01, "it or below")
SLIGHTLY: Final = Tolerance("change", 0.0, 5.0, False, False, 0.0, inf, "a change of less than 5 %")
SHARPLY: Final = Tolerance(
    "change", 10.0, inf, True, True, 0.0, inf, "a change of 10 % or more that chance does not give"
)

NAMES: Final[dict[Tolerance, tuple[str, ...]]] = {
    ABOUT: ("about", "around", "roughly", "approximately", "some", "estimated"),
    NEARLY: ("nearly", "almost", "approaching", "close to", "just under", "just short of"),
    JUST_OVER: ("just over", "slightly more than"),
    EXACTLY: ("exactly", "precisely"),
    MORE_THAN: ("more than", "over", "exceeded", "above", "upwards of", "topped"),
    AT_LEAST: ("at least", "no fewer than", "or more"),
    LESS_THAN: ("less than", "fewer than", "under", "below"),
    AT_MOST: ("at most", "no more than", "up to"),
    SLIGHTLY: ("slightly", "marginally", "modestly", "a little"),
    SHARPLY: ("sharply", "dramatically", "significantly", "substantially", "steeply"),
}
"""What a claim calls each; a vocabulary gives further words for the first of them."""

HEDGES: Final[dict[str, Tolerance]] = {
    name: tolerance for tolerance, names in NAMES.items() for name in names
}
"""By name of the hedge."""

CLOSE: Final = 0.01
"""A number said as exact that is off by this share at most is ``imprecise``, not wrong."""

SAME: Final = 5.0
"""Percent; "unchanged" allows less than this."""

MULTIPLE: Final = 0.05
"""Share; "twice" or "a third" without a hedge allows this much either way."""

PEOPLE: Final = 0.02
"""Share; a population is an estimate, so this much is allowed either way."""

NEIGHBOURING: Final = 3
"""Days before the text on which a number of a period that has not ended may have stood so."""


def tolerance_of(hedge: str) -> Tolerance | None:
    """The tolerance of a hedge; None for one that has none."""
    return HEDGES.get(hedge.replace("_", " ").replace("-", " "))
