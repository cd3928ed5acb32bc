"""Guns from state to state on a map of tiles: each state a square of one size, where it lies.

A map of true outlines would show Rhode Island as nothing and Alaska as everything.
"""

from __future__ import annotations

from html import escape
from typing import Final

from headstamp.reports.figure_charts.frame import CLASSES, INK, QUIET
from headstamp.reports.figure_charts.plan import Chart
from headstamp.reports.trace_charts.canvas import PAPER, box, drawing, number, shades, text
from headstamp.reports.trace_charts.words import NO_SAMPLE, based, percent
from headstamp.tracing.bases import Base, Share
from headstamp.tracing.flows import Flow, SourceRecoveryMatrix, destinations_of, sources_of
from headstamp.tracing.states import name_of

ROWS: Final = (
    "AK .. .. .. .. .. .. .. .. .. .. ME",
    ".. .. .. .. .. .. WI .. .. .. VT NH",
    ".. WA ID MT ND MN IL MI .. NY MA ..",
    ".. OR NV WY SD IA IN OH PA NJ CT RI",
    ".. CA UT CO NE MO KY WV VA MD DE ..",
    ".. .. AZ NM KS AR TN NC SC DC .. ..",
    ".. .. .. .. OK LA MS AL GA .. .. ..",
    "HI GU .. .. TX .. .. .. .. FL PR VI",
)
"""Where each tile lies."""

TILES: Final = {
    code: (column, row)
    for row, line in enumerate(ROWS)
    for column, code in enumerate(line.split())
    if code != ".."
}
SIDE: Final = 36
GAP: Final = 1.5
WIDTH: Final = SIDE * 12 + 8
WIDEST: Final = 11.0
"""Of the largest flow that is drawn, pixels; the others in proportion."""

DRAWN: Final = 12


def flow_map(matrix: SourceRecoveryMatrix, code: str = "", *, outward: bool = False) -> Chart:
    """Where the guns recovered in a state were first sold, or where those sold in it turned up.

    Parameters
    ----------
    matrix : SourceRecoveryMatrix
    code : str
        Of the state; without one the largest flows between any two states are drawn.
    outward : bool
        Guns sold in the state, wherever they were recovered.
    """
    flows = _flows(matrix, code, outward=outward)
    between = [one for one in flows if one.source != one.recovery]
    drawn = [one for one in between if {one.source, one.recovery} <= set(TILES)][:DRAWN]
    title = _title(matrix.year, code, outward=outward)
    counts = _counts(flows, code, outward=outward)
    parts = [*_tiles(counts, code), *_arcs(drawn), *_labels(counts)]
    height = SIDE * len(ROWS) + 8
    note = f"Arcs: the {len(drawn)} largest flows, as wide as they are large."
    parts.append(text(4, height + 16, note if drawn else "No flow between states.", ink=QUIET))
    base = _base(matrix, code, outward=outward)
    return Chart(
        name=_name("flow-map", matrix.year, code, outward=outward),
        title=title,
        description=f"{_said(flows, code, outward=outward)} {based(base)} {NO_SAMPLE}",
        svg=drawing(WIDTH, height + 26, parts),
        columns=("Sold in", "Recovered in", "Guns", "Share"),
        rows=tuple(
            (name_of(one.source), name_of(one.recovery), f"{one.share.part:,}", percent(one.share))
            for one in flows
        ),
    )


def _flows(matrix: SourceRecoveryMatrix, code: str, *, outward: bool) -> tuple[Flow, ...]:
    if code:
        return destinations_of(matrix, code) if outward else sources_of(matrix, code)
    base = _base(matrix, "", outward=False)
    found = [
        Flow(source, recovery, Share(int(matrix.counts[row, column]), base))
        for row, source in enumerate(matrix.sources)
        for column, recovery in enumerate(matrix.recoveries)
        if matrix.counts[row, column] and source != recovery
    ]
    return tuple(sorted(found, key=lambda one: (-one.share.part, one.source, one.recovery)))


def _base(matrix: SourceRecoveryMatrix, code: str, *, outward: bool) -> Base:
    if code:
        return matrix.sold_in(code) if outward else matrix.recovered_in(code)
    return Base("source_state_identified", int(matrix.counts.sum()))


def _title(year: int, code: str, *, outward: bool) -> str:
    if not code:
        return f"Guns from state to state, {year}"
    if outward:
        return f"Guns first sold in {name_of(code)}, by where they were recovered, {year}"
    return f"Guns recovered in {name_of(code)}, by where they were first sold, {year}"


def _name(kind: str, year: int, code: str, *, outward: bool) -> str:
    way = ("from-" if outward else "to-") + code.lower() if code else "all"
    return f"{kind}-{way}-{year}"


def _counts(flows: tuple[Flow, ...], code: str, *, outward: bool) -> dict[str, int]:
    """What each tile says: guns that came from it, or went to it."""
    counts: dict[str, int] = {}
    for one in flows:
        there = one.recovery if code and outward else one.source
        counts[there] = counts.get(there, 0) + one.share.part
    return counts


def _tiles(counts: dict[str, int], chosen: str) -> list[str]:
    most = max(counts.values(), default=0)
    parts = []
    for code, (column, row) in TILES.items():
        count, x, y = counts.get(code, 0), 4 + column * SIDE, 4 + row * SIDE
        shade = shades(count, most, len(CLASSES))
        said = f"{name_of(code)}: {count:,}"
        parts.append(box(x, y, SIDE - GAP, SIDE - GAP, fill=CLASSES[shade], said=said))
        if code == chosen:
            parts.append(
                f'<rect x="{x}" y="{y}" width="{number(SIDE - GAP)}" '
                f'height="{number(SIDE - GAP)}" fill="none" stroke="{INK}" stroke-width="2.5"/>'
            )
    return parts


def _labels(counts: dict[str, int]) -> list[str]:
    """What stands in each tile, above the arcs."""
    most = max(counts.values(), default=0)
    parts = []
    for code, (column, row) in TILES.items():
        count = counts.get(code, 0)
        ink = PAPER if shades(count, most, len(CLASSES)) >= 3 else INK
        x, y = 4 + column * SIDE + (SIDE - GAP) / 2, 4 + row * SIDE
        parts.append(text(x, y + 15, code, anchor="middle", ink=ink))
        if count:
            parts.append(text(x, y + 29, _short(count), size=11, anchor="middle", ink=ink))
    return parts


def _short(count: int) -> str:
    """A count that fits into a tile."""
    return f"{count:,}" if count < 100_000 else f"{count // 1000}k"


def _arcs(flows: list[Flow]) -> list[str]:
    most = max((one.share.part for one in flows), default=1)
    return [_arc(one, WIDEST * one.share.part / most) for one in reversed(flows)]


def _arc(one: Flow, width: float) -> str:
    (x0, y0), (x1, y1) = _middle(one.source), _middle(one.recovery)
    # A curve to the left of its way, so that there and back are two.
    x = (x0 + x1) / 2 + (y1 - y0) * 0.18
    y = (y0 + y1) / 2 - (x1 - x0) * 0.18
    said = f"{name_of(one.source)} to {name_of(one.recovery)}: {one.share.part:,}"
    return (
        f'<path d="M{number(x0)},{number(y0)}Q{number(x)},{number(y)} {number(x1)},{number(y1)}" '
        f'fill="none" stroke="#b3541e" stroke-opacity="0.55" stroke-linecap="round" '
        f'stroke-width="{width:.2f}"><title>{escape(said)}</title></path>'
    )


def _middle(code: str) -> tuple[float, float]:
    column, row = TILES[code]
    return 4 + (column + 0.5) * SIDE - GAP / 2, 4 + (row + 0.5) * SIDE - GAP / 2


def _said(flows: tuple[Flow, ...], code: str, *, outward: bool) -> str:
    if not flows:
        return "There is no gun to draw."
    most = "; ".join(
        f"{name_of(one.source)} to {name_of(one.recovery)} {one.share.part:,}"
        if not code
        else f"{name_of(one.recovery if outward else one.source)} {one.share.part:,}"
        f" ({percent(one.share)})"
        for one in flows[:5]
    )
    untiled = [one for one in flows if (one.recovery if outward else one.source) not in TILES]
    rest = sum(one.share.part for one in untiled)
    left = f" Without a tile: {rest:,} guns." if rest else ""
    return f"Most: {most}.{left}"
