"""What two counts say to a rise or a fall, and to the adverb that goes with it."""

from __future__ import annotations

from math import isnan

from headstamp.claims.checks.pairs import Pair
from headstamp.claims.claim import Direction
from headstamp.claims.finding import Verdict
from headstamp.claims.tolerances import SAME, SLIGHTLY, tolerance_of


def direction_verdict(pair: Pair, direction: Direction, hedge: str) -> Verdict:
    """What a pair says to a direction and its adverb.

    A rise or fall that chance alone may give is ``imprecise``, unless it was said to be slight.
    """
    if direction == "same":
        return _unchanged(pair)
    if direction and pair.direction != direction:
        return "inconsistent"
    return _moved(pair, hedge)


def _unchanged(pair: Pair) -> Verdict:
    if pair.now.count == pair.then.count or abs(pair.percent) < SAME:
        return "consistent"
    return "inconsistent" if pair.is_change else "imprecise"


def _moved(pair: Pair, hedge: str) -> Verdict:
    tolerance, size = tolerance_of(hedge), abs(pair.percent)
    if tolerance is not None and tolerance.kind == "change":
        sized = isnan(size) or tolerance.fit(size) == "fits"
        return "consistent" if sized and (tolerance == SLIGHTLY or pair.is_change) else "imprecise"
    return "consistent" if pair.is_change else "imprecise"
