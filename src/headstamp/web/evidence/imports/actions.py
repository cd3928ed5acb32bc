"""Bringing a table in: read, map, look, import the good rows, keep the bad ones for mending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from headstamp.errors import UnreadableTableError
from headstamp.formats.record_table import RecordTable, read_table
from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.casework import files
from headstamp.web.casework.models import ColumnMapping, ImportBatch, Incident
from headstamp.web.casework.words import change_words, keep_words, words_of
from headstamp.web.evidence.imports.events import INCIDENTS, VICTIMS, Event, suggested_rows
from headstamp.web.evidence.imports.fields import FIELDS, suggested
from headstamp.web.evidence.imports.sorting import CHUNK, Sorted, classify, convert_all
from headstamp.web.evidence.imports.times import ORDERS, likely_order
from headstamp.web.evidence.models import Exhibit
from headstamp.web.refusals import Refusal

OVER = "This table was imported or left out already."
LOOKED_AT = 500
"""Rows from which the order of dates is guessed."""


def upload(*, kind: str, chunks: Iterable[bytes], file_name: str, by: User) -> ImportBatch:
    """Keep a table and propose what its columns mean: as saved for such a table, or guessed.

    Raises
    ------
    Refusal
        If it is no table that can be read.
    """
    stored, _ = files.store(chunks, "application/octet-stream")
    table = read(stored.sha256, file_name)
    with writing():
        batch = ImportBatch.objects.create(
            agency=by.agency,
            kind=kind,
            file=stored,
            file_name=file_name[:200],
            mapping=_proposed(table, kind, by),
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
    except FileNotFoundError as error:
        raise Refusal(f"{file_name}: the file was lost; hand it in again.") from error


def remap(
    batch: ImportBatch,
    *,
    columns: Mapping[str, str],
    date_order: str,
    name: str = "",
    rows: str = INCIDENTS,
    words: Mapping[str, Mapping[str, str]] | None = None,
    by: User,
) -> None:
    """Say which column means what, how dates are written, what a row is, and what words mean.

    Raises
    ------
    Refusal
        If a column is missing or chosen twice, or the table was imported already.
    """
    chosen = {key: column for key, column in columns.items() if column}
    if len(chosen) != len(set(chosen.values())):
        raise Refusal("A column is chosen for two fields. Choose each column once.")
    missing = [one.label for one in FIELDS[batch.kind] if one.required and one.name not in chosen]
    if missing:
        raise Refusal(f"Choose the column for: {', '.join(missing)}.")
    if set(chosen.values()) - set(read(batch.file_id, batch.file_name).columns):
        raise Refusal("A column that was chosen is not in the table. Reload the page.")
    with writing():
        waiting = ImportBatch.objects.filter(pk=batch.pk, status=ImportBatch.Status.UPLOADED)
        mapping = {
            "columns": chosen,
            "date_order": date_order if date_order in ORDERS else ORDERS[0],
            "name": name[:100],
            "rows": rows if rows in (INCIDENTS, VICTIMS) else INCIDENTS,
            "words": {key: dict(value) for key, value in (words or {}).items()},
        }
        if not waiting.update(mapping=mapping):
            raise Refusal(OVER)
        record("casework.import_mapped", by=by, about=batch)


def sort(batch: ImportBatch, *, by: User) -> Sorted:
    """What would become of each row now."""
    table = read(batch.file_id, batch.file_name)
    return classify(batch, convert_all(table, batch.kind, batch.mapping), by)


def run(batch: ImportBatch, *, update: bool, by: User) -> ImportBatch:
    """Import the good rows in one piece; the bad ones stay with the batch.

    The file is read before the transaction, which keeps other writers waiting.

    Raises
    ------
    Refusal
        If the batch was imported or left out before, or mapped anew meanwhile.
    """
    table = read(batch.file_id, batch.file_name)
    rows = convert_all(table, batch.kind, batch.mapping)
    with writing():
        current = ImportBatch.objects.get(pk=batch.pk)
        if current.status != ImportBatch.Status.UPLOADED:
            raise Refusal(OVER)
        if current.mapping != batch.mapping:
            raise Refusal("The columns were mapped anew meanwhile. Look at the rows again.")
        found = classify(current, rows, by)
        model: Any = Incident if current.kind == "incidents" else Exhibit
        made = [_new(model, event, current, by) for event in found.new]
        model._default_manager.bulk_create(made, batch_size=CHUNK)
        keep_words(made)
        if update:
            for event, known in found.different:
                _update(known, event, current, by)
        current.status = ImportBatch.Status.IMPORTED
        current.counts = {**found.counts, "updated": len(found.different) if update else 0}
        current.errors = [[one.row.number, " ".join(one.faults)] for one in found.bad]
        current.save()
        _remember(current)
        record("casework.imported", by=by, about=current, detail=current.counts)
    return current


def abandon(batch: ImportBatch, *, by: User) -> None:
    """Do not import a table after all; the file is kept."""
    with writing():
        waiting = ImportBatch.objects.filter(pk=batch.pk, status=ImportBatch.Status.UPLOADED)
        if not waiting.update(status=ImportBatch.Status.ABANDONED):
            raise Refusal(OVER)
        record("casework.import_abandoned", by=by, about=batch)


def _proposed(table: RecordTable, kind: str, by: User) -> dict[str, Any]:
    known = [
        one
        for one in ColumnMapping.objects.filter(agency=by.agency, kind=kind)
        if set(one.columns.values()) <= set(table.columns)
    ]
    saved = max(known, key=lambda one: (len(one.columns), one.updated_at), default=None)
    columns = saved.columns if saved else suggested(table.columns, kind)
    mapping = {
        "columns": columns,
        "date_order": saved.date_order if saved else _order(table, columns),
        "name": saved.name if saved else "",
        "words": saved.vocabularies if saved else {},
    }
    if kind == "incidents":
        mapping["rows"] = suggested_rows(convert_all(table, kind, mapping))
    return mapping


def _order(table: RecordTable, columns: Mapping[str, str]) -> str:
    column = columns.get("occurred_at") or columns.get("collected_at")
    return likely_order([row.values[column] for row in table.rows[:LOOKED_AT]] if column else [])


def _remember(batch: ImportBatch) -> None:
    """Keep the mapping of a batch for the next table, if it was given a name."""
    if name := batch.mapping.get("name"):
        ColumnMapping.objects.update_or_create(
            agency=batch.agency,
            kind=batch.kind,
            name=name,
            defaults={
                "columns": batch.mapping["columns"],
                "date_order": batch.mapping["date_order"],
                "vocabularies": batch.mapping.get("words", {}),
            },
        )


def _new(model: Any, event: Event, batch: ImportBatch, by: User) -> Any:
    marking = {"marking": event.values["incident"].marking} if batch.kind == "exhibits" else {}
    return model(
        agency_id=batch.agency_id,
        created_by=by,
        updated_by=by,
        batch=batch,
        source_row=event.first.row.number,
        raw=event.raw,
        **marking,
        **event.values,
    )


def _update(known: Any, event: Event, batch: ImportBatch, by: User) -> None:
    different = [name for name, new in event.values.items() if getattr(known, name) != new]
    former = words_of(known)
    for name in different:
        setattr(known, name, event.values[name])
    known.version += 1
    known.updated_at, known.updated_by = timezone.now(), by
    known.batch, known.source_row, known.raw = batch, event.first.row.number, event.raw
    known.save()
    change_words(known, former)
    detail = {"fields": sorted(different), "import": str(batch.pk)}
    record("casework.import_changed", by=by, about=known, detail=detail)
