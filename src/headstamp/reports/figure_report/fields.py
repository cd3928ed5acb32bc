"""Fields of a template: short texts that are put into a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from headstamp.reports.figure_charts.words import MONTHS, day, whole

Publication = Mapping[str, Any]


def _population(publication: Publication) -> str:
    found = publication.get("population")
    return whole(found["people"]) if found else "an unknown number of"


def _month(publication: Publication) -> str:
    one = date.fromisoformat(publication["to"])
    return f"{MONTHS[one.month - 1]} {one.year}"


def _edition(publication: Publication) -> str:
    return "public edition" if publication["edition"] == "public" else "full edition"


FIELDS: Final[dict[str, tuple[Callable[[Publication], str], str]]] = {
    "place": (lambda p: str(p["place"]), "the city"),
    "to": (lambda p: day(p["to"]), "the last day of the periods, as 29 June 2017"),
    "month": (_month, "its month, as June 2017"),
    "year": (lambda p: str(p["to"])[:4], "its year"),
    "known-on": (lambda p: day(p["known_on"]), "the day up to which what became known is counted"),
    "population": (_population, "how many people live there"),
    "edition": (_edition, "full edition or public edition"),
}
"""Name, how it is found, and what it is."""


def values(publication: Publication) -> dict[str, str]:
    """Every field of a publication."""
    return {name: found(publication) for name, (found, _) in FIELDS.items()}
