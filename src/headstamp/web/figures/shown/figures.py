"""The figures of a jurisdiction as its pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headstamp.web.figures.shown import words

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Against:
    """A figure beside what it is set against."""

    name: str
    then: str
    change: str
    interval: str
    p_value: str
    wording: str
    tone: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One count of one rule in one period, and all that is said beside it."""

    slug: str
    period: str
    label: str
    days: str
    count: str
    interval: str
    rate: str
    rate_interval: str
    population: str
    against: tuple[Against, ...]
    remarks: tuple[str, ...]
    source: Row

    @property
    def last_year(self) -> Against:
        """The first thing it is set against."""
        return self.against[0]


@dataclass(frozen=True, slots=True)
class Counted:
    """A rule with its figures."""

    rule: Row
    slug: str
    periods: tuple[Shown, ...]

    @property
    def this_year(self) -> Shown | None:
        """The year to date, which is what people ask for first."""
        return next((one for one in self.periods if one.period == "year_to_date"), None)


def counted(document: Mapping[str, Any]) -> list[Counted]:
    """Each rule of a publication with its figures, in its order."""
    by_rule: dict[str, dict[str, list[Row]]] = {}
    for row in document["figures"]:
        by_rule.setdefault(row["rule"], {}).setdefault(row["period"], []).append(row)
    return [
        Counted(
            rule,
            words.rule_slug(rule["key"]),
            tuple(shown(rows) for rows in by_rule[rule["key"]].values()),
        )
        for rule in document["rules"]
        if rule["key"] in by_rule
    ]


def shown(rows: Sequence[Row]) -> Shown:
    """One figure from its rows, one for each thing it is set against."""
    first = rows[0]
    known = first["count"] is not None
    return Shown(
        slug=words.rule_slug(first["rule"]),
        period=first["period"],
        label=words.PERIODS.get(first["period"], first["period"].replace("_", " ")),
        days=words.days(first["from"], first["to"]),
        count=words.number(first["count"]) if known else words.UNKNOWN,
        interval=words.span(first["count_interval"]),
        rate="" if first["per_100000"] is None else f"{first['per_100000']:.1f}",
        rate_interval=words.span(first["per_100000_interval"], "{:.1f}"),
        population=words.number(first["population"]),
        against=tuple(map(against, rows)),
        remarks=tuple(dict.fromkeys(text for row in rows for text in row["remarks"])),
        source=first,
    )


def against(row: Row) -> Against:
    """What a figure is set against."""
    return Against(
        name=words.AGAINST.get(row["against"], row["against"].replace("_", " ")),
        then=words.number(row["comparison_count"]),
        change=words.percent(row["ratio"]),
        interval=words.percents(row["interval"]),
        p_value=words.p_value(row["p_value"]),
        wording=row["wording"],
        tone=words.tone(row["wording"]),
    )


def find(document: Mapping[str, Any], slug: str, period: str) -> tuple[Counted, Shown] | None:
    """The figure that an address names."""
    for one in counted(document):
        for each in one.periods:
            if (one.slug, each.period) == (slug, period):
                return one, each
    return None


def remarks(counted_ones: Iterable[Counted]) -> list[str]:
    """What must be known of all figures, each sentence once."""
    said = (text for one in counted_ones for each in one.periods for text in each.remarks)
    return list(dict.fromkeys(said))
