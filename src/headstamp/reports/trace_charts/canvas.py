"""Shapes of a drawing in SVG: numbers to a tenth, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from math import ceil, sqrt

from headstamp.reports.figure_charts.frame import INK

PAPER = "#ffffff"
FONT = "system-ui, 'Noto Sans', 'Liberation Sans', sans-serif"


def number(value: float) -> str:
    """A length to a tenth of a pixel: nobody sees the rest."""
    return f"{value:.1f}".removesuffix(".0")


def drawing(width: float, height: float, parts: Iterable[str]) -> str:
    """A whole drawing; it holds all it needs: no script, no font, no other file."""
    size = f'width="{number(width)}" height="{number(height)}"'
    view = f'viewBox="0 0 {number(width)} {number(height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view} font-family="{FONT}">'
        f"{box(0, 0, width, height, fill=PAPER)}{''.join(parts)}</svg>"
    )


def text(
    x: float, y: float, said: str, *, size: float = 13, anchor: str = "start", ink: str = INK
) -> str:
    """A line of text; ``y`` is its base line."""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{ink}" '
        f'text-anchor="{anchor}">{escape(said)}</text>'
    )


def box(x: float, y: float, width: float, height: float, *, fill: str, said: str = "") -> str:
    """A rectangle, with what it says when it is pointed at."""
    title = f"<title>{escape(said)}</title>" if said else ""
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" '
        f'height="{number(height)}" fill="{fill}">{title}</rect>'
    )


def shades(count: float, most: float, classes: int) -> int:
    """The class of a count by its square root, so that a few large ones do not make all else pale.

    Parameters
    ----------
    count, most : float
        Of one, and the largest there is.
    classes : int

    Returns
    -------
    int
        From 0 (none) to ``classes - 1``.
    """
    if count <= 0 or most <= 0:
        return 0
    return max(1, ceil((classes - 1) * sqrt(count / most)))
