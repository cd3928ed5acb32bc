"""A whole workspace in one file, taken while it is in use.

The database is copied first, as it is at one moment. Files, lists and gallery only ever grow, so
whatever that copy names is there when they are copied after it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from headstamp import __version__
from headstamp.errors import OutputError, WorkspaceError
from headstamp.web.audit.actions import record
from headstamp.web.audit.models import AuditEvent
from headstamp.web.backups.archive import BLOCK, DATABASES, FORMAT, MANIFEST
from headstamp.web.casework import files
from headstamp.web.casework.models import StoredFile
from headstamp.web.figures.list_models import ListVintage
from headstamp.web.processes.held_files import held_file, held_folder, remove_nobodys
from headstamp.web.workspace import SETTINGS_FILE

TOLD_ON: Final = ("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "connect_timeout")
"""What ``DATABASE_URL`` may say of the connection, and PostgreSQL's own programs must know too."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a backup."""

    name: str
    size: int
    sha256: str


def write_backup(target: Path, progress: Callable[[int, int], None] | None = None) -> list[Member]:
    """Write a backup of the workspace to a new file; it appears whole or not at all.

    Raises
    ------
    OutputError
        If the file is there already or cannot be written.
    WorkspaceError
        If a file of the workspace is missing or damaged.
    """
    if target.exists():
        raise OutputError(f"{target}: is there already; name a new file")
    if not target.parent.is_dir():
        raise OutputError(f"{target.parent}: is no folder; make it, or name another file")
    remove_nobodys(target.parent.glob(f"{_part_of(target)}*"))
    record("accounts.backup_made", by=None)
    try:
        with held_folder(settings.WORKSPACE.tmp, "backup-") as folder:
            database = folder / DATABASES[connection.vendor]
            head = _copy_database_to(database)
            return _write(target, database, head, progress)
    except BaseException as error:
        with suppress(DatabaseError):
            record("accounts.backup_made", by=None, outcome="failed")
        if isinstance(error, OSError):
            said = error.strerror or error
            raise OutputError(f"{target}: cannot be written ({said})") from error
        raise


def _part_of(target: Path) -> str:
    """How the names of its unfinished files begin."""
    return f".{target.name}-part-"


def copy_database() -> Path:
    """Keep a copy of the embedded database in the workspace's ``backups`` folder."""
    folder = settings.WORKSPACE.root / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    target: Path = folder / f"{timezone.now():%Y%m%d-%H%M%S-%f}.sqlite3"
    _copy_embedded(target)
    return target


def _copy_database_to(target: Path) -> dict[str, Any]:
    """Copy the database; gives the end of the record in the copy, or just before it."""
    if connection.vendor == "sqlite":
        _copy_embedded(target)
        with closing(sqlite3.connect(target)) as copy:
            row = copy.execute(
                "SELECT sequence, hash FROM audit_auditevent ORDER BY sequence DESC LIMIT 1"
            ).fetchone()
        return {"sequence": row[0], "hash": row[1]}
    last = AuditEvent.objects.order_by("-sequence").values("sequence", "hash").first()
    run_postgres("pg_dump", "--format=custom", "--no-owner", f"--file={target}")
    return dict(last or {})


def _copy_embedded(target: Path) -> None:
    source = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=60)
    with closing(source), closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    target.chmod(0o600)


def run_postgres(program: str, *words: str) -> None:
    """Run a program of PostgreSQL on the workspace's database.

    Raises
    ------
    WorkspaceError
        If it is not installed, or fails.
    """
    database = settings.DATABASES["default"]
    environment = {
        **os.environ,
        "PGDATABASE": str(database["NAME"]),
        "PGUSER": str(database.get("USER") or ""),
        "PGPASSWORD": str(database.get("PASSWORD") or ""),
        "PGHOST": str(database.get("HOST") or ""),
        "PGPORT": str(database.get("PORT") or ""),
    }
    for name in TOLD_ON:
        if value := database.get("OPTIONS", {}).get(name):
            environment[f"PG{name.upper()}"] = str(value)
    environment = {name: value for name, value in environment.items() if value}
    try:
        ended = subprocess.run(
            [program, *words], env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise WorkspaceError(
            f"{program} is not installed; install PostgreSQL's client programs"
        ) from error
    if ended.returncode:
        said = ended.stderr.strip().splitlines()
        raise WorkspaceError(f"{program} failed: {said[-1] if said else ended.returncode}")


def _write(
    target: Path,
    database: Path,
    head: dict[str, Any],
    progress: Callable[[int, int], None] | None,
) -> list[Member]:
    """Write everything beside the target, and move it there whole."""
    with held_file(target.parent, _part_of(target)) as (stream, part):
        members = _write_members(stream, database, head, progress)
        stream.flush()
        os.fsync(stream.fileno())
        part.chmod(0o600)
        part.replace(target)
    return members


def _write_members(
    stream: IO[bytes],
    database: Path,
    head: dict[str, Any],
    progress: Callable[[int, int], None] | None,
) -> list[Member]:
    rows = list(StoredFile.objects.order_by("sha256").values_list("sha256", "size"))
    members: list[Member] = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        settings_file = settings.WORKSPACE.settings_file
        members.append(_add(archive, SETTINGS_FILE, _blocks(settings_file)))
        members.append(_add(archive, database.name, _blocks(database)))
        for number, (sha256, _) in enumerate(rows):
            members.append(_add_file(archive, sha256))
            if progress:
                progress(number + 1, len(rows))
        for name, path in _lists():
            members.append(_add(archive, f"lists/{name}", _blocks(path)))
        for name, path, size in _gallery():
            members.append(_add(archive, f"gallery/{name}", _blocks(path, size)))
        manifest = {
            "format": FORMAT,
            "headstamp": __version__,
            "created_at": timezone.now().isoformat(),
            "database": connection.vendor,
            "audit": head,
            "members": [[one.name, one.size, one.sha256] for one in members],
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return members


def _add_file(archive: zipfile.ZipFile, sha256: str) -> Member:
    path = files.path_of(sha256)
    if not path.is_file():
        raise WorkspaceError(f"{path}: is missing; bring it back from an earlier backup")
    member = _add(archive, f"files/{sha256[:2]}/{sha256}", _blocks(path))
    if member.sha256 != sha256:
        raise WorkspaceError(f"{path}: is damaged; bring it back from an earlier backup")
    return member


def _lists() -> Iterator[tuple[str, Path]]:
    """The files of every vintage that the database knows, and the boundaries beside them."""
    root: Path = settings.WORKSPACE.lists
    for vintage in ListVintage.objects.order_by("jurisdiction", "schema", "vintage"):
        folder = root / vintage.place
        if not folder.is_dir():
            raise WorkspaceError(f"{folder}: is missing; bring it back from an earlier backup")
        for path in sorted(folder.iterdir()):
            yield f"{vintage.place}/{path.name}", path
    for path in sorted(root.glob("*/areas/*.geojson")):
        yield str(path.relative_to(root)), path


def _gallery() -> Iterator[tuple[str, Path, int]]:
    """The gallery's files, each up to the end of its last whole record."""
    from headstamp.gallery.layout import DESCRIPTORS, HEADER, JOURNAL, LEVELS
    from headstamp.gallery.store import Gallery

    folder = settings.WORKSPACE.gallery
    if not (folder / HEADER).exists():
        return
    gallery = Gallery.open(folder)
    ends = gallery.ends()
    sizes = {
        HEADER: (folder / HEADER).stat().st_size,
        JOURNAL: ends.journal,
        LEVELS: ends.levels,
        DESCRIPTORS: len(gallery) * gallery.header.descriptor_size,
    }
    for name, size in sizes.items():
        yield name, folder / name, size


def _blocks(path: Path, size: int | None = None) -> Iterator[bytes]:
    left = path.stat().st_size if size is None else size
    with path.open("rb") as stream:
        while left > 0 and (block := stream.read(min(BLOCK, left))):
            left -= len(block)
            yield block


def _add(archive: zipfile.ZipFile, name: str, blocks: Iterable[bytes]) -> Member:
    digest, size = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as stream:
        for block in blocks:
            stream.write(block)
            digest.update(block)
            size += len(block)
    return Member(name, size, digest.hexdigest())
