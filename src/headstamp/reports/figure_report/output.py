"""Parts of a report as a page and as a PDF."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any, Final

from headstamp import __version__
from headstamp.reports.figure_report.parts import Part, as_data
from headstamp.reports.pages import render_page
from headstamp.reports.typesetting import typeset

MOST_ROWS: Final = 40
"""Rows of a chart's table that paper holds; the page holds all."""


def html(parts: Sequence[Part], publication: Mapping[str, Any]) -> str:
    """One page that holds everything: pictures too, and no script."""
    shown = as_data(parts)
    for one in shown:
        if one["chart"] is not None:
            svg = one["chart"]["svg"].encode()
            one["chart"]["source"] = (
                f"data:image/svg+xml;base64,{base64.b64encode(svg).decode('ascii')}"
            )
    return render_page(
        "figure_report.html.j2",
        title=title_of(parts),
        parts=shown,
        foot=foot(publication),
    )


def pdf(parts: Sequence[Part], publication: Mapping[str, Any]) -> bytes:
    """PDF/A; the same parts give the same bytes."""
    shown = as_data(parts)
    pictures = {}
    for number, one in enumerate(shown):
        if one["chart"] is not None:
            name = f"chart-{number}.svg"
            pictures[name] = one["chart"].pop("svg").encode()
            one["chart"] = {**_on_paper(one["chart"]), "picture": name}
    data = {
        "program": __version__,
        "title": title_of(parts),
        "foot": foot(publication),
        "parts": shown,
    }
    return typeset("figure_report.typ", data, pictures)


def _on_paper(chart: dict[str, Any]) -> dict[str, Any]:
    """A chart's table as paper can hold it: long ones left out, sources once below it."""
    columns, rows = list(chart["columns"]), [list(row) for row in chart["rows"]]
    sources: list[str] = []
    if columns[-1] == "Source":
        sources = list(dict.fromkeys(row.pop() for row in rows))
        columns.pop()
    left = len(rows) if len(rows) > MOST_ROWS else 0
    kept = {"columns": columns, "rows": [] if left else rows, "left": left}
    return {**chart, **kept, "sources": [] if left else sources}


def title_of(parts: Sequence[Part]) -> str:
    """The first heading."""
    for one in parts:
        if one.kind == "heading":
            return "".join(span.text for span in one.lines[0])
    return "Figures"


def foot(publication: Mapping[str, Any]) -> str:
    """What stands on every page."""
    public = publication["edition"] == "public"
    edition = "public edition" if public else "full edition, with small numbers: not for the public"
    return f"{publication['place']}, to {publication['to']}, {edition}"
