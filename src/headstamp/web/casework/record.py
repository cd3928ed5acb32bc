"""What every record has: an owner, a marking, a source, a version, and a way out."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from headstamp.web.casework.words import Word


class Marking(models.TextChoices):
    """Who may see a record; see ``docs/reference/permissions.md``."""

    OPEN = "open", "Open: every agency of the workspace"
    AGENCY = "agency", "Agency: the owner, and agencies its agreements name"
    CASE = "case", "Case: members of its cases"
    RESTRICTED = "restricted", "Restricted: members of its cases; every read is on record"


class RecordQuerySet(models.QuerySet[Any]):
    """Records, restricted to what somebody may see."""

    def visible_to(self, user: Any) -> Self:
        """Those that a person may see."""
        from headstamp.web.casework.reach import reach_of

        return self.filter(reach_of(user).condition(self.model.incident_path))

    def with_incident_seen(self, user: Any) -> Self:
        """With ``incident_seen``: whether the person may see the incident a record belongs to."""
        from headstamp.web.casework.reach import reach_of

        return self.annotate(incident_seen=reach_of(user).incident_seen())

    def current(self) -> Self:
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)


class Record(models.Model):
    """Base of every record that an agency owns.

    ``incident_path`` names the way from the record to its incident, through which cases reach it;
    "pk" for the incident itself. ``carries`` names the record whose marking it was given: when
    that is marked anew, this one follows unless it has been marked otherwise itself. ``searched``
    names the fields by whose words it is found, besides its number.
    """

    incident_path: ClassVar[str] = "incident"
    carries: ClassVar[str] = ""
    searched: ClassVar[tuple[str, ...]] = ()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(
        "accounts.Agency", on_delete=models.PROTECT, related_name="+", editable=False
    )
    marking = models.CharField(
        "Marking", max_length=10, choices=Marking.choices, default=Marking.AGENCY
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    batch = models.ForeignKey(
        "casework.ImportBatch",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    source_row = models.PositiveIntegerField(null=True, editable=False)
    raw = models.JSONField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    incident_seen: bool
    """Filled by ``with_incident_seen``."""

    class Meta:
        abstract = True

    def derive(self) -> list[str]:
        """Fill the fields that follow from others; their names."""
        return []

    @classmethod
    def word_model(cls) -> type[Word] | None:
        """The table of the words by which such records are found; see ``words.py``."""
        return None

    @property
    def is_withdrawn(self) -> bool:
        """Whether the record no longer counts."""
        return self.withdrawn_at is not None
