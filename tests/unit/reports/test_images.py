"""PNG images read back."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from headstamp.reports.images import png, png_uri


def test_a_png_holds_the_pixels_and_nothing_else() -> None:
    pixels = np.arange(12, dtype=np.uint8).reshape(3, 4)
    read = Image.open(io.BytesIO(png(pixels)))
    np.testing.assert_array_equal(np.asarray(read), pixels)
    assert read.info == {}


def test_the_same_pixels_give_the_same_bytes() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (50, 60)).astype(np.uint8)
    assert png(pixels) == png(pixels[::-1][::-1])


def test_a_data_uri_says_what_it_is() -> None:
    assert png_uri(b"\x00\x01").startswith("data:image/png;base64,AAE")
