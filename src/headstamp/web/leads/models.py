"""Leads: what they rest on, whom they concern, what became of them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef
from django.utils import timezone

from headstamp.web.accounts.models import Agency
from headstamp.web.casework.reach import reach_of
from headstamp.web.comparisons.models import BallisticLink, PairQuerySet
from headstamp.web.evidence.models import Exhibit
from headstamp.web.leads.notification_models import Notification
from headstamp.web.leads.numbers import new_number
from headstamp.web.leads.states import LeadState, Priority, Rating
from headstamp.web.leads.step_models import LeadStep
from headstamp.web.lists.indexed import there_is

__all__ = ["Lead", "LeadAgency", "LeadBasis", "LeadNotice", "LeadStep", "Notification"]

QUEUED = ("-public_safety", "priority", "notice_due_at")
"""The order of the queue: public safety, then what is not triaged, then by priority and age."""


class LeadQuerySet(PairQuerySet):
    """Leads; seen by those who may see everything they rest on."""

    def visible_to(self, user: Any) -> Self:
        """Those of which a person may see both exhibits of every link."""
        found = super().visible_to(user)
        reach = reach_of(user)
        if reach.everything:
            return found
        seen = Exhibit.objects.filter(reach.condition())
        both = there_is(seen.filter(pk=OuterRef("link__exhibit_a")))
        both &= there_is(seen.filter(pk=OuterRef("link__exhibit_b")))
        further = LeadBasis.objects.filter(lead=OuterRef("pk"), is_first=False)
        return found.exclude(there_is(further.exclude(both)))


class Lead(models.Model):
    """Something worth following, with the clocks that run until people know of it.

    The exhibits are those of the first link it rests on: whether somebody may see it is asked of
    every row of a list, and needs no other table so.
    """

    sides: ClassVar = ("exhibit_a", "exhibit_b")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=12, unique=True, default=new_number, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="leads")
    exhibit_a = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="leads_as_a")
    exhibit_b = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="leads_as_b")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_hand = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=LeadState.choices, default=LeadState.NEW)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NOT_SAID)
    reasons = models.JSONField(default=list)
    public_safety = models.BooleanField(default=False)
    flagged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="leads"
    )
    on_hold = models.BooleanField(default=False)
    recovered_at = models.DateTimeField()
    notice_due_at = models.DateTimeField()
    notice_limit_at = models.DateTimeField()
    noticed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    repeats = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="repeated_by"
    )
    rating = models.CharField(max_length=10, choices=Rating.choices, blank=True)
    rating_comment = models.TextField(blank=True)
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = LeadQuerySet.as_manager()

    exhibit_a_incident_seen: bool
    exhibit_b_incident_seen: bool

    class Meta:
        ordering: ClassVar = QUEUED
        indexes: ClassVar = [
            models.Index(fields=QUEUED, name="lead_open", condition=models.Q(closed_at=None)),
            models.Index(fields=QUEUED, name="lead_queue"),
            models.Index(fields=["state", *QUEUED], name="lead_by_state"),
            models.Index(fields=["assignee", *QUEUED], name="lead_by_assignee"),
            models.Index(fields=["made_at"], name="lead_made"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether it still has to be worked."""
        return self.closed_at is None


class LeadBasis(models.Model):
    """One thing that a lead rests on; what was decided when it fell."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="bases")
    link = models.ForeignKey(BallisticLink, on_delete=models.PROTECT, related_name="bases")
    is_first = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(max_length=500, blank=True)

    a_incident_seen: bool
    b_incident_seen: bool

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lead", "link"], name="basis_once"),
            models.UniqueConstraint(
                fields=["lead"], condition=models.Q(is_first=True), name="one_first_basis"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["lead"], condition=models.Q(is_first=False), name="basis_further")
        ]


class LeadAgency(models.Model):
    """An agency that a lead concerns, with its own clocks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="concerned")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    recovered_at = models.DateTimeField()
    entry_due_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True)
    noticed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["recovered_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lead", "agency"], name="lead_agency_once")
        ]


class LeadNotice(models.Model):
    """An investigator whom a lead concerns: when they were told, when they said that they know."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lead_notices"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    notified_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["named_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lead", "person"], name="notice_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person"],
                name="notice_open",
                condition=models.Q(acknowledged_at=None, notified_at__isnull=False),
            )
        ]
