"""Reading comparisons and links, of which a person may see both sides."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet

from headstamp.web.accounts.models import User
from headstamp.web.casework.models import IncidentWord
from headstamp.web.casework.words import with_number
from headstamp.web.comparisons.models import (
    STRONGEST_FIRST,
    BallisticLink,
    Comparison,
    Examination,
)
from headstamp.web.comparisons.states import LinkState
from headstamp.web.evidence.models import Exhibit, ExhibitWord, Scan
from headstamp.web.evidence.queries import exhibits
from headstamp.web.lists.indexed import FEW, Keys, Unindexed, one_of, there_is
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
"""The states in which a link waits for somebody with this role; the monitor acts on none."""

WAITING: tuple[str, ...] = tuple(
    state for state in LinkState.values if any(state in states for states in WAITING_FOR.values())
)
"""The states in which a link waits for anybody."""


NOT_LISTED = (
    *("comparison__detail", "comparison__method", "comparison__population_warnings"),
    *("exhibit_a__incident__investigative_note", "exhibit_b__incident__investigative_note"),
)
"""Long texts that no list shows."""

SHOWN_OF_LINK = (
    *("state", "log10_lr", "comparison_id"),
    *(
        f"{side}__{name}"
        for side in BallisticLink.sides
        for name in ("number", "agency__code", "incident__number")
    ),
)
SHOWN_OF_COMPARISON = (
    "congruent_cells",
    *(f"{side}__{name}" for side in Comparison.sides for name in ("warnings", "exhibit__number")),
)
"""What the queue shows: a page of it holds seven hundred objects, each costly with all its fields.
"""


def links(user: User) -> QuerySet[BallisticLink]:
    """Links of which a person may see both exhibits, the strongest first.

    Their comparisons come in a query of their own: with all these tables in one, PostgreSQL has to
    guess the order in which to join them.
    """
    return _in_order(user).prefetch_related(Prefetch("comparison", queryset=_compared()))


def _in_order(user: User) -> QuerySet[BallisticLink]:
    found: QuerySet[BallisticLink] = BallisticLink.objects.visible_to(user).select_related(
        *("exhibit_a__incident", "exhibit_b__incident"),
        *("exhibit_a__agency", "exhibit_b__agency"),
    )
    return found.order_by(*STRONGEST_FIRST)


def _compared() -> QuerySet[Comparison]:
    found: QuerySet[Comparison] = Comparison.objects.select_related(
        "scan_a__exhibit", "scan_b__exhibit"
    )
    return found


def queue(user: User, state: str = "", text: str = "") -> QuerySet[BallisticLink]:
    """Links in a state; without one those that wait for this person, or for others if none can.

    Parameters
    ----------
    state : str
        A state, "all", or empty.
    text : str
        Beginning of an exhibit's or an incident's number.
    """
    compared = Prefetch("comparison", queryset=_compared().only(*SHOWN_OF_COMPARISON))
    found = _in_order(user).only(*SHOWN_OF_LINK).prefetch_related(compared)
    if state in LinkState.values:
        found = found.filter(state=state)
    elif state != "all":
        states = WAITING_FOR.get(user.role, WAITING)
        found = found.filter(one_of(BallisticLink, "state", states, many=FEW))
        found = found.exclude(state=LinkState.LEAD_UNCONFIRMED, reviewer=user)
        if LinkState.EXAMINATION_REQUESTED in states:
            found = found.exclude(pk__in=_concluded_by(user))
        for side in BallisticLink.sides:
            in_use = Exhibit.objects.filter(pk=OuterRef(side), withdrawn_at=None)
            found = found.filter(there_is(in_use))
    if text := text.strip():
        found = found.filter(_numbered(text))
    return found


def _concluded_by(user: User) -> list[Any]:
    """Links with a conclusion of this person that waits for another examiner."""
    own = Examination.objects.filter(examiner=user, verified_at=None)
    return list(own.values_list("link_id", flat=True))


def waiting_counts(user: User) -> list[tuple[str, str, int]]:
    """How many links a person may see in each state in which they wait for somebody."""
    rows = (
        BallisticLink.objects.visible_to(user)
        .filter(state__in=WAITING)
        .order_by()
        .values_list("state")
        .annotate(count=Count("pk"))
    )
    counts = dict(rows)
    return [(state, LinkState(state).label, counts.get(state, 0)) for state in WAITING]


def _numbered(text: str) -> Q:
    """The condition that the number of an exhibit, or of its incident that is seen, begins so.

    The links of a few exhibits are looked up; of more, each link in the order of the queue is asked
    whether it is one of theirs.
    """
    own, incidents = with_number(ExhibitWord, text), with_number(IncidentWord, text)
    exact = Q()
    for side in BallisticLink.sides:
        seen = Q(**{f"{side}_incident_seen": True})
        exact |= own.at(side) | (incidents.at(f"{side}__incident") & seen)
    if not (own.are_few and incidents.are_few):
        return Q(Unindexed(exact))
    near = Exhibit.objects.filter(own.at("pk") | incidents.at("incident")).values("pk")
    either = Q(exhibit_a__in=near) | Q(exhibit_b__in=near)
    keys = BallisticLink.objects.filter(either).values_list("pk", flat=True)
    return Keys(keys, lambda _: Q()).at("pk") & exact


def links_of(user: User, exhibit: Exhibit) -> QuerySet[BallisticLink]:
    """Links of an exhibit that was read."""
    either = Q(exhibit_a=exhibit) | Q(exhibit_b=exhibit)
    return links(user).filter(either).defer(*NOT_LISTED)


def comparisons(user: User) -> QuerySet[Comparison]:
    """Comparisons of which a person may see both scans."""
    found: QuerySet[Comparison] = Comparison.objects.visible_to(user).select_related(
        "scan_a__exhibit", "scan_b__exhibit", "scan_a__incident", "scan_b__incident"
    )
    return found


def exhibits_seen(user: User, compared: Comparison) -> list[Exhibit]:
    """The exhibits of a comparison, in its order, that the person may see as well as the scans."""
    keys = (compared.scan_a.exhibit_id, compared.scan_b.exhibit_id)
    found = exhibits(user).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def candidates_of(user: User, scan: Scan) -> QuerySet[Comparison]:
    """What the last search of a scan found, best first, without what was withdrawn since."""
    return (
        comparisons(user)
        .filter(scan_a=scan, keys__startswith=f"{scan.gallery_key} ")
        .filter(scan_b__withdrawn_at=None, scan_b__exhibit__withdrawn_at=None)
        .defer("detail", "method", "population_warnings")
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
