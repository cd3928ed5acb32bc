"""What a search found, and what people made of it."""

from __future__ import annotations

import uuid
from datetime import UTC
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef
from django.utils import timezone

from headstamp.web.audit.chain import START, digest
from headstamp.web.casework.reach import reach_of
from headstamp.web.comparisons.states import Conclusion, LinkState
from headstamp.web.evidence.models import Exhibit, Scan
from headstamp.web.lists.indexed import OrLeast, there_is


class PairQuerySet(models.QuerySet[Any]):
    """Records about two scans or exhibits; seen by those who may see both.

    ``exhibit_a_incident_seen`` and the like say whether the incident of a side is in reach too.
    """

    def visible_to(self, user: Any) -> Self:
        """Those of which a person may see both sides."""
        reach = reach_of(user)
        found = self
        for side in () if reach.everything else self.model.sides:
            kind = self.model._meta.get_field(side).related_model
            found = found.filter(
                there_is(kind.objects.filter(reach.condition(), pk=OuterRef(side)))
            )
        return found.annotate(
            **{
                f"{side}_incident_seen": reach.incident_seen(f"{side}__incident")
                for side in self.model.sides
            }
        )


class Comparison(models.Model):
    """Two scans compared by a named version of the method."""

    sides: ClassVar = ("scan_a", "scan_b")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan_a = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="comparisons_as_a")
    scan_b = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="comparisons_as_b")
    keys = models.CharField(max_length=130)
    rank = models.PositiveIntegerField(null=True)
    searched = models.PositiveIntegerField(null=True)
    method = models.JSONField(default=dict)
    aligned_correlation = models.FloatField(null=True)
    congruent_cells = models.PositiveIntegerField(default=0)
    cells = models.PositiveIntegerField(default=0)
    overlap_mm2 = models.FloatField(default=0)
    detail = models.JSONField(default=dict)
    log10_lr = models.FloatField(null=True)
    population = models.CharField(max_length=200, blank=True)
    population_warnings = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = PairQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scan_a", "scan_b", "keys"], name="comparison_once")
        ]

    @property
    def doubts(self) -> list[tuple[str, str]]:
        """What speaks against trusting it: exhibit number and warning of each scan."""
        scans = (self.scan_a, self.scan_b)
        return [(scan.exhibit.number, text) for scan in scans for text in scan.warnings]

    @property
    def is_current(self) -> bool:
        """Whether both scans still have the masks they were compared with."""
        return self.keys == f"{self.scan_a.gallery_key} {self.scan_b.gallery_key}"


STRONGEST_FIRST = (OrLeast("log10_lr").desc(), models.F("created_at").desc())
"""The order of links; those without a likelihood ratio come last on both databases."""


class BallisticLink(models.Model):
    """Two exhibits that may have been marked by one firearm, and how sure anybody is of it."""

    sides: ClassVar = ("exhibit_a", "exhibit_b")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exhibit_a = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="links_as_a")
    exhibit_b = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="links_as_b")
    comparison = models.ForeignKey(
        Comparison, null=True, on_delete=models.PROTECT, related_name="links"
    )
    state = models.CharField(max_length=24, choices=LinkState.choices, default=LinkState.CORRELATED)
    log10_lr = models.FloatField(null=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = PairQuerySet.as_manager()

    exhibit_a_incident_seen: bool
    exhibit_b_incident_seen: bool

    class Meta:
        ordering: ClassVar = STRONGEST_FIRST
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exhibit_a", "exhibit_b"], name="link_once")
        ]
        indexes: ClassVar = [
            models.Index(*STRONGEST_FIRST, name="link_strongest"),
            models.Index("state", *STRONGEST_FIRST, name="link_queue"),
        ]


class LinkStep(models.Model):
    """One change of a link's state; rows are only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(BallisticLink, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=24, choices=LinkState.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    sent_to = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["link", "position"], name="link_steps_in_order")
        ]

    def expected_hash(self) -> str:
        """The hash under which the step is on record."""
        content = {
            "link": str(self.link_id),
            "position": self.position,
            "state": str(self.state),
            "at": self.at.astimezone(UTC).isoformat(),
            "by": str(self.by_id or ""),
            "reason": self.reason,
            "sent_to": self.sent_to,
        }
        return digest(START, content)


class Examination(models.Model):
    """An examiner's conclusion about a link, and its verification by another."""

    class Method(models.TextChoices):
        COMPARISON_MICROSCOPE = "comparison_microscope", "Comparison microscope"
        VIRTUAL_MICROSCOPE = "virtual_microscope", "Virtual comparison microscopy (3D)"
        BOTH = "both", "Both"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(BallisticLink, on_delete=models.PROTECT, related_name="examinations")
    conclusion = models.CharField("Conclusion", max_length=20, choices=Conclusion.choices)
    method = models.CharField("Method", max_length=24, choices=Method.choices)
    bases = models.TextField("Bases for the opinion")
    limits = models.TextField("Limits on testimony in the case's court", blank=True)
    examiner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    verifier_note = models.TextField("What the verifier saw", blank=True)

    class Meta:
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["link"], condition=models.Q(verified_at=None), name="one_open_examination"
            )
        ]
