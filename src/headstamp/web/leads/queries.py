"""Reading leads, of which a person may see everything they rest on."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Case, OuterRef, Prefetch, Q, QuerySet, When
from django.utils import timezone

from headstamp.web.accounts.models import User
from headstamp.web.casework.reach import reach_of
from headstamp.web.casework.words import with_number
from headstamp.web.comparisons.models import BallisticLink
from headstamp.web.evidence.models import ExhibitWord
from headstamp.web.leads.models import (
    Lead,
    LeadAgency,
    LeadBasis,
    LeadNotice,
    LeadStep,
    Notification,
)
from headstamp.web.leads.numbers import as_number
from headstamp.web.leads.states import LeadState
from headstamp.web.lists.indexed import FEW, Unindexed, there_is
from headstamp.web.roles import Role
from headstamp.web.times import on_days

TO_TRIAGE: Final = (LeadState.NEW, LeadState.TRIAGED, LeadState.REOPENED)
"""States in which a lead waits for an analyst or a commander."""

TRIAGERS: Final = (Role.ANALYST, Role.COMMANDER)

SIDES: Final = ("link__exhibit_a", "link__exhibit_b")
LISTED: Final = (
    *("number", "state", "priority", "public_safety", "on_hold", "closed_at", "agency__code"),
    *("recovered_at", "noticed_at", "assignee__name", "assignee__agency__code"),
    *(f"{side}__incident__number" for side in Lead.sides),
)
"""What a list shows: of a page of it every other field would cost more than it is worth."""

NOT_LISTED: Final = tuple(f"{side}__incident__investigative_note" for side in SIDES)


def leads(user: User) -> QuerySet[Lead]:
    """Leads in reach, in the order of the queue."""
    found: QuerySet[Lead] = Lead.objects.visible_to(user)
    return found.select_related("agency", "assignee__agency")


def listed(user: User) -> QuerySet[Lead]:
    """The same with what a list shows of each, and nothing else."""
    concerned = LeadAgency.objects.select_related("agency").only("lead", "agency__code")
    found = leads(user).select_related(*(f"{side}__incident" for side in Lead.sides))
    return found.only(*LISTED).prefetch_related(Prefetch("concerned", queryset=concerned))


def _bases(user: User) -> QuerySet[LeadBasis]:
    """With ``a_incident_seen`` and ``b_incident_seen``: whether the incident is in reach too."""
    reach = reach_of(user)
    joined = [f"{side}__{name}" for side in SIDES for name in ("incident__agency", "agency")]
    seen = {f"{side[-1]}_incident_seen": reach.incident_seen(f"{side}__incident") for side in SIDES}
    found = LeadBasis.objects.select_related(*joined, "decided_by")
    return found.defer(*NOT_LISTED).annotate(**seen)


def queue(user: User, text: str = "", **filters: Any) -> QuerySet[Lead]:
    """Leads that a filter asks for; those that are open unless it names a state.

    Parameters
    ----------
    text : str
        Beginning of a lead's or an exhibit's number.
    filters : state, who, clock, priority
        Those that are empty are left out.
    """
    found = listed(user).filter(_in_state(filters.get("state", "")))
    if filters.get("who") == "mine":
        found = found.filter(_mine(user))
    elif filters.get("who") == "agency":
        found = found.filter(_of_agency(user))
    if clock := filters.get("clock"):
        found = found.filter(closed_at=None, noticed_at=None).filter(_on_clock(clock))
    if priority := filters.get("priority"):
        found = found.filter(priority=int(priority))
    if text := text.strip():
        found = found.filter(_numbered(text))
    return found


def _in_state(state: str) -> Q:
    if state == "all":
        return Q()
    return Q(state=state) if state in LeadState.values else Q(closed_at=None)


def _on_clock(clock: str) -> Q:
    """Past the 48 hours; or with one of the two times still to come today."""
    now, today = timezone.now(), timezone.localdate()
    if clock == "overdue":
        return Q(notice_limit_at__lte=now)
    found = Q()
    for name in ("notice_due_at", "notice_limit_at"):
        found |= Q(on_days(name, today, today), **{f"{name}__gt": now})
    return found


def _mine(user: User) -> Q:
    """Of those a person was told of; whoever is assigned to a lead is."""
    told = LeadNotice.objects.filter(person=user, notified_at__isnull=False)
    return Q(pk__in=told.order_by().values("lead"))


def _of_agency(user: User) -> Q:
    """Of those an agency owns or that concern it: a few are named, of more each lead is asked."""
    own = LeadAgency.objects.filter(agency=user.agency_id).order_by()
    few = list(own.values_list("lead_id", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return Q(agency=user.agency_id) | Q(pk__in=few)
    return Q(agency=user.agency_id) | there_is(own.filter(lead=OuterRef("pk")))


def _numbered(text: str) -> Q:
    """The condition that the number of a lead, or of one of its exhibits, begins so.

    Of a few exhibits the leads are looked up; of more, each lead is asked whether it is theirs.
    """
    own = with_number(ExhibitWord, text)
    exact = own.at("exhibit_a") | own.at("exhibit_b") | Q(number__begins=as_number(text))
    if not own.are_few:
        return Q(Unindexed(exact))
    found = Lead.objects.filter(exact).order_by().values_list("pk", flat=True)
    return Q(pk__in=set(found))


def waiting(user: User) -> QuerySet[Lead]:
    """Leads that wait for this person to do something; none for those who do nothing with leads."""
    found = listed(user).filter(closed_at=None)
    if user.role in TRIAGERS:
        late = Q(noticed_at=None, notice_limit_at__lte=timezone.now())
        return found.filter(_of_agency(user)).filter(
            Q(state__in=TO_TRIAGE) | Q(on_hold=True) | late
        )
    if user.role == Role.INVESTIGATOR:
        told = LeadNotice.objects.filter(person=user, notified_at__isnull=False)
        unsaid = told.filter(acknowledged_at=None).order_by().values("lead")
        return found.filter(Q(assignee=user) | Q(pk__in=unsaid))
    return found.none()


def waits_for(lead: Lead, user: User) -> str:
    """What this person is to do with a lead that waits for them, in a word or two."""
    if user.role == Role.INVESTIGATOR:
        if lead.assignee_id != user.pk or lead.state == LeadState.ASSIGNED:
            return "Acknowledge"
        return "On hold" if lead.on_hold else "Follow"
    if lead.on_hold:
        return "Decide"
    if lead.state == LeadState.NEW:
        return "Triage"
    return "Assign" if lead.state in TO_TRIAGE else "Give notice"


def bases(user: User, lead: Lead) -> list[LeadBasis]:
    """What a lead that was read rests on."""
    return list(_bases(user).filter(lead=lead))


def repeated(user: User, lead: Lead) -> Lead | None:
    """The lead that one repeats, if the person may see that too."""
    return leads(user).filter(pk=lead.repeats_id).first() if lead.repeats_id else None


def concerned(lead: Lead) -> QuerySet[LeadAgency]:
    """The agencies that a lead concerns, with their clocks."""
    return lead.concerned.select_related("agency")


def notices(lead: Lead) -> QuerySet[LeadNotice]:
    """The investigators it concerns."""
    return lead.notices.select_related("person", "agency")


def steps(lead: Lead) -> QuerySet[LeadStep]:
    """What became of it, oldest first."""
    return lead.steps.select_related("by__agency", "person__agency")


def notifications(user: User) -> QuerySet[Notification]:
    """What a person was told of leads that are in their reach now, newest first."""
    seen = Lead.objects.visible_to(user).filter(pk=OuterRef("lead"))
    return user.notifications.filter(there_is(seen)).select_related("lead")


def unread(user: User) -> QuerySet[Notification]:
    """Those of them that were not read yet; what touches public safety first."""
    if not user.notifications.filter(read_at=None).exists():  # asked first, since it costs little
        return Notification.objects.none()
    urgent = Case(When(kind=Notification.Kind.PUBLIC_SAFETY, then=0), default=1)
    return notifications(user).filter(read_at=None).order_by(urgent, "-at", "-pk")


def investigators() -> QuerySet[User]:
    """People who can follow a lead: names and agencies."""
    found = User.objects.filter(is_active=True, role=Role.INVESTIGATOR).select_related("agency")
    return found.order_by("agency__name", "name")


def leads_on(user: User, link: BallisticLink) -> QuerySet[Lead]:
    """Leads in reach that rest on a link that was read."""
    return leads(user).filter(bases__link=link).order_by("-made_at")
