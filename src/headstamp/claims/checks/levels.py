"""Check a number: so many murders in a place and a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from headstamp.claims.answers import Answers, Basis, Fact, Looked, Window
from headstamp.claims.checks import wording
from headstamp.claims.checks.fitting import bound, fit
from headstamp.claims.checks.gathering import by_rule, facts
from headstamp.claims.claim import Measure, Quantity, Relation
from headstamp.claims.finding import OF_FIT, Finding
from headstamp.claims.tolerances import Fit

ANOTHER_UNIT: Final[dict[Measure, tuple[Measure, ...]]] = {
    "murders": ("fatal_shooting_victims",),
    "fatal_shooting_victims": ("murders",),
    "shooting_incidents": (
        "shooting_victims", "nonfatal_shooting_victims", "fatal_shooting_victims",
    ),
    "shooting_victims": ("shooting_incidents", "nonfatal_shooting_victims"),
    "nonfatal_shooting_victims": ("shooting_victims", "shooting_incidents"),
}  # fmt: skip
"""What a measure is confused with."""

_BEST: Final[dict[Fit, int]] = {"fits": 0, "close": 1, "no": 2}
_FAR: Final = 1.1
"""A bound holds for another unit only when that is within 10 % of it; nearly any would else."""


@dataclass(frozen=True, slots=True)
class Said:
    """A number that was said, and of what.

    Parameters
    ----------
    measure : str
    places : tuple of str
    windows : tuple of Window
        Those in which, and days as known on which, the text may have had it.
    quantity : Quantity
    relation, hedge : str
    revised : bool
        Whether a number between those of two days is taken for one of a list in between.
    """

    measure: Measure
    places: tuple[str, ...]
    windows: tuple[Window, ...]
    quantity: Quantity
    relation: Relation = "is"
    hedge: str = ""
    revised: bool = True

    def facts(self, basis: Basis, measure: Measure) -> Looked:
        """What is known of this measure, or of another one, in the same windows."""
        return facts(measure, self.places, self.windows, basis)


@dataclass(frozen=True, slots=True)
class Match:
    """How a number fits the facts: the one that fits best, and the revisions it lies within."""

    fit: Fit
    fact: Fact
    revisions: tuple[Fact, ...] = ()


def check_level(said: Said, basis: Basis) -> Finding:
    """Check a number against every rule for its measure, then against other units of count."""
    if said.quantity.unit == "per_100000":
        return _rate(said, basis)
    looked = said.facts(basis, said.measure)
    match = best(said, looked.facts)
    if match is not None and match.fit != "no":
        return _found(said, match, looked.facts, basis.answers)
    elsewhere = _another_unit(said, basis)
    if elsewhere is not None:
        return _of_another_unit(said, elsewhere, looked, basis.answers)
    if match is None:
        return Finding("not_checkable", reason(said.measure, looked.reasons))
    return _found(said, match, looked.facts, basis.answers)


def best(said: Said, found: Sequence[Fact]) -> Match | None:
    """The fact that fits best; between two days' counts by one rule is within the revisions."""
    matches = [
        Match(fit(said.quantity, one.count, said.relation, said.hedge, said.measure), one)
        for one in found
    ]
    if not matches:
        return None
    first = min(matches, key=lambda one: _BEST[one.fit])
    within = _within_revisions(said, found)
    return first if first.fit == "fits" or within is None else within


def _within_revisions(said: Said, found: Sequence[Fact]) -> Match | None:
    ranged = said.quantity.low != said.quantity.high
    if not said.revised or ranged or bound(said.relation, said.hedge) is not None:
        return None
    number = said.quantity.low
    for group in by_rule(found).values():
        by_day = sorted(group, key=lambda one: one.known_on)
        for one, other in pairwise(by_day):
            if one.count < number < other.count or other.count < number < one.count:
                nearest = min(one, other, key=lambda each: abs(each.count - number))
                return Match("fits", nearest, (one, other))
    return None


def _found(said: Said, match: Match, found: Sequence[Fact], answers: Answers) -> Finding:
    further = _one_of_each_other_rule(match.fact, found)
    sentences = [
        wording.full(match.fact, answers),
        _comment(said, match),
        wording.others(further),
    ]
    explanation = " ".join(filter(None, sentences))
    based_on = tuple(dict.fromkeys((match.fact, *match.revisions, *further)))
    return Finding(OF_FIT[match.fit], explanation, based_on)


def _comment(said: Said, match: Match) -> str:
    words = wording.said(said.quantity)
    tolerance = bound(said.relation, said.hedge)
    if match.revisions:
        one, other = match.revisions
        return (
            f"{words} lies within the day's revisions: by the same rule it was "
            f"{wording.number(one.count)} on {wording.on(one.last)} and "
            f"{wording.number(other.count)} on {wording.on(other.last)}."
        )
    name = said.hedge or said.relation.replace("_", " ")
    allowed = f" (“{name}” a number means {tolerance.in_words})" if tolerance else ""
    if match.fit == "fits":
        return f"This agrees with {words}{allowed}."
    if match.fit == "close":
        return f"This is close to {words}, but is not that{allowed}."
    return f"This is not {words}{allowed}."


def _one_of_each_other_rule(fact: Fact, found: Sequence[Fact]) -> list[Fact]:
    return [group[0] for rule, group in by_rule(found).items() if rule != fact.rule]


def _another_unit(said: Said, basis: Basis) -> Match | None:
    for measure in ANOTHER_UNIT.get(said.measure, ()):
        match = best(replace(said, measure=measure), said.facts(basis, measure).facts)
        if match is not None and match.fit == "fits" and _near(match.fact, said.quantity):
            return match
    return None


def _near(fact: Fact, quantity: Quantity) -> bool:
    return quantity.low / _FAR <= fact.count <= quantity.high * _FAR


def _of_another_unit(said: Said, match: Match, own: Looked, answers: Answers) -> Finding:
    right, wrong = wording.NOUNS[match.fact.measure], wording.NOUNS[said.measure]
    known = [group[0] for group in by_rule(own.facts).values()]
    if known:
        instead = f"Counted as {wrong}: " + " ".join(wording.full(one, answers) for one in known)
    else:
        instead = f"How many {wrong} there were cannot be told here: {_because(own.reasons)}."
    explanation = (
        f"{wording.said(said.quantity)} is right for {right}, not for {wrong}. "
        f"{wording.full(match.fact, answers)} {instead}"
    )
    based_on = (match.fact, *match.revisions, *known)
    return Finding("consistent_with_another_unit", explanation, tuple(dict.fromkeys(based_on)))


def _rate(said: Said, basis: Basis) -> Finding:
    looked = said.facts(basis, said.measure)
    people = basis.answers.population(said.places[0], said.windows[0].last.year)
    if not looked.facts or people is None or len(said.places) > 1:
        why = (
            reason(said.measure, looked.reasons) if not looked.facts else "No population is known."
        )
        return Finding("not_checkable", why)
    values = {one: 100_000 * one.count / people.count for one in looked.facts}
    fits = {
        one: fit(said.quantity, value, said.relation, said.hedge) for one, value in values.items()
    }
    fact = min(values, key=lambda one: _BEST[fits[one]])
    explanation = (
        f"{wording.full(fact, basis.answers)} For {wording.number(people.count)} inhabitants "
        f"({people.title}) that is {values[fact]:.1f} per 100,000."
    )
    return Finding(OF_FIT[fits[fact]], explanation, (fact, people))


def reason(measure: Measure, reasons: Sequence[str]) -> str:
    """Why a measure cannot be checked, as a sentence."""
    return f"{wording.NOUNS[measure].capitalize()} cannot be counted here: {_because(reasons)}."


def _because(reasons: Sequence[str]) -> str:
    return "; ".join(reasons) or "no list at hand has them"
