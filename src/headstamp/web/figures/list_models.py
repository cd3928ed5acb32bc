"""What the workspace knows of the lists that lie in its ``lists`` folder."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from headstamp.incidents.records import Vintage


class ListVintage(models.Model):
    """A published list as it stood on the day it was retrieved.

    A folder without such a row is of an import that was killed: it is used by nobody, and replaced
    when the list is imported again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vintage = models.CharField(max_length=40)
    jurisdiction = models.CharField(max_length=80)
    schema = models.CharField(max_length=80)
    schema_version = models.PositiveIntegerField()
    unit = models.CharField(max_length=20)
    retrieved = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    rows = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    first = models.CharField(max_length=10, blank=True)
    last = models.CharField(max_length=10, blank=True)
    longest_gap = models.PositiveIntegerField()
    fields = models.JSONField(default=list)
    doubtful = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    absent = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    imported_at = models.DateTimeField(default=timezone.now)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["jurisdiction", "schema", "-retrieved", "-vintage"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["jurisdiction", "schema", "vintage"], name="list_vintage_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.schema} of {self.day}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether nothing is counted in it any more."""
        return self.withdrawn_at is not None

    @property
    def day(self) -> str:
        """The day it was retrieved."""
        return self.retrieved[:10]

    @property
    def place(self) -> str:
        """Where it lies below the ``lists`` folder."""
        return f"{self.jurisdiction}/{self.schema}/{self.vintage}"

    @property
    def manifest(self) -> Vintage:
        """As the folder itself says it."""
        return Vintage(
            id=self.vintage,
            jurisdiction=self.jurisdiction,
            schema=self.schema,
            schema_version=self.schema_version,
            unit=self.unit,
            retrieved=self.retrieved,
            sha256=self.sha256,
            file_name=self.file_name,
            rows=self.rows,
            rejected=self.rejected,
            first=self.first,
            last=self.last,
            longest_gap=self.longest_gap,
            fields=tuple(self.fields),
        )
