"""Check a change: from so many to so many, by so much, or only up or down."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import Final

from headstamp.claims.answers import Answers, Basis
from headstamp.claims.checks import wording
from headstamp.claims.checks.directions import direction_verdict
from headstamp.claims.checks.fitting import fit
from headstamp.claims.checks.gathering import windows
from headstamp.claims.checks.levels import Said, check_level, reason
from headstamp.claims.checks.pairs import (
    Pair,
    described,
    earlier_windows,
    how_much,
    pairs,
    preferred,
)
from headstamp.claims.claim import Period, Quantity, Reading
from headstamp.claims.finding import OF_FIT, WORST_FIRST, Finding, Verdict
from headstamp.claims.tolerances import tolerance_of

MOST: Final = 10_000_000
"""The largest count of the text that an interval is made for."""

UNEQUAL: Final = (
    "The two periods are not of the same length, and the text does not say how they are compared."
)
LENGTHS: Final = 1.25
"""How many times as long one period may be as the other."""

_BEST: Final[dict[Verdict, int]] = {"consistent": 0, "imprecise": 1, "inconsistent": 2}


def check_change(reading: Reading, period: Period, hedge: str, basis: Basis) -> Finding:
    """Check a change; numbers that are given are checked as numbers first."""
    found, reasons = pairs(reading, period, basis)
    if reading.comparison_quantity is not None:
        return _from_to(reading, period, reading.comparison_quantity, hedge, found, basis)
    if not found:
        return Finding("not_checkable", reason(reading.measure, reasons))
    if not _of_one_length(found):
        return Finding("not_checkable", UNEQUAL)
    if reading.quantity is None:
        return _direction_alone(reading, hedge, found, basis.answers)
    by = _by_so_much(reading, reading.quantity, hedge, found, basis.answers)
    if by.verdict == "inconsistent" and reading.quantity.unit == "count":
        level = _level(reading, period, reading.quantity, hedge, basis)
        if level.verdict in ("consistent", "consistent_with_another_unit"):
            return _together(level, _direction_alone(reading, hedge, found, basis.answers))
    return by


def _of_one_length(found: list[Pair]) -> bool:
    """Whether the counts of any pair can be set against each other as they stand."""
    lengths = [[(one.last - one.first).days + 1 for one in (pair.now, pair.then)] for pair in found]
    return any(max(both) <= LENGTHS * min(both) for both in lengths)


def check_reached(reading: Reading, period: Period, level: Finding, basis: Basis) -> Finding:
    """``fell to 320``: the number decides, unless every rule went the other way."""
    found, _ = pairs(reading, period, basis)
    if not found or level.verdict == "not_checkable":
        return level
    first = preferred(found)
    pair = next((one for one in first if one.direction == reading.direction), first[0])
    before = f"Before that it was {wording.counted_at(pair.then)}."
    change = how_much(pair.now.count, pair.then.count, pair.is_change)
    verdict: Verdict = "consistent" if pair.direction == reading.direction else "inconsistent"
    moved = Finding(verdict, f"{before} {change}".strip(), (pair.now, pair.then))
    return _together(level, moved)


def _level(
    reading: Reading, period: Period, quantity: Quantity, hedge: str, basis: Basis
) -> Finding:
    when = tuple(windows(period, basis.written_on))
    return check_level(Said(reading.measure, reading.places, when, quantity, "is", hedge), basis)


def _level_before(reading: Reading, period: Period, quantity: Quantity, basis: Basis) -> Finding:
    when = earlier_windows(reading, period, basis)
    said = Said(reading.measure, reading.places, when, quantity, revised=False)
    return check_level(said, basis)


def _from_to(  # noqa: PLR0917 - the two numbers of the text, and what they are checked against
    reading: Reading,
    period: Period,
    before: Quantity,
    hedge: str,
    found: list[Pair],
    basis: Basis,
) -> Finding:
    """``320, down from 322``: both numbers, and whether the words fit them."""
    now = reading.quantity
    made = []
    level = now is not None and now.unit in ("count", "per_100000")
    if now is not None and level:
        made.append(_level(reading, period, now, hedge, basis))
    made.append(_level_before(reading, period, before, basis))
    if now is not None and not level and found:
        made.append(_by_so_much(reading, now, hedge, found, basis.answers))
    if wrong := _at_odds(reading):
        made.append(Finding("inconsistent", wrong))
    whole = made[0]
    for one in made[1:]:
        whole = _together(whole, one)
    if now is None or now.unit != "count" or whole.verdict == "not_checkable":
        return whole
    return replace(whole, explanation=f"{whole.explanation} {_of_the_text(now, before)}".strip())


def _of_the_text(now: Quantity, then: Quantity) -> str:
    """The change by the two numbers of the text, where they are counts."""
    counts = [one.low for one in (now, then)]
    if any(one > MOST or one != int(one) for one in counts):
        return ""
    return how_much(int(counts[0]), int(counts[1]))


def _at_odds(reading: Reading) -> str:
    """What is wrong with the words by their own numbers; empty when nothing is."""
    now, then = reading.quantity, reading.comparison_quantity
    if now is None or then is None or now.unit != "count":
        return ""
    goes = "up" if now.low > then.low else "down" if now.low < then.low else "same"
    if reading.direction in ("", goes):
        return ""
    said = {"up": "a rise", "down": "a fall", "same": "no change"}[reading.direction]
    return f"The text's own two numbers are not {said}."


def _by_so_much(
    reading: Reading, quantity: Quantity, hedge: str, found: list[Pair], answers: Answers
) -> Finding:
    """``up nearly 60 percent``, ``doubled``, ``down by 12``."""
    relation = reading.relation if reading.relation not in ("change", "compared_with") else "is"
    verdicts: dict[Pair, Verdict] = {}
    for one in found:
        size = _size(one, quantity, reading.direction)
        right = not isnan(size) and size >= 0
        verdicts[one] = OF_FIT[fit(quantity, size, relation, hedge)] if right else "inconsistent"
    pair = min(found, key=lambda one: _BEST[verdicts[one]])
    tolerance = tolerance_of(hedge)
    meant = f" (“{hedge}” means {tolerance.in_words})" if tolerance else ""
    remark = f"The text says {wording.said(quantity)}{meant}."
    return _of_pairs(verdicts[pair], pair, found, remark, answers)


def _size(pair: Pair, quantity: Quantity, direction: str) -> float:
    """The change in the unit of what was said, positive in the direction that was said."""
    sign = -1 if direction == "down" else 1
    if quantity.unit == "percent":
        return sign * pair.percent
    if quantity.unit == "times":
        return pair.comparison.ratio
    if quantity.unit == "count":
        return float(sign * (pair.now.count - pair.then.count))
    return float("nan")


def _direction_alone(reading: Reading, hedge: str, found: list[Pair], answers: Answers) -> Finding:
    """``decreased``, ``rose sharply``: by each rule on its preferred day."""
    first = preferred(found)
    verdicts = {one: direction_verdict(one, reading.direction, hedge) for one in first}
    pair = min(first, key=lambda one: _BEST[verdicts[one]])
    tolerance = tolerance_of(hedge)
    remark = f"“{hedge}” means {tolerance.in_words}." if tolerance else ""
    return _of_pairs(verdicts[pair], pair, first, remark, answers)


def _of_pairs(
    verdict: Verdict, pair: Pair, found: list[Pair], remark: str, answers: Answers
) -> Finding:
    further = [one for one in preferred(found) if one.now.rule != pair.now.rule]
    rest = "; ".join(
        f"{wording.number(one.now.count)} after {wording.number(one.then.count)} ({one.now.title})"
        for one in further
    )
    sentences = [described(pair, answers), remark, f"By other rules: {rest}." if rest else ""]
    based_on = (pair.now, pair.then, *(fact for one in further for fact in (one.now, one.then)))
    return Finding(verdict, " ".join(filter(None, sentences)), tuple(dict.fromkeys(based_on)))


def _together(one: Finding, other: Finding) -> Finding:
    """Two parts of one claim; the worse decides."""
    worst = min(one.verdict, other.verdict, key=WORST_FIRST.index)
    based_on = tuple(dict.fromkeys((*one.checked_against, *other.checked_against)))
    said = " ".join(dict.fromkeys((one.explanation, other.explanation)))
    return Finding(worst, said, based_on)
