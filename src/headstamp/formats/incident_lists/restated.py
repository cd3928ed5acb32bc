"""Figures that were said on an earlier day and are others by what is known now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from headstamp.formats.incident_lists.counting import Question, count

COUNTS: Final = {"count": "the count", "comparison_count": "the same days of the year before"}

Rows = Iterable[Mapping[str, Any]]


def restatements(
    data: Path, asked: Question, earlier: date, own_rules: Path | None = None
) -> list[dict[str, Any]]:
    """The figures up to an earlier day, as known on it, that are others now.

    Parameters
    ----------
    data : Path
        Folder of vintages.
    asked : Question
        Whose jurisdiction and day of knowledge are taken.
    earlier : date
        Last day of the earlier figures, and the day up to which they were known.
    own_rules : Path, optional
        A folder of further rules.

    Raises
    ------
    UnreadableTableError
        If there was no list yet on the earlier day.
    """
    then = replace(asked, to=earlier, known_on=earlier.isoformat())
    said, known = (_rows(data, one, own_rules) for one in (then, replace(asked, to=earlier)))
    return list(different(said, known))


def different(said: Rows, known: Rows) -> Iterator[dict[str, Any]]:
    """Counts that were said and are others now, in the order they were said.

    A rule that is no longer applied restates nothing: the earlier figure stands as it was counted.
    """
    newer = _against_last_year(known)
    for key, row in _against_last_year(said).items():
        if key in newer:
            yield from _other_counts(row, newer[key])


def _other_counts(row: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, what in COUNTS.items():
        if row[name] is not None and now[name] is not None and row[name] != now[name]:
            yield {
                **{each: row[each] for each in ("rule", "measure", "period", "from", "to")},
                "what": what,
                "was": row[name],
                "is": now[name],
                "list": now["vintage"],
            }


def _rows(data: Path, asked: Question, own_rules: Path | None) -> list[dict[str, Any]]:
    found = count(data, asked, own_rules)
    return [row for one in found.figures for row in one.rows()]


def _against_last_year(rows: Rows) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {
        (row["rule"], row["period"]): row
        for row in rows
        if row["against"] == "last_year" and not row["area"]
    }
