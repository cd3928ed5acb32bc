"""What traces found, from tables of results or entered by hand; every version is kept."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from headstamp.web.accounts.models import Agency
from headstamp.web.casework.models import Incident, StoredFile
from headstamp.web.casework.record import Record
from headstamp.web.traces.request_models import TraceRequest


class TraceTable(models.Model):
    """A table of results that was brought in, or is about to be."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", "Uploaded"
        IMPORTED = "imported", "Imported"
        ABANDONED = "abandoned", "Left out"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="trace_tables")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    retrieved_on = models.DateField("Retrieved on")
    columns = models.JSONField(default=dict)
    """The column of the table that holds each field; empty for a table as documented."""
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.UPLOADED)
    counts = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name


class TraceResult(Record):
    """One result of one trace, as one table or person gave it.

    A trace may have several; the one that came last counts (``is_last``), the others stay. A
    field that is empty is not known. Fields are those of ``docs/reference/trace-tables.md``; who
    bought and who possessed the gun stands in ``TracePeople`` alone, and so does the row as it was
    written, which may name them in any of its columns.
    """

    carries = "request"

    incident = models.ForeignKey(
        Incident, null=True, on_delete=models.PROTECT, related_name="trace_results"
    )
    request = models.ForeignKey(
        TraceRequest, null=True, on_delete=models.PROTECT, related_name="results"
    )
    table = models.ForeignKey(
        TraceTable, null=True, on_delete=models.PROTECT, related_name="results"
    )
    trace_number = models.CharField(max_length=100)
    is_last = models.BooleanField(default=True)
    doubt = models.CharField(max_length=500, blank=True)
    gun = models.CharField(max_length=140)
    serial = models.CharField(max_length=40, blank=True)
    serial_folded = models.CharField(max_length=40, blank=True)
    serial_written = models.CharField(max_length=100, blank=True)
    serial_status = models.CharField(max_length=12, default="unknown")
    maker = models.CharField(max_length=80, blank=True)
    model = models.CharField(max_length=80, blank=True)
    calibre = models.CharField(max_length=40, blank=True)
    type = models.CharField(max_length=40, blank=True)
    importer = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=80, blank=True)
    recovered_first = models.DateField()
    recovered_last = models.DateField()
    recovery_city = models.CharField(max_length=60, blank=True)
    recovery_county = models.CharField(max_length=60, blank=True)
    recovery_state = models.CharField(max_length=2, blank=True)
    recovery_latitude = models.FloatField(null=True)
    recovery_longitude = models.FloatField(null=True)
    sold_first = models.DateField(null=True)
    sold_last = models.DateField(null=True)
    dealer = models.CharField(max_length=120, blank=True)
    dealer_key = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=30, blank=True)
    dealer_city = models.CharField(max_length=60, blank=True)
    dealer_county = models.CharField(max_length=60, blank=True)
    dealer_state = models.CharField(max_length=2, blank=True)
    dealer_latitude = models.FloatField(null=True)
    dealer_longitude = models.FloatField(null=True)
    possessor_age = models.PositiveSmallIntegerField(null=True)
    purchaser_is_possessor = models.CharField(max_length=7, blank=True)
    multiple_sale = models.BooleanField(null=True)
    multiple_sale_date = models.DateField(null=True)
    theft_report = models.BooleanField(null=True)
    status = models.CharField(max_length=24, blank=True)

    class Meta:
        ordering: ClassVar = ["-recovered_first", "trace_number"]
        indexes: ClassVar = [
            models.Index(fields=["agency", "trace_number"], name="result_by_trace"),
            models.Index(fields=["serial_folded"], name="result_by_serial"),
            models.Index(fields=["-recovered_first", "trace_number"], name="result_newest"),
        ]

    def __str__(self) -> str:
        return self.trace_number


class TracePeople(models.Model):
    """Who first bought the gun of a result and who possessed it, and the row as it was written.

    The same person has the same key; a key is no name. Read by those alone who are entitled to it.
    """

    result = models.OneToOneField(
        TraceResult, primary_key=True, on_delete=models.PROTECT, related_name="people"
    )
    purchaser = models.CharField(max_length=80, blank=True)
    possessor = models.CharField(max_length=80, blank=True)
    written = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.pk)
