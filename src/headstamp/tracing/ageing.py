"""From one state of a trace request to the next, and how long that takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from headstamp.tracing.records import ENDED

GOAL_DAYS: Final = 7
"""Days from sending to result; in one study traces took 16 days against this goal."""

_AHEAD: Final = ("accepted", "in_process", "info_requested", *ENDED)

FOLLOWS: Final[dict[str, tuple[str, ...]]] = {
    "draft": ("submitted", "cancelled"),
    "submitted": _AHEAD,
    "accepted": tuple(one for one in _AHEAD if one != "accepted"),
    "in_process": tuple(one for one in _AHEAD if one not in ("accepted", "in_process")),
    "info_requested": ("submitted", *(one for one in _AHEAD if one != "info_requested")),
    "completed_to_purchaser": (),
    "completed_to_dealer": ("completed_to_purchaser",),
    "not_traceable": ("completed_to_dealer", "completed_to_purchaser"),
    "cancelled": (),
}
"""A trace that ended may still get further: records of a dealer turn up later."""

Age = Literal["not_sent", "within", "over", "finished"]


def may_follow(state: str) -> tuple[str, ...]:
    """The states that may follow one.

    Raises
    ------
    KeyError
        If it is no state.
    """
    return FOLLOWS[state]


@dataclass(frozen=True, slots=True)
class Ageing:
    """How long a request has been out, or took.

    Parameters
    ----------
    days : int
        From sending to today, or to its end; zero where it was not sent.
    goal : int
    state : str
        ``not_sent``, ``within`` the goal, ``over`` it, or ``finished``.
    """

    days: int
    goal: int
    state: Age


def ageing(
    state: str, sent: date | None, ended: date | None, today: date, goal: int = GOAL_DAYS
) -> Ageing:
    """How long a request has been out, or took.

    Parameters
    ----------
    state : str
    sent, ended : date or None
    today : date
    goal : int
        Days.
    """
    if sent is None:
        return Ageing(0, goal, "finished" if state == "cancelled" else "not_sent")
    if state in ENDED:
        return Ageing(max(0, ((ended or today) - sent).days), goal, "finished")
    days = max(0, (today - sent).days)
    return Ageing(days, goal, "over" if days > goal else "within")
