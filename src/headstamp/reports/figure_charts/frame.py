"""Sizes, letters and colours that all charts of figures share.

A chart is drawn about as wide as a phone, so that its text can be read there, and is shown larger
elsewhere. Colours differ in lightness, not only in hue: they survive print and colour blindness.
"""

from __future__ import annotations

import re
from typing import Any, Final

from headstamp.reports.charts import Specification, render_svg

WIDTH: Final = 440
"""Of a whole chart, pixels."""

TEXT: Final = 14
INK: Final = "#1b1f24"
QUIET: Final = "#565d66"
LINE: Final = "#dcdeda"
MAIN: Final = "#0b5a8a"
PALE: Final = "#bdd5e6"
CLASSES: Final = ("#f1f5f8", "#c3d9e8", "#86b4d3", "#3f83b3", "#0b4a70")
"""From few to many."""

HATCHED: Final = "#c0bfbe"
"""Stands for hatching: small numbers that are not shown."""

UNKNOWN: Final = "#fdfdfc"

FIT: Final[Specification] = {"autosize": {"type": "fit", "contains": "padding"}, "width": WIDTH}


_PLACE: Final = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")
_DOT: Final = r'd="M(?P<r>[\d.]+),0A(?P=r),(?P=r),0,1,1,-(?P=r),0A(?P=r),(?P=r),0,1,1,(?P=r),0"'
_AT: Final = r'<path transform="translate\([-\d.,]+\)" '
_RUN: Final = re.compile(_AT + f"(?P<dot>{_DOT})(?P<look>[^>]*?)/>(?:{_AT}(?P=dot)(?P=look)/>)+")
"""A dot, and more of the same radius and look after it."""


_OUTLINE: Final = re.compile(r' d="[^"]*"')
_NUMBER: Final = re.compile(r"\d+\.\d+")


def svg_of(name: str, specification: Specification) -> str:
    """Draw; the same specification gives the same text."""
    svg = render_svg(name, {"config": config(), **specification})
    return _hatch(name, _shortened(_dots_together(svg)))


def config() -> Specification:
    """Letters large enough for a phone, few lines."""
    letters = {"labelFontSize": TEXT - 1, "titleFontSize": TEXT - 1, "titleFontWeight": "normal"}
    colours = {"labelColor": INK, "titleColor": INK}
    return {
        # The page that shows a chart says in words what it shows.
        "aria": False,
        "font": "system-ui, 'Noto Sans', 'Liberation Sans', sans-serif",
        "axis": {
            **letters,
            **colours,
            "gridColor": LINE,
            "domainColor": QUIET,
            "tickColor": QUIET,
            "titlePadding": 8,
        },
        "legend": {**letters, **colours, "titleLimit": 400, "labelLimit": 400, "symbolLimit": 12},
        "header": {**letters, **colours},
        "text": {"fontSize": TEXT - 1, "color": INK},
        "view": {"stroke": None},
    }


def legend(names: list[str], colours: list[str], *, columns: int = 0) -> dict[str, Any]:
    """A colour scale over names with a legend above the chart."""
    return {
        "scale": {"domain": names, "range": colours},
        "legend": {
            "title": None,
            "orient": "top",
            "columns": columns or len(names),
            "symbolStrokeWidth": 2,
        },
    }


def _dots_together(svg: str) -> str:
    """Dots that follow each other and look alike as one path: a tenth of the text."""
    return _RUN.sub(_one_path, svg)


def _one_path(found: re.Match[str]) -> str:
    r = float(found["r"])
    way = f"a{r:.1f},{r:.1f},0,1,1,{-2 * r:.1f},0a{r:.1f},{r:.1f},0,1,1,{2 * r:.1f},0"
    places = ((float(x) + r, float(y)) for x, y in _PLACE.findall(found[0]))
    return f'<path d="{"".join(f"M{x:.1f},{y:.1f}{way}" for x, y in places)}"{found["look"]}/>'


def _shortened(svg: str) -> str:
    """Outlines to a tenth of a pixel: nobody sees the rest."""
    return _OUTLINE.sub(lambda found: _NUMBER.sub(_tenths, found[0]), svg)


def _tenths(found: re.Match[str]) -> str:
    return f"{float(found[0]):.1f}".removesuffix(".0")


def _hatch(name: str, svg: str) -> str:
    """Hatching in the place of the colour that stands for it; the renderer has none."""
    if HATCHED not in svg:
        return svg
    pattern = (
        f'<defs><pattern id="{name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="#ffffff"/>'
        '<path d="M-1,1L1,-1M0,6L6,0M5,7L7,5" stroke="#77736c" stroke-width="1.1"/>'
        "</pattern></defs>"
    )
    start = re.search(r"<svg[^>]*>", svg)
    at = start.end() if start else 0
    drawn = svg[at:].replace(f'fill="{HATCHED}"', f'fill="url(#{name}-hatch)"')
    return svg[:at] + pattern + drawn
