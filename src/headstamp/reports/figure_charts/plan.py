"""A chart that is planned, and one that is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from headstamp.reports.charts import Specification


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart before it is drawn.

    Parameters
    ----------
    name : str
        Small letters, digits and hyphens; stays the same from release to release.
    block : str
        The block of a report it belongs to: ``trends``, ``areas``, ``points``, ``hot-spots``,
        ``near-repeat`` or ``cities``.
    title : str
    description : str
        What it shows, in words: its alternative text.
    specification : dict
        Vega-Lite.
    columns : tuple of str
    rows : tuple of tuple of str
    rule : str
        Name of the counting rule; empty where it rests on none.
    kind : str
        Of its areas: ``district``, ``area``, ``ward``; empty where it shows none.
    """

    name: str
    block: str
    title: str
    description: str
    specification: Specification
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rule: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its words and its table.

    Parameters
    ----------
    name, title, description : str
        As planned.
    svg : str
        Holds all it needs: no script, no font, no other file.
    columns : tuple of str
    rows : tuple of tuple of str
    block, rule, kind : str
        As planned.
    """

    name: str
    title: str
    description: str
    svg: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    block: str = ""
    rule: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chart is about.

    Parameters
    ----------
    place : str
    rule : mapping
        As in a publication's ``rules``.
    public : bool
        Whether small numbers are left out.
    """

    place: str
    rule: Mapping[str, Any] = field(default_factory=dict)
    public: bool = False

    @property
    def name(self) -> str:
        """Of the rule."""
        return str(self.rule["name"])

    @property
    def title(self) -> str:
        """Of the rule."""
        return str(self.rule["title"])

    @property
    def what(self) -> str:
        """What is counted, for an axis."""
        return str(self.rule["measure_name"])
