"""The zip archive of an X3P file, opened with care."""

from __future__ import annotations

import hashlib
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, Final

from headstamp.errors import UnreadableScanError

LARGEST_DOCUMENT: Final = 50_000_000
"""Bytes of main.xml; one with a million inline points has 40 million."""

_BOMB_SIZE: Final = 100_000_000
_BOMB_RATIO: Final = 300
"""Measured heights never pack to less than a three-hundredth; a bomb does."""

_READ_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class X3PArchive:
    """The entries of an X3P file, found by the names that its document gives.

    Parameters
    ----------
    archive : ZipFile
    root : str
        Folder inside the archive that holds main.xml; empty or ending with a slash.
    name : str
        File name, for errors.
    """

    archive: zipfile.ZipFile
    root: str
    name: str

    @classmethod
    def open(cls, stream: IO[bytes], name: str) -> X3PArchive:
        """Open an archive and find main.xml, past the stray entries of operating systems."""
        try:
            archive = zipfile.ZipFile(stream)
        except _READ_ERRORS as error:
            raise UnreadableScanError(
                f"{name}: the archive is damaged or cut short; copy the file again"
            ) from error
        found = [
            entry
            for entry in archive.namelist()
            if _plain(entry).rsplit("/", 1)[-1] == "main.xml" and "__macosx" not in _plain(entry)
        ]
        if not found:
            raise UnreadableScanError(
                f"{name}: a zip archive without main.xml is no X3P file; export the scan again"
            )
        shallowest = min(found, key=lambda entry: (entry.count("/"), entry))
        return cls(archive, shallowest[: -len("main.xml")], name)

    def document(self) -> bytes:
        """The bytes of main.xml."""
        entry = self.root + "main.xml"
        actual = next(e for e in self.archive.namelist() if _plain(e) == _plain(entry))
        if self.archive.getinfo(actual).file_size > LARGEST_DOCUMENT:
            raise UnreadableScanError(
                f"{self.name}: main.xml is too large; export the scan with binary data"
            )
        return self._bytes(actual, LARGEST_DOCUMENT)

    def entry(self, link: str) -> str | None:
        """The entry that a link in the document means, whatever its slashes and case."""
        wanted = _plain(self.root) + _plain(link).lstrip("/")
        for entry in self.archive.namelist():
            if _plain(entry) == wanted:
                return entry
        return None

    def read(self, entry: str, size: int) -> bytes:
        """An entry that must have exactly ``size`` bytes; no more than that is inflated."""
        info = self.archive.getinfo(entry)
        declared = info.file_size
        if declared != size:
            raise UnreadableScanError(
                f"{self.name}: {entry} holds {declared:,} bytes where the sizes in main.xml need "
                f"{size:,}; export the scan again"
            )
        if size > _BOMB_SIZE and size > _BOMB_RATIO * info.compress_size:
            raise UnreadableScanError(
                f"{self.name}: {entry} unpacks to {size:,} bytes from {info.compress_size:,}, as "
                "no measurement does; the file is not trusted"
            )
        content = self._bytes(entry, size)
        if len(content) != size:
            raise UnreadableScanError(
                f"{self.name}: {entry} unpacks to another size than it declares; copy it again"
            )
        return content

    def read_small(self, entry: str, limit: int) -> bytes | None:
        """An entry of at most ``limit`` bytes, or None when it is larger or damaged."""
        if self.archive.getinfo(entry).file_size > limit:
            return None
        try:
            return self._bytes(entry, limit)
        except UnreadableScanError:
            return None

    def _bytes(self, entry: str, limit: int) -> bytes:
        try:
            with self.archive.open(entry) as stream:
                content = stream.read(limit + 1)
        except _READ_ERRORS as error:
            raise UnreadableScanError(
                f"{self.name}: {entry} in the archive is damaged; copy the file again"
            ) from error
        if len(content) > limit:
            raise UnreadableScanError(
                f"{self.name}: {entry} unpacks to more than it declares; the file is not trusted"
            )
        return content


def md5(content: bytes) -> str:
    """The checksum X3P uses; it guards against accidents, not against intent."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def _plain(entry: str) -> str:
    return entry.replace("\\", "/").removeprefix("./").lower()
