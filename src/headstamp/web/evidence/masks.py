"""Masks drawn by hand: which points of a scan may be used, as a grey picture."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from headstamp.errors import UnsuitableScanError
from headstamp.surfaces.masking import automatic_mask
from headstamp.surfaces.preparation import refuse_impossible
from headstamp.surfaces.topography import Topography
from headstamp.web.casework import files
from headstamp.web.refusals import Refusal

if TYPE_CHECKING:
    from headstamp.web.evidence.models import Scan

MOST_BYTES: Final = 20_000_000
NO_MASK: Final = "The mask could not be read. Reload the page and draw it again."


def encoded(mask: NDArray[np.bool_]) -> bytes:
    """A mask as a PNG: white = may be used."""
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(np.where(mask, 255, 0).astype(np.uint8)).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def decoded(data: bytes, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """The mask in a PNG: bool (rows, columns).

    Raises
    ------
    Refusal
        If it is no PNG of this shape.
    """
    from PIL import Image

    if len(data) > MOST_BYTES or not data.startswith(b"\x89PNG"):
        raise Refusal(NO_MASK)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
                if picture.size != (shape[1], shape[0]):
                    raise Refusal("The mask does not fit the scan. Reload the page.")
                grey = np.asarray(picture.convert("L"))
    except Refusal:
        raise
    except Exception as error:  # the reader's own faults are of many kinds
        raise Refusal(NO_MASK) from error
    return np.asarray(grey >= 128)


def automatic(topography: Topography) -> NDArray[np.bool_]:
    """The points that would be used without a mask drawn by hand.

    Of a scan that cannot be compared at all, whose spacing can be anything, every measured one.
    """
    try:
        refuse_impossible(topography)
    except UnsuitableScanError:
        return topography.valid
    return np.asarray(automatic_mask(topography) & topography.valid)


def corrected_mask(scan: Scan) -> NDArray[np.bool_] | None:
    """The mask drawn for a scan; None where the automatic one holds."""
    if scan.mask_id is None or scan.rows is None or scan.columns is None:
        return None
    return decoded(files.path_of(scan.mask_id).read_bytes(), (scan.rows, scan.columns))
