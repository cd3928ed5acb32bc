"""Exhibits and what is known about them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from headstamp.tracing.serials import normalised
from headstamp.web.casework.models import Incident, StoredFile
from headstamp.web.casework.record import Record
from headstamp.web.casework.words import Word
from headstamp.web.evidence.custody_models import CustodyTransfer, HandOver

__all__ = ["CustodyTransfer", "Exhibit", "ExhibitWord", "Firearm", "HandOver", "Scan"]


class Exhibit(Record):
    """One thing that was collected."""

    class Kind(models.TextChoices):
        CARTRIDGE_CASE = "cartridge_case", "Cartridge case"
        BULLET = "bullet", "Bullet"
        FIREARM = "firearm", "Firearm"
        MAGAZINE = "magazine", "Magazine"
        TEST_FIRE = "test_fire", "Test fire"
        OTHER = "other", "Other"

    carries = "incident"
    searched = ("headstamp_maker", "description")

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="exhibits")
    number = models.CharField("Exhibit number", max_length=50)
    kind = models.CharField("Kind", max_length=20, choices=Kind.choices)
    description = models.CharField("Description", max_length=300, blank=True)
    collected_at = models.DateTimeField("Collected")
    collector = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    place_x_m = models.FloatField("Place on the sketch, x (m)", null=True, blank=True)
    place_y_m = models.FloatField("Place on the sketch, y (m)", null=True, blank=True)
    headstamp_maker = models.CharField("Headstamp: maker", max_length=60, blank=True)
    calibre = models.CharField("Calibre", max_length=40, blank=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="held_exhibits",
        editable=False,
    )
    custody_count = models.PositiveIntegerField(default=0, editable=False)
    custody_head = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-collected_at", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "number"], name="exhibit_number_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["-collected_at", "-number"], name="exhibit_newest"),
            models.Index(fields=["agency", "-collected_at", "-number"], name="exhibit_by_agency"),
            models.Index(fields=["kind", "-collected_at", "-number"], name="exhibit_by_kind"),
            models.Index(fields=["calibre", "-collected_at", "-number"], name="exhibit_by_calibre"),
            models.Index(
                fields=["number"], name="exhibit_number", opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def word_model(cls) -> type[Word]:
        """Words of exhibits."""
        return ExhibitWord


class ExhibitWord(Word):
    """A word by which an exhibit is found."""

    record = models.ForeignKey(Exhibit, on_delete=models.CASCADE, related_name="words")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["word", "record"],
                name="exhibit_word_once",
                opclasses=["varchar_pattern_ops", "uuid_ops"],
            )
        ]


class Firearm(Record):
    """A gun, as far as it is known; the exhibit is the thing, this is its identity."""

    class SerialStatus(models.TextChoices):
        INTACT = "intact", "Intact"
        PARTIAL = "partial", "Partial"
        OBLITERATED = "obliterated", "Obliterated"
        RESTORED = "restored", "Restored"
        NONE = "none", "None"

    class Type(models.TextChoices):
        PISTOL = "pistol", "Pistol"
        REVOLVER = "revolver", "Revolver"
        RIFLE = "rifle", "Rifle"
        SHOTGUN = "shotgun", "Shotgun"
        MACHINE_GUN = "machine_gun", "Machine gun"
        OTHER = "other", "Other"

    carries = "exhibit"

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="firearms")
    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, related_name="firearm")
    maker = models.CharField("Maker", max_length=80)
    model = models.CharField("Model", max_length=80, blank=True)
    calibre = models.CharField("Calibre", max_length=40)
    type = models.CharField("Type", max_length=12, choices=Type.choices)
    country = models.CharField("Country of manufacture", max_length=60, blank=True)
    importer = models.CharField("Importer", max_length=80, blank=True)
    serial = models.CharField("Serial number, as read", max_length=40, blank=True)
    serial_normalised = models.CharField(max_length=40, blank=True, editable=False)
    serial_status = models.CharField(
        "Serial number", max_length=12, choices=SerialStatus.choices, default=SerialStatus.INTACT
    )
    conversion_device = models.BooleanField("Machine-gun conversion device", default=False)
    possessor_note = models.CharField(
        "Recovered from",
        max_length=300,
        blank=True,
        help_text="Technicians and examiners never see it.",
    )

    class Meta:
        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [
            models.Index(fields=["serial_normalised"], name="firearm_serial"),
            models.Index(fields=["-created_at"], name="firearm_newest"),
        ]

    def derive(self) -> list[str]:
        """The serial number as it is searched."""
        self.serial_normalised = normalised(self.serial)[:40]
        return ["serial_normalised"]

    def __str__(self) -> str:
        return " ".join(part for part in (self.maker, self.model, self.calibre) if part)


class Scan(Record):
    """A 3D scan of one mark of an exhibit."""

    class Region(models.TextChoices):
        BREECH_FACE = "breech_face", "Breech face"
        FIRING_PIN = "firing_pin", "Firing pin"
        APERTURE_SHEAR = "aperture_shear", "Aperture shear"
        EJECTOR = "ejector", "Ejector"
        LAND_ENGRAVED_AREA = "land_engraved_area", "Land engraved area"
        UNKNOWN = "unknown", "Not said"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be prepared"
        PREPARED = "prepared", "Prepared, waiting for its search"
        SEARCHED = "searched", "Searched"
        UNSUITABLE = "unsuitable", "Cannot be compared"
        FAILED = "failed", "Failed"

    PREPARED_AT: ClassVar = 50
    """Of a hundred: how far a scan is that is prepared and not searched yet."""

    carries = "exhibit"

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="scans")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="scans")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    region = models.CharField("Mark", max_length=20, choices=Region.choices)
    instrument_maker = models.CharField(max_length=120, blank=True)
    instrument_model = models.CharField(max_length=120, blank=True)
    instrument_serial = models.CharField(max_length=120, blank=True)
    instrument_software = models.CharField(max_length=200, blank=True)
    calibration_date = models.CharField(max_length=60, blank=True)
    scan_creator = models.CharField(max_length=120, blank=True)
    spacing_um = models.FloatField(null=True)
    columns = models.PositiveIntegerField(null=True)
    rows = models.PositiveIntegerField(null=True)
    valid_share = models.FloatField(null=True)
    usable_area_mm2 = models.FloatField(null=True)
    warnings = models.JSONField(default=list)
    mask = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    mask_corrected_at = models.DateTimeField(null=True)
    gallery_key = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    state_reason = models.CharField(max_length=400, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["exhibit", "file"],
                condition=models.Q(withdrawn_at=None),
                name="scan_once_an_exhibit",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["-created_at"], name="scan_newest"),
            models.Index(fields=["state", "-created_at"], name="scan_by_state"),
            models.Index(fields=["gallery_key"], name="scan_by_gallery_key"),
        ]

    def __str__(self) -> str:
        return f"{self.exhibit.number} {self.get_region_display().lower()}"

    @property
    def stage(self) -> str:
        """Where it stands, in words; a job that has begun is not waited for any more."""
        if self.state == self.State.WAITING and self.progress:
            return "Being prepared"
        if self.state == self.State.PREPARED and self.progress > self.PREPARED_AT:
            return "Prepared, being searched"
        return self.State(self.state).label

    @property
    def is_busy(self) -> bool:
        """Whether it is still being prepared or searched."""
        return not self.is_withdrawn and self.state in (self.State.WAITING, self.State.PREPARED)

    @property
    def is_out(self) -> bool:
        """Whether it takes part in no search."""
        return self.state in (self.State.UNSUITABLE, self.State.FAILED)
