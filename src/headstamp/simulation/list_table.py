"""The synthetic list as it stood on a day, and its truth, as CSV text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from headstamp.simulation.list_records import Victim, VictimList

COLUMNS: Final = (
    "victim_number", "incident_number", "occurred", "death", "listed", "offense", "weapon",
    "fatal", "police_involved", "block", "district", "beat", "community_area", "latitude",
    "longitude",
)  # fmt: skip
TRUTH_COLUMNS: Final = (
    "victim_number", "incident_number", "listed", "death", "death_listed", "murdered", "firearm",
    "hot_spot", "repeats",
)  # fmt: skip


def list_csv(one: VictimList, known_on: date) -> str:
    """What the list says on a day: rows and deaths that had come onto it by then."""
    return _csv(COLUMNS, (_row(v, known_on) for v in one.victims if v.listed <= known_on))


def truth_csv(one: VictimList) -> str:
    """Every victim, listed or not, with what the list does not say."""
    return _csv(TRUTH_COLUMNS, (_truth(victim) for victim in one.victims))


def _row(one: Victim, known_on: date) -> Sequence[str]:
    dead = one.death_listed is not None and one.death_listed <= known_on
    return (
        one.number,
        one.incident,
        one.occurred.strftime("%Y-%m-%d %H:%M"),
        one.death.isoformat() if dead and one.death else "",
        one.listed.isoformat(),
        _offence(one, dead),
        "FIREARM" if one.firearm else "OTHER",
        _yes(dead),
        _yes(one.by_police),
        one.address,
        one.district,
        one.beat,
        one.area,
        f"{one.latitude:.6f}",
        f"{one.longitude:.6f}",
    )


def _offence(one: Victim, dead: bool) -> str:
    if one.by_police:
        return "POLICE SHOOTING"
    return "MURDER" if dead else "AGGRAVATED ASSAULT"


def _truth(one: Victim) -> Sequence[str]:
    return (
        one.number,
        one.incident,
        one.listed.isoformat(),
        one.death.isoformat() if one.death else "",
        one.death_listed.isoformat() if one.death_listed else "",
        _yes(one.murdered),
        _yes(one.firearm),
        "" if one.hot_spot is None else str(one.hot_spot),
        one.repeats,
    )


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """No invented name has a comma, a quote or a line's end in it: nothing needs quoting."""
    return "".join(f"{','.join(row)}\n" for row in (columns, *rows))
