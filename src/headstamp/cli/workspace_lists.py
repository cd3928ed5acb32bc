"""Lists of a workspace for commands that take a folder of lists: the word ``workspace``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from headstamp.formats.incident_lists.schema import Schema

WORKSPACE: Final = Path("workspace")
"""What stands for the lists of a workspace; the folder of that name is ``./workspace``."""


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
        yield folder


def import_into_workspace(
    file: Path, workspace: Path, *, retrieved: str, schema: Schema | None
) -> tuple[Any, Path]:
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
