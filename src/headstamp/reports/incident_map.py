"""A small schematic map of incidents: where they lie to each other, without a street or a tile."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

WIDTH, HEIGHT, MARGIN = 640.0, 360.0, 70.0
METRES_A_DEGREE: Final = 111_320.0
LEAST_METRES: Final = 300.0
"""Half the side of the smallest part of the world that is drawn."""

BARS: Final = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 500_000)
INK, QUIET, PAPER, GRID, POINT = "#1b1f24", "#555b63", "#ffffff", "#e6e8ea", "#0b4a70"


@dataclass(frozen=True, slots=True)
class Place:
    """An incident: its number, and degrees of latitude and longitude (WGS 84)."""

    label: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Line:
    """A link between two incidents; dashed unless it is confirmed."""

    one: str
    other: str
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is drawn: its centre in degrees, and metres a unit of the drawing."""

    latitude: float
    longitude: float
    metres: float

    def at(self, place: Place) -> tuple[float, float]:
        """Where a place lies on the drawing; north is up."""
        east, north = _metres(place, self.latitude, self.longitude)
        return WIDTH / 2 + east / self.metres, HEIGHT / 2 - north / self.metres


def incident_map(places: tuple[Place, ...], lines: tuple[Line, ...] = ()) -> Markup:
    """An SVG of at most a few dozen incidents; empty text if there is none.

    Distances are right to a few parts in a thousand within a region; directions are true north up.

    Parameters
    ----------
    places : tuple of Place
        Each label once.
    lines : tuple of Line
        Between labels of places.
    """
    if not places:
        return Markup("")
    frame = _frame(places)
    points = {place.label: frame.at(place) for place in places}
    drawn = "".join(_line(points[one.one], points[one.other], one.is_confirmed) for one in lines)
    drawn += "".join(_point(*point) for point in points.values())
    drawn += _labels(points)
    said = escape(f"Schematic map of {', '.join(points)}; north is up")
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" '
        f'aria-label="{said}" font-family="Liberation Sans, Arial, Libertinus Serif, sans-serif">'
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="{PAPER}"/>{_grid(frame)}{drawn}'
        f"{_scale(frame)}{NORTH}</svg>"
    )


def _metres(place: Place, latitude: float, longitude: float) -> tuple[float, float]:
    """East and north of a point, on a plane that touches there."""
    east = (place.longitude - longitude) * METRES_A_DEGREE * math.cos(math.radians(latitude))
    return east, (place.latitude - latitude) * METRES_A_DEGREE


def _frame(places: tuple[Place, ...]) -> _Frame:
    latitudes = [place.latitude for place in places]
    longitudes = [place.longitude for place in places]
    latitude = (min(latitudes) + max(latitudes)) / 2
    longitude = (min(longitudes) + max(longitudes)) / 2
    apart = [_metres(place, latitude, longitude) for place in places]
    east = max(LEAST_METRES, *(abs(one) for one, _ in apart))
    north = max(LEAST_METRES, *(abs(one) for _, one in apart))
    across = max(east / (WIDTH / 2 - MARGIN), north / (HEIGHT / 2 - MARGIN))
    return _Frame(latitude, longitude, across)


def _bar(frame: _Frame) -> int:
    """A round length, metres, of about a fifth of the width."""
    fitting = [length for length in BARS if length <= frame.metres * WIDTH / 4]
    return fitting[-1] if fitting else BARS[0]


def _grid(frame: _Frame) -> str:
    step = _bar(frame) / frame.metres
    across = _from_centre(WIDTH / 2, step, WIDTH)
    down = _from_centre(HEIGHT / 2, step, HEIGHT)
    path = "".join(f"M{x:.1f} 0V{HEIGHT:g}" for x in across)
    path += "".join(f"M0 {y:.1f}H{WIDTH:g}" for y in down)
    return f'<path d="{path}" stroke="{GRID}" fill="none"/>'


def _from_centre(centre: float, step: float, end: float) -> list[float]:
    count = int(end / 2 / step)
    return [centre + number * step for number in range(-count, count + 1)]


def _line(one: tuple[float, float], other: tuple[float, float], is_confirmed: bool) -> str:
    dashes = "" if is_confirmed else ' stroke-dasharray="7 6"'
    return (
        f'<line x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{other[0]:.1f}" y2="{other[1]:.1f}" '
        f'stroke="{POINT}" stroke-width="2"{dashes}/>'
    )


def _point(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{POINT}" stroke="{PAPER}"/>'


def _labels(points: dict[str, tuple[float, float]]) -> str:
    """Numbers above their points; one that would lie on another goes below or further up."""
    taken: list[tuple[float, float]] = []
    drawn = ""
    for label, (x, y) in sorted(points.items(), key=lambda one: (one[1][1], one[0])):
        base = next(
            (
                at
                for at in (y - 14, y + 26, *(y - 14 - 18 * more for more in range(1, 8)))
                if not any(abs(at - b) < 17 and abs(x - a) < 150 for a, b in taken)
            ),
            y - 14,
        )
        taken.append((x, base))
        middle = min(max(x, 80.0), WIDTH - 80.0)
        drawn += (
            f'<text x="{middle:.1f}" y="{base:.1f}" text-anchor="middle" font-size="16" '
            f'fill="{INK}" stroke="{PAPER}" stroke-width="4" paint-order="stroke">'
            f"{escape(label)}</text>"
        )
    return drawn


def _scale(frame: _Frame) -> str:
    length = _bar(frame)
    said = f"{length} m" if length < 1000 else f"{length // 1000} km"
    width, base = length / frame.metres, HEIGHT - 16
    return (
        f'<path d="M16 {base - 6:g}v6h{width:.1f}v-6" fill="none" stroke="{INK}" '
        f'stroke-width="2"/><text x="{16 + width / 2:.1f}" y="{base - 8:g}" font-size="14" '
        f'text-anchor="middle" fill="{QUIET}">{said}</text>'
    )


NORTH: Final = (
    f'<path d="M{WIDTH - 24:g} 34l-7 16 7-4 7 4z" fill="{INK}"/><text x="{WIDTH - 24:g}" y="28" '
    f'font-size="14" text-anchor="middle" fill="{QUIET}">N</text>'
)
