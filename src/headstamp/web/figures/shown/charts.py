"""Charts of a release: which belong on which page, and how much of a table a page holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

PREFIXES: Final = {
    "trends": ("trend-", "years-"),
    "map": ("points-",),
    "hot-spots": ("hot-spots-",),
    "near-repeat": ("near-repeat-",),
    "cities": ("cities",),
}
"""How the names of a page's charts begin."""

MOST_ROWS: Final = 400
"""Rows of a chart's table that a page holds; the rest is in the tables for download."""


@dataclass(frozen=True, slots=True)
class ChartShown:
    """A picture with its words and its table."""

    name: str
    title: str
    description: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    left: int


def charts_of(said: Sequence[Mapping[str, Any]], page: str) -> list[ChartShown]:
    """The charts of a page: of ``areas/<kind>`` those whose name has the kind."""
    kind = page.partition("/")[2]
    prefixes = (f"areas-{kind}-", f"multiples-{kind}-") if kind else PREFIXES[page]
    return [chart(one) for one in said if one["name"].startswith(prefixes)]


def chart(one: Mapping[str, Any]) -> ChartShown:
    """One chart."""
    rows = one["rows"]
    return ChartShown(
        one["name"],
        one["title"],
        one["description"],
        one["columns"],
        rows[:MOST_ROWS],
        max(0, len(rows) - MOST_ROWS),
    )
