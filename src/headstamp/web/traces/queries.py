"""Reading trace requests and results, restricted to what a person may see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from headstamp.tracing.ageing import GOAL_DAYS
from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record
from headstamp.web.casework.drawn_numbers import as_drawn
from headstamp.web.casework.models import CaseIncident
from headstamp.web.casework.reach import reach_of
from headstamp.web.evidence.models import Exhibit
from headstamp.web.roles import Role
from headstamp.web.traces.models import Possessor, TracePeople, TraceRequest, TraceResult
from headstamp.web.traces.states import ENDED, TraceState


def requests(user: User) -> QuerySet[TraceRequest]:
    """Requests in reach, newest first."""
    found: QuerySet[TraceRequest] = TraceRequest.objects.visible_to(user).select_related(
        "agency", "exhibit", "incident", "exhibit__firearm"
    )
    return found


def queue(user: User, text: str = "", **filters: Any) -> QuerySet[TraceRequest]:
    """Requests that a filter asks for; those that are open unless it names a state.

    Parameters
    ----------
    text : str
        A request's number, the tracing centre's, or the beginning of an exhibit's.
    filters : state, who, clock
    """
    found = requests(user).filter(withdrawn_at=None)
    state = filters.get("state", "")
    if state in TraceState.values:
        found = found.filter(state=state)
    elif state != "all":
        found = found.exclude(state__in=ENDED)
    if filters.get("who") == "agency":
        found = found.filter(agency=user.agency_id)
    if filters.get("clock") == "overdue":
        late = timezone.localdate() - timedelta(days=GOAL_DAYS)
        found = found.filter(sent_on__lt=late).exclude(state__in=ENDED)
    if text := text.strip():
        found = found.filter(
            Q(number=as_drawn("T", text))
            | Q(trace_number__iexact=text)
            | Q(exhibit__number__istartswith=text)
        )
    return found


def of_exhibit(user: User, exhibit: Exhibit) -> QuerySet[TraceRequest]:
    """Requests in reach for the firearm that an exhibit is."""
    return requests(user).filter(exhibit=exhibit)


def results(user: User) -> QuerySet[TraceResult]:
    """Results in reach, the last of each trace and those it took the place of."""
    found: QuerySet[TraceResult] = TraceResult.objects.visible_to(user).filter(withdrawn_at=None)
    return found.select_related("agency", "request", "table")


def last_results(user: User) -> QuerySet[TraceResult]:
    """Results in reach that count: the last of each trace."""
    return results(user).filter(is_last=True)


def entitled(user: User, prefix: str = "") -> Q:
    """The condition that a person may read the people of a request or result in their reach.

    Its own agency's, or of an incident in a case the person works; the monitor reads all.

    Parameters
    ----------
    prefix : str
        The way to the request or result from the table that is queried.
    """
    if not user.has_perm("traces.read_people"):
        return Q(pk__in=[])
    if user.role == Role.MONITOR:
        return Q()
    reach = reach_of(user)
    inside = CaseIncident.objects.filter(case__in=reach.member_of).values("incident_id")
    own = Q(**{f"{prefix}agency": user.agency_id}) | Q(**{f"{prefix}incident__in": inside})
    return own & reach.condition(prefix=prefix)


def possessor(user: User, request: TraceRequest) -> Possessor | None:
    """Who had the gun of a request, for those entitled to it; the reading is put on record."""
    named = Possessor.objects.filter(request=request).filter(entitled(user, "request__"))
    found: Possessor | None = named.first()
    if found is not None:
        record("traces.people_read", by=user, about=request)
    return found


def possessors(user: User, some: QuerySet[TraceRequest]) -> dict[str, Possessor]:
    """By number of the request who had its gun, for those entitled to it.

    Whoever takes them out puts that on record.
    """
    named = Possessor.objects.filter(entitled(user, "request__"), request__in=some.order_by())
    return {one.request.number: one for one in named.select_related("request")}


def may_read_people(user: User, request: TraceRequest) -> bool:
    """Whether a person is entitled to the people of a request, named or not."""
    return TraceRequest.objects.filter(entitled(user), pk=request.pk).exists()


def people(user: User) -> QuerySet[TracePeople]:
    """Purchasers and possessors of results, for those entitled to them."""
    return TracePeople.objects.filter(entitled(user, "result__"))
