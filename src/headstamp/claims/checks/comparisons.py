"""Check one place against others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from math import inf

from headstamp.claims.answers import Answers, Basis, Fact
from headstamp.claims.checks import wording
from headstamp.claims.checks.fitting import fit
from headstamp.claims.checks.gathering import facts, windows
from headstamp.claims.checks.levels import reason
from headstamp.claims.claim import Period, Reading
from headstamp.claims.finding import OF_FIT, WORST_FIRST, Finding, Verdict
from headstamp.claims.tolerances import SAME


def check_places(reading: Reading, period: Period, hedge: str, basis: Basis) -> Finding:
    """``more than New York and Los Angeles combined``; each by itself where not combined."""
    groups: list[tuple[str, ...]] = (
        [reading.comparison_places]
        if reading.combined
        else [(place,) for place in reading.comparison_places]
    )
    found = [
        _against(replace(reading, comparison_places=group), period, hedge, basis)
        for group in groups
    ]
    worst = min((one.verdict for one in found), key=WORST_FIRST.index)
    based_on = tuple(dict.fromkeys(fact for one in found for fact in one.checked_against))
    return Finding(worst, " ".join(one.explanation for one in found), based_on)


def _against(reading: Reading, period: Period, hedge: str, basis: Basis) -> Finding:
    answers, others = basis.answers, reading.comparison_places
    asked = windows(period, basis.written_on)
    mine = facts(reading.measure, reading.places, asked, basis)
    theirs = facts(reading.measure, others, asked, basis)
    pair = _alike(mine.facts, theirs.facts) or _part_of_year(reading, period, answers)
    if pair is None:
        return Finding("not_checkable", reason(reading.measure, (*mine.reasons, *theirs.reasons)))
    here, there = pair
    names = " and ".join(answers.name(place) for place in others)
    explanation = (
        f"{wording.full(here, answers)} {names} together had {wording.number(there.count)} "
        f"{wording.time(there.first, there.last)} ({there.title})."
        if len(others) > 1
        else f"{wording.full(here, answers)} {wording.full(there, answers)}"
    )
    return Finding(_verdict(reading, hedge, here, there), explanation, (here, there))


def _alike(mine: Sequence[Fact], theirs: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """Two facts of one kind: what sources state of both, else counts in lists of both."""
    for counted in (False, True):
        here = [one for one in mine if one.is_count == counted]
        there = [one for one in theirs if one.is_count == counted]
        if here and there:
            return here[0], there[0]
    return (mine[0], theirs[0]) if mine and theirs else None


def _part_of_year(reading: Reading, period: Period, answers: Answers) -> tuple[Fact, Fact] | None:
    """Parts of the year that end within a month of each other, where no whole year is known."""
    others = reading.comparison_places
    if reading.measure != "murders" or len(reading.places) != 1:
        return None
    parts = {
        one.city: one
        for one in answers.cities(period.first.year)
        if one.part_of_year and one.murders is not None
    }
    wanted = [parts.get(place) for place in (*reading.places, *others)]
    known = [one for one in wanted if one is not None]
    ends = [one.last for one in known]
    if len(known) != len(wanted) or max(ends) - min(ends) > timedelta(days=31):
        return None
    made = [
        Fact(
            "murders", "victims", one.city, one.first, one.last, one.murders or 0, "city-years",
            f"{one.murders} {one.part_of_year}: {one.source}",
        )
        for one in known
    ]  # fmt: skip
    total = replace(
        made[1],
        place="+".join(others),
        count=sum(one.count for one in made[1:]),
        title=" + ".join(one.title for one in made[1:]),
    )
    return made[0], total


def _verdict(reading: Reading, hedge: str, here: Fact, there: Fact) -> Verdict:
    ratio = here.count / there.count if there.count else inf
    said = reading.quantity
    if said is not None and said.unit == "times":
        return OF_FIT[fit(said, ratio, "is", hedge)]
    if said is not None and said.unit == "percent":
        change = 100 * (ratio - 1) * (-1 if reading.direction == "down" else 1)
        return OF_FIT[fit(said, change, "is", hedge)] if change >= 0 else "inconsistent"
    if reading.direction == "same":
        return "consistent" if abs(ratio - 1) < SAME / 100 else "inconsistent"
    right = ratio < 1 if reading.direction == "down" else ratio > 1
    return "consistent" if right else "inconsistent"
