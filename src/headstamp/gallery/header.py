"""A gallery's header: what made it, and what may therefore be put into it."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from headstamp import __version__
from headstamp.errors import GalleryError
from headstamp.formats.atomic import write_atomically
from headstamp.gallery.layout import FORMAT, FORMAT_VERSION, HEADER
from headstamp.surfaces.prepared import PROCESSING_VERSION, PreparationParameters


@dataclass(frozen=True, slots=True)
class Header:
    """What every scan of a gallery has in common.

    Parameters
    ----------
    identity : str
        Made at random once; two galleries never share it.
    processing_version : int
    preparation : PreparationParameters
    descriptor_version, descriptor_size : int
        How descriptors are computed, and bytes a descriptor.
    created_by : str
        Program and version that made the gallery.
    """

    identity: str
    processing_version: int
    preparation: PreparationParameters
    descriptor_version: int
    descriptor_size: int
    created_by: str

    @classmethod
    def current(cls, preparation: PreparationParameters) -> Header:
        """The header of a gallery made now by this version."""
        from headstamp.comparison.descriptors import DESCRIPTOR_SIZE, DESCRIPTOR_VERSION

        return cls(
            identity=uuid.uuid4().hex,
            processing_version=PROCESSING_VERSION,
            preparation=preparation,
            descriptor_version=DESCRIPTOR_VERSION,
            descriptor_size=DESCRIPTOR_SIZE,
            created_by=f"headstamp {__version__}",
        )

    def differences(self, other: Header) -> tuple[str, ...]:
        """What forbids comparing scans of the two, in words; empty when nothing does."""
        pairs = [
            ("processing version", self.processing_version, other.processing_version),
            ("descriptor version", self.descriptor_version, other.descriptor_version),
            ("descriptor size", self.descriptor_size, other.descriptor_size),
        ]
        theirs = other.preparation.as_dict()
        pairs += [(name, mine, theirs[name]) for name, mine in self.preparation.as_dict().items()]
        return tuple(f"{name} {a} here, {b} there" for name, a, b in pairs if a != b)

    def write(self, folder: Path) -> None:
        """Put the header into the folder, whole or not at all, and make it durable."""
        content: dict[str, Any] = {"format": FORMAT, "format_version": FORMAT_VERSION}
        content |= asdict(self)
        content["checksum"] = _checksum(content)
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        write_atomically(folder / HEADER, text.encode())

    @classmethod
    def read(cls, folder: Path) -> Header:
        """Read the header of a gallery.

        Raises
        ------
        GalleryError
            If the folder is missing or no gallery, or its header is damaged or of a newer format.
        """
        content = _load(folder)
        if content.get("format") != FORMAT:
            raise GalleryError(f"{folder}: {HEADER} is not a gallery's header; name another folder")
        stated = content.pop("checksum", None)
        if stated != _checksum(content):
            raise _damaged(folder)
        version = content.get("format_version")
        if not isinstance(version, int) or version > FORMAT_VERSION:
            raise GalleryError(
                f"{folder}: the gallery has format {version}, this version reads up to "
                f"{FORMAT_VERSION}; update headstamp"
            )
        return _parse(folder, content)


def _load(folder: Path) -> dict[str, Any]:
    try:
        raw = (folder / HEADER).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        if not folder.exists():
            raise GalleryError(
                f"{folder}: there is no such gallery; make one with "
                f"'headstamp gallery create {folder}'"
            ) from error
        raise GalleryError(
            f"{folder}: this is not a gallery (it has no {HEADER}); name another folder"
        ) from error
    except OSError as error:
        raise GalleryError(
            f"{folder}: the gallery cannot be read: {os.strerror(error.errno or 0)}"
        ) from error
    try:
        content = json.loads(raw)
    except ValueError as error:
        raise _damaged(folder) from error
    if not isinstance(content, dict):
        raise _damaged(folder)
    return content


def _parse(folder: Path, content: dict[str, Any]) -> Header:
    try:
        return Header(
            identity=str(content["identity"]),
            processing_version=int(content["processing_version"]),
            preparation=PreparationParameters(**content["preparation"]),
            descriptor_version=int(content["descriptor_version"]),
            descriptor_size=int(content["descriptor_size"]),
            created_by=str(content["created_by"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise GalleryError(
            f"{folder}: the gallery was prepared with settings this version does not know "
            f"({error}); {REBUILD}"
        ) from error


REBUILD = "rebuild it from the scans with 'headstamp gallery create NEW --from FOLDER'"
"""What to do about a gallery that cannot be used."""


def _checksum(content: dict[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _damaged(folder: Path) -> GalleryError:
    return GalleryError(
        f"{folder}: {HEADER} is damaged; restore it from a backup (it never changes), or {REBUILD}"
    )
