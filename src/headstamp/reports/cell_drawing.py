"""Cells drawn over an image, as SVG that pages and PDFs share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from markupsafe import Markup, escape
from numpy.typing import NDArray

from headstamp.reports.frame import Frame
from headstamp.reports.images import png, png_uri
from headstamp.reports.relief import Image

CONGRUENT: Final = "#ffd34d"
HALO: Final = "#10151a"
FAINT: Final = "#ffffff"
NO_CORRELATION: Final = -1.0
"""What a cell table holds for a cell that met no surface on the other scan."""

_WIDTH: Final = 560.0
"""Units across a drawing, so that lines and letters look alike on every scan."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnCells:
    """Cells where they lie in a frame.

    Parameters
    ----------
    places : float64 (n, 2)
        Centres on the frame's scan B, (y, x) metres from its canvas centre; NaN = not drawn.
    correlation : float64 (n,)
    congruent : bool (n,)
    size : float
        Side, metres.
    """

    places: NDArray[np.float64]
    correlation: NDArray[np.float64]
    congruent: NDArray[np.bool_]
    size: float


def draw_cells(image: Image, frame: Frame, cells: DrawnCells, label: str) -> Markup:
    """An image with its cells: congruent ones bold with number and correlation, others faint.

    Parameters
    ----------
    image : uint8 (H, W)
        Drawn in ``frame``.
    frame : Frame
    cells : DrawnCells
        Numbered from 1 in this order, so that the drawing of the other scan has the same numbers.
    label : str
        What the drawing shows, for those who cannot see it.
    """
    scale = _WIDTH / frame.shape[1]
    height = frame.shape[0] * scale
    centres = frame.pixels(cells.places) * scale
    side = cells.size / frame.spacing * scale
    order = np.argsort(cells.congruent, kind="stable")
    placed = np.flatnonzero(~np.isnan(centres[:, 0]))
    drawn = "".join(_cell(int(i), centres, side, cells) for i in order if i in placed)
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {height:.1f}" '
        f'role="img" aria-label="{escape(label)}" font-family="Liberation Sans, Arial, '
        f'Libertinus Serif, sans-serif" text-anchor="middle">'
        f'<image href="{png_uri(png(image))}" width="{_WIDTH:g}" height="{height:.1f}" '
        f'preserveAspectRatio="none"/>{drawn}{_scale_bar(frame, scale, height)}</svg>'
    )


def _cell(index: int, centres: NDArray[np.float64], side: float, cells: DrawnCells) -> str:
    row, column = centres[index]
    box = (
        f'x="{column - side / 2 + 1.5:.1f}" y="{row - side / 2 + 1.5:.1f}" '
        f'width="{side - 3:.1f}" height="{side - 3:.1f}" fill="none"'
    )
    if not cells.congruent[index]:
        return (
            f'<rect {box} stroke="{HALO}" stroke-opacity=".45" stroke-width="2"/>'
            f'<rect {box} stroke="{FAINT}" stroke-opacity=".7" stroke-dasharray="4 4"/>'
        )
    size = min(side * 0.29, 26.0)
    return (
        f'<rect {box} stroke="{HALO}" stroke-opacity=".55" stroke-width="4.5"/>'
        f'<rect {box} stroke="{CONGRUENT}" stroke-width="2.2"/>'
        + _text(f"{cells.correlation[index]:.2f}", column, row + side * 0.44, size)
        + _text(str(index + 1), column, row - side * 0.24, size * 0.72)
    )


def _text(text: str, column: float, base: float, size: float) -> str:
    """Letters on a dark patch, centred on ``column``, standing on ``base``."""
    width = len(text) * size * 0.56 + size * 0.3
    return (
        f'<rect x="{column - width / 2:.1f}" y="{base - size:.1f}" width="{width:.1f}" '
        f'height="{size * 1.14:.1f}" rx="2" fill="{HALO}" fill-opacity=".72"/>'
        f'<text x="{column:.1f}" y="{base - size * 0.1:.1f}" font-size="{size:.1f}" '
        f'fill="{CONGRUENT}">{text}</text>'
    )


def _scale_bar(frame: Frame, scale: float, height: float) -> str:
    """Half a millimetre, at the lower left."""
    length = 0.5e-3 / frame.spacing * scale
    return (
        f'<rect x="10" y="{height - 34:.1f}" width="{length + 16:.1f}" height="26" rx="3" '
        f'fill="{HALO}" fill-opacity=".7"/><rect x="18" y="{height - 15:.1f}" '
        f'width="{length:.1f}" height="3" fill="#fff"/><text x="{18 + length / 2:.1f}" '
        f'y="{height - 19:.1f}" font-size="12.5" fill="#fff">0.5 mm</text>'
    )
