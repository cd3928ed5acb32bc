"""Reading comparisons and links, of which a person may see both sides."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from headstamp.web.accounts.models import User
from headstamp.web.comparisons.models import BallisticLink, Comparison, Examination
from headstamp.web.comparisons.states import LinkState
from headstamp.web.evidence.models import Exhibit, Scan
from headstamp.web.roles import Role

WAITING_FOR: dict[str, tuple[str, ...]] = {
    Role.TECHNICIAN: (LinkState.CORRELATED, LinkState.LEAD_UNCONFIRMED),
    Role.EXAMINER: (
        LinkState.CORRELATED,
        LinkState.LEAD_UNCONFIRMED,
        LinkState.EXAMINATION_REQUESTED,
    ),
    Role.ANALYST: (LinkState.LEAD_VERIFIED, LinkState.DISSEMINATED),
    Role.INVESTIGATOR: (LinkState.DISSEMINATED,),
    Role.PROSECUTOR: (LinkState.DISSEMINATED,),
    Role.COMMANDER: (LinkState.LEAD_VERIFIED,),
}
"""The states in which a link waits for somebody with this role."""


STRONGEST_FIRST = (F("log10_lr").desc(nulls_last=True), "-created_at")
"""PostgreSQL would put links without a likelihood ratio first."""


def links(user: User) -> QuerySet[BallisticLink]:
    """Links of which a person may see both exhibits, the strongest first.

    Their comparisons come in a query of their own: with all these tables in one, PostgreSQL has to
    guess the order in which to join them.
    """
    scans = Comparison.objects.select_related("scan_a__exhibit", "scan_b__exhibit")
    found: QuerySet[BallisticLink] = (
        BallisticLink.objects.visible_to(user)
        .select_related(
            *("exhibit_a__incident", "exhibit_b__incident"),
            *("exhibit_a__agency", "exhibit_b__agency"),
        )
        .prefetch_related(Prefetch("comparison", queryset=scans))
    )
    return found.order_by(*STRONGEST_FIRST)


def queue(user: User, state: str = "", text: str = "") -> QuerySet[BallisticLink]:
    """Links in a state; without one those that wait for this person.

    Parameters
    ----------
    state : str
        A state, "all", or empty.
    text : str
        Beginning of an exhibit's or an incident's number.
    """
    found = links(user)
    if state in LinkState.values:
        found = found.filter(state=state)
    elif state != "all":
        found = found.filter(state__in=WAITING_FOR.get(user.role, LinkState.values))
        found = found.exclude(state=LinkState.LEAD_UNCONFIRMED, reviewer=user)
        found = found.filter(exhibit_a__withdrawn_at=None, exhibit_b__withdrawn_at=None)
    if text := text.strip():
        wanted = Q()
        for side in ("exhibit_a", "exhibit_b"):
            wanted |= Q(**{f"{side}__number__istartswith": text})
            wanted |= Q(
                **{
                    f"{side}__incident__number__istartswith": text,
                    f"{side}_incident_seen": True,
                }
            )
        found = found.filter(wanted)
    return found


def links_of(user: User, exhibit: Exhibit) -> QuerySet[BallisticLink]:
    """Links of an exhibit that was read."""
    return links(user).filter(Q(exhibit_a=exhibit) | Q(exhibit_b=exhibit))


def comparisons(user: User) -> QuerySet[Comparison]:
    """Comparisons of which a person may see both scans."""
    found: QuerySet[Comparison] = Comparison.objects.visible_to(user).select_related(
        "scan_a__exhibit", "scan_b__exhibit", "scan_a__incident", "scan_b__incident"
    )
    return found


def candidates_of(user: User, scan: Scan) -> QuerySet[Comparison]:
    """What the last search of a scan found, best first, without what was withdrawn since."""
    return (
        comparisons(user)
        .filter(scan_a=scan, keys__startswith=f"{scan.gallery_key} ")
        .filter(scan_b__withdrawn_at=None, scan_b__exhibit__withdrawn_at=None)
        .order_by("rank", "pk")
    )


def rank_seen(user: User, compared: Comparison | None) -> int | None:
    """Where a candidate stands among those of its search that the person may see.

    Its rank among all would tell how many others there are.
    """
    if compared is None or compared.rank is None:
        return None
    key = compared.keys.split()[0]
    same = comparisons(user).filter(scan_a=compared.scan_a_id, keys__startswith=f"{key} ")
    return same.filter(rank__lt=compared.rank).count() + 1


def steps(link: BallisticLink) -> QuerySet[Any]:
    """What became of a link that was read, oldest first."""
    return link.steps.select_related("by__agency").order_by("position")


def examinations(link: BallisticLink) -> QuerySet[Examination]:
    """Examinations of a link that was read, newest first."""
    return link.examinations.select_related("examiner__agency", "verifier__agency")
