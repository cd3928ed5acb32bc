"""The file that holds the shapes, wherever it was put: alone, in a folder or in a .zip."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from headstamp.errors import UnreadableTableError

SHAPES: Final = (".geojson", ".json", ".shp")
PARTS: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
"""What belongs to one shapefile."""

LARGEST: Final = 300_000_000
"""Bytes of the file, and of what a .zip unpacks to."""

MOST: Final = 500
"""Entries of a .zip."""


@contextmanager
def shapes_in(path: Path) -> Iterator[Path]:
    """The file with the shapes; what was unpacked for it is removed again.

    Raises
    ------
    UnreadableTableError
        If there is none or more than one, or it is too large.
    """
    if path.is_dir():
        yield _only([one for one in sorted(path.iterdir()) if _holds_shapes(one.name)], path)
    elif path.suffix.lower() == ".zip":
        with tempfile.TemporaryDirectory(prefix="headstamp-areas-") as folder:
            _unpack(path, Path(folder))
            yield _only(sorted(Path(folder).iterdir()), path)
    elif path.is_file() and _holds_shapes(path.name):
        yield path
    else:
        there = "is no file of boundaries" if path.exists() else "there is no such file"
        raise UnreadableTableError(
            f"{path}: {there}; give GeoJSON (.geojson), a shapefile (.shp), its folder or its .zip"
        )


def sha256_of(path: Path) -> str:
    """Of a file; of a shapefile, of its parts one after the other."""
    if path.suffix.lower() != ".shp":
        return hashlib.sha256(path.read_bytes()).hexdigest()
    digest = hashlib.sha256()
    for one in sorted(path.parent.glob(f"{path.stem}.*")):
        if one.suffix.lower() in PARTS:
            digest.update(one.read_bytes())
    return digest.hexdigest()


def require_small(path: Path) -> None:
    """Refuse a file that cannot be boundaries of areas of a city.

    Raises
    ------
    UnreadableTableError
        If it is larger than 300 MB.
    """
    if path.stat().st_size > LARGEST:
        raise UnreadableTableError(f"{path.name}: is larger than 300 MB; export the areas alone")


def _unpack(path: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [one for one in archive.infolist() if _is_wanted(one.filename)]
            if len(archive.infolist()) > MOST or sum(one.file_size for one in entries) > LARGEST:
                raise UnreadableTableError(
                    f"{path.name}: holds more than {MOST} files, or unpacks to more than 300 MB; "
                    "unpack it yourself and give the one file"
                )
            for one in entries:
                target = folder / PurePosixPath(one.filename).name
                if target.exists():
                    raise UnreadableTableError(
                        f"{path.name}: holds two files {target.name}; unpack it and give one"
                    )
                _copy(archive, one, target)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise UnreadableTableError(
            f"{path.name}: no .zip that can be read ({error}); get it again, or unpack it yourself"
        ) from error


def _copy(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    # The reader checks that no more comes out than the entry says.
    with archive.open(entry) as packed, target.open("wb") as stream:
        while block := packed.read(1 << 20):
            stream.write(block)


def _is_wanted(name: str) -> bool:
    entry = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in entry.parts)
    return not hidden and entry.suffix.lower() in {*SHAPES, *PARTS}


def _holds_shapes(name: str) -> bool:
    return not name.startswith(".") and Path(name).suffix.lower() in SHAPES


def _only(found: list[Path], path: Path) -> Path:
    shapes = [one for one in found if _holds_shapes(one.name)]
    if len(shapes) == 1:
        return shapes[0]
    names = ", ".join(one.name for one in shapes[:5]) or "none"
    raise UnreadableTableError(
        f"{path}: must hold one .shp or .geojson (it holds {names}); give the file itself"
    )
