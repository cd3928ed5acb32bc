"""The file of a backup: that it is one, and that every byte in it is what was written.

Everything is stored as it is, nothing compressed: so what a backup holds is no larger than the
file, and no part of it can grow without end when it is read.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from headstamp.errors import WorkspaceError

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SETTINGS: Final = "headstamp.env"
DATABASES: Final = {"sqlite": "headstamp.sqlite3", "postgresql": "database.dump"}
LARGEST_MANIFEST: Final = 500_000_000
BLOCK: Final = 1 << 20
STORED_FILE: Final = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")
OF_A_LIST: Final = re.compile(r"lists(/[a-z0-9][a-z0-9._-]*){2,3}/[a-z][a-z0-9-]*\.[a-z]+")
OF_THE_GALLERY: Final = re.compile(r"gallery/[A-Za-z0-9][A-Za-z0-9._-]*")
HASH: Final = re.compile(r"[0-9a-f]{64}")

DAMAGED: Final = (
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    RuntimeError,
    ValueError,
    struct.error,
)
"""What reading a damaged ZIP file may raise."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says it holds."""

    members: tuple[tuple[str, int, str], ...]
    database: str
    head: tuple[int, str]

    @property
    def names(self) -> list[str]:
        """Names of the members."""
        return [name for name, _, _ in self.members]


@contextmanager
def opened(source: Path) -> Iterator[tuple[zipfile.ZipFile, Contents]]:
    """A backup whose every byte has been checked.

    Raises
    ------
    WorkspaceError
        If it is none, is damaged, or holds what no backup holds; naming the member.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            _refuse_odd(archive, source)
            contents = _contents(archive, source)
            for member in contents.members:
                _check(archive, member, source)
            yield archive, contents
    except DAMAGED as error:
        raise WorkspaceError(f"{source}: is damaged ({error}); take another backup") from error
    except OSError as error:
        raise WorkspaceError(
            f"{source}: {error.strerror or error}; nothing was restored"
        ) from error


def _refuse_odd(archive: zipfile.ZipFile, source: Path) -> None:
    """Refuse what a backup never holds, before anything of it is read."""
    entries = archive.infolist()
    for entry in entries:
        if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
            raise WorkspaceError(f"{source}: {entry.filename} is packed; no backup packs anything")
    if sum(entry.file_size for entry in entries) > source.stat().st_size:
        raise WorkspaceError(f"{source}: says that it holds more than it does; not restored")


def _contents(archive: zipfile.ZipFile, source: Path) -> Contents:
    try:
        entry = archive.getinfo(MANIFEST)
        if entry.file_size > LARGEST_MANIFEST:
            raise ValueError
        said = json.loads(archive.read(entry))
        if said["format"] != FORMAT:
            raise WorkspaceError(
                f"{source}: is of format {said['format']!r}, this headstamp reads {FORMAT}; "
                f"restore it with headstamp {said.get('headstamp', 'that wrote it')}"
            )
        found = _read(said)
    except (KeyError, TypeError, AttributeError, ValueError, zipfile.BadZipFile) as error:
        raise WorkspaceError(f"{source}: is no backup of a workspace, or is damaged") from error
    _compare(archive, found, source)
    return found


def _read(said: Any) -> Contents:
    """The manifest, each part of the kind it should be."""
    members = tuple((str(name), int(size), str(sha256)) for name, size, sha256 in said["members"])
    head = (int(said["audit"]["sequence"]), str(said["audit"]["hash"]))
    if said["database"] not in DATABASES or not HASH.fullmatch(head[1]):
        raise ValueError
    return Contents(members, str(said["database"]), head)


def _compare(archive: zipfile.ZipFile, found: Contents, source: Path) -> None:
    """Refuse a member that no backup holds, one that is missing, and one too many."""
    needed = [SETTINGS, DATABASES[found.database]]
    for name, _, sha256 in found.members:
        stored = STORED_FILE.fullmatch(name)
        if stored and stored[2] != sha256:
            raise WorkspaceError(f"{source}: {name} is damaged; take another backup")
        known = stored or OF_A_LIST.fullmatch(name) or OF_THE_GALLERY.fullmatch(name)
        if not known and name not in needed:
            raise WorkspaceError(f"{source}: holds {name!r}, which no backup holds; not restored")
    listed = [entry.filename for entry in archive.infolist()]
    expected = [*found.names, MANIFEST]
    odd = sorted(set(listed).symmetric_difference(expected) | (set(needed) - set(listed)))
    if odd or len(listed) != len(set(listed)) or len(listed) != len(expected):
        what = repr(odd[0]) if odd else "a name twice"
        raise WorkspaceError(f"{source}: does not hold what its manifest says ({what})")


def _check(archive: zipfile.ZipFile, member: tuple[str, int, str], source: Path) -> None:
    name, size, sha256 = member
    digest, count = hashlib.sha256(), 0
    try:
        with archive.open(name) as stream:
            for block in _blocks(stream):
                count += len(block)
                digest.update(block)
    except DAMAGED as error:
        raise WorkspaceError(f"{source}: {name} is damaged; take another backup") from error
    if count != size or digest.hexdigest() != sha256:
        raise WorkspaceError(f"{source}: {name} is damaged; take another backup")


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(BLOCK):
        yield block
