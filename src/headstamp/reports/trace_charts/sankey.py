"""Guns from the states of their sale to the states of their recovery, as bands of their width."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import Final

from headstamp.reports.figure_charts.frame import MAIN, PALE, QUIET
from headstamp.reports.figure_charts.plan import Chart
from headstamp.reports.trace_charts.canvas import box, drawing, number, text
from headstamp.reports.trace_charts.words import NO_SAMPLE, based, percent
from headstamp.tracing.bases import Base, Share
from headstamp.tracing.flows import SourceRecoveryMatrix
from headstamp.tracing.states import name_of

WIDTH: Final = 440
TALL: Final = 420.0
"""All guns together, pixels; gaps between the states are added."""

GAP: Final = 6.0
LINE: Final = 15.0
"""A label needs so much: a smaller node is drawn at its own height and has more room around it."""

NODE: Final = 12.0
LEFT, RIGHT = 118.0, 322.0
OTHERS: Final = "other states"

Link = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class _Node:
    """A state on one side: where it begins and how tall it is."""

    name: str
    count: int
    y: float
    height: float
    room: float


def sankey(
    matrix: SourceRecoveryMatrix, code: str = "", *, outward: bool = False, top: int = 10
) -> Chart:
    """Bands from states of sale to states of recovery, those beyond the largest gathered.

    Parameters
    ----------
    matrix : SourceRecoveryMatrix
    code : str
        Guns recovered in this state alone (or, outward, sold in it); all states without one.
    outward : bool
    top : int
        States on each side that have a name.
    """
    links = _gathered(_links(matrix, code, outward=outward), top)
    total = sum(count for *_, count in links)
    base = Base("source_state_identified", total)
    sources = _side([(source, count) for source, _, count in links])
    targets = _side([(target, count) for _, target, count in links])
    height = max(_bottom(sources), _bottom(targets)) + 12
    parts = [
        text(LEFT - 8, 14, "Sold in", anchor="end", ink=QUIET),
        text(RIGHT + NODE + 8, 14, "Recovered in", ink=QUIET),
        *_bands(links, sources, targets),
        *(part for one in sources.values() for part in _drawn(one, left=True)),
        *(part for one in targets.values() for part in _drawn(one, left=False)),
    ]
    where = f" {'sold' if outward else 'recovered'} in {name_of(code)}" if code else ""
    way = ("from-" if outward else "to-") + code.lower() if code else "all"
    ordered = sorted(links, key=lambda one: -one[2])
    return Chart(
        name=f"sankey-{way}-{matrix.year}",
        title=f"Guns{where}, from sale to recovery, {matrix.year}",
        description=(
            f"{_said(ordered)} States beyond the {top} largest of each side are gathered. "
            f"{based(base)} {NO_SAMPLE}"
        ),
        svg=drawing(WIDTH, height, parts),
        columns=("Sold in", "Recovered in", "Guns", "Share"),
        rows=tuple(
            (source, target, f"{count:,}", percent(Share(count, base)))
            for source, target, count in ordered
        ),
    )


def _links(matrix: SourceRecoveryMatrix, code: str, *, outward: bool) -> list[Link]:
    return [
        (source, recovery, int(matrix.counts[row, column]))
        for row, source in enumerate(matrix.sources)
        for column, recovery in enumerate(matrix.recoveries)
        if matrix.counts[row, column] and (not code or code == (source if outward else recovery))
    ]


def _gathered(links: list[Link], top: int) -> list[Link]:
    """The same with small states made one, by name, in a fixed order."""
    named = []
    for side in (0, 1):
        counts: Counter[str] = Counter()
        for one in links:
            counts[str(one[side])] += one[2]
        largest = sorted(counts, key=lambda name: (-counts[name], name))
        named.append({*largest[: top if len(largest) > top + 1 else top + 1]})
    found: Counter[tuple[str, str]] = Counter()
    for source, target, count in links:
        left = name_of(source) if source in named[0] else OTHERS
        right = name_of(target) if target in named[1] else OTHERS
        found[left, right] += count
    return [(source, target, count) for (source, target), count in sorted(found.items())]


def _side(ends: list[tuple[str, int]]) -> dict[str, _Node]:
    """The states of one side, most guns first, those gathered last."""
    counts: Counter[str] = Counter()
    for name, count in ends:
        counts[name] += count
    total = sum(counts.values())
    nodes, y = {}, 24.0
    for name in sorted(counts, key=lambda one: (one == OTHERS, -counts[one], one)):
        height = TALL * counts[name] / total
        room = max(height, LINE)
        nodes[name] = _Node(name, counts[name], y + (room - height) / 2, height, room)
        y += room + GAP
    return nodes


def _bottom(nodes: dict[str, _Node]) -> float:
    return max((one.y + (one.room + one.height) / 2 for one in nodes.values()), default=24.0)


def _bands(links: list[Link], sources: dict[str, _Node], targets: dict[str, _Node]) -> list[str]:
    """One band a link; on each node they lie below each other in the order of the other side."""
    total = sum(count for *_, count in links)
    begins: dict[tuple[str, str], float] = {}
    for nodes, side in ((sources, 0), (targets, 1)):
        others = targets if side == 0 else sources
        for name, node in nodes.items():
            y = node.y
            own = [one for one in links if one[side] == name]
            for one in sorted(own, key=lambda link: others[str(link[1 - side])].y):
                begins[f"{side}{one[0]}", str(one[1])] = y
                y += TALL * one[2] / total
    drawn = []
    for source, target, count in sorted(links, key=lambda one: -one[2]):
        height = TALL * count / total
        y0, y1 = begins[f"0{source}", target], begins[f"1{source}", target]
        drawn.append(_band(y0, y1, height, f"{source} to {target}: {count:,}", source == target))
    return drawn


def _band(y0: float, y1: float, height: float, said: str, is_home: bool) -> str:
    x0, x1 = LEFT + NODE, RIGHT
    middle = (x0 + x1) / 2
    way = (
        f"M{number(x0)},{y0:.2f}C{number(middle)},{y0:.2f} {number(middle)},{y1:.2f} "
        f"{number(x1)},{y1:.2f}L{number(x1)},{y1 + height:.2f}"
        f"C{number(middle)},{y1 + height:.2f} {number(middle)},{y0 + height:.2f} "
        f"{number(x0)},{y0 + height:.2f}Z"
    )
    fill = "#d9d7d2" if is_home else PALE
    return f'<path d="{way}" fill="{fill}" fill-opacity="0.8"><title>{escape(said)}</title></path>'


def _drawn(one: _Node, *, left: bool) -> list[str]:
    x = LEFT if left else RIGHT
    said = f"{one.name}: {one.count:,}"
    label = text(
        x - 8 if left else x + NODE + 8,
        one.y + one.height / 2 + 4.5,
        _fitting(one.name),
        anchor="end" if left else "start",
    )
    return [box(x, one.y, NODE, max(one.height, 0.5), fill=MAIN, said=said), label]


LONGEST: Final = 16
SHORTER: Final = {
    "District of Columbia": "D. of Columbia",
    "Virgin Islands of the United States": "Virgin Islands",
}


def _fitting(name: str) -> str:
    """A name that fits beside its node."""
    short = SHORTER.get(name, name)
    return short if len(short) <= LONGEST else f"{short[: LONGEST - 1].rstrip()}…"


def _said(links: list[Link]) -> str:
    if not links:
        return "There is no gun to draw."
    most = "; ".join(f"{source} to {target} {count:,}" for source, target, count in links[:5])
    return f"Most: {most}."
