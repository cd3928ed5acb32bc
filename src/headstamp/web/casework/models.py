"""Places, events and the cases that hold them together."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from headstamp.web.accounts.models import Agency
from headstamp.web.casework.import_models import ColumnMapping, ImportBatch
from headstamp.web.casework.record import Marking, Record
from headstamp.web.casework.words import Word

__all__ = [
    "Case",
    "CaseIncident",
    "CaseMember",
    "ColumnMapping",
    "ImportBatch",
    "Incident",
    "IncidentWord",
    "Photograph",
    "Scene",
    "SharingAgreement",
    "StoredFile",
]


class StoredFile(models.Model):
    """A file that was handed in, by the SHA-256 of its content; see ``files.py``."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sha256[:12]


class Incident(Record):
    """One event; a shooting incident is one in which a firearm was discharged at someone."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        CLEARED = "cleared", "Cleared"
        SUSPENDED = "suspended", "Suspended"
        CLOSED = "closed", "Closed"

    class Precision(models.TextChoices):
        MINUTE = "minute", "To the minute"
        HOUR = "hour", "To the hour"
        DAY = "day", "The day is known, the time is not"
        MONTH = "month", "The month is known, the day is not"

    incident_path = "pk"
    searched = ("address", "offence_title")

    number = models.CharField("Incident number", max_length=40)
    occurred_at = models.DateTimeField("Occurred")
    precision = models.CharField(
        "How well that is known", max_length=6, choices=Precision, default=Precision.MINUTE
    )
    reported_at = models.DateTimeField("Reported", null=True, blank=True)
    address = models.CharField("Place", max_length=200, blank=True)
    area = models.CharField("Area", max_length=80, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    offence_code = models.CharField("Offence code", max_length=20, blank=True)
    offence_title = models.CharField("Offence", max_length=120, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    homicides = models.PositiveSmallIntegerField("Killed", default=0)
    nonfatal = models.PositiveSmallIntegerField("Wounded", default=0)
    shot_at = models.PositiveSmallIntegerField("Shot at, not hit", default=0)
    investigative_note = models.TextField(
        "Investigative note",
        blank=True,
        help_text="Suspects and theories. Technicians and examiners never see it.",
    )

    class Meta:
        ordering: ClassVar = ["-occurred_at", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "number"], name="incident_number_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["-occurred_at", "-number"], name="incident_newest"),
            models.Index(fields=["agency", "-occurred_at", "-number"], name="incident_by_agency"),
            models.Index(
                fields=["number"], name="incident_number", opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def word_model(cls) -> type[Word]:
        """Words of incidents."""
        return IncidentWord


class IncidentWord(Word):
    """A word by which an incident is found."""

    record = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="words")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["word", "record"],
                name="incident_word_once",
                opclasses=["varchar_pattern_ops", "uuid_ops"],
            )
        ]


class Scene(Record):
    """The place of an incident while it is worked."""

    carries = "incident"

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="scenes")
    arrived_at = models.DateTimeField("Arrived")
    released_at = models.DateTimeField("Released", null=True, blank=True)
    lead_technician = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    weather = models.CharField("Weather and light", max_length=200, blank=True)
    note = models.TextField("Notes", blank=True)

    class Meta:
        ordering: ClassVar = ["-arrived_at"]
        indexes: ClassVar = [
            models.Index(fields=["-arrived_at"], name="scene_newest"),
            models.Index(
                fields=["-arrived_at"],
                name="scene_open",
                condition=models.Q(released_at=None, withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Scene of {self.incident.number}"


class Photograph(Record):
    """A photograph or sketch of a scene, as it was taken."""

    class Kind(models.TextChoices):
        PHOTOGRAPH = "photograph", "Photograph"
        SKETCH = "sketch", "Sketch"

    carries = "scene"

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="photographs")
    scene = models.ForeignKey(Scene, on_delete=models.PROTECT, related_name="photographs")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PHOTOGRAPH)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    caption = models.CharField("Caption", max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scene", "file"],
                condition=models.Q(withdrawn_at=None),
                name="photograph_once",
            )
        ]


class Case(models.Model):
    """Incidents investigated together, and the people who do."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cases")
    number = models.CharField("Case number", max_length=40)
    title = models.CharField("Title", max_length=120)
    is_open = models.BooleanField("Open", default=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="CaseMember")
    incidents = models.ManyToManyField(Incident, through="CaseIncident", related_name="cases")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "number"], name="case_number_once")
        ]

    def __str__(self) -> str:
        return self.number


class CaseMember(models.Model):
    """A person who works a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="case_memberships"
    )
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "user"], name="case_member_once")
        ]


class CaseIncident(models.Model):
    """An incident that belongs to a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "incident"], name="case_incident_once")
        ]


class SharingAgreement(models.Model):
    """What one agency lets another see of its records, and until when.

    Without a case it holds for all records of the owner with one of the markings; with a case
    for those of that case's incidents. Records marked ``case`` or ``restricted`` are seen by
    members of the case alone, whatever an agreement says.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements_given")
    recipient = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="agreements_received"
    )
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements"
    )
    markings = models.JSONField("Markings", default=list)
    reason = models.CharField("Why", max_length=300)
    starts_on = models.DateField("From", default=timezone.localdate)
    ends_on = models.DateField("Until", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    SHAREABLE: ClassVar = (Marking.AGENCY, Marking.CASE, Marking.RESTRICTED)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.owner.code} to {self.recipient.code}"
