"""What was done with a lead, step by step; rows are only ever added."""

from __future__ import annotations

import uuid
from datetime import UTC
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from headstamp.web.audit.chain import START, digest
from headstamp.web.leads.states import LeadState


class LeadStep(models.Model):
    """One thing that was done, and the state it left the lead in."""

    class Kind(models.TextChoices):
        MADE = "made", "Lead made"
        TRIAGED = "triaged", "Triaged"
        NAMED = "named", "Investigator named"
        ASSIGNED = "assigned", "Assigned"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        NOTED = "noted", "Follow-up"
        FALLEN = "fallen", "A link fell"
        DECIDED = "decided", "Goes on after a link fell"
        CLOSED = "closed", "Closed"
        RATED = "rated", "Rated"
        REOPENED = "reopened", "Reopened"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lead = models.ForeignKey("leads.Lead", on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=20, choices=LeadState.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    said = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lead", "position"], name="lead_steps_in_order")
        ]

    def expected_hash(self) -> str:
        """The hash under which the step is on record."""
        content = {
            "lead": str(self.lead_id),
            "position": self.position,
            "kind": str(self.kind),
            "state": str(self.state),
            "at": self.at.astimezone(UTC).isoformat(),
            "by": str(self.by_id or ""),
            "person": str(self.person_id or ""),
            "said": self.said,
            "text": self.text,
        }
        return digest(START, content)
