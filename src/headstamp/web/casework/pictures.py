"""What kind of picture a file is, by its content."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Final

KINDS: Final = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
}


def picture_type(path: Path) -> str | None:
    """The media type of a picture that can be opened; None for anything else."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=list(KINDS)) as picture:
                picture.verify()
                return KINDS.get(picture.format or "")
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return None
