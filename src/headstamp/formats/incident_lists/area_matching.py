"""Whether lists and boundaries name the same areas."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from headstamp.formats.boundaries.stored import known_areas
from headstamp.formats.incident_lists.choosing import relation
from headstamp.formats.incident_lists.database import connection
from headstamp.formats.incident_lists.vintages import vintages


@dataclass(frozen=True, slots=True)
class Match:
    """A list beside the boundaries of a kind of area.

    Parameters
    ----------
    schema, vintage : str
        The list, and the newest vintage of it.
    without_boundary : tuple of (str, int)
        Areas that the list names and no boundary has, each with its rows.
    without_row : tuple of str
        Areas with a boundary that the list never names.
    rows_without_area : int
        Rows that name no area.
    """

    schema: str
    vintage: str
    without_boundary: tuple[tuple[str, int], ...]
    without_row: tuple[str, ...]
    rows_without_area: int


def matches(data: Path, jurisdiction: str, kind: str) -> list[Match]:
    """Each list of a jurisdiction that has a column for a kind of area, beside its boundaries.

    Parameters
    ----------
    data : Path
        Folder of vintages.
    jurisdiction, kind : str
    """
    areas = known_areas(data, jurisdiction, kind)
    newest = {one.schema: one for one in vintages(data, jurisdiction) if kind in one.fields}
    found = []
    with connection() as database:
        for schema, vintage in sorted(newest.items()):
            rows = database.execute(
                f"SELECT {kind}, count(*) FROM {relation(data, vintage)} GROUP BY ALL"
            ).fetchall()
            named: dict[str, int] = {}
            for written, number in rows:
                if written is not None:
                    code = areas.code_of(str(written))
                    named[code] = named.get(code, 0) + number
            found.append(
                Match(
                    schema,
                    vintage.id,
                    tuple((one, named[one]) for one in sorted(named) if one not in areas.by_code),
                    tuple(areas.lacking(named)),
                    sum(number for written, number in rows if written is None),
                )
            )
    return found
