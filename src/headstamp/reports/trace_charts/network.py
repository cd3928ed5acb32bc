"""Guns that belong together, drawn: a numbered dot for each gun, a line for each reason.

The places of the dots are found by pushing all apart and pulling those that are joined together,
from a fixed beginning, so that the same network is always drawn alike.
"""

from __future__ import annotations

from html import escape
from math import cos, pi, sin
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.reports.figure_charts.frame import INK, MAIN
from headstamp.reports.figure_charts.plan import Chart
from headstamp.reports.trace_charts.canvas import PAPER, drawing, number, text
from headstamp.tracing.networks import REASONS, Edge, Network, Reason

WORDS: Final[dict[Reason, str]] = {
    "bought_together": "bought together",
    "one_purchaser": "one purchaser",
    "one_possessor": "found with one possessor",
    "ballistic_link": "ballistic link",
}
LOOKS: Final[dict[Reason, tuple[str, str, float]]] = {
    "bought_together": ("#0b5a8a", "", 3.0),
    "one_purchaser": ("#b3541e", "7 4", 2.0),
    "one_possessor": ("#4a6b2a", "2 4", 2.5),
    "ballistic_link": (INK, "10 3 2 3", 2.0),
}
"""Colour, dashes and width of each reason: told apart without colour too."""

WIDTH: Final = 440.0
DOT: Final = 11.0
MOST: Final = 60
"""Guns that are drawn; of more, the table says all."""

TURNS: Final = 300
BEND: Final = 14.0
"""How far lines between the same two guns lie from each other, pixels."""


def network_chart(network: Network) -> Chart:
    """Draw one network; guns have the numbers they have in its list.

    Parameters
    ----------
    network : Network
    """
    guns = network.guns[:MOST]
    place = {gun: n for n, gun in enumerate(guns)}
    edges = [one for one in network.edges if one.one in place and one.other in place]
    height = _height(len(guns))
    at = _laid_out(len(guns), [(place[one.one], place[one.other]) for one in edges], height)
    shown = [one for one in REASONS if any(edge.reason == one for edge in edges)]
    parts = [*_lines(edges, place, at), *_dots(guns, at), *_legend(shown, height)]
    left = len(network.guns) - len(guns)
    return Chart(
        name="network",
        title=f"{len(network.guns)} guns that belong together",
        description=_said(network, shown) + (f" Guns not drawn: {left}." if left else ""),
        svg=drawing(WIDTH, height + 8 + 20 * len(shown), parts),
        columns=("Gun", "Gun", "Reason", "Record"),
        rows=tuple((one.one, one.other, WORDS[one.reason], one.record) for one in network.edges),
    )


def _height(guns: int) -> float:
    return min(420.0, 150.0 + 14.0 * guns)


def _laid_out(
    guns: int, joined: list[tuple[int, int]], height: float
) -> NDArray[np.float64]:  # (guns, 2), pixels
    """Fruchterman and Reingold 1991, doi:10.1002/spe.4380211102, from a circle."""
    turn = 2 * pi / guns
    at = np.array([[cos(n * turn), sin(n * turn)] for n in range(guns)])
    ideal = 1.6 / np.sqrt(guns)
    ends = np.array(joined, np.int64).reshape(-1, 2)
    for step in range(TURNS):
        apart = at[:, None, :] - at[None, :, :]
        far = np.maximum(np.linalg.norm(apart, axis=2), 1e-3)
        force = (apart * (ideal**2 / far**2)[:, :, None]).sum(axis=1)
        pull = at[ends[:, 0]] - at[ends[:, 1]]
        pull = pull * (np.linalg.norm(pull, axis=1, keepdims=True) / ideal)
        np.add.at(force, ends[:, 0], -pull)
        np.add.at(force, ends[:, 1], pull)
        size = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
        at = at + force / size * np.minimum(size, 0.1 * (1 - step / TURNS))
    return _fitted(at, height)


def _fitted(at: NDArray[np.float64], height: float) -> NDArray[np.float64]:
    """The same in the drawing, every dot whole."""
    low, high = at.min(axis=0), at.max(axis=0)
    room = np.array([WIDTH, height]) - 4 * DOT
    spread = np.where(high - low > 1e-6, high - low, 1.0)
    fitted: NDArray[np.float64] = 2 * DOT + (at - low) / spread * room
    return fitted


def _lines(edges: list[Edge], place: dict[str, int], at: NDArray[np.float64]) -> list[str]:
    drawn: dict[tuple[str, str], int] = {}
    parts = []
    for one in edges:
        (x0, y0), (x1, y1) = at[place[one.one]], at[place[one.other]]
        turn = drawn.get((one.one, one.other), 0)
        drawn[one.one, one.other] = turn + 1
        far = max(1.0, float(np.hypot(x1 - x0, y1 - y0)))
        aside = BEND * ((turn + 1) // 2) * (1 if turn % 2 else -1)
        x = (x0 + x1) / 2 + (y1 - y0) / far * aside * 2
        y = (y0 + y1) / 2 - (x1 - x0) / far * aside * 2
        colour, dashes, width = LOOKS[one.reason]
        said = f"{one.one} and {one.other}: {WORDS[one.reason]}, {one.record}"
        parts.append(
            f'<path d="M{number(x0)},{number(y0)}Q{number(x)},{number(y)} '
            f'{number(x1)},{number(y1)}" fill="none" stroke="{colour}" stroke-width="{width}" '
            f'stroke-dasharray="{dashes}"><title>{escape(said)}</title></path>'
        )
    return parts


def _dots(guns: tuple[str, ...], at: NDArray[np.float64]) -> list[str]:
    parts = []
    for n, (gun, (x, y)) in enumerate(zip(guns, at.tolist(), strict=True), start=1):
        parts.append(
            f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(DOT)}" fill="{MAIN}">'
            f"<title>{escape(gun)}</title></circle>"
        )
        parts.append(text(x, y + 4, str(n), size=11, anchor="middle", ink=PAPER))
    return parts


def _legend(shown: list[Reason], height: float) -> list[str]:
    parts = []
    for n, reason in enumerate(shown):
        y = height + 14 + 20 * n
        colour, dashes, width = LOOKS[reason]
        parts.append(
            f'<path d="M8,{number(y)}H56" stroke="{colour}" stroke-width="{width}" '
            f'stroke-dasharray="{dashes}"/>'
        )
        parts.append(text(66, y + 4.5, WORDS[reason]))
    return parts


def _said(network: Network, shown: list[Reason]) -> str:
    counted = (
        f"{WORDS[reason]} {sum(one.reason == reason for one in network.edges)}" for reason in shown
    )
    return f"{len(network.guns)} guns; lines: {', '.join(counted)}."
