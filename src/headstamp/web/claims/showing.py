"""A checked text as a page shows it: marked, with a card for each claim."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from headstamp.claims.finding import IN_WORDS, VERDICTS
from headstamp.reports.claim_chart import chart, said_and_counted

MOST_CHARTS: Final = 40
"""Pictures on a page; further cards have the table alone."""

TAGS: Final = {
    "consistent": "hit",
    "imprecise": "lead",
    "consistent_with_another_unit": "lead",
    "inconsistent": "bad",
    "not_checkable": "none",
}
GRAVEST: Final = (
    "inconsistent",
    "consistent_with_another_unit",
    "imprecise",
    "not_checkable",
    "consistent",
)
"""Where claims overlap, the text has the colour of the first of these."""

MARKS: Final = {
    "consistent": "✓",
    "imprecise": "≈",
    "consistent_with_another_unit": "≠",
    "inconsistent": "✗",
    "not_checkable": "?",
}
"""So that no finding is told by its colour alone."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; with numbers of claims where it is one."""

    text: str
    numbers: tuple[int, ...] = ()
    verdict: str = ""

    @property
    def tag(self) -> str:
        """The colour of its mark."""
        return TAGS.get(self.verdict, "")


@dataclass(frozen=True, slots=True)
class Card:
    """A claim with its finding in words, its figures and its chart."""

    number: int
    row: dict[str, Any]
    picture: str
    alternative: str

    @property
    def verdict(self) -> str:
        """The finding in words."""
        return IN_WORDS[self.row["finding"]]

    @property
    def tag(self) -> str:
        """The colour of the finding."""
        return TAGS[self.row["finding"]]

    @property
    def mark(self) -> str:
        """A sign for the finding."""
        return MARKS[self.row["finding"]]

    @property
    def others(self) -> list[dict[str, Any]]:
        """The readings, where there are several."""
        rows = self.row["readings"]
        if len(rows) < 2:
            return []
        return [{**one, "verdict": IN_WORDS[one["finding"]].lower()} for one in rows]


def shown(text: str, rows: Sequence[dict[str, Any]], left: int) -> dict[str, Any]:
    """What the page of a result is made of."""
    return {
        "pieces": pieces(text, rows),
        "cards": [_card(number, row) for number, row in enumerate(rows, start=1)],
        "counts": [
            (IN_WORDS[verdict].split(":")[0], count)
            for verdict in VERDICTS
            if (count := sum(row["finding"] == verdict for row in rows))
        ],
        "left": left,
    }


def pieces(text: str, rows: Sequence[dict[str, Any]]) -> list[Piece]:
    """The text cut where claims begin and end; claims that overlap are one piece."""
    found: list[Piece] = []
    at = 0
    for start, end, numbers in _spans(rows):
        found.append(Piece(text[at:start]))
        verdict = min((rows[one - 1]["finding"] for one in numbers), key=GRAVEST.index)
        found.append(Piece(text[start:end], tuple(numbers), verdict))
        at = end
    return [one for one in (*found, Piece(text[at:])) if one.text]


def _spans(rows: Sequence[dict[str, Any]]) -> list[tuple[int, int, list[int]]]:
    spans: list[tuple[int, int, list[int]]] = []
    for number, row in sorted(enumerate(rows, start=1), key=lambda one: one[1]["start"]):
        start, end = row["start"], row["end"]
        if spans and start < spans[-1][1]:
            before = spans.pop()
            spans.append((before[0], max(end, before[1]), [*before[2], number]))
        else:
            spans.append((start, end, [number]))
    return spans


def _card(number: int, row: dict[str, Any]) -> Card:
    bars = said_and_counted(row) if number <= MOST_CHARTS else []
    if not bars:
        return Card(number, row, "", "")
    svg = chart(f"claim-{number}", bars).encode()
    told = "; ".join(f"{name}: {value:,.0f}" for name, value, _ in bars)
    picture = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
    return Card(number, row, picture, f"Bars: {told}.")
