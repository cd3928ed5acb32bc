"""Which traces are of a jurisdiction: a state, a county or a city of recovery."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.database import text
from headstamp.tracing.states import code_of

ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Place:
    """Where guns were recovered; what is empty does not matter.

    Parameters
    ----------
    state : str
        Code, or what was written where it is none.
    county, city : str
    """

    state: str = ""
    county: str = ""
    city: str = ""


def place_of(jurisdiction: str) -> Place:
    """The place that somebody wrote.

    Parameters
    ----------
    jurisdiction : str
        ``all``, a state (``IL``, ``Illinois``), a county (``Cook County, IL``) or a city
        (``Chicago``, or ``New York, NY`` where a state has the same name).
    """
    place, _, state = (part.strip() for part in jurisdiction.partition(","))
    if place.lower() == ALL:
        return Place()
    if not state and code_of(place):
        return Place(code_of(place))
    state = code_of(state) or state
    county = re.sub(r"[ -]+county$", "", place, flags=re.I)
    return Place(state, city=place) if county == place else Place(state, county=county)


def condition(jurisdiction: str) -> str:
    """A condition of SQL on the place of recovery; see :func:`place_of`."""
    place = place_of(jurisdiction)
    parts = [
        f"{_plain(column)} = {_plain(text(name))}"
        for column, name in (("recovery_county", place.county), ("recovery_city", place.city))
        if name
    ]
    if place.state:
        parts.append(f"recovery_state = {text(place.state)}")
    return " AND ".join(parts) or "true"


def require_some(database: Any, jurisdiction: str) -> None:
    """Refuse a jurisdiction of which there is no trace.

    Raises
    ------
    UnreadableTableError
        With the places that most traces are of.
    """
    if database.execute(
        f"SELECT 1 FROM current WHERE {condition(jurisdiction)} LIMIT 1"
    ).fetchone():
        return
    there = database.execute(
        "SELECT concat_ws(', ', recovery_city, recovery_state) AS place FROM current "
        "WHERE place <> '' GROUP BY place ORDER BY count(*) DESC, place LIMIT 8"
    ).fetchall()
    known = "; ".join(place for (place,) in there) or "no place at all"
    raise UnreadableTableError(
        f"{jurisdiction}: no gun of the table was recovered there; write a state, a city or a "
        f"county as the table does (most are of: {known}), or all"
    )


def _plain(what: str) -> str:
    return f"regexp_replace(lower({what}), '[^a-z0-9]+', '', 'g')"
