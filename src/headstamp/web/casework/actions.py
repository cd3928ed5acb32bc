"""Writing incidents, scenes and photographs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import writing
from headstamp.web.casework import changes as records
from headstamp.web.casework import files
from headstamp.web.casework.models import Incident, Photograph, Scene, StoredFile
from headstamp.web.casework.pictures import picture_type
from headstamp.web.refusals import Refusal

NUMBER_TAKEN = (
    "Your agency has an incident with this number already. Open it from the list of incidents."
)


def require_owner(found: Any, by: User) -> None:
    """Only the agency that owns a record changes it.

    Raises
    ------
    Refusal
    """
    if found.agency_id != by.agency_id:
        raise Refusal(f"{found.agency} owns this record; ask them to change it.")


def add_incident(*, by: User, **fields: Any) -> Incident:
    """Register an incident."""
    return records.create(
        Incident, by=by, action="casework.incident_added", taken=NUMBER_TAKEN, **fields
    )


def change_incident(
    incident: Incident,
    *,
    version: int,
    changes: Mapping[str, Any],
    opened: Mapping[str, Any] | None = None,
    by: User,
) -> Incident:
    """Change an incident of one's own agency."""
    require_owner(incident, by)
    return records.change(
        incident,
        version=version,
        changes=changes,
        opened=opened,
        by=by,
        action="casework.incident_changed",
        taken=NUMBER_TAKEN,
    )


def withdraw_incident(incident: Incident, *, reason: str, by: User) -> None:
    """Take an incident out of use."""
    require_owner(incident, by)
    records.withdraw(incident, reason=reason, by=by, action="casework.incident_withdrawn")


def open_scene(incident: Incident, *, by: User, **fields: Any) -> Scene:
    """Begin work at the place of an incident; the person who opens it leads."""
    require_owner(incident, by)
    _refuse_withdrawn(incident)
    return records.create(
        Scene,
        by=by,
        action="casework.scene_opened",
        incident=incident,
        lead_technician=by,
        marking=incident.marking,
        **fields,
    )


def change_scene(
    scene: Scene,
    *,
    version: int,
    changes: Mapping[str, Any],
    opened: Mapping[str, Any] | None = None,
    by: User,
) -> Scene:
    """Change what is said of a scene, or release it."""
    require_owner(scene, by)
    _refuse_withdrawn(scene.incident)
    return records.change(
        scene,
        version=version,
        changes=changes,
        opened=opened,
        by=by,
        action="casework.scene_changed",
    )


def withdraw_scene(scene: Scene, *, reason: str, by: User) -> None:
    """Take a scene out of use; its photographs stay with it."""
    require_owner(scene, by)
    records.withdraw(scene, reason=reason, by=by, action="casework.scene_withdrawn")


def withdraw_photograph(photograph: Photograph, *, reason: str, by: User) -> None:
    """Take a photograph out of use; its file may then be handed in again."""
    require_owner(photograph, by)
    records.withdraw(photograph, reason=reason, by=by, action="casework.photograph_withdrawn")


def add_photograph(
    scene: Scene,
    *,
    chunks: Iterable[bytes],
    file_name: str,
    kind: str = Photograph.Kind.PHOTOGRAPH,
    caption: str = "",
    by: User,
) -> Photograph:
    """Keep a photograph as it was taken.

    Raises
    ------
    Refusal
        If it is no photograph, belongs to the scene already, or the scene is withdrawn.
    """
    require_owner(scene, by)
    _refuse_withdrawn(scene.incident)
    if scene.is_withdrawn:
        raise Refusal("The scene has been withdrawn.")
    stored, _ = files.store(chunks, "application/octet-stream")
    media_type = picture_type(files.path_of(stored.sha256))
    if media_type is None:
        raise Refusal(f"{file_name}: this is no photograph (JPEG, PNG, WebP or TIFF).")
    with writing():
        StoredFile.objects.filter(pk=stored.pk).update(media_type=media_type)
        return records.create(
            Photograph,
            by=by,
            action="casework.photograph_added",
            taken=f"{file_name}: this photograph is there already; it is not stored twice.",
            incident=scene.incident,
            scene=scene,
            marking=scene.marking,
            kind=kind,
            file=stored,
            file_name=file_name[:200],
            caption=caption[:200],
        )


def _refuse_withdrawn(incident: Incident) -> None:
    if incident.is_withdrawn:
        raise Refusal("The incident has been withdrawn.")
