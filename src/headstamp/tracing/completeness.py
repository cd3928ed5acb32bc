"""How complete an agency's requests for traces are, and how old those that are out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from headstamp.tracing.ageing import Ageing
from headstamp.tracing.bases import Base, Share
from headstamp.tracing.requests import Fault, RequestedTrace

ASKED_FOR: tuple[str, ...] = (
    *("serial", "maker", "model", "calibre", "type", "country", "importer", "crime_code", "ori"),
    *("officer", "recovered", "recovery_street", "recovery_city", "recovery_county"),
    *("recovery_state", "possessor"),
)
"""What a tracing centre works with, whether a request can do without it or not."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """One request: what it asks, what is wrong with it, how long it has been out."""

    asks: RequestedTrace
    faults: tuple[Fault, ...]
    ageing: Ageing


@dataclass(frozen=True, slots=True)
class Completeness:
    """Of one agency's requests.

    Parameters
    ----------
    agency : str
    filled : tuple of (str, Share)
        Of all requests those that say something in a field.
    can_be_sent : Share
        Of those not sent yet, what nothing is missing of.
    over_goal : Share
        Of those that are out, what has been out for longer than the goal.
    median_days_out, median_days_taken : float or None
        Of those that are out, and of those that ended; None where there is none.
    """

    agency: str
    filled: tuple[tuple[str, Share], ...]
    can_be_sent: Share
    over_goal: Share
    median_days_out: float | None
    median_days_taken: float | None


def completeness(agency: str, requests: Iterable[Assessed]) -> Completeness:
    """Assess the requests of one agency.

    Parameters
    ----------
    agency : str
    requests : iterable of Assessed
        Those that are not cancelled.
    """
    every = list(requests)
    unsent = [one for one in every if one.ageing.state == "not_sent"]
    out = [one for one in every if one.ageing.state in ("within", "over")]
    ended = [one for one in every if one.ageing.state == "finished"]
    base = Base("requested", len(every))
    return Completeness(
        agency,
        tuple(
            (field, Share(sum(bool(getattr(one.asks, field)) for one in every), base))
            for field in ASKED_FOR
        ),
        Share(sum(_can_be_sent(one) for one in unsent), Base("not_sent", len(unsent))),
        Share(sum(one.ageing.state == "over" for one in out), Base("out", len(out))),
        _median(out),
        _median(ended),
    )


def _can_be_sent(one: Assessed) -> bool:
    return all(fault.kind == "doubt" for fault in one.faults)


def _median(requests: Sequence[Assessed]) -> float | None:
    return float(median(one.ageing.days for one in requests)) if requests else None
