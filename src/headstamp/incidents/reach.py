"""What a list can say about a window of time, and what must be said beside it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from headstamp.incidents.delays import SETTLED, Completeness
from headstamp.incidents.records import Vintage
from headstamp.incidents.rules import CountingRule
from headstamp.incidents.windows import Window

COMPLETE: Final = 0.9995
"""Share of the events from which a window is not called incomplete."""

NEARLY_COMPLETE: Final = 0.95
"""Share of the events from which a fall is called one."""


def why_out_of_reach(one: Window, vintage: Vintage, known_on: str) -> str:
    """Why a list says nothing about the whole of a window; empty when it does.

    A list is taken to end, and to begin, where it is silent for longer than it ever is between.

    Parameters
    ----------
    one : Window
    vintage : Vintage
    known_on : str
        ISO 8601 day.
    """
    if one.last.isoformat() > known_on:
        return f"on {known_on} this period had not ended"
    if one.last.isoformat() > vintage.day:
        return f"{vintage.schema} is of {vintage.day}, before this period ended"
    if (date.fromisoformat(vintage.first) - one.first).days > vintage.longest_gap:
        return f"{vintage.schema} begins on {vintage.first}"
    if (one.last - date.fromisoformat(vintage.last)).days > vintage.longest_gap:
        return f"{vintage.schema} ends on {vintage.last}"
    return ""


def remarks(
    rule: CountingRule,
    one: Window,
    vintage: Vintage,
    known_on: str,
    listed: Completeness | None,
) -> tuple[str, ...]:
    """Sentences for whoever reads the figure.

    Parameters
    ----------
    rule : CountingRule
    one : Window
    vintage : Vintage
    known_on : str
        ISO 8601 day.
    listed : Completeness or None
        How much of the window is listed, estimated from vintages; None where there is too little
        to go by.
    """
    said = []
    if rule.known_by:
        said.append(
            f"Counted once the {rule.known_by} had come, by {known_on}; earlier years have had "
            "longer for that."
        )
    if rule.known_by and vintage.day > known_on:
        said.append(
            f"Replayed on the list of {vintage.day}; what else has been changed since cannot be "
            "told."
        )
    if listed is not None and listed.share < COMPLETE:
        said.append(
            f"Incomplete: about {100 * listed.share:.1f} % of the events up to {listed.until} are "
            "listed so far, by how earlier vintages grew."
        )
    unknown_from = _told_until(vintage, known_on, listed)
    if one.last > unknown_from:
        which = (
            f"Days after {unknown_from}" if unknown_from >= one.first else "Every day of the period"
        )
        said.append(f"{which} may still rise; the vintages at hand do not tell by how much.")
    return tuple(said)


def is_open(one: Window, vintage: Vintage, known_on: str, listed: Completeness | None) -> bool:
    """Whether so much of a window may still be to come that a fall in it is none yet.

    Either no day of it can be told to be complete, or it is known to lack a twentieth or more.

    Parameters
    ----------
    one : Window
    vintage : Vintage
    known_on : str
        ISO 8601 day.
    listed : Completeness or None
        How much of the window is listed; None where there is too little to go by.
    """
    if listed is not None and listed.share < NEARLY_COMPLETE:
        return True
    return one.first > _told_until(vintage, known_on, listed)


def is_settled(one: Window, vintage: Vintage, known_on: str, listed: Completeness | None) -> bool:
    """Whether a window that a list reaches over can be taken to be complete.

    Parameters
    ----------
    one : Window
    vintage : Vintage
    known_on : str
        ISO 8601 day.
    listed : Completeness or None
        How much of the window is listed; None where there is too little to go by.
    """
    if listed is not None and listed.share < COMPLETE:
        return False
    return one.last <= _told_until(vintage, known_on, listed)


def _told_until(vintage: Vintage, known_on: str, listed: Completeness | None) -> date:
    """The last day of which it can be told how much is listed."""
    settled = date.fromisoformat(min(known_on, vintage.day)) - timedelta(days=SETTLED)
    return settled if listed is None else listed.until
