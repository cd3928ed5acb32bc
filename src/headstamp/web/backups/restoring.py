"""Bring a workspace back from a backup: everything is checked before anything is written.

Nothing here needs a workspace to be there; the database is looked at when the files are in place.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from headstamp.errors import WorkspaceError
from headstamp.web.backups.archive import BLOCK, DATABASES, SETTINGS, Contents, opened


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back."""

    root: Path
    members: int
    events: int


def restore(source: Path, folder: Path) -> Restored:
    """Make a workspace from a backup, in a new or empty folder.

    A backup of a PostgreSQL workspace goes to the database that ``DATABASE_URL`` names, which has
    to be empty.

    Raises
    ------
    WorkspaceError
        If the backup is damaged, naming the first bad member, or the folder or the database is in
        use; nothing is left behind.
    """
    existed = folder.exists()
    if existed and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(f"{folder}: holds other files; name a new or an empty folder")
    with opened(source) as (archive, contents):
        made = _extract(archive, contents, folder.resolve())
    try:
        events = _open(made, contents)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        if existed:
            made.mkdir(mode=0o700, exist_ok=True)
        raise
    return Restored(made, len(contents.members), events)


def _extract(archive: zipfile.ZipFile, contents: Contents, folder: Path) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name in contents.names:
            target = part / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as stream, target.open("xb") as out:
                shutil.copyfileobj(stream, out, BLOCK)
            target.chmod(0o600)
        for name in ("files", "tmp"):
            (part / name).mkdir(exist_ok=True)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return folder


def _open(root: Path, contents: Contents) -> int:
    """Open the restored workspace and check its record up to the head the backup names.

    A backup of an earlier version is brought to this version's tables and guards first.
    """
    _point_to_database(root, contents.database)
    from headstamp.web.setup import use

    use(root)
    if contents.database == "sqlite":
        return _verify(contents)
    from headstamp.web.backups.restoring_postgres import refuse_full, restored

    refuse_full()
    with restored(root / DATABASES["postgresql"]):
        return _verify(contents)


def _verify(contents: Contents) -> int:
    from headstamp.web.audit.queries import verify
    from headstamp.web.setup import migrate

    migrate()
    found = verify([contents.head])
    if not found.whole:
        said = "; ".join(found.sentences)
        raise WorkspaceError(f"{said}; nothing was restored, take another backup")
    return found.events


def _point_to_database(root: Path, database: str) -> None:
    """Name the database this workspace is restored to, instead of the one it came from."""
    path = root / SETTINGS
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("DATABASE_URL=")]
    address = os.environ.get("DATABASE_URL", "")
    if database == "postgresql":
        if not address:
            raise WorkspaceError(
                "this is a backup of a PostgreSQL workspace; name an empty database in "
                "DATABASE_URL and restore again"
            )
        kept.append(f"DATABASE_URL={address}")
    else:
        os.environ.pop("DATABASE_URL", None)
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
