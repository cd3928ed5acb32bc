"""Reading exhibits, custody, firearms and scans, restricted to what a person may see."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from headstamp.web.accounts.models import User
from headstamp.web.casework.models import Incident
from headstamp.web.casework.reach import reach_of
from headstamp.web.casework.words import has_words, with_number
from headstamp.web.evidence.models import (
    CustodyTransfer,
    Exhibit,
    ExhibitWord,
    Firearm,
    HandOver,
    Scan,
)
from headstamp.web.lists.indexed import Unindexed, different_values, one_of, there_is

SHORTEST_PART = 3
"""Characters of a serial number that find it wherever they stand in it: parts can be unreadable."""


def exhibits(user: User) -> QuerySet[Exhibit]:
    """Exhibits in reach and those the person holds, newest first.

    ``incident_seen`` says whether their incident is in reach too.
    """
    reach = reach_of(user)
    seen = reach.condition()
    if not (reach.nothing or reach.everything):
        seen |= Q(holder=user)
    found: QuerySet[Exhibit] = (
        Exhibit.objects.filter(seen)
        .with_incident_seen(user)
        .select_related("incident", "agency", "holder", "collector")
    )
    return found


def search_exhibits(user: User, text: str = "", **filters: Any) -> QuerySet[Exhibit]:
    """Exhibits in reach that a text finds by their number, headstamp or description.

    Parameters
    ----------
    text : str
    filters : kind, calibre, held_by_me, withdrawn, scanned
    """
    found = exhibits(user)
    if not filters.get("withdrawn"):
        found = found.filter(withdrawn_at=None)
    if text := text.strip():
        found = found.filter(has_words(ExhibitWord, text))
    if filters.get("kind"):
        found = found.filter(kind=filters["kind"])
    if filters.get("calibre"):
        found = found.filter(_of_calibre(filters["calibre"]))
    if filters.get("held_by_me"):
        found = found.filter(holder=user)
    if filters.get("scanned") in ("yes", "no"):
        scans_of_it = Scan.objects.visible_to(user).filter(exhibit=OuterRef("pk"))
        scanned = there_is(scans_of_it.filter(withdrawn_at=None))
        found = found.filter(scanned if filters["scanned"] == "yes" else ~scanned)
    return found


def _of_calibre(text: str) -> Q:
    """The condition that a calibre holds a text: few are in use, so each is looked at."""
    wanted = text.casefold().strip()
    known = different_values(Exhibit, "calibre")
    return one_of(Exhibit, "calibre", [one for one in known if wanted in one.casefold()])


def firearms(user: User) -> QuerySet[Firearm]:
    """Firearms in reach."""
    found: QuerySet[Firearm] = Firearm.objects.visible_to(user).select_related(
        "exhibit", "incident", "agency"
    )
    return found


def search_firearms(user: User, text: str = "") -> QuerySet[Firearm]:
    """Firearms in reach by serial number (whatever its spelling), maker, model or calibre."""
    from headstamp.tracing.serials import normalised

    found = firearms(user).filter(withdrawn_at=None)
    if not (text := text.strip()):
        return found
    wanted = Q(maker__icontains=text) | Q(model__icontains=text) | Q(calibre__icontains=text)
    serial = normalised(text)
    if len(serial) >= SHORTEST_PART:
        wanted |= Q(serial_normalised__contains=serial)
    elif serial:
        wanted |= Q(serial_normalised=serial)
    return found.filter(wanted)


def scans(user: User) -> QuerySet[Scan]:
    """Scans in reach, newest first; ``incident_seen`` as with exhibits."""
    found: QuerySet[Scan] = (
        Scan.objects.visible_to(user)
        .with_incident_seen(user)
        .select_related("exhibit", "incident", "agency", "file")
    )
    return found


def custody(exhibit: Exhibit) -> QuerySet[CustodyTransfer]:
    """The chain of an exhibit that was read, oldest first, each with who held it until then."""
    before = CustodyTransfer.objects.filter(
        exhibit=OuterRef("exhibit"), position=OuterRef("position") - 1
    )
    return (
        exhibit.custody.select_related(
            *("released_by__agency", "received_by__agency", "decided_by"),
            *("released_by_agency", "received_by_agency"),
        )
        .annotate(held_before=Subquery(before.values("received_by__name")[:1]))
        .order_by("position")
    )


def hand_overs_waiting(user: User) -> QuerySet[HandOver]:
    """What is offered to a person who can take it, and not taken yet."""
    offered = HandOver.objects.filter(offered_to=user, settled_at=None)
    if not user.has_perm("evidence.take_custody"):
        offered = offered.none()
    return offered.select_related("exhibit", "released_by__agency").order_by("-released_at")


def kinds_of(user: User, incident: Incident) -> dict[str, int]:
    """How many exhibits of each kind an incident has, as far as the person may see them."""
    rows = (
        Exhibit.objects.visible_to(user)
        .filter(incident=incident, withdrawn_at=None)
        .order_by()
        .values_list("kind")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def next_number(incident: Incident) -> str:
    """The exhibit number to propose: the incident's number and the next free count."""
    counts = [0]
    pattern = re.compile(re.escape(incident.number) + r"-(\d{1,4})$")
    for number in Exhibit.objects.filter(
        agency=incident.agency_id, number__begins=f"{incident.number}-"
    ).values_list("number", flat=True):
        found = pattern.match(number)
        if found:
            counts.append(int(found[1]))
    return f"{incident.number}-{max(counts) + 1:02d}"


def search_scans(user: User, text: str = "", state: str = "") -> QuerySet[Scan]:
    """Scans in reach by the beginning of their exhibit's number, and by state.

    SQLite would begin with the index of those not withdrawn, which is there to keep them apart, and
    put nearly all scans in order.
    """
    found = scans(user).filter(Unindexed(Q(withdrawn_at=None)))
    if text := text.strip():
        found = found.filter(with_number(ExhibitWord, text).at("exhibit"))
    return found.filter(state=state) if state else found


def exhibits_of(user: User, incident: Incident) -> QuerySet[Exhibit]:
    """Exhibits of an incident that was read, by number, with how many scans in reach each has."""
    in_reach = reach_of(user).condition("incident", "scans__")
    return (
        exhibits(user)
        .filter(incident=incident, withdrawn_at=None)
        .annotate(
            scan_count=Count("scans", filter=Q(scans__withdrawn_at=None) & in_reach, distinct=True)
        )
        .order_by("number")
    )
