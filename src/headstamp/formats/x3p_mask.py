"""The annotation image that x3ptools keeps beside the heights of an X3P file."""

from __future__ import annotations

import io
import struct
import warnings as python_warnings
import zlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.formats.x3p_archive import X3PArchive

_LARGEST: Final = 100_000_000
_PICTURE_ERRORS: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    OverflowError,
    struct.error,
    zlib.error,
)


def read_mask(
    archive: X3PArchive, shape: tuple[int, ...], warnings: list[str]
) -> NDArray[np.uint8] | None:
    """The image's colours, uint8 (H, W, 3); None where there is none or it cannot be used."""
    entry = archive.entry("bindata/mask.png")
    if entry is None:
        return None
    content = archive.read_small(entry, _LARGEST)
    if content is None:
        warnings.append("the mask image cannot be read and was left out")
        return None
    from PIL import Image

    try:
        with python_warnings.catch_warnings():
            python_warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
                if picture.size != (shape[1], shape[0]):
                    warnings.append(
                        "the mask image has another size than the scan; it was left out"
                    )
                    return None
                return np.asarray(picture.convert("RGB"))
    except (*_PICTURE_ERRORS, Image.DecompressionBombError):
        warnings.append("the mask image cannot be read and was left out")
        return None
