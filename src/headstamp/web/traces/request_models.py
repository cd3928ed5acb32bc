"""Trace requests: which gun is to be traced, what was asked, and what became of it."""

from __future__ import annotations

import uuid
from datetime import UTC
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from headstamp.web.audit.chain import START, digest
from headstamp.web.casework.drawn_numbers import drawn
from headstamp.web.casework.models import Incident
from headstamp.web.casework.record import Record
from headstamp.web.evidence.models import Exhibit
from headstamp.web.traces.states import ENDED, TracePriority, TraceState


def new_number() -> str:
    """A number for a request; ``T-7F3K2QX``."""
    return drawn("T")


class TraceRequest(Record):
    """What is asked about one recovered firearm, as ATF F 3312.1 asks it.

    The gun itself is described by its exhibit. What was sent stays in ``sent`` as it was then,
    whatever is learned of the gun afterwards; neither holds a possessor's name, see ``Possessor``.
    """

    carries = "exhibit"

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="trace_requests")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="trace_requests")
    number = models.CharField(max_length=12, unique=True, default=new_number, editable=False)
    trace_number = models.CharField("Number of the tracing centre", max_length=40, blank=True)
    priority = models.CharField(
        "Priority", max_length=8, choices=TracePriority.choices, default=TracePriority.ROUTINE
    )
    justification = models.CharField("Why it is urgent", max_length=300, blank=True)
    crime_code = models.CharField("Crime code", max_length=4, blank=True)
    project_code = models.CharField("Project code", max_length=40, blank=True)
    ori = models.CharField("ORI of the agency", max_length=9, blank=True)
    officer = models.CharField("Officer", max_length=80, blank=True)
    officer_badge = models.CharField("Badge number", max_length=20, blank=True)
    officer_phone = models.CharField("Telephone", max_length=30, blank=True)
    barrel_length = models.CharField("Barrel length", max_length=20, blank=True)
    finish = models.CharField("Finish", max_length=40, blank=True)
    markings = models.CharField("Other identifying marks", max_length=300, blank=True)
    recovered_on = models.DateField("Recovered on", null=True, blank=True)
    recovery_street = models.CharField("Street", max_length=120, blank=True)
    recovery_city = models.CharField("City", max_length=60, blank=True)
    recovery_county = models.CharField("County", max_length=60, blank=True)
    recovery_state = models.CharField("State", max_length=2, blank=True)
    remarks = models.TextField(
        "Remarks", max_length=2000, blank=True, help_text="No names: those go to the possessor."
    )
    state = models.CharField(
        max_length=24, choices=TraceState.choices, default=TraceState.DRAFT, editable=False
    )
    sent_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    sent = models.JSONField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [
            models.Index(fields=["-created_at"], name="trace_newest"),
            models.Index(fields=["state", "-created_at"], name="trace_by_state"),
            models.Index(fields=["trace_number"], name="trace_by_number"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["exhibit"],
                condition=models.Q(withdrawn_at=None) & ~models.Q(state=TraceState.CANCELLED),
                name="trace_once_an_exhibit",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether something is still waited for."""
        return self.state not in ENDED and not self.is_withdrawn


class Possessor(models.Model):
    """Who had the gun when it was recovered; read by those alone who are entitled to it.

    No field holds sex, race or ethnicity.
    """

    request = models.OneToOneField(
        TraceRequest, primary_key=True, on_delete=models.PROTECT, related_name="possessor"
    )
    family_name = models.CharField("Family name", max_length=60)
    given_name = models.CharField("Given name", max_length=60, blank=True)
    born_on = models.DateField("Date of birth", null=True, blank=True)
    address = models.CharField("Address", max_length=200, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_complete(self) -> bool:
        """Whether a tracing centre can tell the person apart."""
        return bool(self.family_name and self.given_name and self.born_on)


class TraceStep(models.Model):
    """One thing that was done with a request; rows are only ever added."""

    class Kind(models.TextChoices):
        MADE = "made", "Request made"
        CHANGED = "changed", "Changed"
        SUBMITTED = "submitted", "Submitted"
        MOVED = "moved", "News of the tracing centre"
        RESULT = "result", "Result came in"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(TraceRequest, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=24, choices=TraceState.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "position"], name="trace_steps_in_order")
        ]

    def expected_hash(self) -> str:
        """The hash under which the step is on record."""
        content = {
            "request": str(self.request_id),
            "position": self.position,
            "kind": str(self.kind),
            "state": str(self.state),
            "at": self.at.astimezone(UTC).isoformat(),
            "by": str(self.by_id or ""),
            "text": self.text,
        }
        return digest(START, content)
