"""What a release is made of: figures, charts, tables and the public report, as files.

All of it is computed once, when the release is prepared. What is released later is these files and
no others, so nothing that is shown can change with the lists, the program or its templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from headstamp.formats.incident_lists.publication_tables import tables_zip
from headstamp.formats.json_text import compact_json
from headstamp.web.figures.releases import computing
from headstamp.web.figures.reports import making

PUBLIC: Final = "public"
FULL: Final = "full"

FIGURES: Final = "figures.json"
PAGE: Final = "page.json"
CHARTS: Final = "charts.json"
TABLES: Final = "figures.zip"
REPORT: Final = "report.json"
REPORT_PDF: Final = "report.pdf"
RESTATED: Final = "restated.json"
DELAYS: Final = "delays.json"

JSON: Final = "application/json"
SVG: Final = "image/svg+xml"
PDF: Final = "application/pdf"
ZIP: Final = "application/zip"

LARGE: Final = {"points": "points", "hot_spots": "cells", "near_repeat": "cells", "areas": "rows"}
"""What pages do without, or read by itself: so that each is there in a moment."""

LEFT_OUT: Final = ("boundaries", "trends")


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a release."""

    edition: str
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures are asked for.

    Parameters
    ----------
    jurisdiction : str
    last_day : date
    known_on : str
        ISO 8601 day; empty for all that is known.
    report : str
        The department's template of the public report; empty for the one that is shipped.
    population : (int, int, str), optional
        People, year and source, for rates.
    """

    jurisdiction: str
    last_day: date
    known_on: str = ""
    report: str = ""
    population: tuple[int, int, str] | None = None


def pieces(
    data: Path,
    wanted: Wanted,
    restated: Sequence[Mapping[str, Any]],
    progress: Callable[[int], None],
) -> tuple[dict[str, Any], list[Piece]]:
    """The full document, and the files of both editions.

    Parameters
    ----------
    data : Path
        Folder of vintages.
    wanted : Wanted
    restated : sequence of mapping
        What earlier releases said and is otherwise now, by release.
    progress : callable
        Told the percent that are done.
    """
    full = computing.computed(data, wanted)
    full["restatements"] = [row for one in restated for row in one["rows"]]
    progress(50)
    open_one = computing.public(full)
    made = [*_edition(FULL, full), *_edition(PUBLIC, open_one)]
    progress(75)
    made.append(Piece(PUBLIC, RESTATED, JSON, as_json(list(restated))))
    made.append(Piece(PUBLIC, TABLES, ZIP, tables_zip(open_one)))
    made += _report(open_one, wanted.report)
    progress(90)
    return full, made


def _edition(edition: str, document: Mapping[str, Any]) -> Iterator[Piece]:
    yield Piece(edition, FIGURES, JSON, as_json(document))
    yield Piece(edition, PAGE, JSON, as_json(for_pages(document)))
    for one in document.get("areas") or ():
        yield Piece(edition, areas_name(one["kind"]), JSON, as_json(one["rows"]))
    yield from chart_pieces(edition, document)


def chart_pieces(edition: str, document: Mapping[str, Any]) -> Iterator[Piece]:
    """Each chart, and what is said beside all of them."""
    found = computing.drawn(document)
    said = [
        {
            "name": one.name,
            "title": one.title,
            "description": one.description,
            "columns": list(one.columns),
            "rows": [list(row) for row in one.rows],
        }
        for one in found
    ]
    yield Piece(edition, CHARTS, JSON, as_json(said))
    for one in found:
        yield Piece(edition, chart_name(one.name), SVG, one.svg.encode())


def chart_name(name: str) -> str:
    """Under which name a chart is kept."""
    return f"charts/{name}.svg"


def areas_name(kind: str) -> str:
    """Under which name the figures of a kind of areas are kept."""
    return f"areas/{kind}.json"


def for_pages(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document without what only charts and tables need."""
    kept = {name: value for name, value in document.items() if name not in LEFT_OUT}
    for name, large in LARGE.items():
        kept[name] = [
            {
                **{key: value for key, value in one.items() if key != large},
                "number": len(one[large]),
            }
            for one in kept.get(name) or ()
        ]
    return kept


def as_json(value: Any) -> bytes:
    """One JSON document; what is not a finite number is null."""
    return compact_json(value).encode()


def _report(document: Mapping[str, Any], template: str) -> Iterator[Piece]:
    parts, pdf = making.made_report(making.MONTHLY, template, document)
    yield Piece(PUBLIC, REPORT, JSON, as_json(parts))
    yield Piece(PUBLIC, REPORT_PDF, PDF, pdf)
