"""Images as PNG, the same bytes for the same pixels."""

from __future__ import annotations

import base64
import io

import numpy as np

from headstamp.reports.relief import Image


def png(image: Image) -> bytes:
    """A greyscale image as PNG bytes without date, name or other metadata.

    Parameters
    ----------
    image : uint8 (H, W)
    """
    from PIL import Image as Pillow

    stream = io.BytesIO()
    Pillow.fromarray(np.ascontiguousarray(image)).save(stream, format="PNG", compress_level=9)
    return stream.getvalue()


def png_uri(data: bytes) -> str:
    """PNG bytes as a data URI."""
    return "data:image/png;base64," + base64.b64encode(data).decode("ascii")
