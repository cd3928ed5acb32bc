"""Bringing a table in: read, map, look, import the good rows, keep the bad ones for mending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from headstamp.errors import UnreadableTableError
from headstamp.formats.record_table import RecordTable, read_table
from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.casework import files
from headstamp.web.casework.models import ColumnMapping, ImportBatch, Incident
from headstamp.web.evidence.imports.fields import FIELDS, suggested
from headstamp.web.evidence.imports.values import Converted, convert
from headstamp.web.evidence.models import Exhibit
from headstamp.web.refusals import Refusal

CHUNK: Final = 500


@dataclass
class Sorted:
    """The rows of a table by what would become of them."""

    new: list[Converted] = field(default_factory=list)
    same: list[Converted] = field(default_factory=list)
    different: list[tuple[Converted, Any]] = field(default_factory=list)
    bad: list[Converted] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {
            "new": len(self.new),
            "same": len(self.same),
            "different": len(self.different),
            "bad": len(self.bad),
        }


def upload(*, kind: str, chunks: Iterable[bytes], file_name: str, by: User) -> ImportBatch:
    """Keep a table and guess its columns.

    Raises
    ------
    Refusal
        If it is no table that can be read.
    """
    stored, _ = files.store(chunks, "application/octet-stream")
    columns = read(stored.sha256, file_name).columns
    saved = next(
        (
            one
            for one in ColumnMapping.objects.filter(agency=by.agency, kind=kind)
            if set(one.columns.values()) <= set(columns)
        ),
        None,
    )
    mapping = {
        "columns": saved.columns if saved else suggested(columns, kind),
        "date_order": saved.date_order if saved else "mdy",
        "name": saved.name if saved else "",
    }
    with writing():
        batch = ImportBatch.objects.create(
            agency=by.agency,
            kind=kind,
            file=stored,
            file_name=file_name[:200],
            mapping=mapping,
            created_by=by,
        )
        record("casework.import_uploaded", by=by, about=batch)
    return batch


def read(sha256: str, file_name: str) -> RecordTable:
    """The table in a stored file.

    Raises
    ------
    Refusal
    """
    try:
        return read_table(files.path_of(sha256), file_name)
    except UnreadableTableError as error:
        raise Refusal(str(error)) from error


def remap(
    batch: ImportBatch, *, columns: Mapping[str, str], date_order: str, name: str, by: User
) -> None:
    """Say which column means what.

    Raises
    ------
    Refusal
        If a column is chosen twice or missing, or the table was imported or abandoned.
    """
    used = [column for column in columns.values() if column]
    if len(used) != len(set(used)):
        raise Refusal("A column is chosen for two fields. Choose each column once.")
    missing = [
        one.label for one in FIELDS[batch.kind] if one.required and not columns.get(one.name)
    ]
    if missing:
        raise Refusal(f"Choose the column for: {', '.join(missing)}.")
    with writing():
        waiting = ImportBatch.objects.filter(pk=batch.pk, status=ImportBatch.Status.UPLOADED)
        mapped = waiting.update(
            mapping={
                "columns": {key: value for key, value in columns.items() if value},
                "date_order": date_order,
                "name": name[:100],
            }
        )
        if not mapped:
            raise Refusal("This table was imported or abandoned already.")
        record("casework.import_mapped", by=by, about=batch)


def sort(batch: ImportBatch) -> Sorted:
    """What would become of each row now."""
    table = read(batch.file_id, batch.file_name)
    zone, now = ZoneInfo(settings.TIME_ZONE), timezone.now()
    columns, order = batch.mapping["columns"], batch.mapping["date_order"]
    found = Sorted()
    converted = [
        convert(row, batch.kind, columns, order=order, zone=zone, now=now) for row in table.rows
    ]
    known = _known(batch, [one.values.get("number", "") for one in converted])
    incidents = _incidents(batch, converted) if batch.kind == "exhibits" else {}
    seen: set[str] = set()
    for one in converted:
        faults = list(one.faults)
        number = one.values.get("number", "")
        if number and number in seen:
            faults.append(f"{number} stands in an earlier row of this file already.")
        seen.add(number)
        if batch.kind == "exhibits" and "incident" in one.values:
            incident = incidents.get(one.values["incident"])
            if incident is None:
                faults.append(f"Your agency has no incident {one.values['incident']!r}.")
            one.values["incident"] = incident
        if faults:
            found.bad.append(Converted(one.row, one.values, tuple(faults)))
        elif number not in known:
            found.new.append(one)
        elif all(getattr(known[number], name) == value for name, value in one.values.items()):
            found.same.append(one)
        else:
            found.different.append((one, known[number]))
    return found


def run(batch: ImportBatch, *, update: bool, by: User) -> ImportBatch:
    """Import the good rows in one piece; the bad ones stay with the batch.

    Raises
    ------
    Refusal
        If the batch was imported or abandoned before.
    """
    with writing():
        current = ImportBatch.objects.get(pk=batch.pk)
        if current.status != ImportBatch.Status.UPLOADED:
            raise Refusal("This table was imported or abandoned already.")
        found = sort(current)
        model = Incident if current.kind == "incidents" else Exhibit
        made = [_new(model, one, current, by) for one in found.new]
        model._default_manager.bulk_create(made, batch_size=CHUNK)
        if update:
            for one, known in found.different:
                _update(known, one, current, by)
        current.status = ImportBatch.Status.IMPORTED
        current.counts = {**found.counts, "updated": len(found.different) if update else 0}
        current.errors = [[one.row.number, " ".join(one.faults)] for one in found.bad]
        current.save()
        if name := current.mapping.get("name"):
            ColumnMapping.objects.update_or_create(
                agency=current.agency,
                kind=current.kind,
                name=name,
                defaults={
                    "columns": current.mapping["columns"],
                    "date_order": current.mapping["date_order"],
                },
            )
        record("casework.imported", by=by, about=current, detail=current.counts)
    return current


def abandon(batch: ImportBatch, *, by: User) -> None:
    """Do not import a table after all; the file is kept."""
    with writing():
        waiting = ImportBatch.objects.filter(pk=batch.pk, status=ImportBatch.Status.UPLOADED)
        if not waiting.update(status=ImportBatch.Status.ABANDONED):
            raise Refusal("This table was imported or abandoned already.")
        record("casework.import_abandoned", by=by, about=batch)


def _known(batch: ImportBatch, numbers: list[str]) -> dict[str, Any]:
    model = Incident if batch.kind == "incidents" else Exhibit
    own = model._default_manager.filter(agency=batch.agency_id)
    found: dict[str, Any] = {}
    for start in range(0, len(numbers), CHUNK):
        chunk = own.filter(number__in=numbers[start : start + CHUNK])
        if batch.kind == "exhibits":
            chunk = chunk.select_related("incident")
        found |= {one.number: one for one in chunk}
    return found


def _incidents(batch: ImportBatch, rows: list[Converted]) -> dict[str, Incident]:
    numbers = sorted({one.values["incident"] for one in rows if "incident" in one.values})
    found: dict[str, Incident] = {}
    for start in range(0, len(numbers), CHUNK):
        chunk = Incident.objects.filter(
            agency=batch.agency_id, number__in=numbers[start : start + CHUNK], withdrawn_at=None
        )
        found |= {one.number: one for one in chunk}
    return found


def _new(model: Any, one: Converted, batch: ImportBatch, by: User) -> Any:
    marking = {"marking": one.values["incident"].marking} if batch.kind == "exhibits" else {}
    return model(
        agency_id=batch.agency_id,
        created_by=by,
        updated_by=by,
        batch=batch,
        source_row=one.row.number,
        raw=one.row.values,
        **marking,
        **one.values,
    )


def _update(known: Any, one: Converted, batch: ImportBatch, by: User) -> None:
    for name, value in one.values.items():
        setattr(known, name, value)
    known.version += 1
    known.updated_at, known.updated_by = timezone.now(), by
    known.batch, known.source_row, known.raw = batch, one.row.number, one.row.values
    known.save()
