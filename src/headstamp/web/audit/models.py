"""One row for each thing that was done, chained by hash."""

from __future__ import annotations

from datetime import UTC
from typing import Any, ClassVar

from django.db import models

from headstamp.web.audit.chain import digest


class AuditEvent(models.Model):
    """What, who, when, from where, and how it ended.

    No foreign keys, so that no deletion can reach it. Rows are made by
    ``headstamp.web.audit.actions.record`` alone; triggers in the database refuse every change.
    """

    CONTENT: ClassVar = (
        "sequence",
        "at",
        "action",
        "outcome",
        "actor",
        "role",
        "agency",
        "address",
        "record_type",
        "record",
        "purpose",
        "detail",
    )

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    outcome = models.CharField(max_length=20)
    actor = models.CharField(max_length=36, blank=True)
    role = models.CharField(max_length=20, blank=True)
    agency = models.CharField(max_length=36, blank=True)
    address = models.CharField(max_length=45, blank=True)
    record_type = models.CharField(max_length=60, blank=True)
    record = models.CharField(max_length=36, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-at", "-sequence"]
        indexes: ClassVar = [
            models.Index(fields=["-at", "-sequence", "action"], name="event_newest"),
            *(
                models.Index(fields=[name, "-at", "-sequence"], name=f"event_by_{name}")
                for name in ("action", "actor", "record", "outcome")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    @property
    def content(self) -> dict[str, Any]:
        """What the hash covers besides the previous hash."""
        found = {name: getattr(self, name) for name in self.CONTENT}
        return {**found, "at": self.at.astimezone(UTC).isoformat()}

    def expected_hash(self) -> str:
        """The hash this row should carry."""
        return digest(self.previous, self.content)
