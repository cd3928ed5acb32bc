"""Work done in the background: a scan becomes a record of the gallery.

A job may be killed at any moment and is then done again; every step can be repeated.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.dispatch import Signal, receiver
from django_tasks import task

from headstamp.errors import UnreadableScanError, UnsuitableScanError
from headstamp.formats.scans import read_scan
from headstamp.gallery.intake import instrument_of
from headstamp.gallery.items import GalleryItem
from headstamp.gallery.store import Gallery
from headstamp.surfaces.preparation import prepare
from headstamp.web.audit.actions import record, writing
from headstamp.web.casework import files
from headstamp.web.evidence.masks import corrected_mask
from headstamp.web.evidence.models import Scan
from headstamp.web.evidence.surfaces import keep_surface, key_of, topography_of
from headstamp.web.processes.given_up import SENTENCE, job_given_up
from headstamp.web.processes.room import NoRoomError, is_full

BUSY = (Scan.State.WAITING, Scan.State.PREPARED)
FAULT = "A fault in the server. Nothing is lost; try again later."
NO_ROOM = "There is no room left on the server. It goes on by itself when there is."

scan_prepared = Signal()
"""Sent with ``scan`` inside the transaction in which a scan becomes prepared."""


def gallery() -> Gallery:
    """The workspace's gallery; made when the first scan comes, by one worker if there are many."""
    from headstamp.gallery.layout import HEADER
    from headstamp.gallery.lock import exclusive

    folder = settings.WORKSPACE.gallery
    if not (folder / HEADER).exists():
        with exclusive(settings.WORKSPACE.root):
            if not (folder / HEADER).exists():
                return Gallery.create(folder)
    return Gallery.open(folder)


@task()
def prepare_scan(scan_id: str) -> None:
    """Read, mask, prepare and keep a scan in the gallery."""
    scan = Scan.objects.select_related("exhibit", "incident").filter(pk=scan_id).first()
    if scan is None or scan.state != Scan.State.WAITING:
        return
    if scan.is_withdrawn or scan.exhibit.is_withdrawn:
        return
    with marked_failed(scan):
        _prepare(scan)


def _prepare(scan: Scan) -> None:
    key = key_of(scan)
    try:
        area, warnings = _keep(scan, key)
    except (UnsuitableScanError, UnreadableScanError) as error:
        state = Scan.State.UNSUITABLE if isinstance(error, UnsuitableScanError) else "failed"
        sentence = str(error).replace(str(files.path_of(scan.file_id)), scan.file_name)
        _finish(
            scan, state=state, state_reason=sentence.replace(scan.file_id, scan.file_name)[:400]
        )
        return
    _finish(
        scan,
        state=Scan.State.PREPARED,
        gallery_key=key,
        usable_area_mm2=area * 1e6,
        warnings=warnings,
        progress=Scan.PREPARED_AT,
    )


@contextmanager
def marked_failed(scan: Scan) -> Iterator[None]:
    """Say on the scan's page that its work failed unforeseen, or that it waits for room.

    A full disk and a database that went away are no reason to fail: the scan stays as it is, and
    the worker takes the job up again.

    Raises
    ------
    NoRoomError
        If the disk is full.
    """
    try:
        yield
    except Exception as error:
        busy = Scan.objects.filter(pk=scan.pk, state__in=BUSY)
        if is_full(error):
            busy.update(state_reason=NO_ROOM)
            raise NoRoomError(NO_ROOM) from error
        if not isinstance(error, OperationalError | InterfaceError):
            busy.update(state=Scan.State.FAILED, state_reason=FAULT)
        raise


@receiver(job_given_up)
def say_given_up(sender: Any, task: str, arguments: list[Any], **kwargs: Any) -> None:
    """Say on the scan's page that its preparation is not tried again."""
    if task == prepare_scan.module_path:
        mark_given_up(arguments[0], Scan.State.WAITING, "evidence.scan_prepared")


def mark_given_up(scan_id: str, state: str, action: str) -> None:
    """Let a scan fail whose job ended its worker again and again."""
    waiting = Scan.objects.filter(pk=scan_id, state=state)
    if waiting.update(state=Scan.State.FAILED, state_reason=SENTENCE):
        record(action, by=None, about=Scan.objects.get(pk=scan_id), outcome="failed")


def _keep(scan: Scan, key: str) -> tuple[float, list[str]]:
    """Prepare and keep; the usable area in square metres, and warnings."""
    _progress(scan, 10)
    topography = topography_of(scan)
    mask = corrected_mask(scan)
    store = gallery()
    prepared = prepare(topography, store.header.preparation, mask)
    _progress(scan, 30)
    keep_surface(scan, topography, mask)
    read = read_scan(files.path_of(scan.file_id))
    labels = {"case": str(scan.incident_id), "exhibit": str(scan.exhibit_id)}
    item = GalleryItem.of(str(scan.pk), key, prepared, instrument_of(read.metadata), labels)
    store.append([item])
    quality = prepared.quality
    return quality.usable_area, list(dict.fromkeys([*read.warnings, *quality.warnings]))


def _finish(scan: Scan, **facts: Any) -> None:
    """Write the outcome, unless the scan was changed while it was prepared."""
    with writing():
        current = Scan.objects.filter(
            pk=scan.pk, state=Scan.State.WAITING, mask_id=scan.mask_id, withdrawn_at=None
        )
        if not current.update(state_reason=facts.pop("state_reason", ""), **facts):
            return
        scan.refresh_from_db()
        done = scan.state == Scan.State.PREPARED
        record("evidence.scan_prepared", by=None, about=scan, outcome="done" if done else "failed")
        if done:
            scan_prepared.send(sender=Scan, scan=scan)


def _progress(scan: Scan, percent: int) -> None:
    Scan.objects.filter(pk=scan.pk).update(progress=percent)
