"""Lists and areas of a workspace for commands that take a folder: the word ``workspace``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from headstamp.errors import UnreadableTableError

if TYPE_CHECKING:
    from headstamp.formats.boundaries.importing import Asked
    from headstamp.formats.boundaries.importing import Imported as KeptAreas
    from headstamp.formats.incident_lists.importing import Imported
    from headstamp.formats.incident_lists.schema import Schema

WORKSPACE: Final = Path("workspace")
"""What stands for the lists of a workspace; the folder of that name is ``./workspace``."""

Lists = Annotated[
    Path,
    typer.Option("--data", help="Folder of vintages. The word workspace: that of --workspace."),
]
"""The option of commands that read lists."""


def is_workspace(folder: Path | str) -> bool:
    """Whether a folder that was named means the lists of the workspace."""
    return str(folder) == str(WORKSPACE)


@contextmanager
def lists_of(data: Path, workspace: Path) -> Iterator[Path]:
    """The folder of lists that was named; of a workspace what is in use there."""
    if not is_workspace(data):
        yield data
        return
    from headstamp.web.setup import use

    use(workspace)
    from headstamp.web.figures.lists.folder import lists_in_use

    with lists_in_use() as folder:
        try:
            yield folder
        except UnreadableTableError as error:  # what it names is a copy for this command
            named = str(error).replace(str(folder), str(lists_folder(data, workspace)))
            raise UnreadableTableError(named) from error


def lists_folder(named: Path, workspace: Path) -> Path:
    """Where the lists of a folder, or of a workspace, lie."""
    from headstamp.web.workspace import Workspace

    return Workspace(workspace.resolve()).lists if is_workspace(named) else named


def tmp_of(workspace: Path) -> Path:
    """Where what is not finished lies in a workspace."""
    from headstamp.web.workspace import Workspace

    return Workspace(workspace.resolve()).tmp


def import_into_workspace(
    file: Path, workspace: Path, *, retrieved: str, schema: Schema | None
) -> tuple[Imported, Path]:
    """Import a list into a workspace; what became of it, and where it lies."""
    from headstamp.formats.incident_lists.importing import Imported
    from headstamp.web.setup import use

    use(workspace)
    from headstamp.web.figures.lists.folder import path_of
    from headstamp.web.figures.lists.importing import keep_list

    kept = keep_list(file, retrieved=retrieved, by=None, schema=schema)
    row = kept.vintage
    made = Imported(
        row.manifest,
        kept.is_new,
        row.doubtful,
        row.repeated,
        tuple(row.absent),
        tuple(row.faults),
    )
    return made, path_of(row)


def keep_areas_in_workspace(file: Path, workspace: Path, asked: Asked) -> KeptAreas:
    """Keep the boundaries of a kind of area in a workspace, on record."""
    from headstamp.web.setup import use

    use(workspace)
    from headstamp.web.figures.lists.boundaries import keep_boundaries

    return keep_boundaries(file, asked, by=None)
