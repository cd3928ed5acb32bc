"""The figures of the areas of a city, and the boundaries they are drawn in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from headstamp.formats.boundaries.stored import collection, known_areas
from headstamp.formats.incident_lists.counting import Chosen, Question, figures_of
from headstamp.incidents.areas import TITLES
from headstamp.incidents.windows import Name

PERIODS: Final[tuple[Name, ...]] = ("year_to_date", "365_days")


def area_figures(
    database: Any, data: Path, chosen: Chosen, asked: Question
) -> Iterator[dict[str, Any]]:
    """Each kind of area that a list at hand knows, with its rows.

    Parameters
    ----------
    database : connection of DuckDB
    data : Path
    chosen : Chosen
    asked : Question

    Yields
    ------
    dict
        ``kind``, ``title``, ``rows``.
    """
    for kind, title in TITLES.items():
        applied = [one for one in chosen.applied if kind in one.counted.fields]
        if not applied:
            continue
        those = replace(chosen, applied=applied)
        of_kind = replace(asked, by=kind, periods=PERIODS, population=0, first=None)
        areas = known_areas(data, asked.jurisdiction, kind)
        names = {one.code: one.name for one in areas.areas}
        rows = [
            {**row, "area_name": names.get(row["area"], row["area"]), "suppressed": ""}
            for figure in figures_of(database, data, those, of_kind)
            for row in figure.rows()
        ]
        yield {"kind": kind, "title": title, "rows": rows}


def boundaries(data: Path, jurisdiction: str) -> dict[str, Any]:
    """The boundaries of a jurisdiction by kind, as GeoJSON."""
    found = {kind: collection(data, jurisdiction, kind) for kind in TITLES}
    return {kind: one for kind, one in found.items() if one is not None}
