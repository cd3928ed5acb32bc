"""What a person is told, and what became of the message that went out with it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Notification(models.Model):
    """One thing a person is told of a lead, in the page and, where it is set up, by e-mail."""

    class Kind(models.TextChoices):
        PUBLIC_SAFETY = "public_safety", "Public safety: read this lead now"
        CONCERNED = "concerned", "This lead concerns you: read it and acknowledge it"
        ASSIGNED = "assigned", "This lead is assigned to you"
        FALLEN = "fallen", "A link that this lead rests on is withdrawn or not confirmed"
        CLOSED = "closed", "This lead was closed"
        REOPENED = "reopened", "This lead was reopened"

    class Mail(models.TextChoices):
        NONE = "", "No e-mail"
        WAITING = "waiting", "E-mail waits"
        SENT = "sent", "E-mail sent"
        FAILED = "failed", "E-mail could not be sent"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    lead = models.ForeignKey("leads.Lead", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=8, choices=Mail.choices, blank=True, default=Mail.NONE)
    mail_fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["person", "-at", "-id"], name="notification_newest"),
            models.Index(
                fields=["person"], name="notification_unread", condition=models.Q(read_at=None)
            ),
        ]

    @property
    def is_urgent(self) -> bool:
        """Whether it is shown before all others."""
        return self.kind == self.Kind.PUBLIC_SAFETY
