"""A sketch of a scene: a grid of metres and the exhibits where they lay."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Final

from headstamp.simulation.city_exhibits import SKETCH
from headstamp.simulation.city_records import Exhibit

SCALE: Final = 30
"""Pixels a metre."""

COLOURS: Final = {"cartridge_case": "#9b6c14", "firearm": "#8b0a03"}


def sketch(exhibits: Iterable[Exhibit]) -> bytes:
    """A PNG of one scene; exhibits without a place are left out."""
    from PIL import Image, ImageDraw, ImageFont

    width, height = (round(side * SCALE) for side in SKETCH)
    picture = Image.new("RGB", (width, height), "#ffffff")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(20)
    for metre in range(0, width // SCALE + 1, 5):
        pen.line((metre * SCALE, 0, metre * SCALE, height), "#dfe1e2")
        pen.text((metre * SCALE + 4, height - 26), f"{metre} m", "#71767a", font)
    for metre in range(0, height // SCALE + 1, 5):
        pen.line((0, height - metre * SCALE, width, height - metre * SCALE), "#dfe1e2")
    for exhibit in exhibits:
        if exhibit.x_m is None or exhibit.y_m is None:
            continue
        x, y = exhibit.x_m * SCALE, height - exhibit.y_m * SCALE
        colour = COLOURS.get(exhibit.kind, "#3d4551")
        pen.polygon(((x, y - 10), (x - 9, y + 7), (x + 9, y + 7)), colour)
        pen.text((x + 12, y - 14), exhibit.number.rsplit("-", 1)[-1], "#1b1b1b", font)
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()
