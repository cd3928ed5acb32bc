"""From files to gallery items: find the scans, read and prepare them in processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from headstamp.errors import HeadstampError, UnreadableScanError
from headstamp.gallery.items import GalleryItem
from headstamp.gallery.processes import WorkerPool
from headstamp.surfaces.prepared import PreparationParameters

if TYPE_CHECKING:
    from headstamp.formats.scan_file import ScanMetadata


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be added.

    Parameters
    ----------
    path : Path
    name : str
        What the scan will be called: its path below the folder that was named, or its file name.
    labels : dict
        ``case``, ``exhibit``, ``firearm``.
    """

    path: Path
    name: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not become part of a gallery, and why."""

    name: str
    reason: str


def sources(paths: Iterable[str | Path]) -> list[Source]:
    """The scans among files and folders, folders searched to any depth, in the order of names.

    In a folder only files named as scans are taken; a file that is named is always tried.

    Raises
    ------
    UnreadableScanError
        If a path does not exist, or a folder holds no scan.
    """
    found: list[Source] = []
    for path in map(Path, paths):
        if path.is_dir():
            found += _in_folder(path)
        elif path.exists():
            found.append(Source(path, path.name))
        else:
            raise UnreadableScanError(f"{path}: there is no such file or folder; check the name")
    return found


def _in_folder(folder: Path) -> list[Source]:
    from headstamp.formats.scans import SCAN_SUFFIXES, scan_paths

    files = scan_paths(folder)
    if not files:
        raise UnreadableScanError(
            f"{folder}: the folder holds no scans ({', '.join(SCAN_SUFFIXES)}); name another one"
        )
    return [Source(path, path.relative_to(folder).as_posix()) for path in files]


def items(
    found: Sequence[Source], preparation: PreparationParameters, pool: WorkerPool | None = None
) -> Iterator[GalleryItem | Failure]:
    """Prepare each source; a scan that cannot be read or used comes as a failure.

    Parameters
    ----------
    found : sequence of Source
    preparation : PreparationParameters
        The gallery's.
    pool : WorkerPool, optional
        Who prepares; this process when none is given.
    """
    orders = [(source, preparation) for source in found]
    if pool is None:
        return map(prepare_source, orders)
    return pool.ordered(prepare_source, orders)


def prepare_source(order: tuple[Source, PreparationParameters]) -> GalleryItem | Failure:
    """Read, prepare and describe one scan."""
    from headstamp.formats.scans import read_scan
    from headstamp.surfaces.preparation import prepare

    source, preparation = order
    try:
        scan_file = read_scan(source.path)
        prepared = prepare(scan_file.topography(), preparation)
    except HeadstampError as error:
        return Failure(source.name, _without_name(str(error), source))
    except OSError as error:
        return Failure(source.name, error.strerror or str(error))
    except MemoryError:
        return Failure(source.name, "there is not enough memory to read it; use fewer --jobs")
    return GalleryItem.of(
        source.name,
        scan_file.sha256,
        prepared,
        instrument_of(scan_file.metadata),
        dict(source.labels),
    )


def instrument_of(metadata: ScanMetadata) -> str:
    """Maker and model, as far as the scan says."""
    parts = (metadata.manufacturer, metadata.model)
    return " ".join(part.strip() for part in parts if part and part.strip())


def _without_name(sentence: str, source: Source) -> str:
    """The sentence without the file's name in front, which the table shows already."""
    for name in (str(source.path), source.path.name):
        sentence = sentence.removeprefix(f"{name}: ")
    return sentence
