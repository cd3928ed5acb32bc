"""Boundaries of areas in the workspace, beside the lists of their jurisdiction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.processes.held_files import held_folder

if TYPE_CHECKING:
    from headstamp.formats.boundaries.importing import Asked, Imported
    from headstamp.formats.boundaries.stored import Boundaries


def keep_boundaries(path: Path, asked: Asked, *, by: User | None) -> Imported:
    """Keep the boundaries of a kind of area; those of an earlier import are replaced.

    What has been released keeps the boundaries it was drawn with.

    Raises
    ------
    UnreadableTableError
        If they cannot be read; nothing is left behind.
    """
    from headstamp.formats.boundaries.importing import Imported, import_boundaries

    with held_folder(settings.WORKSPACE.tmp, "list-") as scratch:
        made = import_boundaries(path, scratch, asked)
        found = made.boundaries
        place: Path = settings.WORKSPACE.lists / made.place.relative_to(scratch)
        with writing():
            detail = {
                "boundaries": f"{found.jurisdiction}/{found.kind}",
                "sha256": found.sha256,
                "areas": found.areas,
            }
            record("figures.boundaries_imported", by=by, detail=detail)
            place.parent.mkdir(parents=True, exist_ok=True)
            made.place.rename(place)
    return Imported(found, place)


def kept_boundaries() -> list[Boundaries]:
    """What there is, by jurisdiction and kind."""
    from headstamp.formats.boundaries.stored import kept

    folder: Path = settings.WORKSPACE.lists
    return kept(folder) if folder.is_dir() else []
