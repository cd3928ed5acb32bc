"""Writing exhibits, firearms and scans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from django.utils import timezone

from headstamp.errors import HeadstampError
from headstamp.formats.scans import read_scan
from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.casework import changes as records
from headstamp.web.casework import files
from headstamp.web.casework.actions import require_owner
from headstamp.web.casework.models import Incident, StoredFile
from headstamp.web.evidence import custody
from headstamp.web.evidence.models import Exhibit, Firearm, Scan
from headstamp.web.refusals import Refusal

NUMBER_TAKEN = "This exhibit number is in use already. Take the proposed one or another."


class DuplicateScan(Refusal):
    """The same file is there already; ``scan`` is the one that has it."""

    def __init__(self, sentence: str, scan: Scan) -> None:
        super().__init__(sentence)
        self.scan = scan


def add_exhibit(
    *, incident: Incident, by: User, place: str = "", condition: str = "", **fields: Any
) -> Exhibit:
    """Register an exhibit; its custody begins with its collector.

    Raises
    ------
    Refusal
        If the number is in use, or the incident is another agency's or withdrawn.
    """
    require_owner(incident, by)
    if incident.is_withdrawn:
        raise Refusal("The incident has been withdrawn.")
    with writing():
        fields.setdefault("marking", incident.marking)
        made = records.create(
            Exhibit,
            by=by,
            action="evidence.exhibit_added",
            taken=NUMBER_TAKEN,
            incident=incident,
            collector=by,
            **fields,
        )
        custody.begin(made, by=by, place=place or incident.address[:120], condition=condition)
    return made


def change_exhibit(
    exhibit: Exhibit,
    *,
    version: int,
    changes: Mapping[str, Any],
    opened: Mapping[str, Any] | None = None,
    by: User,
) -> Exhibit:
    """Change an exhibit of one's own agency."""
    require_owner(exhibit, by)
    kind = changes.get("kind", Exhibit.Kind.FIREARM)
    if kind != Exhibit.Kind.FIREARM and Firearm.objects.filter(exhibit=exhibit).exists():
        raise Refusal("It is described as a firearm, so its kind stays firearm.")
    return records.change(
        exhibit,
        version=version,
        changes=changes,
        opened=opened,
        by=by,
        action="evidence.exhibit_changed",
        taken=NUMBER_TAKEN,
    )


def withdraw_exhibit(exhibit: Exhibit, *, reason: str, by: User) -> None:
    """Take an exhibit out of use."""
    require_owner(exhibit, by)
    records.withdraw(exhibit, reason=reason, by=by, action="evidence.exhibit_withdrawn")


def describe_firearm(exhibit: Exhibit, *, by: User, **fields: Any) -> Firearm:
    """Say which gun an exhibit is.

    Raises
    ------
    Refusal
        If the exhibit is no firearm, or is described already.
    """
    require_owner(exhibit, by)
    if exhibit.is_withdrawn:
        raise Refusal("The exhibit has been withdrawn.")
    if exhibit.kind != Exhibit.Kind.FIREARM:
        raise Refusal("Only an exhibit that is a firearm is described as one.")
    return records.create(
        Firearm,
        by=by,
        action="evidence.firearm_described",
        taken="This firearm is described already; change that description.",
        exhibit=exhibit,
        incident=exhibit.incident,
        marking=exhibit.marking,
        **fields,
    )


def change_firearm(
    firearm: Firearm,
    *,
    version: int,
    changes: Mapping[str, Any],
    opened: Mapping[str, Any] | None = None,
    by: User,
) -> Firearm:
    """Change what is said of a gun."""
    require_owner(firearm, by)
    return records.change(
        firearm,
        version=version,
        changes=changes,
        opened=opened,
        by=by,
        action="evidence.firearm_changed",
    )


def add_scan(
    exhibit: Exhibit, *, chunks: Iterable[bytes], file_name: str, region: str = "", by: User
) -> Scan:
    """Keep a scan's file and queue it to be prepared and searched.

    The file is stored and read before anything is written, and the row and the job come in one
    transaction: a scan that was acknowledged is prepared even if everything is killed now.

    Raises
    ------
    DuplicateScan
        If the same file belongs to a scan already that the person may see. Of others nothing is
        said: the file is kept once, and each agency has a scan of its own.
    Refusal
        If the file is no scan that can be read.
    """
    from headstamp.web.evidence.jobs import prepare_scan

    require_owner(exhibit, by)
    if exhibit.is_withdrawn:
        raise Refusal("The exhibit has been withdrawn.")
    stored, _ = files.store(chunks, "application/octet-stream")
    facts = _facts(stored.sha256, file_name)
    with writing():
        _refuse_duplicate(stored, file_name, by)
        said = facts.pop("region")
        made = records.create(
            Scan,
            by=by,
            action="evidence.scan_added",
            incident=exhibit.incident,
            exhibit=exhibit,
            marking=exhibit.marking,
            taken=f"{file_name}: this file belongs to the exhibit already; it is not stored twice.",
            file=stored,
            file_name=file_name[:200],
            region=region or said,
            **facts,
        )
        prepare_scan.enqueue(str(made.pk))
    return made


def correct_mask(scan: Scan, *, mask: Any, version: int | None = None, by: User) -> Scan:
    """Replace the automatic mask by one drawn by hand, and prepare and search anew.

    Parameters
    ----------
    mask : bool (rows, columns)
        True = may be used; as large as the scan.
    version : int, optional
        Of the scan when its mask was opened.

    Raises
    ------
    Refusal
        If the mask has another size or leaves nothing, somebody else has corrected it meanwhile,
        or the scan is withdrawn.
    """
    from headstamp.web.evidence.jobs import prepare_scan
    from headstamp.web.evidence.masks import encoded

    require_owner(scan, by)
    _refuse_withdrawn(scan)
    if mask.shape != (scan.rows, scan.columns):
        raise Refusal("The mask does not fit the scan; reload the page and draw it again.")
    if not np.any(mask):
        raise Refusal("The mask leaves nothing of the scan. Include some of the surface.")
    stored, _ = files.store([encoded(mask)], "image/png")
    with writing():
        current: Scan = Scan.objects.get(pk=scan.pk)
        if version is not None and current.version != version:
            raise Refusal(
                "Somebody else has corrected the mask since you opened it. Reload the page to see "
                "theirs before you draw."
            )
        current.mask, current.mask_corrected_at = stored, timezone.now()
        current.state, current.state_reason, current.progress = Scan.State.WAITING, "", 0
        current.version += 1
        current.updated_at, current.updated_by = timezone.now(), by
        current.save()
        record("evidence.mask_corrected", by=by, about=current)
        prepare_scan.enqueue(str(current.pk))
    return current


def try_again(scan: Scan, *, by: User) -> None:
    """Queue a scan again whose preparation or search failed."""
    from headstamp.web.evidence.jobs import prepare_scan

    require_owner(scan, by)
    _refuse_withdrawn(scan)
    with writing():
        failed = Scan.objects.filter(
            pk=scan.pk, state__in=[Scan.State.FAILED, Scan.State.UNSUITABLE]
        )
        if not failed.update(state=Scan.State.WAITING, state_reason="", progress=0):
            raise Refusal("It is being worked on already.")
        record("evidence.scan_tried_again", by=by, about=scan)
        prepare_scan.enqueue(str(scan.pk))


def _refuse_withdrawn(scan: Scan) -> None:
    if scan.is_withdrawn or scan.exhibit.is_withdrawn:
        raise Refusal("The scan or its exhibit has been withdrawn.")


def withdraw_scan(scan: Scan, *, reason: str, by: User) -> None:
    """Take a scan out of use; its file may then be handed in again, for the right exhibit."""
    require_owner(scan, by)
    records.withdraw(scan, reason=reason, by=by, action="evidence.scan_withdrawn")


def _refuse_duplicate(stored: StoredFile, file_name: str, by: User) -> None:
    known = (
        Scan.objects.visible_to(by)
        .filter(file=stored, withdrawn_at=None)
        .select_related("exhibit")
        .first()
    )
    if known is not None:
        raise DuplicateScan(
            f"{file_name}: this file is there already, as a scan of exhibit "
            f"{known.exhibit.number}. It is not stored twice.",
            known,
        )


def _facts(sha256: str, file_name: str) -> dict[str, Any]:
    """What the file says of itself.

    Raises
    ------
    Refusal
        With the reader's sentence.
    """
    try:
        found = read_scan(files.path_of(sha256))
        topography = found.topography()
    except HeadstampError as error:
        sentence = str(error).replace(f"{files.path_of(sha256)}: ", "").replace(sha256, file_name)
        raise Refusal(f"{file_name}: {sentence}") from error
    metadata = found.metadata
    rows, columns = topography.heights.shape
    return {
        "region": found.region,
        "instrument_maker": (metadata.manufacturer or "")[:120],
        "instrument_model": (metadata.model or "")[:120],
        "instrument_serial": (metadata.serial or "")[:120],
        "instrument_software": (metadata.software_version or "")[:200],
        "calibration_date": (metadata.calibration_date or "")[:60],
        "scan_creator": (metadata.creator or "")[:120],
        "spacing_um": topography.spacing * 1e6,
        "rows": rows,
        "columns": columns,
        "valid_share": found.measured_share,
        "warnings": list(found.warnings),
    }
