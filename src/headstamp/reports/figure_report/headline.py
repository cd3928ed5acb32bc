"""The headline figures: each with everything that must stand beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from headstamp.incidents.figures import YEARS
from headstamp.incidents.rules import MEASURES
from headstamp.reports.figure_charts.words import between, days, known, p_value, rate, whole
from headstamp.reports.figure_report.parts import Part, bullets, heading, table, text

PERIODS: Final = {
    "week": "Week", "28_days": "28 days", "year_to_date": "Year to date", "365_days": "365 days",
    "range": "Range",
}  # fmt: skip
AGAINST: Final = {
    "last_year": "last year",
    "mean_of_3_years": "mean of 3 years",
    "mean_of_5_years": "mean of 5 years",
}
WORDS: Final = (*MEASURES, *PERIODS, *YEARS)
"""What a block of figures can be narrowed to."""

Publication = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]


def headline(publication: Publication, words: Sequence[str]) -> Iterator[Part]:
    """A table for each rule, with its figures, and below what a reader must know."""
    for rule in _rules(publication, words):
        rows = _rows(publication, rule["key"], words)
        if not rows:
            continue
        yield heading(3, f"{rule['title']} ({rule['unit']})")
        rated = any(known(row.get("per_100000")) for row in rows)
        yield table(_caption(rows), _columns(rated), [_row(row, rated) for row in rows])
        if said := list(_remarks(rows)):
            yield bullets(said)
    yield from none_of(publication, words)


def summary(publication: Publication, words: Sequence[str]) -> Iterator[Part]:
    """A sentence for each rule: the year to date, or the periods asked for, against last year."""
    if not set(words) & set(PERIODS):
        words = [*words, "year_to_date"]
    if not set(words) & set(YEARS):
        words = [*words, "last_year"]
    said = [
        _sentence(rule, row)
        for rule in _rules(publication, words)
        for row in _rows(publication, rule["key"], words)
    ]
    if said:
        yield bullets(said)
    yield from none_of(publication, words)


def none_of(publication: Publication, words: Sequence[str]) -> Iterator[Part]:
    """That a measure was asked for which no rule could be applied to."""
    there = {rule["measure"] for rule in publication["rules"]}
    for name, title in MEASURES.items():
        if name in words and name not in there:
            yield text(
                f"{title}: no figure, since no rule that counts them could be applied to the lists "
                "at hand."
            )


def _rules(publication: Publication, words: Sequence[str]) -> list[Mapping[str, Any]]:
    asked = [word for word in words if word in MEASURES]
    return [rule for rule in publication["rules"] if not asked or rule["measure"] in asked]


def _rows(publication: Publication, key: str, words: Sequence[str]) -> list[Mapping[str, Any]]:
    periods = set(words) & set(PERIODS) or set(PERIODS)
    against = set(words) & set(YEARS) or set(YEARS)
    return [
        row
        for row in publication["figures"]
        if row["rule"] == key and row["period"] in periods and row["against"] in against
    ]


def _caption(rows: Rows) -> str:
    """The periods in days, and what the figures rest on."""
    dated = {PERIODS[row["period"]]: days(row["from"], row["to"]) for row in rows}
    periods = "; ".join(f"{name}: {said}" for name, said in dated.items())
    first = rows[0]
    return (
        f"{periods}. Rule {first['rule']}; list {first['vintage']} ({first['source']}); as known "
        f"on {first['as_known_on']}"
    )


def _columns(rated: bool) -> list[str]:
    rates = ["Per 100,000"] if rated else []
    return [
        "Period", "Count", "Set against", "Then", "What may be said", "Ratio", "95 % interval", "p",
        *rates,
    ]  # fmt: skip


def _row(row: Mapping[str, Any], rated: bool) -> list[str]:
    rates = [_with(rate(row["per_100000"]), row["per_100000_interval"], 1)] if rated else []
    compared = known(row["ratio"])
    return [
        PERIODS[row["period"]],
        _with(whole(row["count"]), row["count_interval"], 0),
        AGAINST[row["against"]],
        whole(row["comparison_count"]) if known(row["comparison_count"]) else "",
        row["wording"],
        f"{row['ratio']:.3f}" if compared else "",
        between(row["interval"], 3) if row["interval"] is not None else "",
        p_value(row["p_value"]) if known(row["p_value"]) else "",
        *rates,
    ]


def _with(said: str, bounds: Sequence[Any] | None, digits: int) -> str:
    return said if bounds is None else f"{said} ({between(bounds, digits)})"


def _remarks(rows: Rows) -> Iterator[str]:
    """Each once, with the periods it is about unless it is about all."""
    periods = list(dict.fromkeys(row["period"] for row in rows))
    for said in dict.fromkeys(one for row in rows for one in row["remarks"]):
        of = [name for name in periods if any(_has(row, name, said) for row in rows)]
        names = ", ".join(PERIODS[name] for name in of)
        yield said if len(of) == len(periods) else f"{names}: {said}"


def _has(row: Mapping[str, Any], period: str, said: str) -> bool:
    return row["period"] == period and said in row["remarks"]


def _sentence(rule: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    start = f"{rule['title']}, {days(row['from'], row['to'])}: {whole(row['count'])}"
    if not known(row["ratio"]):
        return f"{start}; {row['wording']}."
    ends = between(row["interval"], 3)
    return (
        f"{start}, against {whole(row['comparison_count'])} ({AGAINST[row['against']]}): "
        f"{row['wording']} (ratio {row['ratio']:.3f}, 95 % interval {ends})."
    )
