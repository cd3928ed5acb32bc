"""Keeping a published list in the workspace: whole, once, and never over another."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.figures.list_models import ListVintage
from headstamp.web.figures.lists.folder import path_of
from headstamp.web.processes.held_files import held_folder
from headstamp.web.refusals import Refusal

if TYPE_CHECKING:
    from headstamp.formats.incident_lists.importing import Imported
    from headstamp.formats.incident_lists.schema import Schema


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a file.

    Parameters
    ----------
    vintage : ListVintage
    is_new : bool
        False where the same file was imported before; nothing was done then.
    """

    vintage: ListVintage
    is_new: bool


def keep_list(path: Path, *, retrieved: str, by: User | None, schema: Schema | None = None) -> Kept:
    """Import a published list into the workspace as a vintage.

    Parameters
    ----------
    path : Path
        CSV or .xlsx; its name is put on record.
    retrieved : str
        ISO 8601 day or time.
    by : User or None
        None for a command on the server.
    schema : Schema, optional
        Found by the header where none is given.

    Raises
    ------
    UnreadableTableError
        If it is no such list; nothing is left behind.
    Refusal
        If the same file was imported and withdrawn.
    """
    from headstamp.formats.incident_lists.importing import import_list
    from headstamp.formats.incident_lists.plain_csv import sha256_of
    from headstamp.formats.incident_lists.vintages import folder_of

    sha256 = sha256_of(path)
    if known := _known(sha256, schema):
        return Kept(known, is_new=False)
    with held_folder(settings.WORKSPACE.tmp, "list-") as scratch:
        made = import_list(path, scratch, retrieved=retrieved, schema=schema)
        finished = folder_of(scratch, made.vintage)
        _flush(finished)
        with writing():
            if known := _known(sha256, schema):
                return Kept(known, is_new=False)
            row = _row(made, by)
            record(
                "figures.list_imported",
                by=by,
                about=row,
                detail={
                    "list": row.place,
                    "sha256": row.sha256,
                    "rows": row.rows,
                    "rejected": row.rejected,
                },
            )
            _move(finished, path_of(row))
    return Kept(row, is_new=True)


def withdraw_list(vintage: ListVintage, *, reason: str, by: User) -> None:
    """Count nothing more in a vintage; it is kept, and what was released from it stands.

    Raises
    ------
    Refusal
        If it was withdrawn before, or no reason is given.
    """
    from django.utils import timezone

    if not reason.strip():
        raise Refusal("Say why the list is withdrawn.")
    with writing():
        current = ListVintage.objects.get(pk=vintage.pk)
        if current.is_withdrawn:
            raise Refusal("This list was withdrawn already.")
        current.withdrawn_at, current.withdrawn_by = timezone.now(), by
        current.withdrawn_reason = reason.strip()[:300]
        current.save()
        record("figures.list_withdrawn", by=by, about=current, purpose=current.withdrawn_reason)


def _known(sha256: str, schema: Schema | None) -> ListVintage | None:
    found = ListVintage.objects.filter(sha256=sha256)
    if schema is not None:
        found = found.filter(schema=schema.name)
    known = found.first()
    if known is not None and known.is_withdrawn:
        raise Refusal(
            f"The same file was imported as {known.vintage} of {known.schema} and withdrawn: "
            f"{known.withdrawn_reason}"
        )
    return known


def _row(made: Imported, by: User | None) -> ListVintage:
    one = made.vintage
    return ListVintage.objects.create(
        vintage=one.id,
        jurisdiction=one.jurisdiction,
        schema=one.schema,
        schema_version=one.schema_version,
        unit=one.unit,
        retrieved=one.retrieved,
        sha256=one.sha256,
        file_name=one.file_name[:255],
        rows=one.rows,
        rejected=one.rejected,
        first=one.first,
        last=one.last,
        longest_gap=one.longest_gap,
        fields=list(one.fields),
        doubtful=made.doubtful,
        repeated=made.repeated,
        absent=list(made.absent),
        faults=list(made.faults),
        imported_by=by,
    )


def _move(finished: Path, place: Path) -> None:
    """Move a vintage to its place; what lies there has no row, so a killed import left it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        shutil.rmtree(place)
    finished.rename(place)


def _flush(folder: Path) -> None:
    """A row never names a file that a power cut would take."""
    for path in (*folder.iterdir(), folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
