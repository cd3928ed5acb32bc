"""Bring a workspace back from a backup: everything is checked before anything is written.

Nothing here needs a workspace to be there; the database is looked at when the files are in place.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from headstamp.errors import WorkspaceError

MANIFEST: Final = "manifest.json"
LARGEST_MANIFEST: Final = 500_000_000
BLOCK: Final = 1 << 20
ALLOWED: Final = re.compile(
    r"headstamp\.env|headstamp\.sqlite3|database\.dump"
    r"|files/([0-9a-f]{2})/\1[0-9a-f]{62}|gallery/[A-Za-z0-9][A-Za-z0-9._-]*"
)


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
        If the backup is damaged, naming the first bad member, or the folder is in use; nothing is
        left behind.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(f"{folder}: holds other files; name a new or an empty folder")
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(archive, source)
            _check(archive, manifest, source)
            made = _extract(archive, manifest, folder)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise WorkspaceError(f"{source}: is damaged ({error}); take another backup") from error
    except OSError as error:
        raise WorkspaceError(f"{source}: cannot be restored ({error.strerror})") from error
    try:
        events = _open(made, manifest)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return Restored(made, len(manifest["members"]), events)


def _manifest(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    try:
        info = archive.getinfo(MANIFEST)
        if info.file_size > LARGEST_MANIFEST:
            raise ValueError
        found: dict[str, Any] = json.loads(archive.read(info))
        names = [str(name) for name, _, _ in found["members"]]
        if found["format"] != 1:
            raise WorkspaceError(f"{source}: was written by a newer headstamp; use that one")
    except WorkspaceError:
        raise
    except (KeyError, ValueError, TypeError) as error:
        raise WorkspaceError(f"{source}: is no backup of a workspace, or is damaged") from error
    for name in names:
        if not ALLOWED.fullmatch(name):
            raise WorkspaceError(f"{source}: holds {name!r}, which no backup holds; not restored")
    listed = [info.filename for info in archive.infolist()]
    if sorted(listed) != sorted([*names, MANIFEST]):
        odd = sorted(set(listed).symmetric_difference({*names, MANIFEST})) or ["a name twice"]
        raise WorkspaceError(f"{source}: does not hold what its manifest says ({odd[0]})")
    return found


def _check(archive: zipfile.ZipFile, manifest: dict[str, Any], source: Path) -> None:
    for name, size, sha256 in manifest["members"]:
        digest, count = hashlib.sha256(), 0
        try:
            with archive.open(name) as stream:
                while block := stream.read(BLOCK):
                    count += len(block)
                    if count > size:
                        break
                    digest.update(block)
        except zipfile.BadZipFile as error:
            raise WorkspaceError(f"{source}: {name} is damaged; take another backup") from error
        if count != size or digest.hexdigest() != sha256:
            raise WorkspaceError(f"{source}: {name} is damaged; take another backup")


def _extract(archive: zipfile.ZipFile, manifest: dict[str, Any], folder: Path) -> Path:
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, _, _ in manifest["members"]:
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


def _open(root: Path, manifest: dict[str, Any]) -> int:
    """Open the restored workspace and check its record up to the head the backup names."""
    _point_to_database(root, manifest)
    from headstamp.web.setup import use

    use(root)
    if manifest["database"] == "postgresql":
        from headstamp.web.backup import run_postgres

        _refuse_full_database()
        words = ("--no-owner", "--single-transaction", "--exit-on-error")
        name = _database_name()
        run_postgres("pg_restore", *words, f"--dbname={name}", str(root / "database.dump"))
        (root / "database.dump").unlink()
    from headstamp.web.audit.queries import verify

    head = manifest["audit"]
    found = verify([(head["sequence"], head["hash"])] if head else [])
    if not found.whole:
        said = "; ".join(found.sentences)
        raise WorkspaceError(f"{said}; nothing was restored, take another backup")
    return found.events


def _point_to_database(root: Path, manifest: dict[str, Any]) -> None:
    """Name the database this workspace is restored to, instead of the one it came from."""
    path = root / "headstamp.env"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("DATABASE_URL=")]
    address = os.environ.get("DATABASE_URL", "")
    if manifest["database"] == "postgresql":
        if not address:
            raise WorkspaceError(
                "this is a backup of a PostgreSQL workspace; name an empty database in "
                "DATABASE_URL and restore again"
            )
        kept.append(f"DATABASE_URL={address}")
    else:
        os.environ.pop("DATABASE_URL", None)
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


def _database_name() -> str:
    from django.conf import settings

    return str(settings.DATABASES["default"]["NAME"])


def _refuse_full_database() -> None:
    from django.db import connection

    if connection.introspection.table_names():
        raise WorkspaceError("the database that DATABASE_URL names is not empty; name an empty one")
