"""Which figures of earlier releases are others now, by the lists as they are known today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from headstamp.web.figures.models import Release
from headstamp.web.figures.releases.kept import document_of
from headstamp.web.figures.releases.pieces import PAGE, PUBLIC

MOST: Final = 60
"""Earlier releases that are counted anew, the newest first: five years of monthly releases."""

COUNTS: Final = {"count": "the count", "comparison_count": "the same days of the year before"}

Key = tuple[str, str]


def restatements(data: Path, jurisdiction: str, known_on: str) -> list[dict[str, Any]]:
    """For each earlier release with a figure that is another now, these figures.

    Parameters
    ----------
    data : Path
        Folder of vintages.
    jurisdiction : str
    known_on : str
        ISO 8601 day; empty for all that is known.

    Returns
    -------
    list of dict
        ``release``: id of the earlier one; ``rows``: what it said and what is known now.
    """
    found = []
    earlier = Release.objects.filter(jurisdiction=jurisdiction, withdrawal=None).newest_first()
    for one in earlier.select_related("draft")[:MOST]:
        said = document_of(one.draft, PUBLIC, PAGE)["figures"]
        rows = list(different(said, _counted(data, one, known_on)))
        if rows:
            found.append({"release": str(one.pk), "rows": rows})
    return found


def _counted(data: Path, release: Release, known_on: str) -> list[dict[str, Any]]:
    from headstamp.formats.incident_lists.counting import Question, count

    asked = Question(jurisdiction=release.jurisdiction, to=release.last_day, known_on=known_on)
    return [row for figure in count(data, asked).figures for row in figure.rows()]


def different(
    said: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Counts that were said and are others now, in the order they were said.

    A rule that is no longer applied restates nothing: the earlier figure stands as it was counted.
    """
    known = _against_last_year(now)
    for key, row in _against_last_year(said).items():
        newer = known.get(key)
        if newer is None:
            continue
        for name, what in COUNTS.items():
            if row[name] is not None and newer[name] is not None and row[name] != newer[name]:
                yield {
                    "rule": row["rule"],
                    "measure": row["measure"],
                    "period": row["period"],
                    "from": row["from"],
                    "to": row["to"],
                    "what": what,
                    "was": row[name],
                    "is": newer[name],
                    "list": newer["vintage"],
                }


def _against_last_year(rows: Iterable[Mapping[str, Any]]) -> dict[Key, Mapping[str, Any]]:
    chosen: Sequence[Mapping[str, Any]] = [
        row for row in rows if row["against"] == "last_year" and not row["area"]
    ]
    return {(row["rule"], row["period"]): row for row in chosen}
