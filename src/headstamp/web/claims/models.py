"""Results that somebody has kept, each at an address that can be shared."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class KeptCheck(models.Model):
    """A text with what the figures said to its claims on that day; never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    written_on = models.DateField()
    place = models.CharField(max_length=80, blank=True)
    claims: models.JSONField[Any] = models.JSONField(default=list)
    kept_at = models.DateTimeField(default=timezone.now)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-kept_at"]

    def __str__(self) -> str:
        return f"check of {self.kept_at:%Y-%m-%d}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether its address says that it was withdrawn, and shows nothing else."""
        return self.withdrawn_at is not None
