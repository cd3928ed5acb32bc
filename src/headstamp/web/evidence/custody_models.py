"""The rows of the chain of custody, and offers that have not become one yet."""

from __future__ import annotations

import uuid
from datetime import UTC
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from headstamp.web.accounts.models import Agency
from headstamp.web.audit.chain import digest

EXHIBIT = "evidence.Exhibit"


class CustodyTransfer(models.Model):
    """One link of an exhibit's chain of custody; rows are only ever added.

    A link that a holder had no hand in says who decided on it, and why.
    """

    class Action(models.TextChoices):
        COLLECTED = "collected", "Collected"
        TAKEN_IN = "taken_in", "Taken in; custody before this is on paper"
        HANDED_OVER = "handed_over", "Handed over"
        TAKEN_OVER = "taken_over", "Taken over; its holder did not hand it over"
        STORED = "stored", "Put into storage"
        REMOVED = "removed", "Taken from storage"
        RETURNED = "returned", "Returned to its owner"
        DESTROYED = "destroyed", "Destroyed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exhibit = models.ForeignKey(
        "evidence.Exhibit", on_delete=models.PROTECT, related_name="custody"
    )
    position = models.PositiveIntegerField()
    action = models.CharField("Action", max_length=20, choices=Action.choices)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_by_agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+"
    )
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    received_by_agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField()
    at = models.DateTimeField("Time")
    place = models.CharField("Where", max_length=120, blank=True)
    seal = models.CharField("Seal number", max_length=60, blank=True)
    condition = models.CharField("Condition", max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField("Why", max_length=300, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exhibit", "position"], name="custody_in_order")
        ]

    @property
    def content(self) -> dict[str, Any]:
        """What the hash covers besides the previous hash."""
        return {
            "exhibit": str(self.exhibit_id),
            "position": self.position,
            "action": self.action,
            "released_by": str(self.released_by_id or ""),
            "released_by_agency": str(self.released_by_agency_id or ""),
            "received_by": str(self.received_by_id or ""),
            "received_by_agency": str(self.received_by_agency_id or ""),
            "released_at": self.released_at.astimezone(UTC).isoformat(),
            "at": self.at.astimezone(UTC).isoformat(),
            "place": self.place,
            "seal": self.seal,
            "condition": self.condition,
            "decided_by": str(self.decided_by_id or ""),
            "reason": self.reason,
        }

    def expected_hash(self) -> str:
        """The hash this row should carry."""
        return digest(self.previous, self.content)


class HandOver(models.Model):
    """An offer to hand an exhibit over, until the other side has taken it or it was taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exhibit = models.ForeignKey(
        "evidence.Exhibit", on_delete=models.PROTECT, related_name="hand_overs"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hand_overs_given"
    )
    offered_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hand_overs_offered"
    )
    released_at = models.DateTimeField(default=timezone.now)
    seal = models.CharField("Seal number", max_length=60, blank=True)
    condition = models.CharField("Condition", max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["exhibit"], condition=models.Q(settled_at=None), name="one_open_hand_over"
            )
        ]
