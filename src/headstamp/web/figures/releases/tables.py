"""A publication as tables: CSV files in one ZIP, the same bytes for the same publication."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from headstamp.web.lists.exports import safe_cell

Rows = list[Mapping[str, Any]]
EPOCH: Final = (1980, 1, 1, 0, 0, 0)

ABOUT: Final = """\
Figures of {place} to {to}, as known on {known_on}.

One table a file; the first row names the columns. Every count has its rule (rules.csv), its list
with the hash of the file it came from (lists.csv), and its interval. A cell that says "1 to 4" or
"suppressed" is not shown, so that no person can be told from it. A change is called a rise or a
fall only where its 95 % interval leaves "no change" out.
"""


def tables_zip(document: Mapping[str, Any]) -> bytes:
    """Every table of a publication."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        about = ABOUT.format_map({name: document[name] for name in ("place", "to", "known_on")})
        _add(archive, "README.txt", about.encode())
        for name, rows in tables(document):
            if rows:
                _add(archive, f"{name}.csv", _csv(rows))
    return stream.getvalue()


def tables(document: Mapping[str, Any]) -> Iterator[tuple[str, Rows]]:
    """The tables by name; one without rows is left out of the file."""
    yield "figures", list(document["figures"])
    yield "rules", list(document["rules"])
    yield "rules-left-out", list(document.get("left_out") or ())
    yield "lists", list(document["vintages"])
    yield "population", [document["population"]] if document.get("population") else []
    for name in ("months", "years"):
        yield f"trend-{name}", _inner(document.get("trends"), name, ("rule",))
    for one in document.get("areas") or ():
        yield f"areas-{one['kind']}", list(one["rows"])
    yield "points", _inner(document.get("points"), "points", ("rule", "from", "to"))
    yield "hot-spots", _inner(document.get("hot_spots"), "cells", ("rule", "from", "to"))
    yield "near-repeat", _inner(document.get("near_repeat"), "cells", ("rule", "from", "to"))
    yield "restatements", list(document.get("restatements") or ())
    yield "cities", list((document.get("cities") or {}).get("rows") or ())


def _inner(groups: Iterable[Mapping[str, Any]] | None, name: str, of: Sequence[str]) -> Rows:
    """The rows inside groups, each with what its group says."""
    return [
        {**{key: group[key] for key in of}, **row}
        for group in groups or ()
        for row in group.get(name) or ()
    ]


def _csv(rows: Rows) -> bytes:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows([safe_cell(_cell(row.get(name))) for name in columns] for row in rows)
    return stream.getvalue().encode("utf-8")


def _cell(value: Any) -> Any:
    """Lists as text: an interval as two numbers, remarks one after the other."""
    if isinstance(value, (list, tuple)):
        return " ".join(str(_cell(one)) for one in value)
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - what is not a number
        return ""
    return "" if value is None else value


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
