"""Whom the measurement signs in as, and which records each of them opens."""

from __future__ import annotations

import random
from typing import Any, Final
from uuid import UUID

from benchmarks.city_people import LARGEST, OVERSIGHT, SMALL, People

KINDS: Final = {
    "analyst, largest agency": (LARGEST, "analyst"),
    "analyst, small agency": (SMALL, "analyst"),
    "technician": (LARGEST, "technician"),
    "investigator": (LARGEST, "investigator"),
    "monitor": (OVERSIGHT, "monitor"),
    "administrator": (LARGEST, "administrator"),
}
OF_EACH: Final = 5
"""People of each kind who read records; together they are the twenty who work at once."""

SAMPLE: Final = 60


def targets_of(chance: random.Random, people: People, real: list[Any]) -> dict[str, Any]:
    """By kind of person: for each a session, ids of records in reach, and numbers to look for."""
    found: dict[str, Any] = {}
    for kind, (agency, role) in KINDS.items():
        chosen = people.of(agency, role)[:OF_EACH]
        found[kind] = {
            "role": role,
            "people": [{**_session(one), **_records(chance, one, real)} for one in chosen],
        }
    return found


def _session(person: Any) -> dict[str, str]:
    """Somebody past password, second factor and notice, as sign-in leaves them."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from headstamp.web.accounts.gate import HAS_FACTOR, NOTICED

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "headstamp.web.accounts.backends.AccountBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[HAS_FACTOR] = session[NOTICED] = True
    session.create()
    return {"person": str(person.pk), "cookie": session.session_key}


def _records(chance: random.Random, person: Any, real: list[Any]) -> dict[str, Any]:
    from headstamp.web.accounts.stewardship import agencies_of, looked_after
    from headstamp.web.audit.models import AuditEvent
    from headstamp.web.casework import queries as casework
    from headstamp.web.comparisons import queries as comparisons
    from headstamp.web.evidence import queries as evidence
    from headstamp.web.evidence.models import HandOver
    from headstamp.web.leads import queries as leads

    incidents = casework.incidents(person)
    exhibits = evidence.exhibits(person)
    links = comparisons.links(person)
    firearms = evidence.firearms(person)
    return {
        "incidents": _drawn(chance, incidents),
        "own_incidents": _drawn(chance, incidents.filter(agency=person.agency_id)),
        "scenes": _drawn(chance, casework.scenes(person)),
        "cases": _drawn(chance, casework.cases(person)),
        "exhibits": _drawn(chance, exhibits),
        "own_exhibits": _drawn(chance, exhibits.filter(agency=person.agency_id)),
        "hand_overs": _drawn(chance, HandOver.objects.filter(offered_to=person)),
        "scans": _drawn(chance, evidence.scans(person)),
        "links": _drawn(chance, links),
        "leads": _drawn(chance, leads.leads(person)),
        "lead_numbers": _drawn(chance, leads.leads(person), "number"),
        "comparisons": _drawn(chance, comparisons.comparisons(person)),
        "real_scans": [str(one.pk) for one in real],
        "numbers": _drawn(chance, incidents, "number"),
        "exhibit_numbers": _drawn(chance, exhibits, "number"),
        "link_numbers": _drawn(chance, links, "exhibit_a__number"),
        "serials": [one for one in _drawn(chance, firearms, "serial") if one],
        "events": [chance.randint(1, AuditEvent.objects.count()) for _ in range(SAMPLE)],
        "accounts": _drawn(chance, looked_after(person)),
        "agencies": _drawn(chance, agencies_of(person)),
    }


def _drawn(chance: random.Random, found: Any, name: str = "pk") -> list[str]:
    """From some key on, and from the first on where these are too few: keys are random numbers."""
    keys, start = found.order_by("pk"), UUID(int=chance.getrandbits(128))
    values = [*keys.filter(pk__gte=start).values_list(name, flat=True)[:SAMPLE]]
    if len(values) < SAMPLE:
        values += keys.filter(pk__lt=start).values_list(name, flat=True)[: SAMPLE - len(values)]
    return [str(one) for one in values]
