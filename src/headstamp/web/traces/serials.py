"""Guns by a serial number that may have been read wrongly, or only in part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from headstamp.tracing.serials import folded, may_be, read_serial, readings
from headstamp.web.accounts.models import User
from headstamp.web.evidence import queries as evidence
from headstamp.web.evidence.models import Firearm
from headstamp.web.traces.models import TraceResult
from headstamp.web.traces.queries import last_results

SHOWN: Final = 100
NAMED: Final = 500
"""Numbers that a query names; more are looked for by an expression."""

SHORTEST: Final = 3
"""Characters that have to be known: fewer are the serial number of half the guns."""


@dataclass(frozen=True, slots=True)
class Match:
    """A gun whose serial number may be the one that is looked for.

    Parameters
    ----------
    how : str
        ``same``, ``look-alike`` or ``in part``.
    firearm : Firearm or None
        A recovered one, described in the workspace.
    result : TraceResult or None
        A traced one.
    """

    how: str
    firearm: Firearm | None = None
    result: TraceResult | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What a serial number finds.

    Parameters
    ----------
    read_as : str
        The number as it is searched; ``?`` for each character that cannot be read.
    fault : str
        Why nothing was looked for; empty if something was.
    """

    read_as: str
    matches: tuple[Match, ...] = ()
    more: bool = False
    fault: str = ""


def search(user: User, written: str) -> Search:
    """Guns in reach whose serial number may be one that was written.

    ``?`` stands for a character that cannot be read. Letters and digits that are mistaken for one
    another count as the same, and say so.
    """
    wanted = read_serial(written)
    if not wanted.normalised:
        return Search("", fault=wanted.fault or "Write the number, with ? for what is not legible.")
    if len(wanted.normalised.replace("?", "")) < SHORTEST:
        return Search(wanted.normalised, fault=f"At least {SHORTEST} characters have to be known.")
    firearms = _firearms(user, wanted.normalised)
    results = _results(user, wanted.normalised)
    found = [Match(_how(one, wanted.normalised), firearm=gun) for one, gun in firearms]
    found += [Match(_how(one, wanted.normalised), result=row) for one, row in results]
    found.sort(key=lambda one: ORDER.index(one.how))
    return Search(wanted.normalised, tuple(found[:SHOWN]), len(found) > SHOWN)


ORDER: Final = ("same", "look-alike", "in part")


def _how(number: str, wanted: str) -> str:
    if "?" in number or "?" in wanted:
        return "in part"
    return "same" if number == wanted else "look-alike"


def _firearms(user: User, wanted: str) -> list[tuple[str, Firearm]]:
    found = evidence.firearms(user).filter(withdrawn_at=None)
    partial = Q(serial_status=Firearm.SerialStatus.PARTIAL) | Q(serial__contains="?")
    whole = found.exclude(partial)
    every = None if "?" in wanted else _readings(wanted)
    if every is None:
        whole = whole.filter(serial_normalised__regex=_pattern(wanted))
    else:
        whole = whole.filter(serial_normalised__in=every)
    rows = [(one.serial_normalised, one) for one in whole[: SHOWN + 1]]
    parts = ((read_serial(one.serial).normalised, one) for one in found.filter(partial))
    return rows + _may_be(parts, wanted)


def _results(user: User, wanted: str) -> list[tuple[str, TraceResult]]:
    found = last_results(user).exclude(serial="")
    whole = found.exclude(serial_status="partial")
    if "?" in wanted:
        parts = ".".join(folded(part) for part in wanted.split("?"))
        whole = whole.filter(serial_folded__regex=f"^{parts}$")
    else:
        whole = whole.filter(serial_folded=folded(wanted))
    rows = [(one.serial, one) for one in whole[: SHOWN + 1]]
    partial = ((one.serial, one) for one in found.filter(serial_status="partial"))
    return rows + _may_be(partial, wanted)


def _may_be(rows: Iterable[tuple[str, Any]], wanted: str) -> list[tuple[str, Any]]:
    return [(number, one) for number, one in rows if number and may_be(number, wanted)]


def _pattern(wanted: str) -> str:
    """An expression of every number that one may be taken for."""
    found = "".join("." if sign == "?" else f"[{''.join(readings(sign))}]" for sign in wanted)
    return f"^{found}$"


def _readings(wanted: str) -> tuple[str, ...] | None:
    """Every number that one may be taken for; None where they are too many to name in a query."""
    try:
        every = readings(wanted)
    except ValueError:
        return None
    return every if len(every) <= NAMED else None
