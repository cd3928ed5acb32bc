"""Lists, releases on their way, what was released, and reports.

A draft changes until somebody decides on it. What is released, its contents, its restatements and
its withdrawal are rows of their own that the database lets nobody change.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.utils import timezone

from headstamp.web.audit.chain import START, digest
from headstamp.web.casework.models import StoredFile
from headstamp.web.figures.list_models import ListVintage
from headstamp.web.figures.report_models import Report, ReportTemplate

__all__ = [
    "ONLY_GROWING",
    "Content",
    "Draft",
    "ListVintage",
    "Release",
    "Report",
    "ReportTemplate",
    "Restatement",
    "Withdrawal",
]

ONLY_GROWING: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "figures_content": (("id",), ("draft_id", "edition", "name")),
    "figures_release": (("id",), ("draft_id",), ("jurisdiction", "last_day", "number")),
    "figures_restatement": (("id",), ("release_id", "earlier_id")),
    "figures_withdrawal": (("id",), ("release_id",)),
    "figures_reporttemplate": (("id",),),
}
"""Tables whose rows are never changed, with their unique keys."""


class Draft(models.Model):
    """Figures that somebody prepares, until somebody else releases or refuses them."""

    class State(models.TextChoices):
        COMPUTING = "computing", "Being computed"
        FAILED = "failed", "Could not be computed"
        PREPARED = "prepared", "Waits for a second person"
        RELEASED = "released", "Released"
        REFUSED = "refused", "Refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jurisdiction = models.CharField(max_length=80)
    place = models.CharField(max_length=120, blank=True)
    last_day = models.DateField("Last day")
    known_on = models.CharField(max_length=10, blank=True)
    note = models.TextField("What readers should know", blank=True)
    people = models.PositiveIntegerField("Population", null=True)
    people_year = models.PositiveSmallIntegerField("Of the year", null=True)
    people_source = models.CharField("Source of the population", max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.COMPUTING)
    progress = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=500, blank=True)
    lists = models.JSONField(default=list)
    newest = models.ForeignKey(
        "figures.Release", null=True, on_delete=models.PROTECT, related_name="+"
    )
    replaces = models.ForeignKey(
        "figures.Release", null=True, on_delete=models.PROTECT, related_name="+"
    )
    prepared_at = models.DateTimeField(default=timezone.now)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-prepared_at"]
        indexes: ClassVar = [
            models.Index(fields=["state", "-prepared_at"], name="draft_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.place or self.jurisdiction} to {self.last_day.isoformat()}"

    @property
    def population(self) -> tuple[int, int, str] | None:
        """People, year and source, for rates; None where they were not given."""
        if self.people is None or self.people_year is None:
            return None
        return self.people, self.people_year, self.people_source

    @property
    def is_over(self) -> bool:
        """Whether somebody has decided on it."""
        return self.state in (self.State.RELEASED, self.State.REFUSED)


class Content(models.Model):
    """One file of a draft, by its hash: the figures, a chart, a table, a report."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="contents")
    edition = models.CharField(max_length=6)
    name = models.CharField(max_length=150)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar = ["edition", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "edition", "name"], name="content_once")
        ]


class ReleaseQuerySet(models.QuerySet[Any]):
    """What was released."""

    def standing(self) -> ReleaseQuerySet:
        """Without what was withdrawn or replaced."""
        return self.filter(withdrawal=None, replaced_by=None)

    def newest_first(self) -> ReleaseQuerySet:
        """By last day, then by number."""
        return self.order_by("-last_day", "-number")


class Release(models.Model):
    """A frozen set of published figures."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="release")
    jurisdiction = models.CharField(max_length=80)
    place = models.CharField(max_length=120)
    last_day = models.DateField()
    number = models.PositiveIntegerField()
    known_on = models.CharField(max_length=10)
    note = models.TextField(blank=True)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(default=timezone.now)
    sha256 = models.CharField(max_length=64)

    objects: ClassVar[Any] = ReleaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["jurisdiction", "-last_day", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["jurisdiction", "last_day", "number"], name="release_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(prepared_by=models.F("released_by")), name="release_by_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} to {self.last_day.isoformat()}, release {self.number}"

    @property
    def address(self) -> tuple[str, str, int]:
        """What names it in an address."""
        return self.jurisdiction, date.isoformat(self.last_day), self.number

    def expected_hash(self) -> str:
        """The hash under which the release is on record."""
        content = {
            "draft": str(self.draft_id),
            "jurisdiction": self.jurisdiction,
            "last_day": self.last_day.isoformat(),
            "number": self.number,
            "known_on": self.known_on,
            "note": self.note,
            "replaces": str(self.replaces_id or ""),
            "prepared_by": str(self.prepared_by_id),
            "released_by": str(self.released_by_id),
            "released_at": self.released_at.astimezone(UTC).isoformat(),
            "sha256": self.sha256,
        }
        return digest(START, content)


class Restatement(models.Model):
    """Figures of an earlier release that are others now, as a later release says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="restates")
    earlier = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="restated_in")
    rows = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "earlier"], name="restatement_once")
        ]


class Withdrawal(models.Model):
    """A release that was taken back; its address says why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
