"""Checked claims as plain values, for JSON; the same from the command, the page and the API."""

from __future__ import annotations

from typing import Any

from headstamp.claims.answers import Fact
from headstamp.claims.claim import Period, Quantity, Reading
from headstamp.claims.finding import CheckedClaim, Finding


def claim_row(checked: CheckedClaim) -> dict[str, Any]:
    """One claim with its finding, and each reading with its own."""
    claim = checked.claim
    return {
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        **_slots(checked.reading),
        "hedge": claim.hedge,
        "speaker": claim.speaker,
        **_finding(checked.finding),
        "readings": [
            {**_slots(one.reading), "why": one.reading.why, **_finding(one.finding)}
            for one in checked.readings
        ],
    }


def _slots(one: Reading) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "place": one.places[0] if len(one.places) == 1 else " + ".join(one.places) or None,
        "places": list(one.places),
        "period": _period(one.period),
        "quantity": _quantity(one.quantity),
        "relation": one.relation,
        "direction": one.direction or None,
        "comparison": {
            "period": _period(one.comparison_period),
            "quantity": _quantity(one.comparison_quantity),
            "places": list(one.comparison_places),
            "combined": one.combined,
        },
    }


def _period(one: Period | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "said": one.said,
        "to_date": one.to_date,
    }


def _quantity(one: Quantity | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "value": one.low if one.low == one.high else None,
        "low": one.low,
        "high": one.high,
        "unit": one.unit,
        "said": one.said,
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "finding": one.verdict,
        "explanation": one.explanation,
        "checked_against": [fact_row(fact) for fact in one.checked_against],
    }


def fact_row(one: Fact) -> dict[str, Any]:
    """One figure with what it rests on."""
    return {
        "measure": one.measure,
        "unit": one.unit,
        "place": one.place,
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "count": one.count,
        "rule": one.rule,
        "title": one.title,
        "vintage": one.vintage or None,
        "as_known_on": one.known_on or None,
        "later_list": one.later,
    }
