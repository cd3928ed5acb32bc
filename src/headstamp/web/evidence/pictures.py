"""Pictures of a scan, computed once: they lie beside its surface and can be made again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from headstamp.reports.images import png
from headstamp.reports.relief import natural_exaggeration, shaded_relief
from headstamp.surfaces.prepared import PROCESSING_VERSION
from headstamp.web.casework import files
from headstamp.web.evidence.masks import automatic, encoded
from headstamp.web.evidence.models import Scan
from headstamp.web.evidence.surfaces import keep, path_beside, topography_of


def relief_of(scan: Scan) -> bytes:
    """The whole scan as it was measured, lit from one side: PNG, one pixel a point."""

    def make() -> bytes:
        topography = topography_of(scan)
        exaggeration = natural_exaggeration(topography, 0.3)
        return png(shaded_relief(topography, exaggeration=exaggeration))

    return _once(scan.file_id, "relief.png", make)


def mask_of(scan: Scan) -> bytes:
    """The mask in use: PNG, white = may be used."""
    if scan.mask_id is not None:
        return files.path_of(scan.mask_id).read_bytes()
    return automatic_mask_of(scan)


def automatic_mask_of(scan: Scan) -> bytes:
    """The mask that is used unless one is drawn by hand."""
    name = automatic_mask_name(scan)
    return _once(scan.file_id, name, lambda: encoded(automatic(topography_of(scan))))


def automatic_mask_name(scan: Scan) -> str:
    """Names the automatic mask of a file, for the mark it is said to show."""
    return f"{scan.region}.mask-{PROCESSING_VERSION}.png"


def _once(key: str, kind: str, make: Callable[[], bytes]) -> bytes:
    path = path_beside(key, kind)
    with suppress(OSError):
        return path.read_bytes()
    made = make()
    with suppress(OSError):  # a full disk keeps nobody from looking
        keep(path, made)
    return made
