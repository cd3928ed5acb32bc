"""Ballistic links between traced guns, from a table of two traces each."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from headstamp.errors import UnreadableTableError
from headstamp.tracing.columns import Traces

HEADER: Final = ("link", "trace", "other_trace")


def read_links(path: Path, traces: Traces) -> list[tuple[str, str, str]]:
    """Links as their id and the two guns.

    Parameters
    ----------
    path : Path
        CSV with the columns ``link``, ``trace`` and ``other_trace``.
    traces : Traces
        Links to traces that are not among them are left out.

    Raises
    ------
    UnreadableTableError
        If it is no such table.
    """
    guns = {
        traces.id.names[code]: traces.gun.at(place)
        for place, code in enumerate(traces.id.codes.tolist())
    }
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            if lacking := [one for one in HEADER if one not in (rows.fieldnames or ())]:
                raise UnreadableTableError(
                    f"{path}: has no column {', '.join(lacking)}; links have {', '.join(HEADER)}"
                )
            given = [tuple((row[one] or "").strip() for one in HEADER) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableTableError(f"{path}: cannot be read as a table of links") from error
    return [(link, guns[one], guns[two]) for link, one, two in given if one in guns and two in guns]
