"""Reading incidents, scenes and cases, restricted to what a person may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record
from headstamp.web.casework.models import (
    Case,
    Incident,
    IncidentWord,
    Photograph,
    Scene,
    SharingAgreement,
)
from headstamp.web.casework.reach import reach_of
from headstamp.web.casework.record import Marking
from headstamp.web.casework.words import has_words
from headstamp.web.roles import Role
from headstamp.web.times import on_days


def incidents(user: User) -> QuerySet[Incident]:
    """Incidents in reach, newest first."""
    found: QuerySet[Incident] = Incident.objects.visible_to(user).select_related("agency")
    return found


def search_incidents(user: User, text: str = "", **filters: Any) -> QuerySet[Incident]:
    """Incidents in reach that a text finds by their number, place or offence; see ``words.py``.

    Parameters
    ----------
    text : str
    filters : status, area, agency, occurred_from, occurred_until, withdrawn
        Those that are empty are left out.
    """
    found = incidents(user)
    if not filters.get("withdrawn"):
        found = found.filter(withdrawn_at=None)
    if text := text.strip():
        found = found.filter(has_words(IncidentWord, text))
    for name in ("status", "area", "agency"):
        if filters.get(name):
            found = found.filter(**{name: filters[name]})
    days = on_days("occurred_at", filters.get("occurred_from"), filters.get("occurred_until"))
    return found.filter(days)


def scenes(user: User) -> QuerySet[Scene]:
    """Scenes in reach; ``incident_seen`` says whether their incident is too."""
    found: QuerySet[Scene] = (
        Scene.objects.visible_to(user)
        .with_incident_seen(user)
        .select_related("incident", "lead_technician", "agency")
    )
    return found


def cases(user: User) -> QuerySet[Case]:
    """Cases of the person's agency, and those they are a member of."""
    reach = reach_of(user)
    if reach.nothing:
        return Case.objects.none()
    found = Case.objects.select_related("agency")
    if reach.everything:
        return found
    return found.filter(Q(agency=reach.agency) | Q(pk__in=reach.member_of))


def read(found: QuerySet[Any], user: User, **lookup: Any) -> Any:
    """One record of those in reach; reading a restricted one is put on record.

    Raises
    ------
    Http404
        If it does not exist or is out of reach; the two look the same.
    """
    one = found.filter(**lookup).first()
    if one is None:
        raise Http404
    note_read(user, one)
    return one


def note_read(user: User, *found: Any) -> None:
    """Put the reading of those that are restricted on record."""
    for one in found:
        if getattr(one, "marking", "") == Marking.RESTRICTED:
            record("casework.read_restricted", by=user, about=one)


def photographs(user: User) -> QuerySet[Photograph]:
    """Photographs in reach."""
    found: QuerySet[Photograph] = Photograph.objects.visible_to(user).select_related("file")
    return found


def agreements(user: User) -> QuerySet[SharingAgreement]:
    """Agreements of the person's agency, given and received; all for the monitor."""
    found = SharingAgreement.objects.select_related("owner", "recipient", "case")
    if user.role == Role.MONITOR:
        return found
    return found.filter(Q(owner=user.agency_id) | Q(recipient=user.agency_id))
