"""The parts that a report is made of, in order: what a page and a PDF both show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from headstamp.reports.figure_charts.plan import Chart

Style = Literal["", "strong", "em"]
Kind = Literal["heading", "text", "list", "note", "table", "chart"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line: plain text, never markup."""

    text: str
    style: Style = ""


Line: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its words.

    Parameters
    ----------
    caption : str
    columns : tuple of str
    rows : tuple of tuple of str
    numeric : tuple of int
        Columns that are set flush right.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, text, list, note, table or chart.

    Parameters
    ----------
    kind : str
    level : int
        Of a heading, from 1.
    lines : tuple of Line
        Of a heading, text or note: one; of a list: its items.
    table : Table or None
    chart : Chart or None
    """

    kind: Kind
    level: int = 0
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    chart: Chart | None = None


def heading(level: int, text: str) -> Part:
    """A heading of a block."""
    return Part("heading", level=level, lines=((Span(text),),))


def text(said: str) -> Part:
    """A paragraph."""
    return Part("text", lines=((Span(said),),))


def note(said: str) -> Part:
    """A sentence that must not be overlooked."""
    return Part("note", lines=((Span(said),),))


def bullets(items: Iterable[str]) -> Part:
    """A list."""
    return Part("list", lines=tuple((Span(item),) for item in items))


def table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    numeric: Sequence[int] = (),
) -> Part:
    """A table."""
    return Part(
        "table",
        table=Table(caption, tuple(columns), tuple(tuple(row) for row in rows), tuple(numeric)),
    )


def chart(one: Chart) -> Part:
    """A chart with its words and its table."""
    return Part("chart", chart=one)


def as_data(parts: Iterable[Part], *, pictures: bool = True) -> list[dict[str, Any]]:
    """Parts as lists and objects that can be written as JSON.

    Parameters
    ----------
    parts : iterable of Part
    pictures : bool
        False leaves the SVG out, for who keeps it elsewhere by the chart's name.
    """
    found = []
    for one in parts:
        data = asdict(one)
        if not pictures and data["chart"] is not None:
            del data["chart"]["svg"]
        found.append(data)
    return found
