"""The lists that are counted now, as a folder like the one the command line keeps.

The database says which vintages are in use. The folder of links made here holds them alone: not
what was withdrawn, and not what an import that was killed has left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from headstamp.errors import WorkspaceError
from headstamp.web.figures.list_models import ListVintage
from headstamp.web.processes.held_files import held_folder


def path_of(vintage: ListVintage) -> Path:
    """Where a vintage lies."""
    folder: Path = settings.WORKSPACE.lists
    return folder / vintage.place


@contextmanager
def lists_in_use(jurisdiction: str = "") -> Iterator[Path]:
    """A data folder with every vintage that is not withdrawn.

    Parameters
    ----------
    jurisdiction : str
        Only of this one; empty for all.

    Raises
    ------
    WorkspaceError
        If the folder of a vintage is missing.
    """
    rows = ListVintage.objects.filter(withdrawn_at=None)
    with folder_of(rows.filter(jurisdiction=jurisdiction) if jurisdiction else rows) as folder:
        yield folder


@contextmanager
def folder_of(rows: Iterable[ListVintage]) -> Iterator[Path]:
    """A data folder with these vintages and no others, and with every boundary.

    Raises
    ------
    WorkspaceError
        If the folder of a vintage is missing.
    """
    with held_folder(settings.WORKSPACE.tmp, "lists-") as folder:
        _link_boundaries(folder)
        for one in rows:
            place = path_of(one)
            if not place.is_dir():
                raise WorkspaceError(f"{place}: is missing; bring it back from a backup")
            link = folder / one.place
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(place, target_is_directory=True)
        yield folder


def _link_boundaries(folder: Path) -> None:
    """Let a folder of links hold the boundaries that there are."""
    from headstamp.formats.boundaries.stored import FOLDER

    for place in settings.WORKSPACE.lists.glob(f"*/{FOLDER}"):
        link = folder / place.parent.name / FOLDER
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(place, target_is_directory=True)
