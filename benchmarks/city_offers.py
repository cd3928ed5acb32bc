"""Hand-overs of the city whose pages are measured: those custody tells of, and some that wait."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any, Final

from benchmarks.city_evidence import Evidence
from benchmarks.city_people import People

OPEN_SHARE: Final = 0.005
"""Exhibits that somebody has offered and nobody has taken yet."""


def load_offers(chance: random.Random, people: People, evidence: Evidence) -> list[Any]:
    """Make offers that were taken, and the newest that wait."""
    from headstamp.web.evidence.models import HandOver

    made = [_taken(move) for move in evidence.moves if move.action == "handed_over"]
    newest = evidence.exhibits[-max(40, round(OPEN_SHARE * len(evidence.exhibits))) :]
    made += [_waiting(exhibit, chance, people) for exhibit in newest]
    return list(HandOver.objects.bulk_create(made))


def _taken(move: Any) -> Any:
    from headstamp.web.evidence.models import HandOver

    return HandOver(
        exhibit=move.exhibit,
        released_by=move.released_by,
        offered_to=move.received_by,
        released_at=move.released_at,
        seal=move.seal,
        settled_at=move.at,
        accepted=True,
    )


def _waiting(exhibit: Any, chance: random.Random, people: People) -> Any:
    from headstamp.web.evidence.models import HandOver

    agency = exhibit.incident.agency.code
    others = [one for one in people.of(agency, "technician", "examiner") if one != exhibit.holder]
    return HandOver(
        exhibit=exhibit,
        released_by=exhibit.holder,
        offered_to=chance.choice(others),
        released_at=exhibit.created_at + timedelta(days=9),
        seal="S-20418",
    )
