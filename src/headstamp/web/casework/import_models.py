"""Tables that were brought in, and what their columns mean."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from headstamp.web.accounts.models import Agency


class ColumnMapping(models.Model):
    """Which column of an agency's export means what; kept for the next export."""

    class Kind(models.TextChoices):
        INCIDENTS = "incidents", "Incidents"
        EXHIBITS = "exhibits", "Exhibits"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="column_mappings")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField("Name", max_length=100)
    columns = models.JSONField(default=dict)
    date_order = models.CharField(max_length=3, default="mdy")
    vocabularies = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "kind", "name"], name="mapping_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class ImportBatch(models.Model):
    """One file of rows that was brought in, or is about to be."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", "Uploaded"
        IMPORTED = "imported", "Imported"
        ABANDONED = "abandoned", "Abandoned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="imports")
    kind = models.CharField(max_length=20, choices=ColumnMapping.Kind.choices)
    file = models.ForeignKey("casework.StoredFile", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    mapping = models.JSONField(default=dict)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.UPLOADED)
    counts = models.JSONField(default=dict)
    errors = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name
