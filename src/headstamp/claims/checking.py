"""Check a claim: each of its readings, and which of them the finding is of."""

from __future__ import annotations

from datetime import date
from typing import Final

from headstamp.claims.answers import Basis
from headstamp.claims.checks import wording
from headstamp.claims.checks.changes import check_change, check_reached
from headstamp.claims.checks.comparisons import check_places
from headstamp.claims.checks.extremes import check_extreme
from headstamp.claims.checks.fitting import fit
from headstamp.claims.checks.gathering import windows
from headstamp.claims.checks.levels import Said, check_level
from headstamp.claims.claim import Claim, Period, Reading
from headstamp.claims.finding import OF_FIT, CheckedClaim, CheckedReading, Finding
from headstamp.claims.tolerances import tolerance_of

COUNTRY: Final = ("united-states",)
NO_PERIOD: Final = "The text names no period for this."


def check(claim: Claim, basis: Basis) -> CheckedClaim:
    """Check every reading of a claim, and choose.

    The finding is of the likeliest reading, the first. Where that is contradicted or cannot be
    checked, and a later one is consistent, the finding is of the first such: as it stands if it
    counts the same thing, else ``consistent_with_another_unit``.

    Parameters
    ----------
    claim : Claim
    basis : Basis
    """
    checked = tuple(
        CheckedReading(one, check_reading(one, claim.hedge, basis)) for one in claim.readings
    )
    chosen = _choose(checked)
    finding = checked[chosen].finding
    if chosen:
        finding = _otherwise(checked[0], checked[chosen])
    return CheckedClaim(claim, checked, chosen, finding)


def _choose(checked: tuple[CheckedReading, ...]) -> int:
    if checked[0].finding.verdict not in ("inconsistent", "not_checkable"):
        return 0
    fitting = (number for number, one in enumerate(checked) if one.finding.verdict == "consistent")
    return next(fitting, 0)


def _otherwise(first: CheckedReading, chosen: CheckedReading) -> Finding:
    found = chosen.finding
    if first.reading.measure == chosen.reading.measure:
        note = f"Read so: {chosen.reading.why}" if chosen.reading.why else ""
        return Finding(found.verdict, f"{found.explanation} {note}".strip(), found.checked_against)
    right, wrong = (wording.NOUNS[one.reading.measure] for one in (chosen, first))
    explanation = (
        f"This is right for {right}, not for {wrong}. {found.explanation} "
        f"{first.finding.explanation}"
    )
    based_on = tuple(dict.fromkeys((*found.checked_against, *first.finding.checked_against)))
    return Finding("consistent_with_another_unit", explanation, based_on)


def check_reading(reading: Reading, hedge: str, basis: Basis) -> Finding:
    """Check one reading."""
    if why := why_not(reading, hedge, basis):
        return Finding("not_checkable", why)
    if reading.relation == "extreme":
        return check_extreme(reading, basis)
    if reading.measure == "population":
        return _people(reading, hedge, basis)
    if reading.period is None:
        return Finding("not_checkable", NO_PERIOD)
    return _within(reading, reading.period, hedge, basis)


def _within(reading: Reading, period: Period, hedge: str, basis: Basis) -> Finding:
    if reading.comparison_places:
        return check_places(reading, period, hedge, basis)
    if _is_change(reading):
        return check_change(reading, period, hedge, basis)
    level = _level(reading, period, hedge, basis)
    if reading.relation == "is" and reading.direction in ("up", "down"):
        return check_reached(reading, period, level, basis)
    return level


def why_not(reading: Reading, hedge: str, basis: Basis) -> str:
    """Why a reading cannot be checked before any figure is asked for; empty when it can."""
    if reading.measure == "other":
        return "No figure here counts what this speaks of."
    if not reading.places:
        return "The text names no place for this; give one to check it."
    unknown = [basis.answers.why_unknown(place) for place in (*reading.places, *_others(reading))]
    if why := next(filter(None, unknown), ""):
        return why
    if hedge and tolerance_of(hedge) is None:
        return f"“{hedge}” has no tolerance that is published here."
    return _why_not_then(reading.period, basis.written_on) if reading.period else ""


def _others(reading: Reading) -> tuple[str, ...]:
    """The places it is set against; a rank in the country is one among its cities."""
    if reading.relation == "extreme" and reading.comparison_places == COUNTRY:
        return ()
    return reading.comparison_places


def _why_not_then(period: Period, written_on: date) -> str:
    if period.first > written_on:
        return f"This lies ahead: the text was written on {wording.on(written_on)}."
    if period.last < period.first:
        return "The days of this period contradict each other."
    return ""


def _is_change(reading: Reading) -> bool:
    return reading.relation in ("change", "compared_with") or (
        reading.quantity is not None
        and reading.quantity.unit in ("percent", "times")
        and reading.comparison_period is not None
    )


def _level(reading: Reading, period: Period, hedge: str, basis: Basis) -> Finding:
    said = reading.quantity
    if said is None:
        return Finding("not_checkable", "No number is said that could be set against a figure.")
    if said.unit not in ("count", "per_100000"):
        return Finding("not_checkable", "What this is a share of cannot be told from the text.")
    when = tuple(windows(period, basis.written_on))
    asked = Said(reading.measure, reading.places, when, said, reading.relation, hedge)
    return check_level(asked, basis)


def _people(reading: Reading, hedge: str, basis: Basis) -> Finding:
    year = reading.period.last.year if reading.period else basis.written_on.year
    fact = basis.answers.population(reading.places[0], year)
    said = reading.quantity
    if fact is None or said is None or said.unit != "count" or len(reading.places) > 1:
        return Finding(
            "not_checkable",
            f"No population of {basis.answers.name(reading.places[0])} is known here.",
        )
    outcome = fit(said, fact.count, reading.relation, hedge, "population")
    agrees = {"fits": "agrees with", "close": "is close to", "no": "is not"}[outcome]
    explanation = f"{wording.full(fact, basis.answers)} This {agrees} {wording.said(said)}."
    return Finding(OF_FIT[outcome], explanation, (fact,))
