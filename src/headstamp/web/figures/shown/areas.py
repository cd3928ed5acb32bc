"""Figures by area as pages show them, with what is not shown said so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from headstamp.web.figures.shown import words

Row = Mapping[str, Any]
AGAINST = "last_year"


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area in one period."""

    area: str
    name: str
    count: str
    interval: str
    then: str
    change: str
    wording: str
    tone: str
    rate: str
    is_suppressed: bool


@dataclass(frozen=True, slots=True)
class AreaTable:
    """The areas of one kind by one rule in one period."""

    slug: str
    title: str
    unit: str
    period: str
    label: str
    days: str
    rows: tuple[AreaRow, ...]
    has_rates: bool

    @property
    def suppressed(self) -> int:
        """How many cells are not shown."""
        return sum(one.is_suppressed for one in self.rows)


def kinds(document: Mapping[str, Any]) -> list[Row]:
    """The kinds of areas there are figures for."""
    return [one for one in document.get("areas") or () if one["number"]]


def tables(document: Mapping[str, Any], of_kind: Iterable[Row]) -> Iterator[AreaTable]:
    """A table for each rule and period, from the rows of one kind of areas."""
    rules = {rule["key"]: rule for rule in document["rules"]}
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in of_kind:
        if row["against"] == AGAINST:
            groups.setdefault((row["rule"], row["period"]), []).append(row)
    for (key, period), rows in groups.items():
        first = rows[0]
        yield AreaTable(
            slug=words.rule_slug(key),
            title=rules[key]["title"],
            unit=rules[key]["unit"],
            period=period,
            label=words.PERIODS.get(period, period),
            days=words.days(first["from"], first["to"]),
            rows=tuple(map(area_row, rows)),
            has_rates=any(row["per_100000"] is not None for row in rows),
        )


def area_row(row: Row) -> AreaRow:
    """One area; a count that is suppressed says its class, and nothing that would tell it."""
    hidden = row.get("suppressed") or ""
    then = row["comparison_count"]
    return AreaRow(
        area=row["area"],
        name=row.get("area_name") or row["area"],
        count=hidden or words.number(row["count"]) or words.UNKNOWN,
        interval="" if hidden else words.span(row["count_interval"]),
        then=words.number(then) if then is not None else (words.SUPPRESSED if hidden else ""),
        change="" if hidden else words.percent(row["ratio"]),
        wording="" if hidden else row["wording"],
        tone="" if hidden else words.tone(row["wording"] or ""),
        rate="" if hidden or row["per_100000"] is None else f"{row['per_100000']:.1f}",
        is_suppressed=bool(hidden),
    )
