"""Reports for commanders, and the templates a department has changed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from headstamp.web.casework.models import StoredFile


class Kind(models.TextChoices):
    """The reports there are."""

    WEEKLY = "weekly-command", "Weekly command report"
    MONTHLY = "monthly-public", "Monthly public report"


class ReportTemplate(models.Model):
    """A department's own text for a report; the newest is used, an empty one is the default."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("Report", max_length=20, choices=Kind.choices)
    text = models.TextField(blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-at"]


class Report(models.Model):
    """A weekly command report, computed once for the same lists, day and template."""

    class State(models.TextChoices):
        COMPUTING = "computing", "Being computed"
        FAILED = "failed", "Could not be computed"
        READY = "ready", "Ready"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=64, unique=True)
    jurisdiction = models.CharField(max_length=80)
    last_day = models.DateField("Last day")
    state = models.CharField(max_length=10, choices=State.choices, default=State.COMPUTING)
    failure = models.CharField(max_length=500, blank=True)
    template = models.ForeignKey(
        ReportTemplate, null=True, on_delete=models.PROTECT, related_name="+"
    )
    parts = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    charts = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-asked_at"]
